"""Patterns: each kind of rule as the bitmap of one year, bit 0 for 1 January; bits beyond the year are the caller's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

from calendarkit.clockwork import lunar, terms
from calendarkit.clockwork.dates import date_of, number, year_of

EVERY_MONTH = 0
LUNAR_EVE = 1300
"""The code of 除夕, the last day of a lunar year, whether it is the 29th or the 30th."""
LEAP = 10_000
_EVERY_SEVENTH = sum(1 << 7 * week for week in range(54))
_TERMS = tuple(terms.NAMES)


def week_bits(week: int, year: int) -> int:
    """Return the days on the weekdays of ``week``: bit 0 is Monday."""
    # 1970-01-01 was a Thursday, so (day + 3) % 7 is 0 on Mondays.
    return week * _EVERY_SEVENTH >> (year_of(year)[0] + 3) % 7


@lru_cache(maxsize=4096)
def month_bits(month: int, year: int) -> int:
    """Return the n-th day of every month for each bit n; for bit 0 its last day."""
    found = 0
    for begin, size in months_of(year):
        found |= (month >> 1 & (1 << size) - 1) << begin
        found |= (month & 1) << begin + size - 1
    return found


def nth_bits(codes: Iterable[int], year: int) -> int:
    """Return the n-th weekdays of months: ``month * 100 + n * 10 + weekday``; month 0 is every one, n 0 the last."""
    found = 0
    for code in codes:
        found |= _nth_bits(code, year)
    return found


@lru_cache(maxsize=4096)
def _nth_bits(code: int, year: int) -> int:
    first, found = year_of(year)[0], 0
    month, rest = divmod(code, 100)
    n, weekday = divmod(rest, 10)
    for each, (begin, size) in enumerate(months_of(year), 1):
        earliest = (weekday - first - begin - 3) % 7
        step = earliest + 7 * (n - 1) if n else earliest + (size - 1 - earliest) // 7 * 7
        if month in (EVERY_MONTH, each) and step < size:
            found |= 1 << begin + step
    return found


def yearly_bits(ranges: Iterable[tuple[int, int]], year: int) -> int:
    """Return the days between two days of the year, ``month * 100 + day``, both included and over new year."""
    length, found = year_of(year)[1], 0
    for begin, end in ranges:
        low, high = _place(year, begin), _place(year, end + 1)
        span = (1 << high) - 1 & ~((1 << low) - 1)
        found |= span if begin <= end else ((1 << length) - 1 & ~((1 << low) - 1)) | (1 << high) - 1
    return found


def lunar_bits(codes: Iterable[int], year: int) -> int:
    """Return the days of lunar dates: ``leap * 10000 + month * 100 + day``; month 0 is every one, leap ones too."""
    first, found = year_of(year)[0], 0
    for code in codes:
        if code == LUNAR_EVE:
            days = lunar.eve_days(year)
        elif code < 100:
            days = tuple(
                day
                for month in range(1, 13)
                for leap in (False, True)
                for day in lunar.days_of(year, month, code, leap=leap)
            )
        else:
            days = lunar.days_of(year, code % LEAP // 100, code % 100, leap=code > LEAP)
        for day in days:
            found |= 1 << day - first
    return found


def term_bits(places: int, year: int) -> int:
    """Return the days of solar terms: bit 0 is the first of the year, 小寒."""
    first, found = year_of(year)[0], 0
    for place, name in enumerate(_TERMS):
        if places >> place & 1 and (day := terms.day_of(year, name)) is not None:
            found |= 1 << day - first
    return found


def cycle_bits(unit: str, step: int, start: int, year: int) -> int:
    """Return every ``step``-th day, week (from Monday) or month, counted from the one that holds the day ``start``."""
    first, length = year_of(year)
    if unit == "months":
        begun = date_of(start)
        ahead = (year - begun.year) * 12 - begun.month + 1
        return sum(
            (1 << size) - 1 << begin for each, (begin, size) in enumerate(months_of(year)) if (ahead + each) % step == 0
        )
    size = 7 if unit == "weeks" else 1
    if unit == "weeks":
        start -= (start + 3) % 7
    period, found = step * size, 0
    place = (start - first) % period - period
    while place < length:
        found |= ((1 << size) - 1 << place) if place >= 0 else (1 << size) - 1 >> min(-place, size)
        place += period
    return found


def written_bits(spans: Iterable[tuple[int, int]], year: int) -> int:
    """Return the days of spans that are written out, both ends included."""
    first, length = year_of(year)
    found = 0
    for begin, end in spans:
        low, high = max(begin - first, 0), min(end - first + 1, length)
        if low < high:
            found |= (1 << high) - (1 << low)
    return found


@lru_cache(maxsize=512)
def months_of(year: int) -> tuple[tuple[int, int], ...]:
    """Return the place of the first day of each month, and the month's length."""
    start, length = year_of(year)
    firsts = [number(dt.date(year, each, 1)) - start for each in range(1, 13)]
    return tuple((begin, end - begin) for begin, end in zip(firsts, [*firsts[1:], length], strict=True))


def _place(year: int, code: int) -> int:
    """Return the place of the first day of the year that is not before ``month * 100 + day``."""
    month, day = divmod(code, 100)
    begin, size = months_of(year)[month - 1]
    return begin + min(day - 1, size)
