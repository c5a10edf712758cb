"""Coverage: whether the statutory days that columns ask for are known for the weeks to come."""

from __future__ import annotations

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.daybook import Books
from calendarkit.clockwork.dates import date_of
from calendarkit.clockwork.rule import is_statutory
from calendarkit.clockwork.words import RuleError
from calendarkit.model.problem import Problem
from calendarkit.model.text import Text

NOTICE = 60
"""Days ahead of the end from which on it is told."""


def coverage(calendar: Calendar, today: int) -> tuple[Problem, ...]:
    """Return a warning when the statutory days end within 60 days, an error when they ended, if any column asks.

    Beyond their end nothing is guessed: a rule with ``workday`` or ``offday`` has no slots there.

    Args:
        calendar: its columns and its statutory days.
        today: the day as an integer, in the workspace's zone.

    >>> from calendarkit.calendar.workspace import Workspace
    >>> coverage(Calendar(workspace=Workspace(name="小店")), 20_000)
    ()
    """
    books = Books(calendar.workspace, calendar.anchors.values())
    asking = [column for _, column in sorted(calendar.columns.items()) if _asks(books, column)]
    end = books.statutory.known_until(today)
    if not asking or (end is not None and end - today > NOTICE):
        return ()
    return (_problem(calendar, asking, today, end),)


def _problem(calendar: Calendar, asking: list[Column], today: int, end: int | None) -> Problem:
    file, _, line = calendar.places.get(f"column.{asking[0].id}.on", "").rpartition(":")
    titles = "、".join(column.title for column in asking[:3])
    rest = len(asking) - 3
    zh, en = (f"{titles}等 {len(asking)} 个栏目", f"{titles} and {rest} more") if rest > 0 else (titles, titles)
    year = date_of(today if end is None else end + 1).year
    if end is None:
        said = Text(
            f"{year} 年还没有法定放假安排，{zh} 停发", f"nobody has announced the workdays of {year}: {en} stop"
        )
    else:
        said = Text(
            f"法定放假安排只到 {date_of(end)}，之后 {zh} 一档都没有",
            f"workdays are known until {date_of(end)}; after that {en} have no slots",
        )
    return Problem(
        code="CK309" if end is None else "CK308",
        severity="error" if end is None else "warning",
        message=said,
        fix=Text(
            f"升级 calendarkit，或写 [statutory] years = [{year}]，加上 offday 和 workday",
            f"upgrade calendarkit, or write [statutory] years = [{year}] with offday and workday",
        ),
        file=file,
        line=int(line) if line.isdecimal() else 0,
    )


def _asks(books: Books, column: Column) -> bool:
    try:
        return is_statutory(books.rule(column))
    except RuleError:
        return False
