"""Quiet hours: when quiet ends, over midnight, over whole days and over a change of clocks."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from calendarkit.clockwork.quiet import quiet_until
from calendarkit.clockwork.words import RuleError

SHANGHAI = "Asia/Shanghai"


def at(text: str, zone: str = SHANGHAI) -> int:
    """Return the epoch seconds of a local time."""
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-11-25T21:59", None),
        ("2026-11-25T22:00", "2026-11-26T07:30"),
        ("2026-11-26T00:00", "2026-11-26T07:30"),
        ("2026-11-26T07:29", "2026-11-26T07:30"),
        ("2026-11-26T07:30", None),
        ("2026-11-26T12:00", None),
    ],
)
def test_hours_over_midnight(now: str, end: str | None) -> None:
    """The start counts, the end does not."""
    assert quiet_until("22:00-07:30", (), SHANGHAI, at(now)) == (end and at(end))


def test_hours_within_a_day() -> None:
    """A siesta ends the same day."""
    assert quiet_until("12:00-14:00", (), SHANGHAI, at("2026-11-25T13:00")) == at("2026-11-25T14:00")
    assert quiet_until("12:00-14:00", (), SHANGHAI, at("2026-11-25T15:00")) is None


def test_whole_days_without_hours() -> None:
    """A range of dates is quiet from midnight to midnight."""
    dates = ("2026-12-24..2026-12-26",)
    assert quiet_until("", dates, SHANGHAI, at("2026-12-25T12:00")) == at("2026-12-27T00:00")
    assert quiet_until("", dates, SHANGHAI, at("2026-12-27T00:00")) is None


def test_hours_and_days_that_meet_are_one_quiet() -> None:
    """The evening before, the day, the night after."""
    assert quiet_until("22:00-07:30", ("2026-12-24",), SHANGHAI, at("2026-12-23T23:00")) == at("2026-12-25T07:30")


def test_the_zone_decides() -> None:
    """One instant is night in New York and noon in Shanghai."""
    noon = at("2026-11-25T12:00")
    assert quiet_until("22:00-07:30", (), SHANGHAI, noon) is None
    assert quiet_until("22:00-07:30", (), "America/New_York", noon) == at("2026-11-25T07:30", "America/New_York")


def test_a_night_with_a_skipped_hour_is_shorter() -> None:
    """Quiet ends when the clock shows its end."""
    start = at("2026-03-07T22:00", "America/New_York")
    end = quiet_until("22:00-07:30", (), "America/New_York", start)
    assert end is not None
    assert end - start == 8.5 * 3600


def test_wrong_hours_are_an_error() -> None:
    """Validation refuses them before; nobody guesses here."""
    with pytest.raises(RuleError):
        quiet_until("late", (), SHANGHAI, 0)
