"""RRULE: the recurrence rules of RFC 5545 on local time, as days and times; what has two readings is refused."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace

from calendarkit.clockwork.dates import FIRST_DAY, LAST_DAY, number, place_of, year_of
from calendarkit.clockwork.days import ALL_DAYS, Days, bits
from calendarkit.clockwork.hatch import LONGEST, Hatch, refuse_flood
from calendarkit.clockwork.rrule_parts import Parts, read_parts, refuse
from calendarkit.clockwork.words import RuleError
from calendarkit.model.text import Text

_YEARS = 400
"""Years; a rule without any day in so many has none, for the Gregorian calendar repeats itself."""
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY_PARTS = ("INTERVAL", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYDAY", "BYSETPOS", "WKST")
_START = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2}))?", re.ASCII)


def parse_rrule(text: str, since: dt.date | None = None) -> Hatch:
    """Read ``FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;BYHOUR=20;BYMINUTE=0``, with or without ``DTSTART`` before it.

    The times are those of ``BYHOUR`` and ``BYMINUTE``, else the time of ``DTSTART``. The start is ``DTSTART``, else
    ``since``. ``INTERVAL``, ``COUNT`` and the days that a rule leaves to its start need one.

    Raises:
        RuleError: ``CK126`` no RRULE, ``CK127`` a part that has two readings or no place here, ``CK128`` no start,
            ``CK129`` no time, ``CK133`` too many slots a day.
    """
    written = text.strip()
    if len(written) > LONGEST:
        raise RuleError("CK126", Text("rrule 太长", "the rrule is too long"))
    parts, start = read_parts(written)
    first, clock = _start(start, since)
    days = _on_days(parts, first)
    times = _times(parts, clock)
    refuse_flood(len(times), "rrule")
    if len(times) > 1 and "BYSETPOS" in parts:
        raise refuse("BYSETPOS", Text("一天有几档时", "with several times a day"))
    hatch = Hatch(days=days, times=times, since=FIRST_DAY if first is None else number(first))
    if first is not None and clock is not None:
        hatch = _begun(hatch, clock)
    if "UNTIL" in parts:
        return _ended(hatch, parts["UNTIL"], timed=clock is not None)
    return _counted(hatch, int(parts["COUNT"])) if "COUNT" in parts else hatch


def _start(written: str, since: dt.date | None) -> tuple[dt.date | None, int | None]:
    """Return the first day and, where ``DTSTART`` says one, the minute of the day."""
    if not written:
        return since, None
    day, minute = _moment(written, "DTSTART")
    return day, minute


def _moment(written: str, name: str) -> tuple[dt.date, int | None]:
    """Return the day and the minute that ``DTSTART`` or ``UNTIL`` names."""
    match = _START.fullmatch(written)
    try:
        if match is None:
            raise ValueError(written)
        day = dt.date(*(int(each) for each in match.groups()[:3]))
        hour, minute, second = (int(each or 0) for each in match.groups()[3:])
        time = dt.time(hour, minute, second) if match[4] else None
    except ValueError:
        raise RuleError(
            "CK126",
            Text(f"{name} 的“{written}”不是当地时间", f'{name} "{written}" is no local time'),
            Text(f"例如 {name}=20261126T120000", f"such as {name}=20261126T120000"),
        ) from None
    if time and time.second and name == "DTSTART":
        raise refuse("DTSTART", Text("带秒时", "with seconds"))
    return day, None if time is None else time.hour * 60 + time.minute


def _on_days(parts: Parts, first: dt.date | None) -> Days:
    """Return the days of the rule, with those spelled out that it leaves to its start."""
    spelled = {name: parts[name] for name in _DAY_PARTS if name in parts}
    if spelled.get("INTERVAL") == "1":
        del spelled["INTERVAL"]
    implied = not {"BYMONTHDAY", "BYYEARDAY", "BYDAY"} & parts.keys() and parts["FREQ"] != "DAILY"
    needing = [name for name in ("INTERVAL", "COUNT") if name in parts and parts[name] != "1"]
    if first is None and (needing or implied):
        raise _no_start(needing[0] if needing else f"FREQ={parts['FREQ']}")
    if implied and first is not None:
        if parts["FREQ"] == "WEEKLY":
            spelled["BYDAY"] = _DAYS[first.weekday()]
        else:
            spelled["BYMONTHDAY"] = str(first.day)
        if parts["FREQ"] == "YEARLY":
            spelled.setdefault("BYMONTH", str(first.month))
    _hold_months(spelled)
    if parts["FREQ"] == "DAILY" and not spelled:
        return ALL_DAYS
    # every day of some kind is every such day of the year, and the library finds those without looking at each
    named = "INTERVAL" not in spelled and {"BYMONTHDAY", "BYDAY"} & spelled.keys()
    freq = "YEARLY" if parts["FREQ"] == "DAILY" and named else parts["FREQ"]
    text = ";".join([f"FREQ={freq}", *(f"{name}={spelled[name]}" for name in _DAY_PARTS if name in spelled)])
    phase = number(first) if first is not None and "INTERVAL" in spelled else FIRST_DAY
    return Days(recurrences=(("rrule", text, phase),))


def _hold_months(spelled: Mapping[str, str]) -> None:
    """Refuse days that none of the months has, such as 30 February."""
    if {"BYMONTH", "BYMONTHDAY"} <= spelled.keys():
        longest = max(monthrange(2028, month)[1] for month in _numbers(spelled, "BYMONTH"))
        days = _numbers(spelled, "BYMONTHDAY")
        if all(abs(day) > longest for day in days):
            raise RuleError(
                "CK126",
                Text(f"这些月份没有 {days[0]} 日", f"these months have no day {days[0]}"),
                Text("月末写 BYMONTHDAY=-1", "for the end of a month write BYMONTHDAY=-1"),
            )


def _no_start(needing: str) -> RuleError:
    return RuleError(
        "CK128",
        Text(f"rrule 的 {needing} 没有写从哪天数起", f"the {needing} of the rrule has no day to count from"),
        Text("加上 from，例如 from = 2026-11-26", "add from, such as from = 2026-11-26"),
    )


def _times(parts: Parts, clock: int | None) -> tuple[int, ...]:
    hours = _numbers(parts, "BYHOUR") or (() if clock is None else (clock // 60,))
    minutes = _numbers(parts, "BYMINUTE") or (() if clock is None else (clock % 60,))
    if not hours or not minutes:
        lacking = "BYMINUTE" if hours else "BYHOUR"
        raise RuleError(
            "CK129",
            Text(f"rrule 没有写 {lacking}", f"the rrule has no {lacking}"),
            Text("写全时间，例如 BYHOUR=12;BYMINUTE=0", "write the whole time, such as BYHOUR=12;BYMINUTE=0"),
        )
    return tuple(sorted({hour * 60 + minute for hour in hours for minute in minutes}))


def _numbers(parts: Mapping[str, str], name: str) -> tuple[int, ...]:
    return tuple(int(each) for each in parts[name].split(",")) if name in parts else ()


def _begun(hatch: Hatch, clock: int) -> Hatch:
    """Return the rule without what its first day had before it began."""
    left = tuple(each for each in hatch.times if each >= clock)
    if len(left) == len(hatch.times):
        return hatch
    also = _on(hatch, hatch.since, left)
    return replace(hatch, since=hatch.since + 1, also=also)


def _ended(hatch: Hatch, written: str, *, timed: bool) -> Hatch:
    """Return the rule up to ``UNTIL``, that moment or day included."""
    day, minute = _moment(written, "UNTIL")
    last = number(day)
    if minute is None and timed:
        raise RuleError(
            "CK127",
            Text("DTSTART 带时间，UNTIL 却只有日期", "DTSTART has a time and UNTIL only a date"),
            Text(f"写成 UNTIL={written}T235959", f"write UNTIL={written}T235959"),
        )
    left = hatch.times if minute is None else tuple(each for each in hatch.times if each <= minute)
    also = tuple(each for each in hatch.also if each <= last * 1440 + (1439 if minute is None else minute))
    if len(left) == len(hatch.times):
        return replace(hatch, until=last, also=also)
    more = _on(hatch, last, left) if last >= hatch.since else ()
    return replace(hatch, until=last - 1, also=tuple(sorted({*also, *more})))


def _counted(hatch: Hatch, count: int) -> Hatch:
    """Return the rule up to its ``count``-th time, wherever in a day that is."""
    if count <= len(hatch.also):
        return replace(hatch, until=hatch.since - 1, also=hatch.also[:count])
    whole, rest = divmod(count - len(hatch.also), len(hatch.times))
    last = hatch.since - 1 if not whole else _nth_day(hatch, whole)
    if not rest:
        return replace(hatch, until=last)
    after = _nth_day(hatch, whole + 1)
    more = _on(hatch, after, hatch.times[:rest]) if after < LAST_DAY else ()
    return replace(hatch, until=last, also=(*hatch.also, *more))


def _nth_day(hatch: Hatch, count: int) -> int:
    """Return the ``count``-th day of the rule; the last of all days when it has fewer."""
    seen, low = place_of(hatch.since)
    for each in range(seen, 10_000):
        rest = bits(hatch.days, each) >> low << low
        low, seen = 0, each if rest else seen
        if each - seen > _YEARS:
            break
        if rest.bit_count() < count:
            count -= rest.bit_count()
            continue
        for _ in range(count - 1):
            rest &= rest - 1
        return year_of(each)[0] + (rest & -rest).bit_length() - 1
    return LAST_DAY


def _on(hatch: Hatch, day: int, times: tuple[int, ...]) -> tuple[int, ...]:
    """Return moments on a day, none when the rule leaves it out."""
    return tuple(day * 1440 + each for each in times) if day in hatch.days else ()
