"""The roll: instants and keys of long windows; that they are those of ``due`` is a law among the properties."""

from __future__ import annotations

import datetime as dt

import pytest

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.workspace import Workspace
from calendarkit.clockwork.roll import roll
from calendarkit.model.slot import Window
from calendarkit.stages.compile import compile_index


def rolled(first: str, last: str, **column: object) -> list[str]:
    """Return the keys of one column between two moments of UTC, sorted by instant."""
    made = Column.model_validate({"id": "c", "title": "栏目", "timezone": "UTC", **column})
    index = compile_index(Calendar(workspace=Workspace(name="小店"), columns={"c": made}))
    start, end = (int(dt.datetime.fromisoformat(f"{each}+00:00").timestamp()) for each in (first, last))
    return [key for _, key in sorted(roll(index, Window(start, end)))]


def test_the_ends_of_a_window_count_by_the_minute() -> None:
    """From noon, which is in it, to noon, which is not."""
    found = rolled("2026-11-25T12:00", "2026-11-27T12:00", at={"noon": "12:00"})
    assert found == ["c/2026-11-25/noon", "c/2026-11-26/noon"]


def test_what_was_moved_and_added_is_there_once() -> None:
    """Under the date it had, and not at the time it left."""
    found = rolled(
        "2026-11-25T00:00", "2026-11-28T00:00", at={"noon": "12:00"}, also="2026-11-26T20:00",
        move={"2026-11-25T12:00": "2026-11-27T09:00"},
    )  # fmt: skip
    assert found == ["c/2026-11-26/noon", "c/2026-11-26/20:00", "c/2026-11-25/noon", "c/2026-11-27/noon"]


@pytest.mark.parametrize(("year", "days"), [(2026, 365), (2028, 366)])
def test_a_year_has_all_of_its_days(year: int, days: int) -> None:
    """Leap day included."""
    assert len(rolled(f"{year}-01-01T00:00", f"{year + 1}-01-01T00:00", at="00:00")) == days
