"""Words for statutory days with 调休: ``workday``, ``offday``, ``last workday``, ``每月第一个工作日``."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from calendarkit.clockwork import statutory
from calendarkit.clockwork.dates import place_of
from calendarkit.clockwork.daybook import DayBook
from calendarkit.clockwork.days import Days
from calendarkit.clockwork.patterns import months_of
from calendarkit.clockwork.statutory import Statutory
from calendarkit.clockwork.weekdays import CHINESE, ORDINALS

_WORKDAY = ("workday", "workdays", "工作日", "每个工作日", "上班日")
_OFFDAY = ("offday", "offdays", "休息日", "每个休息日", "放假日")
_NTH = re.compile(
    rf"({'|'.join(ORDINALS)}) workday|(?:每月|每个月)的?(?:第([一二三四五六七八九十12345])|最后一?)个工作日"
)
_NO_BOOK = DayBook()


def statutory_days(word: str, book: DayBook | None = None) -> Days | None:
    """Return the days of a plain word of this family, as far as they are announced; ``None`` for any other word."""
    table = (book or _NO_BOOK).statutory
    if word in _WORKDAY:
        return _workdays(table)
    if word in _OFFDAY:
        return _offdays(table)
    if match := _NTH.fullmatch(word):
        if match[1]:
            return _nth_workdays(table, ORDINALS[match[1]])
        return _nth_workdays(table, (CHINESE.get(match[2]) or int(match[2])) if match[2] else 0)
    return None


@lru_cache(maxsize=64)
def _workdays(table: Statutory) -> Days:
    return _by_year(table, lambda year: statutory.bits(table, year)[0])


@lru_cache(maxsize=64)
def _offdays(table: Statutory) -> Days:
    return _by_year(table, lambda year: statutory.bits(table, year)[1])


@lru_cache(maxsize=64)
def _nth_workdays(table: Statutory, n: int) -> Days:
    """Return the n-th workday of each month, 0 for the last; none in a month with fewer."""

    def bits(year: int) -> int:
        work, found = statutory.bits(table, year)[0], 0
        for begin, size in months_of(year):
            days = [begin + step for step in range(size) if work >> begin + step & 1]
            if len(days) >= max(n, 1):
                found |= 1 << days[n - 1]
        return found

    return _by_year(table, bits, whole=True)


def _by_year(table: Statutory, bits: Callable[[int], int], *, whole: bool = False) -> Days:
    """Return bitmaps of the years the table knows; of one it knows single days of only, unless ``whole``."""
    single = () if whole else {place_of(day)[0] for day in (*table.offdays, *table.workdays)}
    found = ((year, bits(year)) for year in sorted({*table.years, *single}))
    return Days(years=tuple((year, bitmap) for year, bitmap in found if bitmap))
