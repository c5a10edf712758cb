"""The programme as a grid: a week with times down and weekdays across, a month with weeks down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from calendarkit.cli import cells
from calendarkit.cli.lines import Line, Span, line, stack
from calendarkit.cli.margin import LABEL, lunar_range, margin
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
    beside = [margin(day, programme.statutory) for day in days]
    times = sorted({each.time for each in programme.showings})
    table = {(time, day): distinct(programme.on(day), time) for time in times for day in days}
    wanted = [used(name_of(each)) for shown in table.values() for each in shown]
    wanted += [used(head[0]) for head in heads] + [each.wanted(language) for each in beside]
    size, gap = _size(max(wanted), width, _TIME_CELLS)
    sizes = [_TIME_CELLS, *[size] * 7]
    rows = stack([[()], *heads], sizes, gap)
    label = [line(Span(LABEL.to(language), "dim"))] if any(each.short for each in beside) else [()]
    rows += stack([label, *(each.lines(language, size) for each in beside)], sizes, gap)
    for time in times:
        blocks = [_block(table[time, day], size) for day in days]
        rows += stack([[line(Span(time, "key"))], *blocks], sizes, gap)
    return [
        _week_title(programme, language, width),
        *(rows if times else [nothing(language)]),
        *footer(programme, language),
    ]


def month_grid(programme: Programme, language: Language, width: int | None = None) -> list[Line]:
    """Return the grid of one month: a row a week, Monday first; a cell shows the day and what goes out on it."""
    start = programme.first - dt.timedelta(days=programme.first.weekday())
    weeks = [
        [start + dt.timedelta(days=7 * row + each) for each in range(7)]
        for row in range(((programme.last - start).days // 7) + 1)
    ]
    shown = {day: distinct(programme.on(day)) for week in weeks for day in week}
    heads = [[line(Span(name.to(language), "dim"))] for name in WEEKDAYS]
    beside = {day: margin(day, programme.statutory) for day in shown if programme.first <= day <= programme.last}
    wanted = [used(name_of(each)) for day in beside for each in shown[day]]
    wanted += [3 + each.wanted(language) for each in beside.values()]
    size, gap = _size(max(wanted), width, 0)
    rows = stack(heads, [size] * 7, gap)
    for week in weeks:
        blocks = [
            _month_block(beside[day].lines(language, size, _head(str(day.day), programme, day)[0][0]), shown[day], size)
            if day in beside
            else [()]
            for day in week
        ]
        rows += stack(blocks, [size] * 7, gap)
        rows.append(())
    title = Text(f"{programme.first.year} 年 {programme.first.month} 月", f"{programme.first:%B %Y}").to(language)
    return [dated_title(programme, title, language, width), *rows[:-1], *footer(programme, language)]


def distinct(shown: Sequence[Showing], time: str | None = None) -> list[Showing]:
    """Return what is shown (at ``time``), with columns of one title as one entry: ``囤货提醒 ×3``."""
    found: dict[tuple[str, str], list[Showing]] = {}
    for each in shown:
        if time in (None, each.time):
            found.setdefault((each.time, each.title), []).append(each)
    return [
        replace(same[0], title=f"{title} ×{len(same)}", star=any(each.star for each in same)) if same[1:] else same[0]
        for (_, title), same in found.items()
    ]


def _size(natural: int, width: int | None, label: int) -> tuple[int, int]:
    """Return the width of each of the seven columns and the gap between them: as wide as needed and allowed.

    Args:
        natural: cells the widest entry takes.
        width: cells a line may take, ``None`` for no limit.
        label: cells of the column before them, 0 without one.
    """
    natural = max(natural, _LEAST)
    if width is None:
        return natural, 2
    for gap in (3, 2, 1):
        if label + (gap if label else 0) + 7 * natural + 6 * gap <= width:
            return natural, min(gap, 2)
    return max((width - 6 - (label + 1 if label else 0)) // 7, _LEAST), 1


def _block(shown: list[Showing], size: int) -> list[Line]:
    """Return the lines of one cell of the week."""
    if not shown:
        return [line(Span(NOTHING, "dim"))]
    return [part for each in shown for part in _wrapped(each, size)]


def _month_block(head: list[Line], shown: list[Showing], size: int) -> list[Line]:
    """Return the lines of one cell of the month: the day and its margin, then what goes out."""
    lines = [part for each in shown for part in _wrapped(each, size)]
    if len(lines) > _MONTH_LINES:
        rest = len(shown) - _MONTH_LINES + 1
        lines = [cut for each in shown[: _MONTH_LINES - 1] for cut in _wrapped(each, size)[:1]]
        lines.append(line(Span(f"+{rest}", "dim")))
    return [*head, *lines]


def _wrapped(showing: Showing, size: int) -> list[Line]:
    """Return a title in lines of at most ``size`` cells; the star stays with the end of the title."""
    if used(name_of(showing)) <= size:
        return [name_of(showing)]
    mark = STAR if showing.star else ""
    rows = [line(each) for each in cells.wrap(showing.title + mark, size)]
    if mark and len(rows[-1][0].text) > 1:
        rows[-1] = line(rows[-1][0].text.removesuffix(STAR), Span(STAR, "star"))
    return rows


def name_of(showing: Showing) -> Line:
    """Return a title with its star."""
    return line(showing.title, Span(f" {STAR}", "star")) if showing.star else line(showing.title)


def _head(text: str, programme: Programme, day: dt.date) -> list[Line]:
    return [line(Span(text, "today" if day == programme.today else "title"))]


def _week_title(programme: Programme, language: Language, width: int | None) -> Line:
    week = programme.first.isocalendar().week
    first, last = programme.first, programme.last
    until = last.isoformat() if last.year != first.year else f"{last:%m-%d}"
    name = Text(f"第{week}周", f"week {week}").to(language)
    return dated_title(programme, f"{name}  {first.isoformat()} – {until}", language, width)


def dated_title(programme: Programme, rest: str, language: Language, width: int | None = None) -> Line:
    """Return the title, with the lunar dates of what is shown behind it where there is room for them."""
    title, moon = title_line(programme, rest), lunar_range(programme.first, programme.last)
    dated = (*title, Span(f"  {moon.to(language)}", "dim")) if moon else title
    return dated if width is None or used(dated) <= width else title


def title_line(programme: Programme, rest: str) -> Line:
    """Return the shop's name and ``rest``."""
    return line(Span(programme.name, "title"), f" · {rest}")


def footer(programme: Programme, language: Language) -> list[Line]:
    """Return the notes in one line, none without notes."""
    words = " · ".join(note.to(language) for note in programme.notes)
    return [line(Span(words, "dim"))] if words else []


def nothing(language: Language) -> Line:
    """Return what stands where nothing goes out."""
    return line(Span(_EMPTY.to(language), "dim"))


def used(row: Line) -> int:
    """Return how many cells a line takes."""
    return sum(cells.width(span.text) for span in row)
