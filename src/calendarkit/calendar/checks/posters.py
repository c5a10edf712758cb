"""Whether the posters that columns name exist: the layout, its shape, and the theme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from calendarkit.calendar.checks.content import speeches
from calendarkit.calendar.decode import suggest
from calendarkit.calendar.documents import Document
from calendarkit.calendar.draft import Draft
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.calendar.origin import Origin
from calendarkit.calendar.parse_toml import parse_toml
from calendarkit.calendar.poster_name import poster_name
from calendarkit.model.text import Text


def check_posters(draft: Draft, known: Known) -> Iterator[Finding]:
    """Yield names of posters that nobody made; without knowledge of the shipped ones nothing is judged."""
    if not known.layouts:
        return
    for column in draft.judged:
        for path, speech in speeches(column.noun.content):
            if speech.poster is not None:
                yield from _poster(draft, known, speech.poster, column.origin.below((*path, "poster")))
    if draft.workspace and draft.workspace.theme:
        yield from _theme(draft, known, draft.workspace.theme, Origin(draft.workspace_path).below(("theme",)))


def _poster(draft: Draft, known: Known, written: str, origin: Origin) -> Iterator[Finding]:
    name = poster_name(written)
    unread = {_stem(path) for path, kind in draft.documents.unread if kind == "poster"}
    layouts = {*draft.layouts, *known.layouts, *unread}
    if name.layout not in layouts:
        yield _unknown("CK404", Text("海报版式", "poster layout"), written, layouts, origin=origin)
        return
    shapes = _shapes(draft, known, name.layout)
    if name.shape and name.shape not in shapes and name.layout not in unread:
        what = Text(f"版式 {name.layout} 的尺寸", f"shape of layout {name.layout} called")
        yield _unknown("CK455", what, name.shape, shapes, origin=origin)
    if name.theme:
        yield from _theme(draft, known, name.theme, origin)


def _theme(draft: Draft, known: Known, name: str, origin: Origin) -> Iterator[Finding]:
    unread = {_stem(path) for path, kind in draft.documents.unread if kind == "poster"}
    themes = {*draft.themes, *known.themes}
    if name not in {*themes, *unread}:
        yield _unknown("CK455", Text("海报主题", "poster theme"), name, themes, origin=origin)


def _shapes(draft: Draft, known: Known, layout: str) -> list[str]:
    table: Mapping[str, Any] | None
    if layout in draft.layouts:
        _, table = draft.layouts[layout]
    else:
        shipped = known.layouts.get(layout, "")
        table, _ = parse_toml(Document(path=f"{layout}.toml", kind="poster", text=shipped))
    shapes = (table or {}).get("shapes")
    return list(shapes) if isinstance(shapes, Mapping) else []


def _unknown(code: str, what: Text, name: str, known: Iterable[str], *, origin: Origin) -> Finding:
    close = suggest(name, known)
    listed = sorted(known)[:12]
    fix = Text(f"是不是 {close}？", f"did you mean {close}?") if close else None
    if not fix and listed:
        fix = Text(f"现有：{'、'.join(listed)}", f"there are: {', '.join(listed)}")
    return origin.finding(code, Text(f"没有{what.zh} {name}", f"there is no {what.en} {name}"), fix)


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]
