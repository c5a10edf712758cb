"""Days: a set of calendar days as integers, one bitmap a year.

A day is an integer, as :mod:`~calendarkit.clockwork.dates` numbers it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from calendarkit.clockwork.dates import LAST_DAY, number, place_of, year_of

_EVERY_SEVENTH = sum(1 << 7 * week for week in range(54))


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A union of days; empty by default. Every further kind of rule is one more field and one more line in ``bits``.

    Attributes:
        week: bit 0 is Monday, bit 6 Sunday.
        month: bit n is the n-th day of every month that has one; bit 0 is the month's last day.
        spans: first and last day, both included, sorted, neither overlapping nor touching.
    """

    week: int = 0
    month: int = 0
    spans: tuple[tuple[int, int], ...] = ()

    def __or__(self, other: Days) -> Days:
        return Days(
            week=self.week | other.week, month=self.month | other.month, spans=_joined(self.spans + other.spans)
        )

    def __contains__(self, day: int) -> bool:
        year, place = place_of(day)
        return bool(bits(self, year) >> place & 1)


NO_DAYS = Days()


@lru_cache(maxsize=4096)
def bits(days: Days, year: int) -> int:
    """Return the days of ``year`` as a bitmap: bit 0 is 1 January."""
    first, length = year_of(year)
    # 1970-01-01 was a Thursday, so (day + 3) % 7 is 0 on Mondays.
    found = days.week * _EVERY_SEVENTH >> (first + 3) % 7
    if days.month:
        found |= _month_bits(days.month, year)
    for begin, end in days.spans:
        low, high = max(begin - first, 0), min(end - first + 1, length)
        if low < high:
            found |= (1 << high) - (1 << low)
    return found & (1 << length) - 1


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

    Rules that come round do so within eight years (29 February around 2100), so nothing is looked for later than
    that, except days that are written out.
    """
    if first > last:
        return None
    year, low = place_of(first)
    written = place_of(min(on.spans[-1][1], LAST_DAY))[0] if on.spans else 0
    for each in range(year, min(max(year + 9, written + 1), place_of(last)[0] + 1)):
        if rest := active_bits(on, skip, each) >> low:
            found = year_of(each)[0] + low + (rest & -rest).bit_length() - 1
            return found if found <= last else None
        low = 0
    return None


def _month_bits(month: int, year: int) -> int:
    start, length = year_of(year)
    firsts = [number(dt.date(year, each, 1)) - start for each in range(1, 13)]
    found = 0
    for begin, end in zip(firsts, [*firsts[1:], length], strict=True):
        size = end - begin
        found |= (month >> 1 & (1 << size) - 1) << begin
        found |= (month & 1) << end - 1
    return found


def _joined(spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return tuple(joined)
