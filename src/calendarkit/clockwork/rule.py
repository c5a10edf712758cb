"""A rule: the time words of one column, read once and made integers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from calendarkit.clockwork.anchor_words import parse_during
from calendarkit.clockwork.dates import FIRST_DAY, LAST_DAY, date_of, number
from calendarkit.clockwork.day_words import parse_days
from calendarkit.clockwork.daybook import DayBook
from calendarkit.clockwork.days import ALL_DAYS, NO_DAYS, Days, union
from calendarkit.clockwork.interval_words import parse_every
from calendarkit.clockwork.month_words import parse_season
from calendarkit.clockwork.words import RuleError, parse_moment, parse_time
from calendarkit.clockwork.zones import DAY_MINUTES
from calendarkit.model.text import Text

LATE = "1h"
"""How late a slot may still go out when its column does not say."""


NO_BOOK = DayBook()
"""The statutory days as shipped, and no anchors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When a column goes out; moments are nominal local minutes, ``day * 1440 + minute``.

    Attributes:
        on: days of the rule.
        skip: days taken out of it: what is skipped, and what lies outside the season, the phase or the interval.
        times: ``(minute, name)``, sorted.
        since: first day of the rule.
        until: last day of the rule.
        also: moments added, as written.
        moves: moment of the rule → moment it was moved to, as written.
    """

    on: Days
    skip: Days = NO_DAYS
    times: tuple[tuple[int, str], ...] = ()
    since: int = FIRST_DAY
    until: int = LAST_DAY
    also: tuple[int, ...] = ()
    moves: Mapping[int, int] = field(default_factory=dict)

    def __contains__(self, moment: int) -> bool:
        """Return whether the rule itself has a slot at ``moment``, whatever was moved."""
        day, minute = divmod(moment, DAY_MINUTES)
        on_time = any(minute == each for each, _ in self.times)
        return on_time and self.since <= day <= self.until and day in self.on and day not in self.skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphan:
    """An exception to a rule that changes nothing.

    Attributes:
        code: ``CK120`` a move of a slot that does not exist, ``CK121`` an added moment that the rule has already,
            ``CK122`` a moment that is added twice.
        key: ``move`` or ``also``.
        written: the moment as it stands in the file.
        place: place in ``also``; 0 for a move.
        message: what is wrong.
        fix: what to do.
    """

    code: str
    key: str
    written: str
    place: int = 0
    message: Text
    fix: Text


def read_rule(
    *,
    at: Iterable[str] | Mapping[str, str],
    on: Iterable[str] | None = None,
    skip: Iterable[str] = (),
    also: Iterable[str] = (),
    move: Mapping[str, str] | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    every: str | None = None,
    season: Sequence[str] = (),
    during: Sequence[str] = (),
    book: DayBook = NO_BOOK,
) -> Rule:
    """Read the words of one column; their order means nothing.

    Without ``on`` a column goes out on the weekday of ``since`` when it comes every few weeks, on its day of the month
    when it comes every few months, on the day of its anchor when it has one and no ``during``, else on every day.

    Raises:
        RuleError: the first word that is not understood; ``CK307`` an interval without a first day.
    """
    named = at.items() if isinstance(at, Mapping) else ((time, time) for time in at)
    moves = {_moment(key): _moment(value) for key, value in (move or {}).items()}
    since_day = None if since is None else number(since)
    interval = parse_every(every) if every else None
    if interval and since_day is None:
        raise no_start(every or "")
    origin = NO_BOOK if during else book
    only = [union(map(parse_season, season))] if season else []
    only += [union(parse_during(word, book) for word in during)] if during else []
    only += [Days(cycles=((*interval, since_day),))] if interval and since_day is not None else []
    return Rule(
        on=_implied(interval, since, origin) if on is None else _words(tuple(on), book),
        skip=union((_words(tuple(skip), book), *(~each for each in only))),
        times=tuple(sorted({(parse_time(time), name) for name, time in named})),
        since=FIRST_DAY if since_day is None else since_day,
        until=LAST_DAY if until is None else number(until),
        also=tuple(_moment(each) for each in also),
        moves=dict(sorted(moves.items())),
    )


def orphans(rule: Rule) -> tuple[Orphan, ...]:
    """Return the exceptions that change nothing: moves first by moment, then added moments as written."""
    if not (rule.moves or rule.also):
        return ()
    found = [_orphan_move(key) for key in rule.moves if key not in rule]
    seen: set[int] = set()
    for place, moment in enumerate(rule.also):
        if moment in rule:
            found.append(_known_also(moment, place))
        elif moment in seen:
            found.append(_double_also(moment, place))
        seen.add(moment)
    return tuple(found)


def is_statutory(rule: Rule) -> bool:
    """Return whether a rule asks for workdays or days off, which are known only as far as they are announced."""
    return bool(rule.on.years or rule.skip.years)


def no_start(every: str) -> RuleError:
    """Return what is wrong with an interval that has no first day."""
    return RuleError(
        "CK307",
        Text(f"every = “{every}” 没有写从哪天数起", f'every = "{every}" has no day to count from'),
        Text("加上 from，例如 from = 2026-11-26", "add from, such as from = 2026-11-26"),
    )


def written(moment: int) -> str:
    """Return a moment as people write it: ``2026-10-07T12:00``."""
    day, minute = divmod(moment, DAY_MINUTES)
    return f"{date_of(day).isoformat()}T{clock(minute)}"


def clock(minute: int) -> str:
    """Return a minute of the day as people write it: ``12:00``."""
    return f"{minute // 60:02}:{minute % 60:02}"


@lru_cache(maxsize=4096)
def _words(words: tuple[str, ...], book: DayBook) -> Days:
    return union(parse_days(word, book) for word in words)


def _implied(interval: tuple[str, int] | None, since: dt.date | None, book: DayBook) -> Days:
    """Return the days of a column that names none."""
    if interval and since and interval[0] == "weeks":
        return Days(week=1 << since.weekday())
    if interval and since and interval[0] == "months":
        return Days(month=1 << since.day)
    return parse_days("T+0", book) if book.own else ALL_DAYS


def _moment(text: str) -> int:
    date, minute = parse_moment(text)
    return number(date) * DAY_MINUTES + minute


def _orphan_move(moment: int) -> Orphan:
    return Orphan(
        code="CK120",
        key="move",
        written=written(moment),
        message=Text(
            f"{written(moment)} 没有这个栏目的档期，无法移动", f"this column has no slot at {written(moment)} to move"
        ),
        fix=Text("写原来的日期和时间，或删掉这一条", "write the slot's original date and time, or remove this move"),
    )


def _known_also(moment: int, place: int) -> Orphan:
    return Orphan(
        code="CK121",
        key="also",
        written=written(moment),
        place=place,
        message=Text(f"{written(moment)} 本来就有一档", f"the rule already has a slot at {written(moment)}"),
        fix=Text("删掉这一条", "remove it"),
    )


def _double_also(moment: int, place: int) -> Orphan:
    return Orphan(
        code="CK122",
        key="also",
        written=written(moment),
        place=place,
        message=Text(f"{written(moment)} 加了两次", f"{written(moment)} is added twice"),
        fix=Text("只留一个", "keep one of them"),
    )
