"""A rate is kept in every window, whatever the rhythm of the arrivals."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from calendarkit.stages.pace import Pace, pace

ROBOT = Pace(scope="wecom/robot", interval_ms=3334, burst=2)
"""20 a minute, run at 18."""


def passed(rate: Pace, arrivals: list[int]) -> list[int]:
    """Return the arrivals that may go."""
    state, gone = 0, []
    for now in arrivals:
        fits, moment = pace(rate, arrival_ms=state, now_ms=now)
        if fits:
            state, gone = moment, [*gone, now]
    return gone


@given(st.lists(st.integers(0, 8000), max_size=300))
def test_never_more_than_the_limit_in_any_minute(pauses: list[int]) -> None:
    """Whatever the rhythm, no closed minute holds more than 20 messages."""
    arrivals = [1_000_000 + sum(pauses[:n]) for n in range(len(pauses))]
    gone = passed(ROBOT, arrivals)
    assert all(sum(first <= each <= first + 60_000 for each in gone) <= 20 for first in gone)


@given(st.integers(1, 10_000_000), st.integers(0, 10_000_000))
def test_waiting_as_long_as_told_is_enough(arrival: int, now: int) -> None:
    """Who is told to wait until an instant may go at that instant, and not a millisecond earlier."""
    fits, moment = pace(ROBOT, arrival_ms=arrival, now_ms=now)
    if not fits:
        assert pace(ROBOT, arrival_ms=arrival, now_ms=moment)[0]
        assert not pace(ROBOT, arrival_ms=arrival, now_ms=moment - 1)[0]


def test_a_pause_allows_a_burst_and_no_more() -> None:
    """After a pause two messages go at once; the third waits for the steady rate."""
    assert passed(ROBOT, [50_000, 50_000, 50_000]) == [50_000, 50_000]
