"""The kinds of values nouns hold, each judged by the clockwork's words and explained in both languages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator

from calendarkit.calendar.explain_value import refuse
from calendarkit.clockwork import words
from calendarkit.clockwork.day_words import parse_days
from calendarkit.clockwork.days import Days
from calendarkit.clockwork.interval_words import parse_every
from calendarkit.clockwork.month_words import parse_season
from calendarkit.model.text import Text

T = TypeVar("T")
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def _ruled(parse: Callable[[str], object]) -> Callable[[str], str]:
    """Return a validator that keeps the words and lets the clockwork refuse them."""

    def judge(value: str) -> str:
        try:
            parse(value)
        except words.RuleError as error:
            raise refuse(error.code, error.message, error.fix) from error
        return value

    return judge


def listed(value: Any) -> Any:
    """Take a single word where a list is due; a TOML list becomes a tuple."""
    return (value,) if isinstance(value, str | dt.date | dt.time) else value


def numbered(value: Any) -> Any:
    """Take a single number where a list is due."""
    return (value,) if isinstance(value, int) else value


def counted(value: Any) -> Any:
    """Take a single number where a table with a ``count`` is due."""
    return {"count": value} if isinstance(value, int) else value


def _spelled(value: Any) -> Any:
    """Take a TOML date or local time where its words are due: ``07:30:00`` is ``"07:30"``."""
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return value


def _times(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _spelled(each) for key, each in value.items()}
    return listed(value)


def _slug(value: str) -> str:
    if not _SLUG.fullmatch(value):
        raise refuse(
            "CK206",
            Text(f"“{value}”不能当 id", f'"{value}" cannot be an id'),
            Text(
                "id 用英文字母、数字、- _ . ，最长 64 个；中文写在 title 或 name 里",
                "ids are ASCII letters, digits, - _ and ., at most 64; put the name into title or name",
            ),
        )
    return value


def _slot_name(value: str) -> str:
    if not value or len(value) > 64 or re.search(r"[/\s\x00-\x1f]", value):
        raise refuse(
            "CK206",
            Text(f"“{value}”不能当档期名", f'"{value}" cannot name a slot'),
            Text("档期名不能有空格和 /", "slot names have no spaces and no /"),
        )
    return value


def _phase_name(value: str) -> str:
    if not value or len(value) > 64 or re.search(r"[./\s\x00-\x1f]", value):
        raise refuse(
            "CK206",
            Text(f"“{value}”不能当阶段名", f'"{value}" cannot name a phase'),
            Text("阶段名不能有空格、. 和 /", "names of phases have no spaces, no . and no /"),
        )
    return value


def yearly(value: str) -> str:
    """Refuse words for an anchor's day that give no day or many a year."""
    days = _ruled_days(value)
    kinds = [getattr(days, name) for name in ("lunar", "yearly", "nth", "spans")]
    once = days.terms.bit_count() + sum(map(len, kinds)) == 1
    often = days.week or days.month or days.years or any(code < 100 for code in (*days.lunar, *days.nth))
    if not once or often or any(first != last for first, last in (*days.yearly, *days.spans)):
        raise refuse(
            "CK123",
            Text(f"“{value}”不是一年一次的日子", f'"{value}" is not one day a year'),
            Text(
                '例如 "06-18"、"农历八月十五"、"冬至"、"5月第二个周日"',
                'such as "06-18", "lunar 08-15", "term 冬至", "2nd sun of may"',
            ),
        )
    return value


def _year(value: str) -> str:
    if not re.fullmatch(r"(?:19|20)\d\d", value, re.ASCII):
        raise refuse("CK124", Text(f"“{value}”不是年份", f'"{value}" is not a year'), Text("例如 2027", "such as 2027"))
    return value


def zone_or_audience(value: str) -> str:
    """Take ``audience``, or a zone."""
    return value if value == "audience" else _ruled(words.parse_zone)(value)


def dated(value: str) -> str:
    """Refuse words for an anchor's day of one year that are no date."""
    if len(value.partition("..")[0]) != len(value):
        raise refuse("CK107", Text(f"“{value}”不是一个日期", f'"{value}" is not one date'), None)
    return _ruled(words.parse_dates)(value)


def _ruled_days(value: str) -> Days:
    _ruled(parse_days)(value)
    return parse_days(value)


Slug = Annotated[str, AfterValidator(_slug)]
"""An id: ASCII, stable, safe in file names and keys."""
SlotName = Annotated[str, AfterValidator(_slot_name)]
Word = Annotated[str, BeforeValidator(_spelled)]
Strings = Annotated[tuple[str, ...], BeforeValidator(listed)]
"""A list of texts; a single text will do."""
DayWords = Annotated[tuple[Annotated[Word, AfterValidator(_ruled(parse_days))], ...], BeforeValidator(listed)]
Interval = Annotated[str, AfterValidator(_ruled(parse_every))]
Seasons = Annotated[tuple[Annotated[Word, AfterValidator(_ruled(parse_season))], ...], BeforeValidator(listed)]
Year = Annotated[str, AfterValidator(_year)]
PhaseName = Annotated[str, AfterValidator(_phase_name)]
DateWords = Annotated[tuple[Annotated[Word, AfterValidator(_ruled(words.parse_dates))], ...], BeforeValidator(listed)]
Time = Annotated[Word, AfterValidator(_ruled(words.parse_time))]
Times = Annotated[tuple[Time, ...] | Mapping[SlotName, Time], BeforeValidator(_times)]
Moment = Annotated[Word, AfterValidator(_ruled(words.parse_moment))]
Moments = Annotated[tuple[Moment, ...], BeforeValidator(listed)]
Duration = Annotated[str, AfterValidator(_ruled(words.parse_duration))]
Hours = Annotated[str, AfterValidator(_ruled(words.parse_hours))]
Zone = Annotated[str, AfterValidator(_ruled(words.parse_zone))]
ColumnZone = Annotated[str, AfterValidator(zone_or_audience)]
