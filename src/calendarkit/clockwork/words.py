"""The words of a rule besides those for days: dates, times, durations, hours, moments and zones.

``docs/reference/rules.md`` is the list for people, and a test runs its examples.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from calendarkit.clockwork.dates import number
from calendarkit.clockwork.days import Days
from calendarkit.clockwork.mend import (
    mend_date,
    mend_duration,
    mend_time,
    mend_zone,
    other_half,
    plain,
)
from calendarkit.errors import CalendarkitError
from calendarkit.model.text import Text

_LONGEST = 64
"""Characters; the longest zone has 32."""
DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_OFFSET = re.compile(r"(\d\d:\d\d)(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)", re.ASCII)
_DURATION = re.compile(r"(?=\d)(?:(\d{1,4})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?(?:(\d{1,7})s)?", re.ASCII)


class RuleError(CalendarkitError):
    """A word of a rule is not understood.

    Attributes:
        code: stable, ``CK101`` … ``CK129``.
        message: what is wrong, in both languages.
        fix: what to write instead, or ``None`` when nobody can say.
    """

    def __init__(self, code: str, message: Text, fix: Text | None = None) -> None:
        super().__init__(message.en)
        self.code = code
        self.message = message
        self.fix = fix


def parse_dates(text: str) -> Days:
    """Read ``2026-12-24`` or ``2026-12-24..2026-12-26``, both ends included.

    Raises:
        RuleError: ``CK107`` no such date, ``CK108`` a range that runs backwards.
    """
    refuse_long(text, "CK107")
    first, dots, last = plain(text).partition("..")
    begin = _date(first.strip())
    end = _date(last.strip()) if dots else begin
    if end < begin:
        raise RuleError(
            "CK108",
            Text(f"“{text}”的结束早于开始", f'"{text}" ends before it begins'),
            write(f"{end.isoformat()}..{begin.isoformat()}"),
        )
    return Days(spans=((number(begin), number(end)),))


@lru_cache(maxsize=2048)
def parse_time(text: str) -> int:
    """Read ``"12:30"`` and return the minute of the day, 0 to 1439.

    Raises:
        RuleError: ``CK103``.
    """
    refuse_long(text, "CK103")
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
    return write(mended)


@lru_cache(maxsize=512)
def parse_duration(text: str) -> int:
    """Read ``"30m"``, ``"1h"``, ``"2h30m"``, ``"1d"`` and return seconds.

    Raises:
        RuleError: ``CK104``.
    """
    refuse_long(text, "CK104")
    if match := _DURATION.fullmatch(text):
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    mended = mend_duration(text)
    fix = write(mended) if mended else Text('例如 "30m"、"1h"、"2h30m"、"1d"', 'such as "30m", "1h", "2h30m", "1d"')
    raise RuleError("CK104", Text(f"“{text}”不是时长", f'"{text}" is not a duration'), fix)


def parse_hours(text: str) -> tuple[int, int]:
    """Read ``"22:00-07:30"`` and return its two minutes of the day; the end is open and may lie on the next day.

    Raises:
        RuleError: ``CK105`` no such hours, ``CK103`` one of its times is none.
    """
    refuse_long(text, "CK105")
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
    refuse_long(text, "CK106")
    date, sign, time = text.partition("T")
    if offset := _OFFSET.fullmatch(time):
        wrong = Text(f"“{text}”带了时区，这里按栏目的时区", f'"{text}" has an offset; it is read in the column\'s zone')
        raise RuleError("CK106", wrong, write(f"{date}T{offset[1]}"))
    if sign and DATE.fullmatch(date):
        return _date(date), parse_time(time)
    day, _, rest = re.sub(r"[T\s]+", " ", plain(text)).partition(" ")
    mended = (mend_date(day) or "", mend_time(rest) or "12:00")
    fix = write("T".join(mended)) if mended[0] else Text('例如 "2026-10-07T12:00"', 'such as "2026-10-07T12:00"')
    raise RuleError("CK106", Text(f"“{text}”不是日期加时间", f'"{text}" is not a date with a time'), fix)


def parse_zone(text: str) -> str:
    """Check the IANA name of a time zone and return it.

    Raises:
        RuleError: ``CK112``.
    """
    refuse_long(text, "CK112")
    try:
        ZoneInfo(text)
    except (ValueError, KeyError, OSError):
        names = available_timezones()
        found = mend_zone(text, names)
        fix = write(found) if found else Text('例如 "Asia/Shanghai"', 'such as "Asia/Shanghai"')
        raise RuleError("CK112", Text(f"没有时区“{text}”", f'there is no time zone "{text}"'), fix) from None
    return text


def refuse_long(text: str, code: str) -> None:
    """Refuse what is no word at all, so that no search for its meaning takes long."""
    if len(text) > _LONGEST:
        raise RuleError(code, Text(f"“{text[:20]}…”太长", f'"{text[:20]}…" is too long'))


def _date(text: str) -> dt.date:
    if match := DATE.fullmatch(text):
        try:
            return dt.date(*(int(part) for part in match.groups()))
        except ValueError:
            raise RuleError(
                "CK107", Text(f"没有“{text}”这一天", f'there is no day "{text}"'), _last_day_before(match)
            ) from None
    mended = mend_date(text)
    fix = write(mended) if mended else Text('例如 "2026-12-24"', 'such as "2026-12-24"')
    raise RuleError("CK107", Text(f"“{text}”不是日期", f'"{text}" is not a date'), fix)


def _last_day_before(match: re.Match[str]) -> Text | None:
    """Suggest the month's last day for one such as ``2026-02-30``."""
    year, month, day = (int(part) for part in match.groups())
    if not (1 <= month <= 12 and 29 <= day <= 31 and year):
        return None
    return write((dt.date(year, month, 28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1))


def write(right: object) -> Text:
    """Return the advice to write something else."""
    return Text(f'写成 "{right}"', f'write "{right}"')
