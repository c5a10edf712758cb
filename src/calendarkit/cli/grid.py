"""The programme as a grid: a week with times down and weekdays across, a month with weeks down, a day as a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from calendarkit.cli import cells
from calendarkit.cli.lines import Line, Span, line, stack
from calendarkit.cli.programme import WEEKDAYS, Programme, Showing, day_title
from calendarkit.model.text import Language, Text

NOTHING = "·"
STAR = "★"
_TIME_CELLS = 5
_LEAST = 7
_MONTH_LINES = 6
_EMPTY = Text("这段时间没有档期", "nothing is on the programme")


def week_grid(programme: Programme, language: Language, width: int | None = None) -> list[Line]:
    """Return the grid of one week.

    Args:
        programme: of seven days, Monday first.
        language: of the words around the titles.
        width: most cells a line may take; titles are broken into lines where it is short. ``None``: no limit.
    """
    days = [programme.first + dt.timedelta(days=each) for each in range(7)]
    heads = [_head(day_title(day, language), programme, day) for day in days]
    times = sorted({each.time for each in programme.showings})
    table = {(time, day): _distinct(programme.on(day), time) for time in times for day in days}
    sizes, gap = _sizes(heads, [[table[time, day] for time in times] for day in days], width, _TIME_CELLS)
    rows = stack([[()], *heads], [_TIME_CELLS, *sizes], gap)
    for time in times:
        blocks = [_block(table[time, day], size) for day, size in zip(days, sizes, strict=True)]
        rows += stack([[line(Span(time, "key"))], *blocks], [_TIME_CELLS, *sizes], gap)
    return [_week_title(programme, language), *(rows if times else [_nothing(language)]), *_footer(programme, language)]


def month_grid(programme: Programme, language: Language, width: int | None = None) -> list[Line]:
    """Return the grid of one month: a row a week, Monday first; a cell shows the day and what goes out on it."""
    start = programme.first - dt.timedelta(days=programme.first.weekday())
    weeks = [
        [start + dt.timedelta(days=7 * row + each) for each in range(7)]
        for row in range(((programme.last - start).days // 7) + 1)
    ]
    shown = {day: _distinct(programme.on(day)) for week in weeks for day in week}
    heads = [[line(Span(name.to(language), "dim"))] for name in WEEKDAYS]
    by_day = [[shown[week[each]] for week in weeks] for each in range(7)]
    sizes, gap = _sizes(heads, by_day, width, 0)
    rows = stack(heads, sizes, gap)
    for week in weeks:
        blocks = [_month_block(programme, day, shown[day], size) for day, size in zip(week, sizes, strict=True)]
        rows += stack(blocks, sizes, gap)
        rows.append(())
    title = Text(f"{programme.first.year} 年 {programme.first.month} 月", f"{programme.first:%B %Y}").to(language)
    return [_title(programme, title), *rows[:-1], *_footer(programme, language)]


def day_list(programme: Programme, language: Language) -> list[Line]:
    """Return one day as a list: time, title and the slot's key, which other commands take."""
    day = programme.first
    rows = [
        ([line(Span(each.time, "key"))], [_name(each)], [line(Span(each.slot.key, "dim"))])
        for each in programme.showings
    ]
    wide = max((_used(row[1][0]) for row in rows), default=0)
    listed = [each for row in rows for each in stack(row, [_TIME_CELLS, wide, 0], 3)]
    title = f"{day.isoformat()} {WEEKDAYS[day.weekday()].to(language)}"
    return [_title(programme, title), *(listed or [_nothing(language)]), *_footer(programme, language)]


def _distinct(shown: Sequence[Showing], time: str | None = None) -> list[Showing]:
    """Return what is shown (at ``time``), with columns of one title as one entry: ``囤货提醒 ×3``."""
    found: dict[tuple[str, str], list[Showing]] = {}
    for each in shown:
        if time in (None, each.time):
            found.setdefault((each.time, each.title), []).append(each)
    return [
        replace(same[0], title=f"{title} ×{len(same)}", star=any(each.star for each in same)) if same[1:] else same[0]
        for (_, title), same in found.items()
    ]


def _sizes(
    heads: Sequence[Sequence[Line]], columns: Sequence[Sequence[list[Showing]]], width: int | None, label: int
) -> tuple[list[int], int]:
    """Return the width of each of the seven columns and the gap between them: equal, as wide as needed and allowed."""
    natural = max(
        *(_used(each[0]) for each in heads),
        *(_used(_name(showing)) for column in columns for cell in column for showing in cell),
        _LEAST,
    )
    if width is None:
        return [natural] * 7, 2
    for gap in (3, 2, 1):
        if label + (gap if label else 0) + 7 * natural + 6 * gap <= width:
            return [natural] * 7, min(gap, 2)
    return [max((width - 6 - (label + 1 if label else 0)) // 7, _LEAST)] * 7, 1


def _block(shown: list[Showing], size: int) -> list[Line]:
    """Return the lines of one cell of the week."""
    if not shown:
        return [line(Span(NOTHING, "dim"))]
    return [part for each in shown for part in _wrapped(each, size)]


def _month_block(programme: Programme, day: dt.date, shown: list[Showing], size: int) -> list[Line]:
    """Return the lines of one cell of the month."""
    if not programme.first <= day <= programme.last:
        return [()]
    lines = [part for each in shown for part in _wrapped(each, size)]
    if len(lines) > _MONTH_LINES:
        rest = len(shown) - _MONTH_LINES + 1
        lines = [cut for each in shown[: _MONTH_LINES - 1] for cut in _wrapped(each, size)[:1]]
        lines.append(line(Span(f"+{rest}", "dim")))
    return [*_head(str(day.day), programme, day), *lines]


def _wrapped(showing: Showing, size: int) -> list[Line]:
    """Return a title in lines of at most ``size`` cells; the star stays with the end of the title."""
    if _used(_name(showing)) <= size:
        return [_name(showing)]
    mark = STAR if showing.star else ""
    rows = [line(each) for each in cells.wrap(showing.title + mark, size)]
    if mark and len(rows[-1][0].text) > 1:
        rows[-1] = line(rows[-1][0].text.removesuffix(STAR), Span(STAR, "star"))
    return rows


def _name(showing: Showing) -> Line:
    return line(showing.title, Span(f" {STAR}", "star")) if showing.star else line(showing.title)


def _head(text: str, programme: Programme, day: dt.date) -> list[Line]:
    return [line(Span(text, "today" if day == programme.today else "title"))]


def _week_title(programme: Programme, language: Language) -> Line:
    week = programme.first.isocalendar().week
    first, last = programme.first, programme.last
    until = last.isoformat() if last.year != first.year else f"{last:%m-%d}"
    name = Text(f"第{week}周", f"week {week}").to(language)
    return _title(programme, f"{name}  {first.isoformat()} – {until}")


def _title(programme: Programme, rest: str) -> Line:
    return line(Span(programme.name, "title"), f" · {rest}")


def _footer(programme: Programme, language: Language) -> list[Line]:
    words = " · ".join(note.to(language) for note in programme.notes)
    return [line(Span(words, "dim"))] if words else []


def _nothing(language: Language) -> Line:
    return line(Span(_EMPTY.to(language), "dim"))


def _used(row: Line) -> int:
    return sum(cells.width(span.text) for span in row)
