"""What went wrong for others with recurring posts, as cases; each docstring names the case it answers."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import tomli

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import CalendarDocument, Column
from calendarkit.calendar.documents import Document, Documents
from calendarkit.calendar.workspace import Workspace
from calendarkit.clockwork.quiet import quiet_until
from calendarkit.model.slot import Slot, Window
from calendarkit.stages.compile import compile_index
from calendarkit.stages.due import due
from calendarkit.stages.triage import triage
from calendarkit.stages.validate import validate

SHANGHAI = "Asia/Shanghai"
FILE = """
[[column]]
id = "flash"
title = "秒杀"
on = ["周三", "last fri"]
at = { noon = "12:00", night = "20:00" }
skip = ["中秋"]
"""
REORDERED = """
# moved into another file, keys and words turned around

[[column]]
skip   = "lunar 08-15"
at     = { night = "20:00",   noon = "12:00" }
title  = "秒杀"
on     = ["每月最后一个周五", "wed"]
id     = "flash"
"""


def epoch(text: str, zone: str = SHANGHAI) -> int:
    """Return the epoch seconds of a local time."""
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def shop(text: str = "", path: str = "calendars/a.toml", **column: object) -> Calendar:
    """Return the calendar of one file, or of one column."""
    if column:
        made = Column.model_validate({"id": "c", "title": "栏目", **column})
        return Calendar(workspace=Workspace(name="小店"), columns={"c": made})
    documents = (
        Document(path="calendarkit.toml", kind="workspace", text='name = "小店"'),
        Document(path=path, kind="calendar", text=text),
    )
    found = validate(Documents(documents=documents)).calendar
    assert found is not None
    return found


def slots(calendar: Calendar, first: str, last: str, zone: str = SHANGHAI) -> tuple[Slot, ...]:
    """Return the slots between two local moments."""
    return due(compile_index(calendar), Window(epoch(first, zone), epoch(last, zone)))


def shown(found: tuple[Slot, ...], zone: str = SHANGHAI) -> list[str]:
    """Return what a clock in the shop shows at each slot."""
    return [f"{dt.datetime.fromtimestamp(slot.at, ZoneInfo(zone)):%m-%d %H:%M}" for slot in found]


def test_a_file_that_is_renamed_and_turned_around_gives_the_same_slots() -> None:
    """N6: another file name, another order of keys and words, other spaces, other spellings: the same identities."""
    before, after = shop(FILE), shop(REORDERED, path="calendars/zz/new.toml")
    window = ("2026-01-01T00:00", "2027-01-01T00:00")
    assert slots(before, *window) == slots(after, *window)
    assert len(slots(before, *window)) > 100


@pytest.mark.parametrize("machine", ["", "UTC", "America/New_York"])
def test_the_machine_s_zone_means_nothing(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """T1: TZ unset, UTC or New York; noon in Shanghai stays the same instant."""
    monkeypatch.setenv("TZ", machine)
    assert [slot.at for slot in slots(shop(at="12:00"), "2026-11-25T00:00", "2026-11-26T00:00")] == [1795579200]


@pytest.mark.parametrize(
    ("zone", "change"),
    [("Europe/Berlin", "2026-03-29"), ("Europe/Berlin", "2026-10-25"), ("Australia/Lord_Howe", "2026-04-05")],
)
def test_nine_o_clock_stays_nine_o_clock(zone: str, change: str) -> None:
    """T2: over both changes of the clocks, an hour's or half an hour's."""
    day = dt.date.fromisoformat(change)
    first, last = day - dt.timedelta(2), day + dt.timedelta(3)
    found = slots(shop(at="09:00", timezone=zone), f"{first}T00:00", f"{last}T00:00", zone)
    assert [each[-5:] for each in shown(found, zone)] == ["09:00"] * 5


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-03-29", ["03-29 03:30"]), ("2026-10-25", ["10-25 02:30"])], ids=["skipped", "twice"]
)
def test_an_hour_that_is_missing_or_comes_twice_fires_once(day: str, expected: list[str]) -> None:
    """T2: half past two of a night that skips it runs at the next valid instant; of one that repeats it, once."""
    found = slots(shop(at="02:30", timezone="Europe/Berlin"), f"{day}T00:00", f"{day}T23:59", "Europe/Berlin")
    assert shown(found, "Europe/Berlin") == expected


def test_a_local_time_of_toml_is_the_calendar_s_time() -> None:
    """T3: a moment without a zone, quoted or not, is read in the column's zone."""
    written, quoted = (
        CalendarDocument.model_validate(tomli.loads(f'[[column]]\nid = "c"\ntitle = "栏"\nalso = {also}')).column
        for also in ("2026-11-11T00:00:00", '"2026-11-11T00:00"')
    )
    assert written == quoted
    calendar = Calendar(workspace=Workspace(name="小店"), columns={"c": written[0]})
    assert [slot.at for slot in slots(calendar, "2026-11-10T00:00", "2026-11-12T00:00")] == [epoch("2026-11-11T00:00")]


def test_a_time_with_an_offset_is_refused_where_times_are_local() -> None:
    """T3: an exception belongs to the column's own clock; an offset there is a problem that says what to write."""
    text = '[[column]]\nid = "c"\ntitle = "栏"\nat = "12:00"\nalso = 2026-11-11T00:00:00+08:00'
    documents = (
        Document(path="calendarkit.toml", kind="workspace", text='name = "小店"'),
        Document(path="calendars/a.toml", kind="calendar", text=text),
    )
    problem = next(each for each in validate(Documents(documents=documents)).problems if each.path.endswith("also"))
    assert problem.code == "CK106"
    assert problem.fix is not None
    assert "2026-11-11T00:00" in problem.fix.zh


def test_what_ends_tomorrow_at_eight_does_not_end_today() -> None:
    """T5: quiet over midnight holds until its end, which is no longer quiet; so does a validity of half a day."""
    assert quiet_until("22:00-08:00", (), SHANGHAI, epoch("2026-11-25T23:30")) == epoch("2026-11-26T08:00")
    assert quiet_until("22:00-08:00", (), SHANGHAI, epoch("2026-11-26T07:59")) == epoch("2026-11-26T08:00")
    assert quiet_until("22:00-08:00", (), SHANGHAI, epoch("2026-11-26T08:00")) is None
    (slot,) = slots(shop(at="20:00", late="12h"), "2026-11-25T00:00", "2026-11-26T00:00")
    assert slot.deadline == epoch("2026-11-26T08:00")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"from": "2026-11-25", "until": "2026-11-26"}, ["11-25 12:00", "11-26 12:00"]),
        ({"season": "11-25..11-26"}, ["11-25 12:00", "11-26 12:00"]),
        ({"on": "2026-11-25..2026-11-26"}, ["11-25 12:00", "11-26 12:00"]),
        ({"during": "双11.返场"}, ["11-12 12:00", "11-13 12:00", "11-14 12:00", "11-15 12:00"]),
    ],
    ids=["from and until", "season", "dates", "phase"],
)
def test_both_ends_of_every_stretch_of_days_are_included(more: dict[str, object], expected: list[str]) -> None:
    """T5: as the page of rules says; the last day has all of its slots."""
    assert shown(slots(shop(at="12:00", **more), "2026-11-01T00:00", "2026-12-01T00:00")) == expected


def test_the_end_and_the_exceptions_of_a_recurrence_hold() -> None:
    """E8: three Wednesdays out of four, one skipped, one moved, one added, none after the end."""
    calendar = shop(
        on="周三", at={"noon": "12:00"}, until="2026-12-16", skip="2026-12-02", also="2026-12-05T12:00",
        move={"2026-12-09T12:00": "2026-12-10T18:00"},
    )  # fmt: skip
    found = slots(calendar, "2026-11-23T00:00", "2027-01-31T00:00")
    assert shown(found) == ["11-25 12:00", "12-05 12:00", "12-10 18:00", "12-16 12:00"]
    assert found[2].key == "c/2026-12-09/noon"


def test_a_moved_slot_fires_at_its_new_time_only() -> None:
    """M5: not at the old one, and with the identity it had."""
    calendar = shop(on="周三", at={"noon": "12:00"}, move={"2026-11-25T12:00": "2026-11-25T15:00"})
    found = slots(calendar, "2026-11-25T00:00", "2026-11-26T00:00")
    assert [(each, slot.key) for each, slot in zip(shown(found), found, strict=True)] == [
        ("11-25 15:00", "c/2026-11-25/noon")
    ]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"missed": "skip"}, []),
        ({"missed": "latest"}, ["2026-11-25"]),
        ({"missed": "all"}, ["2026-11-23", "2026-11-24", "2026-11-25"]),
        ({"missed": "all", "valid_for": "2h"}, []),
    ],
    ids=["skip", "latest", "all", "no longer true"],
)
def test_each_column_s_policy_after_a_pause_is_its_own(more: dict[str, object], expected: list[str]) -> None:
    """L1, L2, L3: three days offline; what comes back is what the column declared, and never a false "now"."""
    calendar = shop(at="12:00", late="30m", **more)
    now = epoch("2026-11-25T15:00")
    window = Window(epoch("2026-11-23T00:00"), now)
    found = triage(due(compile_index(calendar), window), calendar, now)
    assert [str(slot.day) for slot in found.due] == expected
    assert len(found.due) + len(found.missed) == 3
