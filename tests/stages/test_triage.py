"""Triage: what may still go out after a pause, by the policy of each column."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.workspace import Workspace
from calendarkit.model.slot import Slot, Window
from calendarkit.stages.compile import compile_index
from calendarkit.stages.due import due
from calendarkit.stages.triage import Triage, triage

HOUR = 3600


def at(text: str) -> int:
    """Return the epoch seconds of a time in Shanghai."""
    return int(dt.datetime.fromisoformat(f"{text}+08:00").timestamp())


def after_pause(now: str, **column: object) -> tuple[Triage, tuple[Slot, ...]]:
    """Return what a tick after three days without cron makes of the daily tips at 07:30."""
    made = Column.model_validate({"id": "tips", "title": "早安贴士", "at": ("07:30",), **column})
    calendar = Calendar(workspace=Workspace(name="小店"), columns={"tips": made})
    slots = due(compile_index(calendar), Window(at("2026-11-23T00:00"), at(now)))
    return triage(slots, calendar, at(now)), slots


@pytest.mark.parametrize(
    ("now", "column", "expected"),
    [
        ("2026-11-26T12:00", {}, []),
        ("2026-11-26T08:29", {}, [26]),
        ("2026-11-26T08:30", {}, []),
        ("2026-11-26T12:00", {"late": "5h"}, [26]),
        ("2026-11-26T12:00", {"late": "5h", "valid_for": "1h"}, []),
        ("2026-11-26T12:00", {"missed": "latest"}, [26]),
        ("2026-11-26T08:00", {"missed": "latest"}, [26]),
        ("2026-11-26T12:00", {"missed": "latest", "valid_for": "2h"}, []),
        ("2026-11-26T12:00", {"missed": "latest", "valid_for": "1d"}, [26]),
        ("2026-11-26T12:00", {"missed": "all"}, [23, 24, 25, 26]),
        ("2026-11-26T08:00", {"missed": "all"}, [23, 24, 25, 26]),
        ("2026-11-26T12:00", {"missed": "all", "valid_for": "2d"}, [25, 26]),
    ],
    ids=["skip", "in time", "deadline", "late", "late but stale", "latest", "latest in time", "latest stale",
         "latest valid", "all", "all in time", "all valid"],
)  # fmt: skip
def test_which_days_still_go_out(now: str, column: dict[str, object], expected: list[int]) -> None:
    """Every slot is due or missed, none is both."""
    found, slots = after_pause(now, **column)
    assert [slot.day.day for slot in found.due] == expected
    assert sorted([slot.key for slot in (*found.due, *found.missed)]) == [slot.key for slot in slots]


def test_what_is_kept_gets_a_new_deadline() -> None:
    """Its late counts from now; in time, it stays what it was."""
    kept, _ = after_pause("2026-11-26T12:00", missed="latest", late="30m")
    assert [slot.deadline for slot in kept.due] == [at("2026-11-26T12:30")]
    in_time, _ = after_pause("2026-11-26T08:00", missed="latest")
    assert [slot.deadline for slot in in_time.due] == [at("2026-11-26T08:30")]


def test_a_new_deadline_never_outlives_what_is_said() -> None:
    """valid_for counts from the slot."""
    kept, _ = after_pause("2026-11-26T12:00", missed="all", valid_for="5h")
    assert [slot.deadline for slot in kept.due] == [at("2026-11-26T12:30")]


def test_a_column_that_is_gone_is_skipped() -> None:
    """What is late is missed, what is in time goes on."""
    _, slots = after_pause("2026-11-26T08:00")
    found = triage(slots, Calendar(workspace=Workspace(name="小店")), at("2026-11-26T08:00"))
    assert [slot.day.day for slot in found.due] == [26]


def test_columns_do_not_touch_each_other() -> None:
    """The newest of one column gives up nothing of another; order of the input means nothing."""
    made = {each: Column(id=each, title="栏目", at=("07:30",), missed="latest") for each in "ab"}
    calendar = Calendar(workspace=Workspace(name="小店"), columns=made)
    slots = due(compile_index(calendar), Window(at("2026-11-23T00:00"), at("2026-11-25T12:00")))
    found = triage(reversed(slots), calendar, at("2026-11-25T12:00"))
    assert [slot.key for slot in found.due] == ["a/2026-11-25/07:30", "b/2026-11-25/07:30"]
    assert found == triage(slots, calendar, at("2026-11-25T12:00"))


def test_a_slot_past_its_deadline_by_nothing_is_missed() -> None:
    """The deadline is the first instant too late."""
    _, slots = after_pause("2026-11-26T08:00")
    last = replace(slots[-1], deadline=slots[-1].at + HOUR)
    calendar = Calendar(workspace=Workspace(name="小店"))
    assert triage([last], calendar, last.deadline - 1).due == (last,)
    assert triage([last], calendar, last.deadline).missed == (last,)
