"""Lines of styled text: the same lines go plain to a pipe and coloured to a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import click

from calendarkit.cli import cells
from calendarkit.cli.settings import Settings

STYLES = {
    "": "",
    "title": "bold",
    "dim": "dim",
    "good": "green",
    "bad": "bold red",
    "warn": "yellow",
    "star": "bold magenta",
    "today": "bold reverse",
    "key": "cyan",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one style, a name of :data:`STYLES`."""

    text: str
    style: str = ""


Line = tuple[Span, ...]
_LEAST_ROOM = 24


def line(*parts: Span | str) -> Line:
    """Return a line of ``parts``; bare strings have no style."""
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts)


def plain(lines: Iterable[Line]) -> str:
    """Return ``lines`` as text without any style, each ended by a line break and free of trailing spaces."""
    return "".join("".join(span.text for span in each).rstrip() + "\n" for each in lines)


def show(lines: Sequence[Line], settings: Settings, *, err: bool = False) -> None:
    """Print ``lines``: coloured by rich on a terminal, plain elsewhere."""
    if not on_terminal(err=err) or not settings.colour:
        click.echo(plain(lines), nl=False, err=err)
        return
    from rich.text import Text

    console = rich_console(settings, err=err)
    for each in lines:
        text = Text.assemble(*((span.text, STYLES[span.style]) for span in each))
        text.rstrip()
        console.print(text, no_wrap=True, crop=False, overflow="ignore", highlight=False)


def show_json(value: Any) -> None:
    """Print ``value`` as indented JSON in UTF-8."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def on_terminal(*, err: bool = False) -> bool:
    """Return whether a person reads the output right now."""
    stream = sys.stderr if err else sys.stdout
    return stream is not None and stream.isatty()


def terminal_width() -> int | None:
    """Return how many cells a line may take; ``None`` where nobody's terminal limits it."""
    if not on_terminal():
        return None
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def rich_console(settings: Settings, *, err: bool = False) -> Any:
    """Return rich's console for one of the two streams."""
    from rich.console import Console

    return Console(stderr=err, no_color=not settings.colour, highlight=False, emoji=False, markup=False)


def hang(lead: Line, text: Span, most: int | None) -> list[Line]:
    """Return ``lead`` and ``text`` as lines of at most ``most`` cells; further lines begin below the text's first.

    Without a limit, or with one that leaves no room worth using, it is one line.
    """
    indent = sum(cells.width(span.text) for span in lead)
    if most is None or most - indent < _LEAST_ROOM:
        return [(*lead, text)]
    first, *more = cells.wrap(text.text, most - indent)
    return [(*lead, Span(first, text.style)), *((Span(" " * indent), Span(each, text.style)) for each in more)]


def stack(blocks: Sequence[Sequence[Line]], widths: Sequence[int], gap: int) -> list[Line]:
    """Set blocks of lines side by side, each filled to its width, with ``gap`` cells between them."""
    height = max(len(block) for block in blocks)
    rows: list[Line] = []
    for number in range(height):
        row: list[Span] = []
        for block, size in zip(blocks, widths, strict=True):
            spans = block[number] if number < len(block) else ()
            used = sum(cells.width(span.text) for span in spans)
            row.extend((*spans, Span(" " * (size - used + gap))))
        rows.append(tuple(row))
    return rows
