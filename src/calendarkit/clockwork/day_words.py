"""The words for days: what a team may write in ``on`` and ``skip``, in Chinese and in English.

``docs/reference/rules.md`` is the list for people, and a test runs its examples.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from calendarkit.clockwork.anchor_words import anchor_days
from calendarkit.clockwork.daybook import DayBook
from calendarkit.clockwork.days import ALL_DAYS, Days
from calendarkit.clockwork.festival_words import FESTIVALS, festival_days
from calendarkit.clockwork.mend import mend_date, mend_day, plain
from calendarkit.clockwork.month_words import month_days
from calendarkit.clockwork.statutory_words import statutory_days
from calendarkit.clockwork.weekdays import NUMBER, WEEKDAY
from calendarkit.clockwork.words import DATE, RuleError, parse_dates, refuse_long, write
from calendarkit.model.text import Text

_SETS = {
    **dict.fromkeys(("daily", "每天"), ALL_DAYS),
    **dict.fromkeys(("weekend", "周末", "每周末"), Days(week=0b1100000)),
}
_WEEK_RANGE = re.compile(rf"每?({WEEKDAY})(?:-|至|到)({WEEKDAY})")
_EXAMPLES = (
    "mon-fri", "周一至周五", "day 18", "last day", "月末", "1st fri", "last fri", "workday", "工作日", "offday",
    "休息日", "last workday", "06-18", "lunar 08-15", "term 冬至", "T-3", "T+0",
)  # fmt: skip
_SUGGESTED = (*_SETS, *NUMBER, *_EXAMPLES, *FESTIVALS)
_FAMILIES: tuple[Callable[[str, DayBook | None], Days | None], ...] = (
    month_days,
    festival_days,
    statutory_days,
    anchor_days,
)


@lru_cache(maxsize=16_384)
def parse_days(text: str, book: DayBook | None = None) -> Days:
    """Read one word of ``on`` or ``skip``: ``daily``, ``wed``, ``last workday``, ``除夕``, ``T-3``, ``2026-12-24`` ….

    Args:
        text: the word.
        book: what the word may refer to; without one only its spelling is judged, and an anchor has no days.

    Raises:
        RuleError: ``CK101`` unknown, ``CK107`` no such date, ``CK108`` a range that runs backwards, ``CK111`` no such
            day of a month, ``CK115`` or ``CK116`` no such anchor or phase.
    """
    refuse_long(text, "CK101")
    word = plain(text).lower()
    if word in _SETS:
        return _SETS[word]
    if word in NUMBER:
        return Days(week=1 << NUMBER[word])
    if match := _WEEK_RANGE.fullmatch(word):
        return Days(week=_week_range(NUMBER[match[1]], NUMBER[match[2]]))
    if word[:4].isdecimal() and (".." in word or DATE.fullmatch(word)):
        return parse_dates(word)
    for family in _FAMILIES:
        if (found := family(word, book)) is not None:
            return found
    raise _unknown_day(text, word)


def _week_range(first: int, last: int) -> int:
    """Return the bits from one weekday to another, over Sunday if need be."""
    length = (last - first) % 7 + 1
    return sum(1 << (first + step) % 7 for step in range(length))


def _unknown_day(text: str, word: str) -> RuleError:
    if date := mend_date(word):
        wrong = Text(f"“{text}”不是日期的写法", f'"{text}" is not how a date is written')
        return RuleError("CK107", wrong, write(date))
    if DATE.fullmatch(word[:10]) and word[10:11] in {"t", " "}:
        wrong = Text(f"“{text}”带了时间", f'"{text}" holds a time too')
        return RuleError(
            "CK101", wrong, Text(f'日期写 "{word[:10]}"，时间写在 at 里', f'write "{word[:10]}", the time in at')
        )
    if re.fullmatch(r"every .+|每(隔|两|[二三四五六七八九\d]+)个?[天周月日].*|隔[天日周月].*|[单双]周.*", word):
        wrong = Text(f"“{text}”是间隔，不是日子", f'"{text}" is an interval, not a word for days')
        return RuleError(
            "CK101",
            wrong,
            Text('写在 every 里，例如 every = "2 weeks"', 'write it in every, such as every = "2 weeks"'),
        )
    parts = re.split(r"[,、;/\s]+|和|及", word)
    if len(parts) > 1 and all(part in NUMBER for part in parts):
        listed = ", ".join(f'"{part}"' for part in parts)
        wrong = Text(f"“{text}”里有几个词", f'"{text}" holds several words')
        return RuleError("CK101", wrong, Text(f"分开写：[{listed}]", f"write a list: [{listed}]"))
    far = re.fullmatch(r"([td] ?[+-] ?\d+) ?(?:d|days?|天|日)?", word)
    guess = far[1].replace(" ", "").replace("d", "t").upper() if far else mend_day(word, _SUGGESTED)
    wrong = Text(f"不认识“{text}”", f'"{text}" is not a word for days')
    return RuleError("CK101", wrong, Text(f"是不是“{guess}”？", f'did you mean "{guess}"?') if guess else _examples())


def _examples() -> Text:
    return Text(
        '例如 "daily"、"mon-fri"、"周三"、"工作日"、"每月18日"、"农历八月十五"、"2026-12-24"',
        'such as "daily", "mon-fri", "wed", "workday", "day 18", "lunar 08-15", "2026-12-24"',
    )
