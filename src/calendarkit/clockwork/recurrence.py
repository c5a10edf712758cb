"""Recurrence: which days of a year an RRULE or a line of cron names, as a bitmap; python-dateutil and cronsim judge."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Literal

from calendarkit.clockwork.dates import EPOCH, FIRST_DAY, date_of, year_of

Kind = Literal["rrule", "cron-and", "cron-or"]
_WEEK = 7


def recurrence_bits(kind: str, text: str, start: int, year: int) -> int:
    """Return the days of ``year`` as a bitmap: bit 0 is 1 January.

    Args:
        kind: ``rrule``; ``cron-and`` or ``cron-or`` say how both day fields of a line of cron go together.
        text: an RRULE of whole days without ``COUNT`` and ``UNTIL``, or the fields day, month and weekday of cron.
        start: the day that intervals count from; :data:`~calendarkit.clockwork.dates.FIRST_DAY` for none.
        year: 1 to 9999.
    """
    if kind == "rrule":
        return _rrule_bits(text, start, year)
    return _cron_bits(text, year, both=kind == "cron-and")


def _rrule_bits(text: str, start: int, year: int) -> int:
    from dateutil.rrule import rrulestr  # heavy; few columns have one

    gaps = _gaps(text, start)
    begin = None if any(low <= year < high for low, high in gaps) else _begin(text, start, year)
    if begin is None:
        return 0
    first = year_of(year)[0]
    found, after = 0, 10_000
    for moment in rrulestr(text, dtstart=dt.datetime.combine(begin, dt.time())):
        place = moment.toordinal() - EPOCH - first
        if moment.year > year:
            after = moment.year
            break
        found |= 1 << place if place >= 0 else 0
    if after > year + 1:
        gaps.append((year + 1, after))
    return found


@lru_cache(maxsize=1024)
def _gaps(text: str, start: int) -> list[tuple[int, int]]:  # noqa: ARG001  # they are what it is remembered by
    """Return stretches of years, the end open, that are known to have no day: looked for once, it may be far away."""
    return []


def _begin(text: str, start: int, year: int) -> dt.date | None:
    """Return a day, in the year or shortly before it, from which the rule runs as it does from its start."""
    first = year_of(year)[0]
    parts = dict(each.split("=") for each in text.split(";"))
    interval = int(parts.get("INTERVAL", "1"))
    if start == FIRST_DAY or interval == 1:
        return date_of(first)
    begun, unit = date_of(start), parts["FREQ"]
    if unit in {"DAILY", "WEEKLY"}:
        period = interval * (_WEEK if unit == "WEEKLY" else 1)
        day = start + (first - start) // period * period
        return date_of(day) if day >= FIRST_DAY else date_of(first)
    if unit == "YEARLY":
        return date_of(first) if (year - begun.year) % interval == 0 else None
    ahead = -((year - begun.year) * 12 + 1 - begun.month) % interval
    return dt.date(year, ahead + 1, 1) if ahead < 12 else None


def _cron_bits(text: str, year: int, *, both: bool) -> int:
    from cronsim import CronSim  # few columns have one

    first, length = year_of(year)
    line = CronSim(f"0 0 {text}", dt.datetime(year, 1, 1))  # noqa: DTZ001  # only its fields are asked
    found = 0
    for place in range(length):
        day = date_of(first + place)
        if day.month in line.months:
            of_month, of_week = line.match_dom(day), line.match_dow(day)
            found |= int((of_month and of_week) if both else (of_month or of_week)) << place
    return found
