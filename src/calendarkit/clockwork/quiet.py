"""Quiet hours (免打扰): whether an instant lies inside them, and when they end."""

from __future__ import annotations

from collections.abc import Iterable

from calendarkit.clockwork.days import NO_DAYS, Days
from calendarkit.clockwork.words import parse_dates, parse_hours
from calendarkit.clockwork.zones import instant, wall


def quiet_until(hours: str, dates: Iterable[str], zone: str, at: int) -> int | None:
    """Return the instant at which the quiet that holds at ``at`` ends, or ``None`` when it is not quiet.

    The hours and the dates are local to ``zone``. Hours and whole days that follow each other are one quiet: a quiet
    24 December ends at 07:30 of the 25th when the hours are ``22:00-07:30``.

    Args:
        hours: ``"22:00-07:30"``, the end open; empty for none.
        dates: whole days, as ``2026-12-24`` or ``2026-12-24..2026-12-26``.
        zone: IANA name.
        at: epoch seconds; so is what is returned.

    Raises:
        RuleError: ``hours`` or one of ``dates`` is not written like that.
    """
    span = parse_hours(hours) if hours else None
    days = NO_DAYS
    for each in dates:
        days |= parse_dates(each)
    end = at
    while (later := max(_hours_end(span, zone, end), _day_end(days, zone, end))) > end:
        end = later
    return end if end > at else None


def _hours_end(span: tuple[int, int] | None, zone: str, at: int) -> int:
    """Return the end of the hours that hold at ``at``, else ``at``."""
    if span is None:
        return at
    first, last = span
    today, _ = wall(zone, at)
    for day in (today - 1, today):
        end = instant(zone, day if first < last else day + 1, last)
        if instant(zone, day, first) <= at < end:
            return end
    return at


def _day_end(days: Days, zone: str, at: int) -> int:
    """Return the end of the quiet day that holds at ``at``, else ``at``."""
    today, _ = wall(zone, at)
    return instant(zone, today + 1, 0) if today in days else at
