"""The index: plain data that survives JSON, and the next instant of anything."""

from __future__ import annotations

import datetime as dt
import json
from zoneinfo import ZoneInfo

import pytest

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.workspace import Workspace
from calendarkit.clockwork.index import Index, IndexUnreadable, next_instant
from calendarkit.stages.compile import compile_index


def index(*columns: dict[str, object], zone: str = "Asia/Shanghai") -> Index:
    """Compile columns given as tables."""
    made = [Column.model_validate({"title": "栏目", **each}) for each in columns]
    return compile_index(
        Calendar(workspace=Workspace(name="小店", timezone=zone), columns={each.id: each for each in made})
    )


def at(text: str) -> int:
    """Return the epoch seconds of a time in Shanghai."""
    return int(dt.datetime.fromisoformat(f"{text}+08:00").timestamp())


FLASH = {
    "id": "flash",
    "on": ("wed", "last day", "2026-12-24..2026-12-26"),
    "at": {"noon": "12:00", "晚场": "20:00"},
    "skip": ("2026-12-02",),
    "also": ("2026-11-11T00:00",),
    "move": {"2026-11-25T12:00": "2026-11-26T12:00"},
    "from": dt.date(2026, 11, 1),
    "until": dt.date(2027, 1, 31),
    "valid_for": "20m",
}


def test_json_brings_back_an_equal_index() -> None:
    """Every field survives, Chinese names too."""
    compiled = index(FLASH, {"id": "tips", "at": ("07:30",), "timezone": "America/New_York"})
    assert Index.from_json(compiled.to_json()) == compiled


def test_the_json_is_segmented_by_zone_and_minute() -> None:
    """What a person finds in the file."""
    zones = json.loads(index(FLASH).to_json())["zones"]
    assert zones["Asia/Shanghai"]["minutes"] == {"720": [[0, "noon"]], "1200": [[0, "晚场"]]}


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"format": 0}', '{"format": 2}', '{"format": 2, "days": [], "lanes": [[]], "zones": {}}'],
)
def test_what_is_no_index_is_refused(text: str) -> None:
    """Cut short, empty, another version, another shape."""
    with pytest.raises(IndexUnreadable):
        Index.from_json(text)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-10T00:00", "2026-11-11T00:00"),
        ("2026-11-11T00:00", "2026-11-11T00:00"),
        ("2026-11-11T00:01", "2026-11-11T12:00"),
        ("2026-11-25T11:00", "2026-11-25T20:00"),
        ("2026-11-25T20:01", "2026-11-26T12:00"),
        ("2026-11-30T20:01", "2026-12-09T12:00"),
        ("2027-01-31T20:00", "2027-01-31T20:00"),
        ("2027-01-31T20:01", None),
        ("2020-01-01T00:00", "2026-11-04T12:00"),
    ],
    ids=["added", "itself", "rule", "moved away", "moved to", "skipped", "last", "over", "not begun"],
)
def test_the_next_instant(now: str, expected: str | None) -> None:
    """The given instant counts; skipped, moved, added, from and until all do."""
    assert next_instant(index(FLASH), at(now)) == (expected and at(expected))


def test_nothing_comes_from_nothing() -> None:
    """No columns, no times, only the past."""
    assert next_instant(Index(), 0) is None
    assert next_instant(index({"id": "idle"}), at("2026-11-25T00:00")) is None
    assert next_instant(index({"id": "old", "on": ("2020-01-01",), "at": ("12:00",)}), at("2026-11-25T00:00")) is None


def test_the_next_instant_is_the_earliest_over_zones() -> None:
    """New York's evening comes before Shanghai's noon."""
    both = index({"id": "noon", "at": ("12:00",)}, {"id": "evening", "at": ("20:00",), "timezone": "America/New_York"})
    assert next_instant(both, at("2026-11-25T00:00")) == at("2026-11-25T09:00")


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("time", ["00:00", "12:00", "23:30"])
@pytest.mark.parametrize("before", [1, 3600, 40 * 3600, 90 * 86400])
def test_a_lonely_slot_is_found_from_anywhere(zone: str, time: str, before: int) -> None:
    """Its local day may be the day before or after the day in UTC."""
    lonely = index({"id": "once", "on": ("2026-11-25",), "at": (time,)}, zone=zone)
    expected = int(dt.datetime.fromisoformat(f"2026-11-25T{time}").replace(tzinfo=ZoneInfo(zone)).timestamp())
    assert next_instant(lonely, expected - before) == expected
    assert next_instant(lonely, expected + 1) is None


def test_a_shifted_slot_does_not_hide_an_earlier_one() -> None:
    """23:30 of a night that skips an hour at midnight comes before 00:30 of the next day, which is shifted to 01:30."""
    cairo = index({"id": "a", "at": ("00:30", "01:15")}, zone="Africa/Cairo")
    gap = int(dt.datetime(2026, 4, 23, 22, 0, tzinfo=dt.UTC).timestamp())
    assert next_instant(cairo, gap) == gap + 15 * 60
    assert next_instant(cairo, gap + 15 * 60 + 1) == gap + 30 * 60
