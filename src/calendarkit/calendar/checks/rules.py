"""Whether the rules of columns give slots that can go out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from calendarkit.calendar.column import Column
from calendarkit.calendar.daybook import Books, hatch_of
from calendarkit.calendar.draft import Draft, Placed
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.join import quiet_by_column
from calendarkit.calendar.known import Known
from calendarkit.calendar.locate import Path
from calendarkit.calendar.policy import Quiet
from calendarkit.clockwork.anchor_words import named_anchor, parse_during
from calendarkit.clockwork.dates import number
from calendarkit.clockwork.day_words import parse_days
from calendarkit.clockwork.daybook import DayBook
from calendarkit.clockwork.days import NO_DAYS, Days, next_day
from calendarkit.clockwork.rule import Rule, clock, is_statutory, no_start, orphans
from calendarkit.clockwork.words import RuleError, parse_duration, parse_hours, parse_time
from calendarkit.model.text import Text

_LONG_AGO = number(dt.date(2000, 1, 1))
_ANCHORS = ("CK115", "CK116")
DEFAULT_LATE = "1h"
"""How late a slot may go out when its column does not say."""


def check_rules(draft: Draft, _: Known) -> Iterator[Finding]:
    """Yield columns without slots, ends before beginnings, idle exceptions and quiet hours in the way."""
    quiet = quiet_by_column(draft)
    books = Books(draft.workspace, (each.noun for each in draft.anchors))
    for placed in draft.columns:
        yield from _bounds(placed)
        wrong = list(_references(placed, books))
        unread = bool(wrong) or _unread(placed.noun)
        # what an unreadable file would have held is not reported as unknown
        yield from wrong if draft.is_whole("calendar") else (each for each in wrong if each.code not in _ANCHORS)
        if not unread:
            yield from _rule(placed, books)
        yield from _quiet(placed, quiet.get(placed.noun.id))


def _bounds(placed: Placed[Column]) -> Iterator[Finding]:
    """Yield what is wrong with times and with the first and last day."""
    column, origin = placed.noun, placed.origin
    if not column.at and not column.also and column.rrule is None and column.cron is None:
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


def _references(placed: Placed[Column], books: Books) -> Iterator[Finding]:
    """Yield each word that refers to an anchor or a first day that is not there."""
    column, book = placed.noun, books.of(placed.noun)
    if column.anchor:
        # an unknown anchor is one mistake, however many words count from it
        error = _refused(named_anchor, column.anchor, book)
        if error:
            yield placed.origin.finding(error.code, error.message, error.fix, key="anchor")
            return
    for key, words, parse in (
        ("on", column.on, parse_days),
        ("skip", column.skip, parse_days),
        ("during", column.during, parse_during),
    ):
        for index, word in enumerate(words):
            if error := _refused(parse, word, book):
                path: Path = (key,) if len(words) == 1 else (key, index)
                yield placed.origin.finding(error.code, error.message, error.fix, key=path)
    if column.every and not column.since:
        error = no_start(column.every)
        yield placed.origin.finding(error.code, error.message, error.fix, key="every")


def _unread(column: Column) -> bool:
    """Return whether its rrule or cron is not understood, which has a check of its own."""
    try:
        hatch_of(column)
    except RuleError:
        return True
    return False


def _refused(parse: Callable[[str, DayBook], object], word: str, book: DayBook) -> RuleError | None:
    try:
        parse(word, book)
    except RuleError as error:
        return error
    return None


def _rule(placed: Placed[Column], books: Books) -> Iterator[Finding]:
    """Yield what is wrong with a rule whose words are all understood."""
    column, rule = placed.noun, books.rule(placed.noun)
    for each in orphans(rule):
        key: tuple[str, str | int] = ("also", each.place) if each.key == "also" else ("move", each.written)
        yield placed.origin.finding(each.code, each.message, each.fix, key=key, where="key")
    ends = column.since and column.until and column.until < column.since
    if rule.times and rule.on != NO_DAYS and not ends and not is_statutory(rule) and _never_comes(rule):
        yield placed.origin.finding(
            "CK310",
            Text(f"栏目“{column.title}”的规则一天都没有", f'the rule of the column "{column.title}" has no day at all'),
            Text(
                "看看 skip、season、during、every 和起止日期，是不是把所有日子都排除了",
                "look whether skip, season, during, every or the first and last day take out every day",
            ),
            key="on",
            where="key",
        )
    for index, word in enumerate(column.on):
        yield from _short_months(placed, ("on",) if len(column.on) == 1 else ("on", index), parse_days(word))


def _never_comes(rule: Rule) -> bool:
    return next_day(rule.on, rule.skip, max(rule.since, _LONG_AGO), rule.until) is None


def _short_months(placed: Placed[Column], path: Path, days: Days) -> Iterator[Finding]:
    """Yield a warning for days that some months lack."""
    late = [day for day in (29, 30, 31) if days.month >> day & 1]
    if late:
        yield placed.origin.finding(
            "CK306",
            Text(f"没有 {late[0]} 日的月份不会发", f"months without a day {late[0]} are skipped"),
            Text('想每月最后一天发就写 "last day"', 'for the end of every month write "last day"'),
            key=path,
            severity="warning",
        )
    if any(code % 100 == 30 for code in days.lunar):
        yield placed.origin.finding(
            "CK306",
            Text("农历小月没有三十，那个月不会发", "lunar months of 29 days have no day 30 and are skipped"),
            Text('大年三十写 "除夕"', 'for the last day of the year write "lunar eve"'),
            key=path,
            severity="warning",
        )


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
