"""Words for days of the month and of the year: ``day 18``, ``last fri``, ``2nd sun of may``, ``06-18``."""

from __future__ import annotations

import re

from calendarkit.clockwork.daybook import DayBook
from calendarkit.clockwork.days import Days
from calendarkit.clockwork.mend import plain
from calendarkit.clockwork.weekdays import CHINESE, MONTHS, NUMBER, ORDINALS, WEEKDAY, small
from calendarkit.clockwork.words import RuleError, refuse_long, write
from calendarkit.model.text import Text

_LAST_DAY = ("last day", "月末", "每月最后一天", "每月月末", "每月末")
_MONTH_DAY = re.compile(r"day (\d{1,2})|每月([\d一二三四五六七八九十廿]{1,3})[日号]", re.ASCII)
_NTH = re.compile(
    rf"({'|'.join(ORDINALS)}) ({WEEKDAY})(?: of ({'|'.join(MONTHS)})[a-z]*)?"
    rf"|(?:每月|每个月|([\d一二三四五六七八九十]{{1,2}})月)的?(?:第([一二三四五12345])|(最后一?))个?({WEEKDAY})"
)
_YEARLY = re.compile(r"(\d{1,2})-(\d{1,2})|(?:每年)?(\d{1,2})月(\d{1,2})[日号]", re.ASCII)
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_days(word: str, _: DayBook | None = None) -> Days | None:
    """Return the days of a plain word of this family, ``None`` for any other.

    Raises:
        RuleError: ``CK107`` no such day of the year, ``CK111`` no such day of the month.
    """
    if word in _LAST_DAY:
        return Days(month=1)
    if match := _MONTH_DAY.fullmatch(word):
        return _month_day(match[1] or match[2])
    if match := _NTH.fullmatch(word):
        return _nth(match)
    if _YEARLY.fullmatch(word):
        day = _yearly(word)
        return Days(yearly=((day, day),))
    first, dots, last = word.partition("..")
    if dots and _YEARLY.fullmatch(first) and _YEARLY.fullmatch(last):
        return Days(yearly=((_yearly(first), _yearly(last)),))
    return None


def parse_season(text: str) -> Days:
    """Read one word of ``season``: ``11-20..02-10``, both days included, over new year if need be.

    Raises:
        RuleError: ``CK114`` no season, ``CK107`` one of its days does not exist.
    """
    refuse_long(text, "CK114")
    first, dots, last = re.sub(r"(?<=[日号\d])(?:至|到|-)(?=\d{1,2}[月-])", "..", plain(text)).partition("..")
    if dots and _YEARLY.fullmatch(first.strip()) and _YEARLY.fullmatch(last.strip()):
        return Days(yearly=((_yearly(first.strip()), _yearly(last.strip())),))
    raise RuleError(
        "CK114",
        Text(f"“{text}”不是一段季节", f'"{text}" is not a season'),
        Text(
            '写成 "11-20..02-10"；带年份的用 from 和 until',
            'write it as "11-20..02-10"; with a year use from and until',
        ),
    )


def _month_day(text: str) -> Days:
    try:
        day = small(text)
    except ValueError:
        day = 0
    if not 1 <= day <= 31:
        raise RuleError(
            "CK111",
            Text(f"一个月没有第 {text} 天", f"no month has a day {text}"),
            Text('写 1 到 31，或 "last day"（月末）', 'write 1 to 31, or "last day"'),
        )
    return Days(month=1 << day)


def _nth(match: re.Match[str]) -> Days | None:
    english, weekday, english_month, month, nth, _, chinese_weekday = match.groups()
    if english:
        of = MONTHS.index(english_month) + 1 if english_month else 0
        return Days(nth=(of * 100 + ORDINALS[english] * 10 + NUMBER[weekday],))
    of = small(month) if month else 0
    if of > 12:
        raise RuleError(
            "CK107", Text(f"没有 {of} 月", f"there is no month {of}"), Text("写 1 到 12 月", "write 1 to 12")
        )
    n = CHINESE.get(nth) or int(nth) if nth else 0
    return Days(nth=(of * 100 + n * 10 + NUMBER[chinese_weekday],))


def _yearly(word: str) -> int:
    match = _YEARLY.fullmatch(word)
    assert match is not None
    month, day = int(match[1] or match[3]), int(match[2] or match[4])
    if not 1 <= month <= 12 or not 1 <= day <= _LENGTHS[month - 1]:
        right = f"{month:02}-{_LENGTHS[month - 1]:02}" if 1 <= month <= 12 and day > 28 else ""
        fix = write(right) if right else Text('先月后日，例如 "06-18"', 'month first, such as "06-18"')
        raise RuleError("CK107", Text(f"没有“{word}”这一天", f'there is no day "{word}"'), fix)
    return month * 100 + day
