"""Ordinals: every slot of a column has its number, whatever was asked before."""

from __future__ import annotations

import pytest

from calendarkit.clockwork.days import Days
from calendarkit.clockwork.index import Index, Lane
from calendarkit.clockwork.ordinals import Ordinals

DAY = 1440
DAILY = Days(week=0b1111111)


def lane(**more: object) -> Lane:
    """Return a lane that goes out every day at 10:00 and 12:00, numbered from day 100."""
    return Lane(
        **{
            "column": "c",
            "zone": "UTC",
            "days": 0,
            "start": 100,
            "lateness": 1,
            "times": ((600, "a"), (720, "b")),
            **more,
        }
    )


def numbers(each: Lane, *nominals: tuple[int, str]) -> list[int]:
    """Return the ordinals of slots, all asked of one object."""
    ordinals = Ordinals(Index(days=((DAILY, Days(spans=((110, 119),))),), lanes=(each,)))
    return [ordinals.of(each, nominal, name) for nominal, name in nominals]


@pytest.mark.parametrize(
    ("day", "minute", "name", "expected"),
    [(100, 600, "a", 0), (100, 720, "b", 1), (101, 600, "a", 2), (120, 600, "a", 20), (99, 720, "b", -1)],
    ids=["first", "second", "next day", "after what is skipped", "before the start"],
)
def test_a_slot_counts_those_before_it(day: int, minute: int, name: str, expected: int) -> None:
    """Skipped days count nothing."""
    assert numbers(lane(), (day * DAY + minute, name)) == [expected]


def test_added_moments_count_in_their_place() -> None:
    """Between the rule's slots, on a skipped day, and not at all before the start."""
    also = (50 * DAY, 100 * DAY + 700, 115 * DAY)
    asked = ((100 * DAY + 600, "a"), (100 * DAY + 700, "11:40"), (100 * DAY + 720, "b"), (115 * DAY, "00:00"))
    assert numbers(lane(also=also), *asked) == [0, 1, 2, 21]


def test_slots_of_one_moment_count_by_name() -> None:
    """Two names at one time are two slots."""
    both = lane(times=((600, "a"), (600, "b")))
    assert numbers(both, (101 * DAY + 600, "b"), (101 * DAY + 600, "a")) == [3, 2]


def test_the_rule_s_bounds_bound_the_count() -> None:
    """A moment added after the last day counts the days up to it."""
    bounded = lane(since=102, until=103, also=(109 * DAY,))
    assert numbers(bounded, (102 * DAY + 600, "a"), (109 * DAY, "00:00")) == [0, 4]


def test_columns_with_equal_days_do_not_share_their_bounds() -> None:
    """What is remembered of one column is not told of another."""
    early, late = lane(column="early"), lane(column="late", since=102)
    ordinals = Ordinals(Index(days=((DAILY, Days()),), lanes=(early, late)))
    assert [ordinals.of(each, 103 * DAY + 600, "a") for each in (early, late)] == [6, 2]
