"""The lunar calendar (农历): day numbers to lunar dates and back, from the shipped almanac.

A day is the number of days since 1970-01-01, as in :mod:`~calendarkit.clockwork.dates`. Rules: GB/T 33661-2017; until
1928 the almanacs of the time. Beyond ``FIRST`` to ``LAST`` nothing is known and nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from calendarkit.clockwork import almanac
from calendarkit.clockwork.dates import number, place_of
from calendarkit.model.text import Text

FIRST = 1902
"""The first Gregorian year whose days all have a lunar date."""
LAST = 2099
"""The last one."""
_HEADS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_TENS = ("初", "十", "廿", "三")
_ONES = ("十", "一", "二", "三", "四", "五", "六", "七", "八", "九")
_MONTHS = {**{head: month for month, head in enumerate(_HEADS, 1)}, "一": 1, "十一": 11, "十二": 12}
_WORDS = re.compile("(?:农历|阴历)?(闰?)(十[一二]|[正一二三四五六七八九十冬腊])月(.{2,3})")
_WIDTH = 6
_NEW_YEAR = (1, 20)
"""What the almanac counts the first day of a lunar year from: month and day."""


class LunarDate(NamedTuple):
    """One day of the lunar calendar.

    Attributes:
        year: the Gregorian year in which this lunar year begins.
        month: 1 to 12.
        leap: whether it is the leap month that follows the month of this number.
        day: 1 to 30.
    """

    year: int
    month: int
    leap: bool
    day: int


class _Year(NamedTuple):
    """The months of one lunar year in order, and the days they begin with; one more day ends the last."""

    months: tuple[tuple[int, bool], ...]
    starts: tuple[int, ...]


@lru_cache(maxsize=4096)
def of(day: int) -> LunarDate | None:
    """Return the lunar date of a day, or ``None`` outside the years ``FIRST`` to ``LAST``."""
    year = place_of(day)[0]
    if not FIRST <= year <= LAST:
        return None
    if day < _year(year).starts[0]:
        year -= 1
    months, starts = _year(year)
    place = bisect_right(starts, day) - 1
    return LunarDate(year, *months[place], day - starts[place] + 1)


def day_number(year: int, month: int, day: int, *, leap: bool = False) -> int | None:
    """Return the day of a lunar date; ``None`` where there is none, such as day 30 of a month of 29, or no table.

    Args:
        year: the lunar year, named by the Gregorian one it begins in; ``FIRST`` - 1 to ``LAST``.
        month: 1 to 12.
        day: 1 to 30.
        leap: the leap month after that month.
    """
    if not FIRST - 1 <= year <= LAST:
        return None
    months, starts = _year(year)
    if (month, leap) not in months:
        return None
    place = months.index((month, leap))
    found = starts[place] + day - 1
    return found if starts[place] <= found < starts[place + 1] else None


def days_of(year: int, month: int, day: int, *, leap: bool = False) -> tuple[int, ...]:
    """Return the days of the Gregorian ``year`` that have a lunar date, in order: mostly one, sometimes none or two."""
    if not FIRST <= year <= LAST:
        return ()
    found = (day_number(each, month, day, leap=leap) for each in (year - 1, year))
    return tuple(each for each in found if each is not None and place_of(each)[0] == year)


def eve_days(year: int) -> tuple[int, ...]:
    """Return the days of the Gregorian ``year`` that are 除夕, the day before the first of 正月: one, or none known."""
    return (_year(year).starts[0] - 1,) if FIRST <= year <= LAST else ()


def month_length(year: int, month: int, *, leap: bool = False) -> int | None:
    """Return the days of a lunar month, 29 or 30; ``None`` where that year has none such."""
    if day_number(year, month, 1, leap=leap) is None:
        return None
    return 30 if day_number(year, month, 30, leap=leap) is not None else 29


def leap_month(year: int) -> int | None:
    """Return the month of a lunar year that a leap month follows, or ``None`` without one or without a table."""
    if not FIRST - 1 <= year <= LAST:
        return None
    return next((month for month, leap in _year(year).months if leap), None)


def label(day: int) -> Text | None:
    """Return the lunar date as people say it, ``十月十五`` or ``lunar 10-15``; ``None`` beyond the table."""
    date = of(day)
    if date is None:
        return None
    leap = "leap " if date.leap else ""
    return Text(
        f"{month_name(date.month, leap=date.leap)}{day_name(date.day)}", f"lunar {leap}{date.month:02}-{date.day:02}"
    )


def month_name(month: int, *, leap: bool = False) -> str:
    """Return ``正月`` … ``腊月``, or ``闰六月``."""
    return f"{'闰' if leap else ''}{_HEADS[month - 1]}月"


def day_name(day: int) -> str:
    """Return ``初一`` … ``三十``."""
    return {10: "初十", 20: "二十"}.get(day) or f"{_TENS[day // 10]}{_ONES[day % 10]}"


def read(words: str) -> tuple[int, int, bool] | None:
    """Return month, day and whether it is leap for ``八月十五``, ``农历闰六月初一``, ``腊月廿三``; else ``None``."""
    match = _WORDS.fullmatch(words)
    if match is None or match[3] not in _DAYS:
        return None
    return _MONTHS[match[2]], _DAYS[match[3]], bool(match[1])


_DAYS = {**{day_name(day): day for day in range(1, 31)}, **{f"二十{_ONES[each]}": 20 + each for each in range(1, 10)}}


@lru_cache(maxsize=256)
def _year(year: int) -> _Year:
    """Return one lunar year of the almanac, which has it."""
    decade, place = divmod(year - almanac.FIRST, 10)
    bits = int(almanac.LUNAR[decade][_WIDTH * place : _WIDTH * (place + 1)], 16)
    leap = bits >> 13 & 15
    months = [(month, False) for month in range(1, 13)]
    if leap:
        months.insert(leap, (leap, True))
    starts = [number(dt.date(year, *_NEW_YEAR)) + (bits >> 17)]
    for each in range(len(months)):
        starts.append(starts[-1] + 29 + (bits >> 12 - each & 1))
    return _Year(tuple(months), tuple(starts))
