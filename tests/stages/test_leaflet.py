"""The leaflet: a week of slots in the rows that members read."""

from __future__ import annotations

import datetime as dt

import pytest

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.workspace import Workspace
from calendarkit.model.slot import Window
from calendarkit.stages.compile import compile_index
from calendarkit.stages.due import due
from calendarkit.stages.leaflet import Leaflet, leaflet

MONDAY = dt.date(2026, 11, 23)
WIDE = Window(*(int(dt.datetime(2026, 11, day, tzinfo=dt.UTC).timestamp()) for day in (16, 30)))


def week(*columns: dict[str, object], shown: set[str] | None = None, zone: str = "Asia/Shanghai") -> Leaflet:
    """Return the leaflet of some columns; ``shown`` are those that members see, all by default."""
    made = {str(each["id"]): Column.model_validate({"title": each["id"], **each}) for each in columns}
    index = compile_index(Calendar(workspace=Workspace(name="小店"), columns=made))
    seen = {name: column for name, column in made.items() if shown is None or name in shown}
    return leaflet(due(index, WIDE), seen, zone=zone, shop="小店", first=MONDAY)


def told(some: Leaflet) -> list[tuple[str, str, str]]:
    """Return title, days as digits from Monday, and times of every row."""
    return [(row.title, "".join(str(day.isoweekday()) for day in row.days), " ".join(row.times)) for row in some.rows]


@pytest.mark.parametrize(
    ("column", "row"),
    [
        pytest.param({"at": "07:30"}, [("a", "1234567", "07:30")], id="daily"),
        pytest.param({"on": "wed", "at": ["20:00", "10:00"]}, [("a", "3", "10:00 20:00")], id="two-times"),
        pytest.param(
            {"on": ["mon", "wed"], "at": "20:00", "move": {"2026-11-25T20:00": "2026-11-26T21:00"}},
            [("a", "1", "20:00"), ("a", "4", "21:00")],
            id="moved",
        ),
        pytest.param({"on": "workday", "at": "12:00"}, [("a", "12345", "12:00")], id="workdays"),
        pytest.param({"on": "wed", "at": "20:00", "skip": "2026-11-25"}, [], id="skipped"),
    ],
)
def test_a_column_is_told_by_its_days(column, row):
    """One row says on which days of this week a column comes, exceptions included."""
    assert told(week({"id": "a", **column})) == row


def test_what_comes_all_week_stands_first():
    """Then the days in their order, then the time."""
    some = week(
        {"id": "flash", "on": "wed", "at": "20:00"},
        {"id": "daily", "at": "21:00"},
        {"id": "early", "on": "wed", "at": "10:00"},
        {"id": "noon", "on": "mon-fri", "at": "12:00"},
        {"id": "sun", "on": "sun", "at": "08:00"},
    )
    assert [row.title for row in some.rows] == ["daily", "noon", "early", "flash", "sun"]


def test_only_the_columns_given_are_told():
    """What members do not see is nowhere on it."""
    some = week({"id": "brief", "at": "08:40"}, {"id": "tips", "at": "07:30"}, shown={"tips"})
    assert [row.title for row in some.rows] == ["tips"]


def test_days_and_times_are_those_of_the_zone():
    """Tuesday 07:30 in Shanghai is Monday evening in New York."""
    assert told(week({"id": "a", "on": "tue", "at": "07:30"}, zone="America/New_York")) == [("a", "1", "18:30")]


def test_a_promise_is_one_line():
    """However it was written; a column without one promises nothing."""
    some = week({"id": "a", "at": "07:30", "promise": "一天\n 一招 "}, {"id": "b", "at": "08:30"})
    assert [row.promise for row in some.rows] == ["一天 一招", ""]


def test_a_day_has_its_shows_by_time():
    """The page lists each day; a day without any is empty."""
    some = week({"id": "b", "on": "wed", "at": ["20:00", "10:00"]}, {"id": "a", "on": "wed", "at": "20:00"})
    assert [(time, row.title) for time, row in some.on(MONDAY + dt.timedelta(2))] == [
        ("10:00", "b"),
        ("20:00", "a"),
        ("20:00", "b"),
    ]
    assert some.on(MONDAY) == ()
