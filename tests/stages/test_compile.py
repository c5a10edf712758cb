"""Compiling: columns become lanes, and exceptions that change nothing are left out."""

from __future__ import annotations

import datetime as dt

import pytest

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.workspace import Workspace
from calendarkit.clockwork.dates import number
from calendarkit.clockwork.index import Index, Lane
from calendarkit.stages.compile import compile_index


def compiled(*columns: Column) -> Index:
    """Compile columns of one shop."""
    return compile_index(Calendar(workspace=Workspace(name="小店"), columns={each.id: each for each in columns}))


def lane(**more: object) -> Lane:
    """Return the lane of one column."""
    made = Column.model_validate({"id": "c", "title": "栏目", "at": ("12:00",), **more})
    return compiled(made).lanes[0]


def test_lanes_are_sorted_by_column() -> None:
    """The order of the mapping means nothing."""
    a, b = (Column(id=each, title="栏目", at=("12:00",)) for each in "ab")
    assert compiled(b, a) == compiled(a, b)
    assert [each.column for each in compiled(b, a).lanes] == ["a", "b"]


@pytest.mark.parametrize(
    ("more", "seconds"),
    [
        ({}, 3600),
        ({"late": "30m"}, 1800),
        ({"late": "30m", "valid_for": "10m"}, 600),
        ({"late": "30m", "valid_for": "2h"}, 1800),
        ({"valid_for": "10m"}, 600),
        ({"valid_for": "1d"}, 3600),
    ],
    ids=["default", "late", "valid beats longer late", "late beats longer valid", "valid alone", "valid over default"],
)
def test_lateness_is_the_shorter_of_late_and_valid_for(more: dict[str, str], seconds: int) -> None:
    """One hour when neither is given."""
    assert lane(**more).lateness == seconds


def test_the_column_s_zone_beats_the_workspace_s() -> None:
    """A column without one uses the shop's."""
    assert (lane().zone, lane(timezone="Europe/Paris").zone) == ("Asia/Shanghai", "Europe/Paris")


def test_ordinals_count_from_the_start_of_the_column() -> None:
    """From its from, else from 2026."""
    assert lane().start == number(dt.date(2026, 1, 1))
    assert lane(**{"from": dt.date(2026, 11, 26)}).start == number(dt.date(2026, 11, 26))


def test_equal_day_rules_are_kept_once() -> None:
    """Ten thousand columns have a handful of distinct rules."""
    columns = [Column(id=f"c{each}", title="栏目", on=("mon-fri",), at=("12:00",)) for each in range(5)]
    assert len(compiled(*columns).days) == 1


def test_exceptions_that_change_nothing_are_left_out() -> None:
    """An orphan move, a moment the rule has, a moment written twice."""
    found = lane(move={"2026-11-25T12:30": "2026-11-26T12:00"}, also=("2026-11-25T12:00", *["2026-11-25T13:00"] * 2))
    assert (found.moves, found.also) == ({}, ((number(dt.date(2026, 11, 25)) * 1440 + 780),))


def test_a_column_without_times_has_a_lane_and_no_minutes() -> None:
    """It may still have added moments."""
    index = compiled(Column(id="c", title="栏目", also=("2026-11-25T13:00",)))
    segment = index.zones["Asia/Shanghai"]
    assert segment.minutes == ()
    assert [(each.name, each.origin) for each in segment.extras] == [("13:00", "also")]
