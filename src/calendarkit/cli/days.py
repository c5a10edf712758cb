"""Days and moments as people say them: 今天, 周三, next week, 2026-11-25 20:00."""

from __future__ import annotations

import datetime as dt
import re

import arrow
from arrow.parser import ParserError

from calendarkit.cli.codes import Refusal
from calendarkit.model.text import Text

_OFFSETS = {
    "今天": 0, "今日": 0, "today": 0, "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "大后天": 3,
    "昨天": -1, "昨日": -1, "yesterday": -1, "前天": -2,
}  # fmt: skip
_WEEKS = {"": None, "本": 0, "这": 0, "this ": 0, "下": 1, "下个": 1, "next ": 1, "上": -1, "上个": -1, "last ": -1}
_NAMES = ("一", "二", "三", "四", "五", "六", "日")
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(
    "(本|这|下个|下|上个|上|this |next |last |)"
    "(?:(?:周|星期|礼拜)([一二三四五六日天])|(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs|rsday|urday)?)"
)
_PERIOD = re.compile(r"(本|这个|这|下个|下|上个|上|this |next |last )(周|星期|月|week|month)")
_AHEAD = re.compile(r"([+-]\d{1,4})(?:d|天)?|(\d{1,4})(?:天后| days?)")
_WITH_YEAR = ["YYYY-MM-DD", "YYYY-M-D", "YYYY/M/D", "YYYY.M.D", "YYYYMMDD", "YYYY年M月D日", "YYYY年M月", "YYYY-MM", "W"]
_NO_YEAR = ["MM-DD", "M-D", "M/D", "M月D日", "M月"]
_WEEK_NUMBER = re.compile(r"(\d{4})-?W(\d{2})", re.IGNORECASE)
_TIME = re.compile(r"(.*?)[ T]?(\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)$")
_LATER = re.compile(r"\+(\d{1,5})(m|min|h|小时|分钟?)")
_FIX = Text("例如 今天、周三、下周、2026-11-25、11月25日", "such as today, wed, next week, 2026-11-25")
_MOMENT_FIX = Text("例如 2026-11-25T12:00、12:00、明天 07:30", "such as 2026-11-25T12:00, 12:00, tomorrow 07:30")


def parse_day(words: str, today: dt.date) -> dt.date:
    """Return the day that ``words`` name; a week or a month is its first day.

    A bare weekday is the next one, today included; with 本, 下 or 上 it is that day of this, the next or the last
    ISO week. A date without a year is this year's.

    Raises:
        Refusal: nobody could say which day that is (exit code 2).

    >>> parse_day("周三", dt.date(2026, 11, 22))
    datetime.date(2026, 11, 25)
    """
    text = words.strip().lower()
    found = _relative(text, today) or _weekday(text, today) or _period(text, today) or _calendar_date(text, today)
    if found is None:
        raise Refusal(Text(f"“{words}”不是日期", f"{words!r} is no date"), fix=_FIX)
    return found


def parse_moment(words: str, now: float, zone: str) -> int:
    """Return the instant, in epoch seconds, that ``words`` name on the clocks of ``zone``.

    Args:
        words: a day, a time, both, ``now``, ``+2h``, or ISO 8601 with an offset; a day alone is its midnight.
        now: epoch seconds.
        zone: IANA name.

    Raises:
        Refusal: nobody could say which moment that is (exit code 2).
    """
    text = words.strip()
    here = arrow.get(now, tzinfo=zone)
    if text.lower() in {"now", "现在"}:
        return int(now)
    if later := _LATER.fullmatch(text):
        return int(now) + int(later[1]) * (60 if later[2][0] in "m分" else 3600)
    if "T" in text and re.search(r"(Z|[+-]\d{2}:?\d{2})$", text):
        return int(_parsed(text, words).timestamp())
    day_words, time_words = (match[1], match[2]) if (match := _TIME.fullmatch(text)) else (text, "0:00")
    day = here.date() if match and not day_words.strip() else parse_day(day_words, here.date())
    hour, minute, second = (int(each) for each in (*re.split("[:：]", time_words), "0")[:3])
    if hour > 23 or minute > 59 or second > 59:
        raise Refusal(Text(f"“{words}”不是时间", f"{words!r} is no time"), fix=_MOMENT_FIX)
    return int(arrow.get(day, tzinfo=zone).replace(hour=hour, minute=minute, second=second).timestamp())


def week_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the Monday of the ISO week of ``day`` and the Monday after it."""
    monday = day - dt.timedelta(days=day.weekday())
    return monday, monday + dt.timedelta(days=7)


def month_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first day of the month of ``day`` and the first of the next."""
    first = arrow.get(day).floor("month")
    return first.date(), first.shift(months=1).date()


def _relative(text: str, today: dt.date) -> dt.date | None:
    if text in _OFFSETS:
        return today + dt.timedelta(days=_OFFSETS[text])
    ahead = _AHEAD.fullmatch(text)
    return today + dt.timedelta(days=int(ahead[1] or ahead[2])) if ahead else None


def _weekday(text: str, today: dt.date) -> dt.date | None:
    found = _WEEKDAY.fullmatch(text)
    if found is None:
        return None
    number = _NAMES.index(found[2].replace("天", "日")) if found[2] else _ENGLISH.index(found[3])
    weeks = _WEEKS[found[1]]
    if weeks is None:
        return today + dt.timedelta(days=(number - today.weekday()) % 7)
    return week_of(today)[0] + dt.timedelta(days=number, weeks=weeks)


def _period(text: str, today: dt.date) -> dt.date | None:
    found = _PERIOD.fullmatch(text)
    if found is None:
        return None
    steps = _WEEKS[found[1].replace("这个", "这")] or 0
    if found[2] in {"月", "month"}:
        return arrow.get(today).floor("month").shift(months=steps).date()
    return week_of(today)[0] + dt.timedelta(weeks=steps)


def _calendar_date(text: str, today: dt.date) -> dt.date | None:
    if " " in text or ":" in text:
        return None  # arrow would read the date and overlook the rest
    if week := _WEEK_NUMBER.fullmatch(text):
        try:
            return dt.date.fromisocalendar(int(week[1]), int(week[2]), 1)
        except ValueError:
            return None
    try:
        return arrow.get(text.upper(), _WITH_YEAR).date()
    except (ParserError, ValueError):
        pass
    try:
        return arrow.get(f"{today.year} {text}", [f"YYYY {each}" for each in _NO_YEAR]).date()
    except (ParserError, ValueError):
        return None


def _parsed(text: str, words: str) -> arrow.Arrow:
    try:
        return arrow.get(text)
    except (ParserError, ValueError):
        raise Refusal(Text(f"“{words}”不是时间", f"{words!r} is no time"), fix=_MOMENT_FIX) from None
