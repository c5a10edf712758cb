"""How true the exported feeds are: a year of every shop read back by recurring-ical-events."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

from _goals import Goals

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.workspace import Workspace
from calendarkit.edges.world import open_world
from calendarkit.model.slot import Slot, Window
from calendarkit.stages.compile import compile_index
from calendarkit.stages.due import due
from calendarkit.stages.feed import Note, feed
from calendarkit.testing.fakes import FakeClock

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / ".cache/bench-env/bin/python"
FIRST = dt.date(2026, 11, 1)
YEAR = Window(
    int(dt.datetime(2026, 11, 1, tzinfo=dt.UTC).timestamp()), int(dt.datetime(2027, 11, 1, tzinfo=dt.UTC).timestamp())
)
ZONES = ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo")


def main() -> int:
    """Export, read back, compare."""
    goals = Goals()
    if not PEERS.exists():
        print("recurring-ical-events is not there: python3 dev.py bench exports sets it up")
        return 1
    for shop in sorted(each.parent for each in ROOT.glob("calendars/*/calendarkit.toml")):
        with open_world(shop, clock=FakeClock(YEAR.start)) as world:
            compare(goals, shop.name, due(world.index, YEAR))
    for zone in ZONES:
        compare(goals, zone, clock_changes(zone))
    return goals.exit_code


def clock_changes(zone: str) -> tuple[Slot, ...]:
    """Return a year of slots, every half hour of the night, in a zone whose clock changes; with exceptions."""
    night = Column(
        id="night",
        title="夜",
        at=tuple(f"{hour:02}:{minute}" for hour in range(4) for minute in ("00", "30")),
        skip=("2027-02-03..2027-02-09",),
        also=("2026-12-24T18:00",),
        move={"2026-11-11T02:30": "2026-11-12T20:00"},
        timezone=zone,
    )
    return due(compile_index(Calendar(workspace=Workspace(name="夜"), columns={"night": night})), YEAR)


def compare(goals: Goals, name: str, slots: tuple[Slot, ...]) -> None:
    """Say the slots as a feed and ask the peer for every instant of the year."""
    notes = {each.column: Note(title=each.column) for each in slots}
    data = feed(slots, notes, name=name, shop=name, since=FIRST)
    command = [str(PEERS), str(Path(__file__).with_name("_feed_reader.py")), str(YEAR.start), str(YEAR.end)]
    theirs = json.loads(subprocess.run(command, input=data, check=True, capture_output=True).stdout)
    ours = [each.at for each in slots]
    wrong = len(set(ours) ^ set(theirs)) + abs(len(ours) - len(theirs))
    goals.check(f"feed of {name}: instants unlike due()", wrong, "<=", 0)
    print(f"   {len(ours)} slots in {data.count(b'BEGIN:VEVENT')} events, {len(data) / 1000:.0f} kB")


if __name__ == "__main__":
    sys.exit(main())
