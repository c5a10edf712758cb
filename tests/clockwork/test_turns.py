"""Turns: inside the stretch, the same for ever, even, and beside the sharp hours where that is asked for."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from calendarkit.clockwork.turns import turn

NOON = 1_795_579_200
"""2026-11-25 12:00 in Shanghai, epoch seconds."""


@given(st.text(max_size=20), st.integers(0, 2**31), st.integers(1, 20_000), st.booleans())
def test_a_turn_lies_inside_the_stretch(key: str, start: int, spread: int, beside: bool) -> None:
    """And it is the same when it is asked for again."""
    found = turn(key, start, spread, beside=beside)
    assert 0 <= found < spread
    assert turn(key, start, spread, beside=beside) == found


@given(st.text(max_size=20), st.integers(0, 2**31), st.integers(61, 20_000))
def test_a_turn_beside_the_hours_is_beside_them(key: str, start: int, spread: int) -> None:
    """Never in the first minute of an hour or half hour when there is another second."""
    assert (start + turn(key, start, spread, beside=True)) % 1800 >= 60


def test_a_minute_on_the_hour_is_all_there_is() -> None:
    """A stretch within the sharp minute is still kept to."""
    assert {turn(str(n), NOON, 30, beside=True) < 30 for n in range(200)} == {True}


def test_turns_are_even() -> None:
    """Ten thousand keys over an hour: every free minute gets its share, the two sharp ones nothing."""
    minutes = Counter(turn(f"noon/{n}", NOON, 3600, beside=True) // 60 for n in range(11_600))
    assert set(minutes) == set(range(60)) - {0, 30}
    assert all(140 <= count <= 260 for count in minutes.values())


def test_no_spread_is_at_once() -> None:
    """Everyone's turn is the slot's own instant."""
    assert turn("a", NOON, 0, beside=True) == 0
