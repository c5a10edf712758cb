"""A table of texts: aligned plain text in a pipe, a rich table on a terminal, objects in JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from calendarkit.cli import cells
from calendarkit.cli.lines import STYLES, Line, Span, hang, rich_console, show, terminal_width
from calendarkit.cli.settings import Settings
from calendarkit.model.text import Language, Text

GAP = 2


@dataclass(frozen=True, slots=True)
class Head:
    """One column of a sheet.

    Attributes:
        title: its title.
        right: whether its cells are numbers set to the right.
        whole: whether people copy its cells, so that none may ever be broken.
    """

    title: Text
    right: bool = False
    whole: bool = False


def show_sheet(heads: Sequence[Head], rows: Sequence[Sequence[Span | str]], settings: Settings) -> None:
    """Print a table; without rows nothing, for the caller knows what that means."""
    if not rows:
        return
    lines = sheet_lines(heads, rows, settings.language)
    most = terminal_width()
    if most is None or not settings.colour:
        show(lines, settings)
    elif any(head.whole for head in heads) and max(map(_width, lines)) > most:
        show(narrow_lines(heads, rows, settings.language, most), settings)
    else:
        _show_rich(heads, rows, settings)


def sheet_lines(heads: Sequence[Head], rows: Sequence[Sequence[Span | str]], language: Language) -> list[Line]:
    """Return the table as lines; the last column is never padded, and nothing is cut."""
    titles = tuple(Span(head.title.to(language), "title") for head in heads)
    table = [titles, *(tuple(each if isinstance(each, Span) else Span(each) for each in row) for row in rows)]
    sizes = [max(cells.width(row[place].text) for row in table) for place in range(len(heads))]
    return [_line(row, heads, sizes) for row in table]


def narrow_lines(
    heads: Sequence[Head], rows: Sequence[Sequence[Span | str]], language: Language, most: int
) -> list[Line]:
    """Return the table for a terminal that is too narrow: what the last column says stands below each row."""
    upper = sheet_lines(heads[:-1], [row[:-1] for row in rows], language)
    lines = upper[:1]
    for row, first in zip(rows, upper[1:], strict=True):
        last = row[-1] if isinstance(row[-1], Span) else Span(row[-1])
        lines += [first, *(hang((Span("    "),), last, most) if last.text else ())]
    return lines


def _width(line: Line) -> int:
    return sum(cells.width(span.text) for span in line)


def _line(row: Sequence[Span], heads: Sequence[Head], sizes: Sequence[int]) -> Line:
    spans = []
    for place, (span, head, size) in enumerate(zip(row, heads, sizes, strict=True)):
        gap = " " * GAP if place + 1 < len(sizes) else ""
        spans.append(Span(cells.pad(span.text, size, right=head.right) + gap, span.style))
    return tuple(spans)


def _show_rich(heads: Sequence[Head], rows: Sequence[Sequence[Span | str]], settings: Settings) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text as RichText

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for head in heads:
        table.add_column(head.title.to(settings.language), justify="right" if head.right else "left", overflow="fold")
    for row in rows:
        spans = (each if isinstance(each, Span) else Span(each) for each in row)
        table.add_row(*(RichText(span.text, STYLES[span.style]) for span in spans))
    rich_console(settings).print(table)
