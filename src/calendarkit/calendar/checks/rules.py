"""Whether the rules of columns give slots that can go out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from calendarkit.calendar.column import Column
from calendarkit.calendar.draft import Draft, Placed
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.join import quiet_by_column
from calendarkit.calendar.known import Known
from calendarkit.calendar.locate import Path
from calendarkit.calendar.policy import Quiet
from calendarkit.clockwork.rule import clock, orphans, read_rule
from calendarkit.clockwork.words import RuleError, parse_duration, parse_hours, parse_time
from calendarkit.model.text import Text

DEFAULT_LATE = "1h"
"""How late a slot may go out when its column does not say."""


def check_rules(draft: Draft, _: Known) -> Iterator[Finding]:
    """Yield columns without slots, ends before beginnings, idle exceptions and quiet hours in the way."""
    quiet = quiet_by_column(draft)
    for placed in draft.columns:
        column, origin = placed.noun, placed.origin
        if not column.at and not column.also:
            yield origin.finding(
                "CK302",
                Text(
                    f"栏目“{column.title}”没有写时间，永远不会发",
                    f'the column "{column.title}" has no time and never goes out',
                ),
                Text('加上 at = "12:00"', 'add at = "12:00"'),
                key="at",
                where="key",
            )
        if column.since and column.until and column.until < column.since:
            yield origin.finding(
                "CK301",
                Text(
                    f"until {column.until} 早于 from {column.since}",
                    f"until {column.until} is before from {column.since}",
                ),
                Text("把两个日期对调", "swap the two dates"),
                key="until",
            )
        yield from _orphans(placed)
        yield from _quiet(placed, quiet.get(column.id))


def _orphans(placed: Placed[Column]) -> Iterator[Finding]:
    column = placed.noun
    try:
        rule = read_rule(
            on=column.on, at=column.at, skip=column.skip, also=column.also, move=column.move,
            since=column.since, until=column.until,
        )  # fmt: skip
    except RuleError as error:
        yield placed.origin.finding(error.code, error.message, error.fix, where="key")
        return
    for each in orphans(rule):
        key: tuple[str, str | int] = ("also", each.place) if each.key == "also" else ("move", each.written)
        yield placed.origin.finding(each.code, each.message, each.fix, key=key, where="key")


def _quiet(placed: Placed[Column], quiet: Quiet | None) -> Iterator[Finding]:
    """Yield the times that lie in quiet hours: they wait, or never go out where they may not wait so long."""
    if quiet is None or not quiet.hours:
        return
    column = placed.noun
    late = parse_duration(column.late or DEFAULT_LATE)
    late = min(late, parse_duration(column.valid_for)) if column.valid_for else late
    start, end = parse_hours(quiet.hours)
    for path, time in _times(column):
        minute = parse_time(time)
        if start <= minute < end if start < end else minute >= start or minute < end:
            swallowed = (end - minute) % 1440 * 60 >= late
            words = _never(time, quiet.hours, clock(end)) if swallowed else _waits(time, quiet.hours, clock(end))
            yield placed.origin.finding("CK303" if swallowed else "CK305", *words, key=path, severity="warning")


def _times(column: Column) -> Iterator[tuple[Path, str]]:
    """Yield the times of a column with their paths."""
    if isinstance(column.at, Mapping):
        yield from ((("at", name), time) for name, time in column.at.items())
    elif len(column.at) == 1:
        yield ("at",), column.at[0]
    else:
        yield from ((("at", index), time) for index, time in enumerate(column.at))


def _never(time: str, hours: str, end: str) -> tuple[Text, Text]:
    return Text(
        f"{time} 在免打扰时段 {hours} 里，等到 {end} 已经过期，永远不会发",
        f"{time} lies in the quiet hours {hours} and is too late at {end}: it never goes out",
    ), Text(
        f"改到 {end} 以后，或加长 late，或为这个栏目写 quiet = false",
        f"move it to {end} or later, allow a longer late, or write quiet = false for this column",
    )


def _waits(time: str, hours: str, end: str) -> tuple[Text, Text]:
    return Text(
        f"{time} 在免打扰时段 {hours} 里，会等到 {end} 才发",
        f"{time} lies in the quiet hours {hours} and waits until {end}",
    ), Text(f"写成 {end}，或为这个栏目写 quiet = false", f"write {end}, or quiet = false for this column")
