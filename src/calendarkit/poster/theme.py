"""Themes: named colours, pictures and fonts that layouts speak of as ``$NAME``, so that a season changes them all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field

from calendarkit.calendar.decode import judge, suggest
from calendarkit.calendar.documents import Document
from calendarkit.calendar.finding import Finding, place
from calendarkit.calendar.noun import Noun
from calendarkit.calendar.parse_toml import parse_toml
from calendarkit.calendar.poster_name import THEMES
from calendarkit.model.problem import Problem
from calendarkit.model.text import Text
from calendarkit.poster.poster_error import PosterError
from calendarkit.poster.shipped import shipped_layouts

if TYPE_CHECKING:
    from calendarkit.calendar.locate import Path as Place

WORDS = frozenset({"text", "value", "data", "unit", "when"})
"""Keys that are words of their own, in which ``$`` means nothing."""
DEEPEST = 5
"""How often a name may lead to another name."""
_NAME = re.compile(r"\$([a-z][a-z_0-9]*)")


class ThemeFile(Noun):
    """One file of ``posters/themes/``."""

    title: str = ""
    """What people call it."""
    theme: Mapping[str, Any] = Field(default_factory=dict)
    """For every layout: name → colour, gradient, picture or number; a layout takes the names it knows."""
    only: Mapping[str, Mapping[str, Any]] = Field(default_factory=dict, alias="for")
    """For one layout: ``[for.flash_sale]``; beats ``[theme]``."""
    fonts: Mapping[str, tuple[str, ...] | str] = Field(default_factory=dict)
    """Instead of the layouts' ``[fonts]``."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What a theme gives one layout."""

    names: Mapping[str, Any] = field(default_factory=dict)
    fonts: Mapping[str, Any] = field(default_factory=dict)


def find_theme(name: str, folders: Sequence[Path]) -> Path:
    """Return the file of the theme called ``name``; the first folder that has it wins.

    Raises:
        PosterError: no folder has it; the message names the nearest one that exists.
    """
    for folder in (*folders, shipped_layouts()):
        path = folder / THEMES / f"{name}.toml"
        if path.is_file():
            return path
    close = suggest(name, theme_names(folders))
    hint = Text(f"，是不是 {close}？", f"; did you mean {close}?") if close else Text("", "")
    raise PosterError(Text(f"没有名为 {name} 的海报主题{hint.zh}", f"no poster theme is called {name}{hint.en}"))


def theme_names(folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """Return the names of all themes in ``folders`` and shipped, sorted."""
    found = (folder / THEMES for folder in (*folders, shipped_layouts()))
    return tuple(sorted({each.stem for folder in found for each in folder.glob("*.toml")}))


def read_theme(path: Path, layout: str) -> Theme:
    """Return what the theme in the file ``path`` gives ``layout``.

    Raises:
        PosterError: the file has problems.
    """
    stat = path.stat()
    read = _read(path, (stat.st_mtime_ns, stat.st_size))
    return Theme({**read.theme, **read.only.get(layout, {})}, read.fonts)


def lint_theme(text: str, path: str) -> tuple[Problem, ...]:
    """Return every mistake in the theme ``text``, with its place in the file ``path``."""
    document = Document(path=path, kind="poster", text=text)
    table, findings = parse_toml(document)
    found = () if table is None else judge(ThemeFile, table, document=path)[1]
    return place((*findings, *found), (document,))


def themed(value: Any, names: Mapping[str, Any], document: str, path: Place = ()) -> tuple[Any, tuple[Finding, ...]]:
    """Return ``value`` with every ``$NAME`` replaced, and the names that do not exist.

    Args:
        value: a table, a list or a plain value of a layout.
        names: what names stand for.
        document: path of the file.
        path: where in the file ``value`` stands.
    """
    found: list[Finding] = []
    return _replaced(value, names, found, document=document, path=path), tuple(found)


def _replaced(
    value: Any, names: Mapping[str, Any], found: list[Finding], *, document: str, path: Place, depth: int = 0
) -> Any:
    if isinstance(value, Mapping):
        return {
            key: each
            if key in WORDS and isinstance(each, str)
            else _replaced(each, names, found, document=document, path=(*path, key), depth=depth)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [
            _replaced(each, names, found, document=document, path=(*path, number), depth=depth)
            for number, each in enumerate(value)
        ]
    name = _NAME.fullmatch(value) if isinstance(value, str) else None
    if name is None:
        return value
    if name[1] not in names or depth >= DEEPEST:
        found.append(_unknown(name[1], names, document, path))
        return "#000000"
    return _replaced(names[name[1]], names, found, document=document, path=path, depth=depth + 1)


def _unknown(name: str, names: Mapping[str, Any], document: str, path: Place) -> Finding:
    if name in names:
        message = Text(f"主题里 ${name} 绕回了自己", f"${name} of the theme leads back to itself")
        return Finding(code="CK454", document=document, path=path, message=message)
    close = suggest(name, names)
    listed = " ".join(f"${each}" for each in sorted(names))
    fix = Text(f"是不是 ${close}？", f"did you mean ${close}?") if close else None
    if not fix and listed:
        fix = Text(f"可用：{listed}", f"there are: {listed}")
    message = Text(f"[theme] 里没有 {name}", f"[theme] has no {name}")
    return Finding(code="CK454", document=document, path=path, message=message, fix=fix)


@lru_cache(maxsize=32)
def _read(path: Path, _: tuple[int, int]) -> ThemeFile:
    text = path.read_text("utf-8-sig", errors="replace")
    for problem in lint_theme(text, path.name):
        raise PosterError(
            Text(
                f"海报主题 {problem.place}：{problem.message.zh}", f"poster theme {problem.place}: {problem.message.en}"
            )
        )
    table, _problems = parse_toml(Document(path=path.name, kind="poster", text=text))
    return ThemeFile.model_validate(table)
