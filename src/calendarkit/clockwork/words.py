"""The words of a rule: what a team may write for days, times, durations, hours, moments and zones.

``docs/reference/rules.md`` is the list for people, and a test runs its examples.
"""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo, available_timezones

from calendarkit.clockwork.dates import number
from calendarkit.clockwork.days import Days
from calendarkit.clockwork.mend import (
    mend_date,
    mend_day,
    mend_duration,
    mend_time,
    mend_zone,
    other_half,
    plain,
    planned,
)
from calendarkit.errors import CalendarkitError
from calendarkit.model.text import Text

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBER = {
    **{name: place for names in (WEEKDAYS, _LONG) for place, name in enumerate(names)},
    **{f"{head}{tail}": place for head in ("周", "星期", "礼拜") for place, tail in enumerate("一二三四五六日")},
    **{f"{head}天": 6 for head in ("周", "星期", "礼拜")},
}
_WHOLE_WEEK = 0b1111111
_SETS = {
    "daily": Days(week=_WHOLE_WEEK),
    "每天": Days(week=_WHOLE_WEEK),
    "weekend": Days(week=0b1100000),
    "周末": Days(week=0b1100000),
    "last day": Days(month=1),
    "月末": Days(month=1),
    "每月最后一天": Days(month=1),
}
_LONGEST = 64
"""Characters; the longest zone has 32."""
_SUGGESTED = (*_SETS, *_NUMBER, "mon-fri", "周一至周五", "day 18")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_DURATION = re.compile(r"(?=\d)(?:(\d{1,4})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?(?:(\d{1,7})s)?", re.ASCII)
_WEEK_RANGE = re.compile(r"([a-z一-龥]+?)(?:-|至|到)([a-z一-龥]+)")
_MONTH_DAY = re.compile(r"day (\d{1,2})|每月(\d{1,2})[日号]", re.ASCII)


class RuleError(CalendarkitError):
    """A word of a rule is not understood.

    Attributes:
        code: stable, ``CK101`` … ``CK112``.
        message: what is wrong, in both languages.
        fix: what to write instead, or ``None`` when nobody can say.
    """

    def __init__(self, code: str, message: Text, fix: Text | None = None) -> None:
        super().__init__(message.en)
        self.code = code
        self.message = message
        self.fix = fix


def parse_days(text: str) -> Days:
    """Read one word of ``on`` or ``skip``: ``daily``, ``wed``, ``mon-fri``, ``周末``, ``2026-12-24``, ``day 18`` ….

    Raises:
        RuleError: ``CK101`` unknown, ``CK102`` planned but not yet supported, ``CK107`` no such date, ``CK108`` a range
            that runs backwards, ``CK111`` no such day of the month.
    """
    _refuse_long(text, "CK101")
    word = plain(text).lower()
    if word in _SETS:
        return _SETS[word]
    if word in _NUMBER:
        return Days(week=1 << _NUMBER[word])
    if (match := _WEEK_RANGE.fullmatch(word)) and match[1] in _NUMBER and match[2] in _NUMBER:
        return Days(week=_week_range(_NUMBER[match[1]], _NUMBER[match[2]]))
    if match := _MONTH_DAY.fullmatch(word):
        return _month_day(int(match[1] or match[2]))
    if word[:4].isdecimal() and (".." in word or _DATE.fullmatch(word)):
        return parse_dates(word)
    raise _unknown_day(text, word)


def parse_dates(text: str) -> Days:
    """Read ``2026-12-24`` or ``2026-12-24..2026-12-26``, both ends included.

    Raises:
        RuleError: ``CK107`` no such date, ``CK108`` a range that runs backwards.
    """
    _refuse_long(text, "CK107")
    first, dots, last = plain(text).partition("..")
    begin = _date(first.strip())
    end = _date(last.strip()) if dots else begin
    if end < begin:
        raise RuleError(
            "CK108",
            Text(f"“{text}”的结束早于开始", f'"{text}" ends before it begins'),
            _write(f"{end.isoformat()}..{begin.isoformat()}"),
        )
    return Days(spans=((number(begin), number(end)),))


def parse_time(text: str) -> int:
    """Read ``"12:30"`` and return the minute of the day, 0 to 1439.

    Raises:
        RuleError: ``CK103``.
    """
    _refuse_long(text, "CK103")
    if match := _TIME.fullmatch(text):
        return int(match[1]) * 60 + int(match[2])
    if plain(text) in {"24:00", "24点", "2400"}:
        raise RuleError(
            "CK103",
            Text(f"“{text}”不是时间：一天到 23:59 为止", f'"{text}" is not a time: a day ends with 23:59'),
            Text('写成第二天的 "00:00"', 'write the next day\'s "00:00"'),
        )
    raise RuleError("CK103", Text(f"“{text}”不是时间", f'"{text}" is not a time'), _time_fix(text, mend_time(text)))


def _time_fix(text: str, mended: str | None) -> Text:
    if mended is None:
        return Text('写成 24 小时制，例如 "12:30"', 'write 24-hour time such as "12:30"')
    if after_noon := other_half(text, mended):
        return Text(
            f'写成 "{mended}"；如果是下午或晚上，写 "{after_noon}"', f'write "{mended}", or "{after_noon}" after noon'
        )
    return _write(mended)


def parse_duration(text: str) -> int:
    """Read ``"30m"``, ``"1h"``, ``"2h30m"``, ``"1d"`` and return seconds.

    Raises:
        RuleError: ``CK104``.
    """
    _refuse_long(text, "CK104")
    if match := _DURATION.fullmatch(text):
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    mended = mend_duration(text)
    fix = _write(mended) if mended else Text('例如 "30m"、"1h"、"2h30m"、"1d"', 'such as "30m", "1h", "2h30m", "1d"')
    raise RuleError("CK104", Text(f"“{text}”不是时长", f'"{text}" is not a duration'), fix)


def parse_hours(text: str) -> tuple[int, int]:
    """Read ``"22:00-07:30"`` and return its two minutes of the day; the end is open and may lie on the next day.

    Raises:
        RuleError: ``CK105`` no such hours, ``CK103`` one of its times is none.
    """
    _refuse_long(text, "CK105")
    parts = re.split(r"\s*(?:-|至|到|~)\s*", plain(text))
    if len(parts) != 2 or not all(parts):
        raise RuleError(
            "CK105",
            Text(f"“{text}”不是时段", f'"{text}" is not a stretch of hours'),
            Text('写成 "22:00-07:30"', 'write it as "22:00-07:30"'),
        )
    first, last = (parse_time("00:00" if part == "24:00" else part) for part in parts)
    if first == last:
        raise RuleError(
            "CK105",
            Text(f"“{text}”的开始和结束相同", f'"{text}" begins when it ends'),
            Text("整天不打扰请写在 dates 里", "for a whole day use dates"),
        )
    return first, last


def parse_moment(text: str) -> tuple[dt.date, int]:
    """Read ``"2026-10-07T12:00"`` and return the date and the minute of the day, both local.

    Raises:
        RuleError: ``CK106`` no such moment, ``CK107`` no such date, ``CK103`` no such time.
    """
    _refuse_long(text, "CK106")
    date, sign, time = text.partition("T")
    if sign and _DATE.fullmatch(date):
        return _date(date), parse_time(time)
    day, _, rest = re.sub(r"[T\s]+", " ", plain(text)).partition(" ")
    mended = (mend_date(day) or "", mend_time(rest) or "12:00")
    fix = _write("T".join(mended)) if mended[0] else Text('例如 "2026-10-07T12:00"', 'such as "2026-10-07T12:00"')
    raise RuleError("CK106", Text(f"“{text}”不是日期加时间", f'"{text}" is not a date with a time'), fix)


def parse_zone(text: str) -> str:
    """Check the IANA name of a time zone and return it.

    Raises:
        RuleError: ``CK112``.
    """
    _refuse_long(text, "CK112")
    try:
        ZoneInfo(text)
    except (ValueError, KeyError, OSError):
        names = available_timezones()
        found = mend_zone(text, names)
        fix = _write(found) if found else Text('例如 "Asia/Shanghai"', 'such as "Asia/Shanghai"')
        raise RuleError("CK112", Text(f"没有时区“{text}”", f'there is no time zone "{text}"'), fix) from None
    return text


def _refuse_long(text: str, code: str) -> None:
    """Refuse what is no word at all, so that no search for its meaning takes long."""
    if len(text) > _LONGEST:
        raise RuleError(code, Text(f"“{text[:20]}…”太长", f'"{text[:20]}…" is too long'))


def _date(text: str) -> dt.date:
    if match := _DATE.fullmatch(text):
        try:
            return dt.date(*(int(part) for part in match.groups()))
        except ValueError:
            raise RuleError(
                "CK107", Text(f"没有“{text}”这一天", f'there is no day "{text}"'), _last_day_before(match)
            ) from None
    mended = mend_date(text)
    fix = _write(mended) if mended else Text('例如 "2026-12-24"', 'such as "2026-12-24"')
    raise RuleError("CK107", Text(f"“{text}”不是日期", f'"{text}" is not a date'), fix)


def _last_day_before(match: re.Match[str]) -> Text | None:
    """Suggest the month's last day for one such as ``2026-02-30``."""
    year, month, day = (int(part) for part in match.groups())
    if not (1 <= month <= 12 and 29 <= day <= 31 and year):
        return None
    return _write((dt.date(year, month, 28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1))


def _month_day(day: int) -> Days:
    if not 1 <= day <= 31:
        raise RuleError(
            "CK111",
            Text(f"一个月没有第 {day} 天", f"no month has a day {day}"),
            Text('写 1 到 31，或 "last day"（月末）', 'write 1 to 31, or "last day"'),
        )
    return Days(month=1 << day)


def _week_range(first: int, last: int) -> int:
    """Return the bits from one weekday to another, over Sunday if need be."""
    length = (last - first) % 7 + 1
    return sum(1 << (first + step) % 7 for step in range(length))


def _unknown_day(text: str, word: str) -> RuleError:
    if instead := planned(word):
        return RuleError("CK102", Text(f"“{text}”还不支持", f'"{text}" is not yet supported'), instead)
    if date := mend_date(word):
        wrong = Text(f"“{text}”不是日期的写法", f'"{text}" is not how a date is written')
        return RuleError("CK107", wrong, _write(date))
    if _DATE.fullmatch(word[:10]) and word[10:11] in {"t", " "}:
        wrong = Text(f"“{text}”带了时间", f'"{text}" holds a time too')
        return RuleError(
            "CK101", wrong, Text(f'日期写 "{word[:10]}"，时间写在 at 里', f'write "{word[:10]}", the time in at')
        )
    parts = re.split(r"[,、;/\s]+|和|及", word)
    if len(parts) > 1 and all(part in _NUMBER for part in parts):
        listed = ", ".join(f'"{part}"' for part in parts)
        wrong = Text(f"“{text}”里有几个词", f'"{text}" holds several words')
        return RuleError("CK101", wrong, Text(f"分开写：[{listed}]", f"write a list: [{listed}]"))
    guess = mend_day(word, _SUGGESTED)
    wrong = Text(f"不认识“{text}”", f'"{text}" is not a word for days')
    return RuleError("CK101", wrong, Text(f"是不是“{guess}”？", f'did you mean "{guess}"?') if guess else _examples())


def _examples() -> Text:
    return Text(
        '例如 "daily"、"mon-fri"、"周三"、"周末"、"2026-12-24"', 'such as "daily", "mon-fri", "wed", "2026-12-24"'
    )


def _write(right: object) -> Text:
    return Text(f'写成 "{right}"', f'write "{right}"')
