"""The rhythm of some days: the shortest recurrence rule of RFC 5545 that says them, and the days it does not fit.

A day is an integer, as :mod:`~calendarkit.clockwork.dates` numbers it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from calendarkit.clockwork.dates import date_of

LEAST = 3
"""Days that make a rhythm; fewer are told one by one."""
_EXCEPTIONS = 3
"""At most one exception for so many days; with more the rule says little."""
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST = 8
"""Weeks, or days, between two times that are still told as an interval."""

_NAMES = 4
"""Days of the month that a rule may name; more of them is a list and no rhythm."""

Holds = Callable[[int], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """A rule from its first day to its last, and where it is not followed.

    Attributes:
        rule: parts of an RRULE by name, such as ``{"FREQ": ("WEEKLY",), "BYDAY": ("MO", "TH")}``; no ``UNTIL``.
        first: the first day; the rule holds on it.
        last: the last day on which the rule holds.
        more: further days, sorted (``RDATE``).
        less: days of the rule that are none, sorted (``EXDATE``).
    """

    rule: Mapping[str, tuple[str, ...]]
    first: int
    last: int
    more: tuple[int, ...] = ()
    less: tuple[int, ...] = ()


def rhythm(days: Iterable[int]) -> Rhythm | None:
    """Return the rule with the fewest exceptions, or ``None`` where no rule says these days well.

    The rule and its exceptions together are exactly ``days``, from the earliest to the latest of them; what lies
    outside nobody asked for.

    >>> rhythm([0, 7, 14, 28]).rule, rhythm([0, 7, 14, 28]).less
    ({'FREQ': ('WEEKLY',), 'BYDAY': ('TH',)}, (21,))
    """
    wanted = sorted(set(days))
    if len(wanted) < LEAST:
        return None
    found = [each for rule, holds in _candidates(wanted) if (each := _fitted(rule, holds, wanted))]
    best = min(found, key=lambda each: len(each.more) + len(each.less), default=None)
    if best is None or (len(best.more) + len(best.less)) * _EXCEPTIONS > len(wanted):
        return None
    return best


def _fitted(rule: Mapping[str, tuple[str, ...]], holds: Holds, wanted: Sequence[int]) -> Rhythm | None:
    """Return the rule with its exceptions; it starts at the first wanted day that it says itself."""
    known = set(wanted)
    first = next((day for day in wanted if holds(day)), None)
    if first is None:
        return None
    said = {day for day in range(first, wanted[-1] + 1) if holds(day)}
    return Rhythm(
        rule=rule, first=first, last=max(said), more=tuple(sorted(known - said)), less=tuple(sorted(said - known))
    )


def _candidates(days: Sequence[int]) -> Iterator[tuple[Mapping[str, tuple[str, ...]], Holds]]:
    """Yield rules that may say ``days``, the plainer first: by the week, by an interval, by the month."""
    yield from _weekly(days)
    yield from _interval(days)
    yield from _by_month_day(days)
    yield from _by_nth_weekday(days)


def _weekly(days: Sequence[int]) -> Iterator[tuple[Mapping[str, tuple[str, ...]], Holds]]:
    """Yield the weekdays that come in most weeks; all seven are every day."""
    seen = Counter(day % 7 for day in days)
    weeks = (days[-1] - days[0]) // 7 + 1
    usual = {each for each, count in seen.items() if count * 2 > weeks}
    if len(usual) == 7:
        yield {"FREQ": ("DAILY",)}, lambda _: True
    elif usual:
        names = tuple(_WEEKDAYS[each] for each in sorted(_weekday(each) for each in usual))
        yield {"FREQ": ("WEEKLY",), "BYDAY": names}, lambda day: day % 7 in usual


def _interval(days: Sequence[int]) -> Iterator[tuple[Mapping[str, tuple[str, ...]], Holds]]:
    """Yield every so many days, or weeks, from the first day on."""
    steps = Counter(after - before for before, after in pairwise(days))
    step, first = steps.most_common(1)[0][0], days[0]
    if step % 7 == 0 and 7 < step <= 7 * _LONGEST:
        weekday = (_WEEKDAYS[_weekday(first)],)
        rule = {"FREQ": ("WEEKLY",), "INTERVAL": (str(step // 7),), "BYDAY": weekday}
        yield rule, lambda day: (day - first) % step == 0
    elif 1 < step <= _LONGEST and step != 7:
        yield {"FREQ": ("DAILY",), "INTERVAL": (str(step),)}, lambda day: (day - first) % step == 0


def _by_month_day(days: Sequence[int]) -> Iterator[tuple[Mapping[str, tuple[str, ...]], Holds]]:
    """Yield the days that come in most months, counted from the first or, for the last one, from the end."""
    dates = [date_of(day) for day in days]
    months = len({(each.year, each.month) for each in dates})
    counts = Counter(place for date in dates for place in _month_places(date))
    usual = {place for place, count in counts.items() if count * 2 > months}
    usual -= {place for place in usual if place > 27 and -1 in usual}
    if usual and months >= LEAST and len(usual) <= _NAMES:
        rule = {"FREQ": ("MONTHLY",), "BYMONTHDAY": tuple(str(each) for each in sorted(usual))}
        yield rule, lambda day: not usual.isdisjoint(_month_places(date_of(day)))


def _by_nth_weekday(days: Sequence[int]) -> Iterator[tuple[Mapping[str, tuple[str, ...]], Holds]]:
    """Yield the n-th weekdays that come in most months: ``2SU``, ``-1FR``."""
    months = len({(date_of(day).year, date_of(day).month) for day in days})
    counts = Counter(name for day in days for name in _nth_names(day))
    usual = {name for name, count in counts.items() if count * 2 > months}
    usual -= {name for name in usual if f"-1{name[-2:]}" in usual and name[0] in "45"}
    if usual and months >= LEAST and len(usual) <= _NAMES:
        yield (
            {"FREQ": ("MONTHLY",), "BYDAY": tuple(sorted(usual))},
            lambda day: not usual.isdisjoint(_nth_names(day)),
        )


def _month_places(date: dt.date) -> tuple[int, ...]:
    return (date.day, -1) if _is_last(date) else (date.day,)


def _nth_names(day: int) -> tuple[str, ...]:
    date, name = date_of(day), _WEEKDAYS[_weekday(day)]
    nth = f"{(date.day - 1) // 7 + 1}{name}"
    return (nth, f"-1{name}") if date_of(day + 7).month != date.month else (nth,)


def _is_last(date: dt.date) -> bool:
    return (date + dt.timedelta(days=1)).day == 1


def _weekday(day: int) -> int:
    """Return 0 for Monday; day 0 is a Thursday, and remainders count from there."""
    return (day + 3) % 7
