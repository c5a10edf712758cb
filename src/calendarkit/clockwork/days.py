"""Days: a set of calendar days as integers, one bitmap a year.

A day is an integer, as :mod:`~calendarkit.clockwork.dates` numbers it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from calendarkit.clockwork import patterns
from calendarkit.clockwork.dates import LAST_DAY, place_of, year_of
from calendarkit.clockwork.recurrence import recurrence_bits

_HORIZON = 40
"""Years; rules that come round do so sooner: 29 February within eight, every leap month of the almanac within forty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A union of days; empty by default. Every further kind of rule is one more field and one more line in ``bits``.

    Attributes:
        week: bit 0 is Monday, bit 6 Sunday.
        month: bit n is the n-th day of every month that has one; bit 0 is the month's last day.
        spans: first and last day, both included, sorted, neither overlapping nor touching.
        nth: the n-th weekdays of months, coded as :func:`~calendarkit.clockwork.patterns.nth_bits` reads them, sorted.
        yearly: first and last day as ``month * 100 + day``, both included, over new year if need be, sorted.
        lunar: lunar dates, coded as :func:`~calendarkit.clockwork.patterns.lunar_bits` reads them, sorted.
        terms: solar terms; bit 0 is 小寒.
        cycles: ``(unit, step, start)``: every step-th of ``days``, ``weeks`` or ``months`` from a day on, sorted.
        years: ``(year, bitmap)`` of what only tables know, such as statutory days, sorted; no bitmap is 0.
        around: ``(first, last, days)``: the days from so many days after (before, when negative) each of ``days`` on.
        less: ``(days, others)``: the days that are not among the others.
        recurrences: ``(kind, text, start)`` as :func:`~calendarkit.clockwork.recurrence.recurrence_bits` reads them.
    """

    week: int = 0
    month: int = 0
    spans: tuple[tuple[int, int], ...] = ()
    nth: tuple[int, ...] = ()
    yearly: tuple[tuple[int, int], ...] = ()
    lunar: tuple[int, ...] = ()
    terms: int = 0
    cycles: tuple[tuple[str, int, int], ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    around: tuple[tuple[int, int, Days], ...] = ()
    less: tuple[tuple[Days, Days], ...] = ()
    recurrences: tuple[tuple[str, str, int], ...] = ()

    def __or__(self, other: Days) -> Days:
        return union((self, other))

    def __and__(self, other: Days) -> Days:
        return Days(less=((self, ~other),))

    def __invert__(self) -> Days:
        return Days(less=((ALL_DAYS, self),))

    def __contains__(self, day: int) -> bool:
        year, place = place_of(day)
        return bool(bits(self, year) >> place & 1)


FIELDS = tuple(each.name for each in fields(Days))
NO_DAYS = Days()
ALL_DAYS = Days(week=0b1111111)


def union(parts: Iterable[Days]) -> Days:
    """Return all days of ``parts``; equal sets of parts give equal values, in whatever order."""
    some = [each for each in parts if each != NO_DAYS]
    if len(some) < 2:
        return some[0] if some else NO_DAYS
    return Days(**{name: merge([getattr(each, name) for each in some]) for name, merge in _MERGE.items()})


@lru_cache(maxsize=4096)
def bits(days: Days, year: int) -> int:
    """Return the days of ``year`` as a bitmap, bit 0 for 1 January; remembered."""
    return reckon(days, year)


def reckon(days: Days, year: int) -> int:
    """Return what :func:`bits` does, worked out anew, for those who remember it themselves."""
    found = patterns.week_bits(days.week, year) if days.week else 0
    found |= patterns.written_bits(days.spans, year) if days.spans else 0
    found |= patterns.nth_bits(days.nth, year) if days.nth else 0
    found |= patterns.yearly_bits(days.yearly, year) if days.yearly else 0
    found |= dict(days.years).get(year, 0) if days.years else 0
    found |= patterns.month_bits(days.month, year) if days.month else 0
    found |= patterns.lunar_bits(days.lunar, year) if days.lunar else 0
    found |= patterns.term_bits(days.terms, year) if days.terms else 0
    for unit, step, start in days.cycles:
        found |= patterns.cycle_bits(unit, step, start, year)
    for first, last, base in days.around:
        found |= _around_bits(base, first, last, year)
    for base, others in days.less:
        found |= bits(base, year) & ~bits(others, year)
    for kind, text, start in days.recurrences:
        found |= recurrence_bits(kind, text, start, year)
    return found & (1 << year_of(year)[1]) - 1


@lru_cache(maxsize=4096)
def active_bits(on: Days, skip: Days, year: int) -> int:
    """Return the days of ``on`` that are not in ``skip``, as :func:`bits` does."""
    return bits(on, year) & ~bits(skip, year)


def count(on: Days, skip: Days, first: int, end: int) -> int:
    """Count the days of ``on`` without ``skip`` in ``[first, end)``; negative when ``end`` lies before ``first``."""
    if end < first:
        return -count(on, skip, end, first)
    if end == first:
        return 0
    (year, low), (last_year, high) = place_of(first), place_of(end - 1)
    total = 0
    while year < last_year:
        total += (active_bits(on, skip, year) >> low).bit_count()
        year, low = year + 1, 0
    return total + (active_bits(on, skip, year) >> low & (1 << high - low + 1) - 1).bit_count()


def next_day(on: Days, skip: Days, first: int, last: int) -> int | None:
    """Return the earliest day of ``on`` without ``skip`` in ``[first, last]``, or ``None``.

    Nothing is looked for later than forty years, except days that are written out.
    """
    if first > last:
        return None
    year, low = place_of(first)
    written = place_of(min(on.spans[-1][1], LAST_DAY))[0] if on.spans else 0
    for each in range(year, min(max(year + _HORIZON, written + 1), place_of(last)[0] + 1)):
        if rest := active_bits(on, skip, each) >> low:
            found = year_of(each)[0] + low + (rest & -rest).bit_length() - 1
            return found if found <= last else None
        low = 0
    return None


def _around_bits(base: Days, first: int, last: int, year: int) -> int:
    """Return the days around those of ``base``, which may lie in the year before or after."""
    origin = year_of(year)[0]
    found = 0
    for each in range(max(year - 1, 1), min(year + 1, 9999) + 1):
        rest = bits(base, each)
        while rest:
            day = year_of(each)[0] - origin + (rest & -rest).bit_length() - 1
            low, high = max(day + first, 0), max(day + last + 1, 0)
            found |= (1 << high) - (1 << low)
            rest &= rest - 1
    return found


def _merged(values: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    found = {each for value in values for each in value}
    return tuple(sorted(found, key=repr)) if len(found) > 1 else tuple(found)


def _flags(values: list[int]) -> int:
    return reduce(or_, values)


def _joined(values: list[tuple[tuple[int, int], ...]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(span for value in values for span in value):
        if joined and begin <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return tuple(joined)


def _years(values: list[tuple[tuple[int, int], ...]]) -> tuple[tuple[int, int], ...]:
    found: dict[int, int] = {}
    for value in values:
        for year, bitmap in value:
            found[year] = found.get(year, 0) | bitmap
    return tuple(sorted(found.items()))


_MERGE: dict[str, Callable[[list[Any]], Any]] = {
    **dict.fromkeys(FIELDS, _merged),
    **dict.fromkeys(("week", "month", "terms"), _flags),
    "spans": _joined,
    "years": _years,
}
"""How each field of several :class:`Days` becomes one."""
