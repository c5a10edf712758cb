"""Due: which slots a window holds, under every exception and edit."""

from __future__ import annotations

import datetime as dt

import pytest

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.workspace import Workspace
from calendarkit.model.slot import Slot, Window
from calendarkit.stages.compile import compile_index
from calendarkit.stages.due import due


def at(text: str) -> int:
    """Return the epoch seconds of a time in Shanghai."""
    return int(dt.datetime.fromisoformat(f"{text}+08:00").timestamp())


def slots(first: str, end: str, **column: object) -> tuple[Slot, ...]:
    """Return the slots of one column between two local times."""
    made = Column.model_validate({"id": "flash", "title": "秒杀", "on": ("wed",), "at": ("10:00", "12:00"), **column})
    index = compile_index(Calendar(workspace=Workspace(name="小店"), columns={"flash": made}))
    return due(index, Window(at(first), at(end)))


def week(**column: object) -> list[str]:
    """Return the keys of one column in the week of 2026-11-23."""
    return [slot.key for slot in slots("2026-11-23T00:00", "2026-11-30T00:00", **column)]


TEN, NOON = "flash/2026-11-25/10:00", "flash/2026-11-25/12:00"


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ({}, [TEN, NOON]),
        ({"at": {"noon": "12:00"}}, ["flash/2026-11-25/noon"]),
        ({"skip": ("2026-11-25",)}, []),
        ({"skip": ("wed",)}, []),
        ({"also": ("2026-11-24T08:00",)}, ["flash/2026-11-24/08:00", TEN, NOON]),
        ({"also": ("2026-11-25T12:00",)}, [TEN, NOON]),
        ({"skip": ("2026-11-25",), "also": ("2026-11-25T12:00",)}, [NOON]),
        ({"move": {"2026-11-25T10:00": "2026-11-25T15:00"}}, [NOON, TEN]),
        ({"move": {"2026-11-25T10:00": "2026-12-05T15:00"}}, [NOON]),
        ({"move": {"2026-12-02T10:00": "2026-11-23T15:00"}}, ["flash/2026-12-02/10:00", TEN, NOON]),
        ({"move": {"2026-11-24T10:00": "2026-11-23T15:00"}}, [TEN, NOON]),
        ({"from": dt.date(2026, 11, 26)}, []),
        ({"until": dt.date(2026, 11, 25)}, [TEN, NOON]),
        ({"timezone": "America/New_York"}, [TEN, NOON]),
        ({"on": ()}, []),
    ],
    ids=["rule", "named", "skip a date", "skip a weekday", "add", "add what is there", "add what is skipped",
         "move in the day", "move away", "move here", "move nothing", "not begun", "last day", "zone", "no days"],
)  # fmt: skip
def test_a_week_of_one_column(column: dict[str, object], expected: list[str]) -> None:
    """Slots come in the order of their instants."""
    assert week(**column) == expected


def test_a_window_is_half_open() -> None:
    """Its start counts, its end does not, whatever the seconds."""
    assert [len(slots("2026-11-25T10:00", end)) for end in ("2026-11-25T10:01", "2026-11-25T12:00")] == [1, 1]
    assert slots("2026-11-25T10:00:01", "2026-11-25T12:00") == ()
    assert slots("2026-11-25T09:59:30", "2026-11-25T10:00") == ()
    assert len(slots("2026-11-25T09:59:30", "2026-11-25T10:00:30")) == 1


def test_an_empty_window_holds_nothing() -> None:
    """Nor does one that runs backwards."""
    assert slots("2026-11-25T10:00", "2026-11-25T10:00") == ()
    assert slots("2026-11-25T11:00", "2026-11-25T09:00") == ()


def test_a_moved_slot_keeps_what_it_is() -> None:
    """Day, name and ordinal stay; the instant and the deadline move."""
    (plain,) = slots("2026-11-25T11:00", "2026-11-25T13:00")
    (moved,) = slots("2026-11-26T00:00", "2026-11-27T00:00", move={"2026-11-25T12:00": "2026-11-26T20:00"})
    assert (moved.key, moved.ordinal) == (plain.key, plain.ordinal)
    assert (moved.at, moved.deadline, moved.origin) == (at("2026-11-26T20:00"), at("2026-11-26T21:00"), "move")


@pytest.mark.parametrize(
    ("edit", "same"),
    [
        ({"at": {"noon": "12:30"}}, True),
        ({"at": {"late": "20:00", "noon": "12:00"}}, True),
        ({"on": ("mon-fri",), "at": {"noon": "12:00"}}, True),
        ({"late": "5m", "at": {"noon": "12:00"}}, True),
        ({"at": {"midday": "12:00"}}, False),
    ],
    ids=["later", "one more", "more days", "less late", "renamed"],
)
def test_a_named_slot_survives_edits(edit: dict[str, object], same: bool) -> None:
    """Only its name and its day are its identity."""
    assert ("flash/2026-11-25/noon" in week(**edit)) is same


def test_ordinals_count_every_slot_since_the_start() -> None:
    """Rule and added ones alike, in nominal order, over years."""
    found = slots(
        "2026-11-01T00:00", "2029-01-01T00:00", **{"from": dt.date(2026, 11, 25), "also": ("2026-12-01T08:00",)}
    )
    assert [each.ordinal for each in found] == list(range(len(found)))
    assert len(found) > 200


def test_ordinals_begin_at_the_start() -> None:
    """The first slot of the first day is 0; a moment added before it counts backwards."""
    more = {"from": dt.date(2026, 11, 25), "also": ("2026-11-20T08:00", "2026-11-24T08:00", "2026-11-25T08:00")}
    found = slots("2026-11-01T00:00", "2026-11-26T00:00", **more)
    assert [each.ordinal for each in found] == [-2, -1, 0, 1, 2]


def test_ordinals_do_not_depend_on_the_window() -> None:
    """A single minute gives the number that the whole year gives."""
    whole = {each.key: each.ordinal for each in slots("2026-01-01T00:00", "2027-01-01T00:00")}
    (one,) = slots("2026-11-25T12:00", "2026-11-25T12:01")
    assert one.ordinal == whole[one.key] == 93


def test_columns_at_one_instant_come_by_name() -> None:
    """Sorted by instant, then column."""
    made = [Column(id=each, title="栏目", at=("12:00",)) for each in ("b", "a", "c")]
    index = compile_index(Calendar(workspace=Workspace(name="小店"), columns={each.id: each for each in made}))
    found = due(index, Window(at("2026-11-25T12:00"), at("2026-11-25T12:01")))
    assert [each.column for each in found] == ["a", "b", "c"]


def test_a_lost_day_keeps_its_slots() -> None:
    """Apia had no 30 December 2011: its noon goes out with the 31st's, each under its own key."""
    column = Column(id="noon", title="栏目", at=("12:00",), timezone="Pacific/Apia")
    index = compile_index(Calendar(workspace=Workspace(name="小店"), columns={"noon": column}))
    start = int(dt.datetime(2011, 12, 30, 22, tzinfo=dt.UTC).timestamp())
    assert [each.key for each in due(index, Window(start, start + 60))] == [
        "noon/2011-12-30/12:00",
        "noon/2011-12-31/12:00",
    ]
