"""Dates as integers: a day is the number of days since 1970-01-01 in the proleptic Gregorian calendar."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

EPOCH = 719163
"""``date(1970, 1, 1).toordinal()``."""
FIRST_DAY = 1 - EPOCH
"""0001-01-01; stands for "since ever"."""
LAST_DAY = dt.date.max.toordinal() - EPOCH
"""9999-12-31; stands for "without end"."""


def number(date: dt.date) -> int:
    """Return the day's number."""
    return date.toordinal() - EPOCH


@lru_cache(maxsize=8192)
def date_of(day: int) -> dt.date:
    """Return the date of a day's number."""
    return dt.date.fromordinal(day + EPOCH)


@lru_cache(maxsize=4096)
def place_of(day: int) -> tuple[int, int]:
    """Return the year of ``day`` and its place in it, 0 for 1 January."""
    year = date_of(day).year
    return year, day - year_of(year)[0]


@lru_cache(maxsize=512)
def year_of(year: int) -> tuple[int, int]:
    """Return the first day of a year and its length in days."""
    first = dt.date(year, 1, 1).toordinal() - EPOCH
    return first, 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365
