"""Characters that posters will need and no font can show, found before noon, with the place where they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.documents import Document, Documents
from calendarkit.calendar.finding import Finding, place
from calendarkit.calendar.poster_name import poster_name
from calendarkit.calendar.roster import Roster
from calendarkit.calendar.templates import TemplateError, parse_template
from calendarkit.model.problem import Problem
from calendarkit.model.text import Text
from calendarkit.poster.emoji import plain_emoji
from calendarkit.poster.fonts import Face, Fonts, missing_in
from calendarkit.poster.layers import GroupLayer, Layer, Layout
from calendarkit.poster.layout import load_layout
from calendarkit.poster.poster_error import PosterError

WORDS = ("text", "unit", "symbol")
"""Keys of layers whose words are printed."""
_KINDS = {"store": "stores", "item": "pool", "offer": "offers", "values": "calendar", "column": "calendar"}
"""Which documents a root of the templates comes from."""


def uncovered(
    calendar: Calendar, roster: Roster, documents: Documents, *, layouts: Sequence[Path], fonts: Sequence[Path]
) -> tuple[Problem, ...]:
    """Return a warning for each character that a column's poster prints and no font has, at its first place.

    Args:
        calendar: the columns with their pools and offers.
        roster: the stores.
        documents: where the words are written.
        layouts: folders of layouts.
        fonts: folders of fonts.
    """
    found: dict[tuple[str, str], Finding] = {}
    for column in calendar.columns.values():
        for written in {column.content.poster, *(each.poster for each in column.content.variants.values())} - {None}:
            try:
                layout = load_layout(str(poster_name(written or "", calendar.workspace.theme)), layouts)
                faces = _faces(layout, fonts)
            except PosterError:  # told elsewhere
                continue
            for root, words in _printed(layout, column, calendar, roster):
                for char in missing_in(plain_emoji(words), faces):
                    found.setdefault((root, char), _finding(char, root, column, documents))
    return place(found.values(), documents.documents)


def _faces(layout: Layout, folders: Sequence[Path]) -> tuple[Face, ...]:
    aliases = {name: (files,) if isinstance(files, str) else tuple(files) for name, files in layout.fonts.items()}
    fonts = Fonts(tuple(folders), aliases)
    return tuple(dict.fromkeys(face for name in ("regular", "bold", *aliases) for face in fonts.chain(name)))


def _printed(layout: Layout, column: Column, calendar: Calendar, roster: Roster) -> Iterator[tuple[str, str]]:
    """Yield the words that the layout may print, with the root they come from."""
    names = frozenset(name for layer in _layers(layout.layer) for name in _names(layer))
    values = dict(_values(column, calendar, roster))
    for name in sorted(names):
        root, _, key = name.partition(".")
        for each in values.get(root, ()):
            text = each.get(key.partition(".")[0])
            if isinstance(text, str) and text:
                yield root, text


def _values(column: Column, calendar: Calendar, roster: Roster) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    pool = calendar.pools.get(column.content.pool or "")
    items = pool.items if pool else ()
    wanted = {column.content.offer, *(each.offer for each in items)}
    offers = [each for name, each in calendar.offers.items() if name in wanted]
    yield "column", [{"title": column.title}]
    yield "values", [column.content.values]
    yield "item", [{**each.fields, "title": each.title, "body": each.body} for each in items]
    yield "offer", [{"title": each.title, "unit": each.unit, "limit": each.limit} for each in offers]
    yield "store", [{**each.fields, "name": each.name, "street": each.street} for each in roster.stores.values()]


def _layers(layers: Iterable[Layer]) -> Iterator[Layer]:
    for layer in layers:
        yield layer
        if isinstance(layer, GroupLayer):
            yield from _layers(layer.layer)


def _names(layer: Layer) -> Iterator[str]:
    if isinstance(layer, GroupLayer) and layer.repeat and ";" not in layer.repeat:
        yield layer.repeat
    for key in WORDS:
        try:
            yield from parse_template(getattr(layer, key, "") or "").names
        except TemplateError:  # told elsewhere
            continue


def _finding(char: str, root: str, column: Column, documents: Documents) -> Finding:
    shown = f"{char}（U+{ord(char):04X}）"
    message = Text(
        f"栏目“{column.title}”的海报要印 {shown}，没有字体能显示它",
        f'the poster of column "{column.title}" prints {char} (U+{ord(char):04X}), which no font can show',
    )
    fix = Text(
        "换一个字，或把有这个字的字体放进 assets/fonts，并写进版式的 [fonts]",
        "use another character, or put a font that has it into assets/fonts and name it in the layout's [fonts]",
    )
    spot = next(_spots(char, (each for each in documents.documents if each.kind == _KINDS[root])), ("", 0, 0))
    return Finding(
        code="CK456",
        message=message,
        fix=fix,
        severity="warning",
        document=spot[0],
        line=spot[1],
        column=spot[2],
        width=1,
    )


def _spots(char: str, documents: Iterable[Document]) -> Iterator[tuple[str, int, int]]:
    """Yield where a character is written: path, 1-based line and column."""
    for document in documents:
        for number, line in enumerate(document.text.split("\n"), 1):
            at = line.find(char)
            if at >= 0:
                yield document.path, number, at + 1
