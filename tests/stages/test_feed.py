"""The feed: read back by icalendar and dateutil it gives the slots' instants, and equal slots give equal bytes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import icalendar
import pytest
from feed_reader import read
from hypothesis import given, settings
from hypothesis import strategies as st

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.workspace import Workspace
from calendarkit.model.slot import Slot, Window
from calendarkit.stages.compile import compile_index
from calendarkit.stages.due import due
from calendarkit.stages.feed import Note, feed

SINCE = dt.date(2026, 11, 1)
DAYS = st.dates(dt.date(2026, 11, 1), dt.date(2027, 4, 30))
GOLDEN = Path(__file__).parents[1] / "golden" / "feeds" / "wednesdays.ics"
NOTE = Note(title="秒杀", words="海报 → 3 个群；逗号, 分号; 换行\n第二行", lasts=600)


def at(day: dt.date) -> int:
    """Return the epoch seconds of a midnight in Shanghai."""
    return int(dt.datetime.combine(day, dt.time(), dt.timezone(dt.timedelta(hours=8))).timestamp())


def slots(first: dt.date = SINCE, end: dt.date = dt.date(2027, 5, 1), **column: object) -> tuple[Slot, ...]:
    """Return the slots of one column, Wednesdays at ten unless something else is said."""
    made = Column.model_validate({"id": "flash", "title": "秒杀", "on": ("wed",), "at": ("10:00",), **column})
    index = compile_index(Calendar(workspace=Workspace(name="小店"), columns={"flash": made}))
    return due(index, Window(at(first), at(end)))


def document(some: tuple[Slot, ...], note: Note = NOTE) -> bytes:
    """Return the feed of one column."""
    return feed(some, {"flash": note}, name="小店 节目表", shop="小店", since=SINCE)


NEW_YORK = {"timezone": "America/New_York", "on": ("daily",), "at": ("02:30", "01:30")}


@pytest.mark.parametrize(
    "column",
    [
        pytest.param({}, id="weekly"),
        pytest.param({"at": {"noon": "12:00", "eve": "20:00"}, "on": ("daily",)}, id="named"),
        pytest.param({"on": ("workday",), "until": dt.date(2026, 12, 31)}, id="workdays"),
        pytest.param({"skip": ("2026-11-25", "2027-02-03..2027-02-20")}, id="skip"),
        pytest.param({"also": ("2026-11-11T00:00", "2026-11-12T10:00")}, id="also"),
        pytest.param({"move": {"2026-11-25T10:00": "2026-11-26T21:00"}}, id="move"),
        pytest.param({"move": {"2026-11-04T10:00": "2026-11-03T21:00"}}, id="move-first"),
        pytest.param({"move": {"2027-05-05T10:00": "2027-04-30T09:00"}}, id="move-into"),
        pytest.param({"move": {"2027-04-28T10:00": "2027-05-30T09:00"}}, id="move-out"),
        pytest.param({"on": ("lunar 08-15", "term 冬至")}, id="lunar"),
        pytest.param({"on": ("day 31", "last fri")}, id="month"),
        pytest.param({"on": ("wed",), "every": "2 weeks", "from": dt.date(2026, 11, 4)}, id="fortnight"),
        pytest.param(NEW_YORK, id="gap-and-overlap"),
        pytest.param({**NEW_YORK, "move": {"2027-03-13T02:30": "2027-03-14T02:10"}}, id="moved-into-gap"),
    ],
)  # fmt: skip
def test_what_is_read_back_is_what_is_due(column):
    """The feed holds every slot at its instant and nothing else."""
    some = slots(**column)
    assert read(document(some)) == [each.at for each in some]


@settings(max_examples=60, deadline=None)
@given(
    weekdays=st.sets(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), min_size=1),
    skipped=st.sets(DAYS, max_size=5),
    added=st.sets(DAYS, max_size=3),
    moved=st.dictionaries(DAYS, DAYS, max_size=4),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
)
def test_no_exception_is_lost(weekdays, skipped, added, moved, zone):
    """Whatever is skipped, added and moved, in whichever zone: the feed reads back as what is due."""
    some = slots(
        on=tuple(weekdays),
        at=("02:15",),
        skip=tuple(map(str, skipped)),
        also=tuple(f"{each}T02:15" for each in added),
        move={f"{before}T02:15": f"{after}T11:00" for before, after in moved.items()},
        timezone=zone,
    )
    assert read(document(some)) == [each.at for each in some]


def test_a_rhythm_is_one_event():
    """Half a year of Wednesdays with a rest and a move is a series and one event that stands in."""
    some = slots(skip=("2026-12-02",), move={"2026-12-09T10:00": "2026-12-10T20:00"})
    text = document(some).decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert "RRULE:FREQ=WEEKLY;UNTIL=20270428T020000Z;BYDAY=WE\r\n" in text
    assert "EXDATE;TZID=Asia/Shanghai:20261202T100000\r\n" in text
    assert "RECURRENCE-ID;TZID=Asia/Shanghai:20261209T100000\r\n" in text


def test_ids_are_those_of_the_slots():
    """A slot told alone is named after its key, in its workspace; a moved one keeps its name."""
    some = slots(end=dt.date(2026, 11, 12), move={"2026-11-11T10:00": "2026-11-10T20:00"})
    ids = [str(each["uid"]) for each in icalendar.Calendar.from_ical(document(some)).walk("VEVENT")]
    assert ids == [f"flash/2026-11-{day}/10:00@eabdd88a.calendarkit" for day in ("04", "11")]


def test_a_feed_looks_as_it_did():
    """The whole document, as it was once read by a person: zone, rule, rest, move and addition."""
    some = slots(
        end=dt.date(2026, 12, 31),
        skip=("2026-12-02",),
        move={"2026-12-09T10:00": "2026-12-10T20:00"},
        also=("2026-12-24T18:00",),
    )
    assert document(some).replace(b"\r\n", b"\n") == GOLDEN.read_bytes()


def test_equal_slots_give_equal_bytes():
    """The order of the slots means nothing, and no clock is read."""
    some = slots(**NEW_YORK)
    assert document(tuple(reversed(some))) == document(some)


def test_a_later_export_counts_as_newer():
    """An export from a later day has a higher SEQUENCE, so that calendars take it over."""
    some = slots()
    later = feed(some, {"flash": NOTE}, name="x", shop="小店", since=SINCE + dt.timedelta(days=1))
    numbers = [
        int(icalendar.Calendar.from_ical(each).walk("VEVENT")[0]["sequence"]) for each in (document(some), later)
    ]
    assert numbers == [304, 305]


def test_lines_are_folded_and_end_as_the_standard_says():
    """Lines are at most 75 bytes, end in CRLF, and long Chinese words survive the folding."""
    words = "很长的说明，" * 40
    data = document(slots(), Note(title="秒杀", words=words))
    assert all(len(each) <= 75 for each in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert str(icalendar.Calendar.from_ical(data).walk("VEVENT")[0]["description"]) == words


def test_columns_without_a_note_are_left_out():
    """Only the columns that are asked for are in a feed."""
    assert b"VEVENT" not in feed(slots(), {}, name="x", shop="小店", since=SINCE)
