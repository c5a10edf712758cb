"""Quiet hours: what they let through, hold back until they end, and stop."""

from __future__ import annotations

import pytest
from small_shop import at, calendar, candidate, delivery, slot

from calendarkit.calendar.policy import Quiet
from calendarkit.extend import Allow, History, Postpone, Withhold
from calendarkit.guards.quiet_hours import quiet_hours

NIGHT = calendar(quiet={"noon": Quiet(hours="22:00-07:30")})
HOLIDAY = calendar(quiet={"noon": Quiet(hours="22:00-07:30", dates=("2026-11-25",))})


@pytest.mark.parametrize("clock", ["07:30", "12:00", "21:59"], ids=["as-quiet-ends", "noon", "just-before"])
def test_allows_outside_quiet(clock):
    """The end is open and the minute before the start is free."""
    assert quiet_hours(candidate(NIGHT, delivery=delivery(slot(clock))), History(), None) == Allow()


def test_postpones_to_the_end_when_that_is_in_time():
    """A tip at 07:15 that may be half an hour late waits until 07:30."""
    verdict = quiet_hours(candidate(NIGHT, delivery=delivery(slot("07:15"))), History(), None)
    assert isinstance(verdict, Postpone)
    assert verdict.until == at("07:30")
    assert verdict.reason.zh == "11-25 07:15 在免打扰时段（22:00-07:30），推迟到 11-25 07:30"


@pytest.mark.parametrize("clock", ["07:00", "22:00", "00:10"], ids=["ends-at-the-deadline", "evening", "night"])
def test_withholds_when_quiet_ends_too_late(clock):
    """From its deadline on nothing may go out, so an end at the very deadline is too late."""
    verdict = quiet_hours(candidate(NIGHT, delivery=delivery(slot(clock))), History(), None)
    assert isinstance(verdict, Withhold)
    assert "最晚发送时间" in verdict.reason.zh


def test_withholds_on_a_quiet_day():
    """A whole quiet day stops its noon."""
    assert isinstance(quiet_hours(candidate(HOLIDAY), History(), None), Withhold)


def test_asks_again_with_the_time_of_sending():
    """What was planned for 21:50 and is about to leave at 22:05 is stopped."""
    late = delivery(slot("21:50"))
    assert quiet_hours(candidate(NIGHT, delivery=late), History(), None) == Allow()
    verdict = quiet_hours(candidate(NIGHT, delivery=late, now=at("22:05"), sending=True), History(), None)
    assert isinstance(verdict, Withhold)


def test_a_column_without_quiet_hours_may_always_go():
    """Only the columns the calendar lists have quiet hours."""
    assert quiet_hours(candidate(calendar(), delivery=delivery(slot("03:00"))), History(), None) == Allow()
