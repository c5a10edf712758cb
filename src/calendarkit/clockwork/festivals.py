"""Festivals (节日): the names of the days a shop looks out for, traditional and fixed, for the margin of a programme.

Names only. What a team plans around a festival is an ``[[anchor]]``; whether people are off is
:mod:`~calendarkit.clockwork.statutory`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from calendarkit.clockwork import lunar
from calendarkit.clockwork.dates import date_of
from calendarkit.model.text import Text

EVE = Text("除夕", "Lunar New Year's Eve")
LUNAR: Mapping[tuple[int, int], Text] = MappingProxyType(
    {
        (1, 1): Text("春节", "Spring Festival"),
        (1, 15): Text("元宵节", "Lantern Festival"),
        (2, 2): Text("龙抬头", "Dragon Raises Its Head"),
        (5, 5): Text("端午节", "Dragon Boat Festival"),
        (7, 7): Text("七夕", "Qixi"),
        (7, 15): Text("中元节", "Ghost Festival"),
        (8, 15): Text("中秋节", "Moon Festival"),
        (9, 9): Text("重阳节", "Double Ninth"),
        (12, 8): Text("腊八节", "Laba"),
        (12, 23): Text("北方小年", "Little New Year (north)"),
        (12, 24): Text("南方小年", "Little New Year (south)"),
    }
)
"""By lunar month and day; leap months have none."""
FIXED: Mapping[tuple[int, int], Text] = MappingProxyType(
    {
        (1, 1): Text("元旦", "New Year's Day"),
        (2, 14): Text("情人节", "Valentine"),
        (3, 8): Text("妇女节", "Women's Day"),
        (3, 12): Text("植树节", "Arbour Day"),
        (3, 15): Text("消费者权益日", "Consumer Rights Day"),
        (5, 1): Text("劳动节", "Labour Day"),
        (5, 4): Text("青年节", "Youth Day"),
        (5, 20): Text("520", "520"),
        (6, 1): Text("儿童节", "Kids' Day"),
        (6, 18): Text("618", "618"),
        (9, 10): Text("教师节", "Teachers' Day"),
        (10, 1): Text("国庆节", "National Day"),
        (11, 11): Text("双11", "Double 11"),
        (12, 12): Text("双12", "Double 12"),
        (12, 24): Text("平安夜", "Christmas Eve"),
        (12, 25): Text("圣诞节", "Christmas"),
    }
)
"""By month and day."""
SUNDAYS: Mapping[tuple[int, int], Text] = MappingProxyType(
    {(5, 2): Text("母亲节", "Mother's Day"), (6, 3): Text("父亲节", "Father's Day")}
)
"""By month and which of its Sundays."""


def on(day: int) -> tuple[Text, ...]:
    """Return the festivals that fall on a day, traditional ones first; mostly none.

    Traditional ones are known for the years ``lunar.FIRST`` to ``lunar.LAST``.
    """
    date = date_of(day)
    found: list[Text] = []
    if day in lunar.eve_days(date.year):
        found.append(EVE)
    moon = lunar.of(day)
    if moon is not None and not moon.leap and (moon.month, moon.day) in LUNAR:
        found.append(LUNAR[moon.month, moon.day])
    if (date.month, date.day) in FIXED:
        found.append(FIXED[date.month, date.day])
    if date.weekday() == 6 and (date.month, (date.day + 6) // 7) in SUNDAYS:
        found.append(SUNDAYS[date.month, (date.day + 6) // 7])
    return tuple(found)
