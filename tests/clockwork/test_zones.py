"""Zones: the rule of RFC 5545 at gaps, overlaps and a day that never was."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from calendarkit.clockwork.dates import number
from calendarkit.clockwork.zones import instant, offsets, stretches, wall
from calendarkit.model.slot import Window

DAY = 86400


def utc(text: str) -> int:
    """Return the epoch seconds of an ISO time in UTC."""
    return int(dt.datetime.fromisoformat(f"{text}+00:00").timestamp())


def day(text: str) -> int:
    """Return the number of an ISO date."""
    return number(dt.date.fromisoformat(text))


@pytest.mark.parametrize(
    ("zone", "date", "time", "expected"),
    [
        ("Asia/Shanghai", "2026-11-25", (12, 0), "2026-11-25T04:00"),
        ("America/New_York", "2026-03-08", (1, 59), "2026-03-08T06:59"),
        ("America/New_York", "2026-03-08", (2, 30), "2026-03-08T07:30"),
        ("America/New_York", "2026-03-08", (3, 30), "2026-03-08T07:30"),
        ("America/New_York", "2026-11-01", (1, 30), "2026-11-01T05:30"),
        ("America/New_York", "2026-11-01", (2, 0), "2026-11-01T07:00"),
        ("Australia/Lord_Howe", "2026-10-04", (2, 15), "2026-10-03T15:45"),
        ("Australia/Lord_Howe", "2026-04-05", (1, 45), "2026-04-04T14:45"),
        ("Pacific/Apia", "2011-12-29", (23, 59), "2011-12-30T09:59"),
        ("Pacific/Apia", "2011-12-30", (12, 0), "2011-12-30T22:00"),
        ("Pacific/Apia", "2011-12-31", (12, 0), "2011-12-30T22:00"),
        ("America/St_Johns", "2011-03-13", (0, 0), "2011-03-13T03:30"),
        ("America/St_Johns", "2011-03-13", (0, 1), "2011-03-13T03:31"),
        ("Africa/Cairo", "2026-04-24", (0, 30), "2026-04-23T22:30"),
        ("America/Godthab", "2018-03-24", (22, 30), "2018-03-25T01:30"),
        ("America/Godthab", "2018-03-24", (23, 30), "2018-03-25T01:30"),
    ],
    ids=["plain", "before gap", "in gap", "after gap", "overlap", "after overlap", "half-hour gap", "half-hour overlap",
         "before the lost day", "the lost day", "after the lost day", "midnight", "gap at 00:01", "gap at midnight",
         "gap at 22:00", "last hour"],
)  # fmt: skip
def test_a_wall_time_has_one_instant(zone: str, date: str, time: tuple[int, int], expected: str) -> None:
    """A gap shifts, an overlap fires at its first."""
    assert instant(zone, day(date), time[0] * 60 + time[1]) == utc(expected)


def test_a_day_without_a_change_is_one_piece() -> None:
    """The common case costs one comparison."""
    assert offsets("Asia/Shanghai", day("2026-11-25")) == ((0, 1440, 8 * 3600),)


def test_a_day_with_a_change_is_two_pieces_that_meet_at_the_minute() -> None:
    """New York's clocks skip from 02:00: times up to 02:59 are read with the old offset."""
    assert offsets("America/New_York", day("2026-03-08")) == ((0, 180, -5 * 3600), (180, 1440, -4 * 3600))


def test_there_is_no_minute_1440() -> None:
    """A day's minutes end at 23:59."""
    with pytest.raises(ValueError, match="1440"):
        instant("UTC", 0, 1440)


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu"])
@pytest.mark.parametrize("around", ["2011-12-30", "2026-03-08", "2026-10-04", "2026-11-01"])
def test_stretches_hold_each_nominal_minute_once(zone: str, around: str) -> None:
    """Cut four days into uneven windows: every nominal minute of the middle days comes once, at its own instant."""
    start = utc(f"{around}T00:00") - 2 * DAY
    cuts = [start, start + 61, start + DAY // 3, *range(start + DAY, start + 5 * DAY, 7777), start + 5 * DAY]
    seen = [
        (nominal, minute)
        for window in map(Window, cuts, cuts[1:])
        for nominal, first, end, offset in stretches(zone, window)
        for minute in range(first, end)
        if instant(zone, nominal, minute) == nominal * DAY + minute * 60 - offset in window
    ]
    middle = [each for each in seen if abs(each[0] - day(around)) <= 1]
    assert sorted(middle) == [(day(around) + step, minute) for step in (-1, 0, 1) for minute in range(1440)]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Asia/Kathmandu"])
def test_the_wall_shows_what_clocks_show(zone: str) -> None:
    """Local day and minute of an instant, inside an overlap as well."""
    at = utc("2026-11-01T06:30")
    shown = dt.datetime.fromtimestamp(at, ZoneInfo(zone))
    assert wall(zone, at) == (number(shown.date()), shown.hour * 60 + shown.minute)
