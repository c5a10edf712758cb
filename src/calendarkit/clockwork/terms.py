"""The 24 solar terms (节气): their days, from the shipped almanac, and their names.

A term falls on the day, in China (UTC+8), on which the sun reaches its longitude: 冬至 is 270°.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from calendarkit.clockwork import almanac
from calendarkit.clockwork.dates import number, place_of
from calendarkit.clockwork.lunar import FIRST, LAST
from calendarkit.model.text import Text

_WIDTH = 12
_NAMES = (
    Text("小寒", "Minor Cold"), Text("大寒", "Major Cold"), Text("立春", "Start of Spring"), Text("雨水", "Rain Water"),
    Text("惊蛰", "Awakening of Insects"), Text("春分", "Spring Equinox"), Text("清明", "Qingming"),
    Text("谷雨", "Grain Rain"), Text("立夏", "Start of Summer"), Text("小满", "Grain Buds"),
    Text("芒种", "Grain in Ear"), Text("夏至", "Summer Solstice"), Text("小暑", "Minor Heat"),
    Text("大暑", "Major Heat"), Text("立秋", "Start of Autumn"), Text("处暑", "End of Heat"),
    Text("白露", "White Dew"), Text("秋分", "Autumn Equinox"), Text("寒露", "Cold Dew"),
    Text("霜降", "Frost's Descent"), Text("立冬", "Start of Winter"), Text("小雪", "Minor Snow"),
    Text("大雪", "Major Snow"), Text("冬至", "Winter Solstice"),
)  # fmt: skip
NAMES: Mapping[str, Text] = MappingProxyType({name.zh: name for name in _NAMES})
"""By Chinese name, in the order of the Gregorian year: 小寒 first, 冬至 last."""
_PLACE = {name: place for place, name in enumerate(NAMES)}


def day_of(year: int, name: str) -> int | None:
    """Return the day of a term in a Gregorian year, or ``None`` outside ``FIRST`` to ``LAST``.

    Args:
        year: Gregorian.
        name: one of :data:`NAMES`, such as ``冬至``.

    Raises:
        KeyError: no term has that name.
    """
    place = _PLACE[name]
    return _days(year)[place] if FIRST <= year <= LAST else None


def on(day: int) -> str | None:
    """Return the Chinese name of the term that falls on a day; ``None`` for most days and beyond the table."""
    year, place = place_of(day)
    if not FIRST <= year <= LAST:
        return None
    # Two terms a month, 15 days and more apart: the one nearest below is never more than one off.
    guess = min(place * 24 // 365, 23)
    days = _days(year)
    near = range(max(guess - 1, 0), min(guess + 2, 24))
    return next((_NAMES[each].zh for each in near if days[each] == day), None)


@lru_cache(maxsize=256)
def _days(year: int) -> tuple[int, ...]:
    """Return the days of the terms of one year of the almanac, in order."""
    row, place = divmod(year - almanac.FIRST, 5)
    bits = int(almanac.TERMS[row][_WIDTH * place : _WIDTH * (place + 1)], 16)
    return tuple(
        number(dt.date(year, each // 2 + 1, almanac.EARLIEST[each])) + (bits >> 46 - 2 * each & 3) for each in range(24)
    )
