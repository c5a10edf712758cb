"""Zones: local wall clock to epoch seconds, by the rule of RFC 5545.

A time that a clock skips fires at the shifted instant (02:30 becomes 03:30), a time that it shows twice fires once,
the first (RFC 5545, section 3.3.5). A whole day that a zone skipped (Apia, 2011-12-30) is one long gap: its slots fire
24 hours shifted. Only integers leave this module: aware datetimes compare wrongly inside overlaps.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from calendarkit.clockwork.dates import EPOCH, date_of
from calendarkit.model.slot import Window

DAY = 86400
DAY_MINUTES = 1440


def instant(zone: str, day: int, minute: int) -> int:
    """Return the epoch second at which ``minute`` of the local ``day`` fires in ``zone``."""
    for _, end, offset in offsets(zone, day):
        if minute < end:
            return day * DAY + minute * 60 - offset
    raise ValueError(f"a day has no minute {minute}")


def stretches(zone: str, window: Window) -> list[tuple[int, int, int, int]]:
    """Return the nominal local minutes that fire inside ``window``.

    Returns:
        ``(day, first minute, end minute, offset)``, the end open, sorted by day, then minute; the instant of a
        minute ``m`` is ``day * 86400 + m * 60 - offset``. Each nominal minute of history is in exactly one of two
        adjoining windows.
    """
    found = []
    for day in range(window.start // DAY - 1, (window.end - 1) // DAY + 2):
        for first, end, offset in offsets(zone, day):
            midnight = day * DAY - offset
            low = max(first, -((midnight - window.start) // 60))
            high = min(end, -((midnight - window.end) // 60))
            if low < high:
                found.append((day, low, high, offset))
    return found


def wall(zone: str, at: int) -> tuple[int, int]:
    """Return the local day and minute that clocks in ``zone`` show at the epoch second ``at``."""
    shown = dt.datetime.fromtimestamp(at, ZoneInfo(zone))
    return shown.toordinal() - EPOCH, shown.hour * 60 + shown.minute


@lru_cache(maxsize=8192)
def offsets(zone: str, day: int) -> tuple[tuple[int, int, int], ...]:
    """Return the offsets from UTC, in seconds, that nominal times of a local day are read with.

    A day has one change at most: in all of tzdata 2025b no two lie closer than three days (Freetown, 1939).

    Returns:
        ``(first minute, end minute, offset)``, the end open, covering all 1,440 minutes in order; one entry on a day
        without a change.
    """
    info, date = ZoneInfo(zone), date_of(day)

    def offset(minute: int) -> int:
        # fold=0 is the rule itself: the offset before a gap, the first of an overlap.
        shift = dt.datetime(date.year, date.month, date.day, minute // 60, minute % 60, tzinfo=info).utcoffset()
        assert shift is not None
        return shift.days * DAY + shift.seconds

    low, high = 0, DAY_MINUTES - 1
    before, after = offset(low), offset(high)
    if before == after:
        return ((0, DAY_MINUTES, before),)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if offset(middle) == before else (low, middle)
    return ((0, high, before), (high, DAY_MINUTES, after))
