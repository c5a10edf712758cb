"""The names of weekdays, months and small numbers in words for days."""

from __future__ import annotations

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HEADS = ("周", "星期", "礼拜", "每周", "每星期", "每礼拜")
NUMBER = {
    **{name: place for names in (WEEKDAYS, _LONG) for place, name in enumerate(names)},
    **{
        f"{every}{head}{tail}": place
        for every in ("", "每")
        for head in _HEADS
        for place, tail in enumerate("一二三四五六日")
    },
    **{f"{every}{head}天": 6 for every in ("", "每") for head in _HEADS},
}
"""The weekdays by name, Monday is 0."""
WEEKDAY = "|".join(sorted((name for name in NUMBER if not name.startswith("每")), key=len, reverse=True))
"""A pattern for one weekday."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ORDINALS = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "last": 0}
"""Which one of a month, 0 for the last."""
CHINESE = {each: place for place, each in enumerate("零一二三四五六七八九十")} | {"两": 2}
"""Chinese numbers up to ten."""


def small(text: str) -> int:
    """Return a number written in digits or, up to 31, in Chinese: ``十八`` is 18, ``廿三`` is 23.

    Raises:
        ValueError: it is neither.
    """
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.replace("廿", "二十").replace("卅", "三十").rpartition("十")
    if not ten:
        return CHINESE.get(text) or int(text)
    try:
        return (CHINESE[tens] if tens else 1) * 10 + (CHINESE[ones] if ones else 0)
    except KeyError as error:
        raise ValueError(text) from error
