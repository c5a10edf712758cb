"""How fast the clockwork answers: a minute of 10,000 columns, a day of 20 zones, a file of the index."""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from _goals import Goals

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.workspace import Workspace
from calendarkit.clockwork import zones
from calendarkit.clockwork.index import Index, next_instant
from calendarkit.model.slot import Window
from calendarkit.stages.compile import compile_index
from calendarkit.stages.due import due

T = TypeVar("T")
NOON = int(dt.datetime(2026, 11, 25, 4, tzinfo=dt.UTC).timestamp())
"""12:00 in Shanghai on a Wednesday."""
RULES = (("daily",), ("mon-fri",), ("wed",), ("weekend",), ("day 18",), ("mon-fri", "2026-12-24..2026-12-26"))
ZONES = (
    "Asia/Shanghai", "Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dubai", "Europe/Moscow", "Africa/Cairo",
    "Europe/Berlin", "Europe/London", "Atlantic/Azores", "America/Sao_Paulo", "America/St_Johns", "America/New_York",
    "America/Chicago", "America/Denver", "America/Los_Angeles", "Pacific/Honolulu", "Pacific/Apia", "Pacific/Auckland",
    "Australia/Lord_Howe",
)  # fmt: skip


def main() -> int:
    """Measure and judge."""
    goals = Goals()
    columns = {f"c{each:05}": column(each) for each in range(10_000)}
    spent, index = clock(lambda: compile_index(Calendar(workspace=Workspace(name="小店"), columns=columns)))
    print(f"compile 10,000 columns {spent:.0f} ms; {len(index.to_json()) / 1e6:.1f} MB of JSON")
    minutes = [NOON + each * 60 for each in range(-700, 700)]
    each_minute = [clock(lambda at=at: due(index, Window(at, at + 60)))[0] for at in minutes if at != NOON]
    burst = [clock(lambda: due(index, Window(NOON, NOON + 60))) for _ in range(50)]
    goals.check("P1 due, 10,000 columns, 60 s, median", statistics.median(each_minute), "<=", 0.2, unit="ms")
    goals.check(f"P1 the same at 12:00, {len(burst[0][1])} slots", median(burst), "<=", 1.0, unit="ms")
    floor = median([clock(lambda: ask_every_column(index, 720)) for _ in range(50)])
    print(f"floor {floor:.3f} ms: one comparison for every slot name of every column, no days, no zones, no slots made")
    goals.check("floor / P1 median", floor / statistics.median(each_minute), ">=", 5, unit="x")
    report("next instant of 10,000 columns", lambda: next_instant(index, NOON))
    text = index.to_json()
    report("index from JSON", lambda: Index.from_json(text))
    catch_up(goals)
    return goals.exit_code


def ask_every_column(index: Index, minute: int) -> list[str]:
    """Do the least that a scheduler without an index must do each minute."""
    return [lane.column for lane in index.lanes for each, _ in lane.times if each == minute]


def catch_up(goals: Goals) -> None:
    """A day and two hours after a pause, 200 columns in 20 zones, with cold zones as in a fresh process."""
    columns = {f"z{each:03}": column(each, zone=ZONES[each % 20]) for each in range(200)}
    index = compile_index(Calendar(workspace=Workspace(name="小店"), columns=columns))
    for hours, bound in ((2, 5), (24, 50)):
        runs = []
        for _ in range(20):
            zones.offsets.cache_clear()
            runs.append(clock(lambda hours=hours: due(index, Window(NOON - hours * 3600, NOON))))
        goals.check(f"P4 catch-up over 20 zones, {hours} h", median(runs), "<=", bound, unit="ms")


def column(number: int, zone: str | None = None) -> Column:
    """Return one of many columns: two times a day spread over the clock; every 40th also at noon."""
    minutes = {number * 7 % 1440, (number * 13 + 700) % 1440} - {720}
    times = {f"s{each}": f"{each // 60:02}:{each % 60:02}" for each in minutes}
    if number % 40 == 0:
        times["noon"] = "12:00"
    return Column(id=f"c{number:05}", title="栏目", on=RULES[number % len(RULES)], at=times, timezone=zone)


def report(name: str, work: Callable[[], object]) -> None:
    """Print the median of ten runs of something that has no goal."""
    print(f"{name} {median([clock(work) for _ in range(10)]):.2f} ms")


def median(runs: list[tuple[float, object]]) -> float:
    """Return the median of what :func:`clock` said."""
    return statistics.median(spent for spent, _ in runs)


def clock(work: Callable[[], T]) -> tuple[float, T]:
    """Return the milliseconds of CPU one call took, and its result."""
    began = time.process_time()
    result = work()
    return (time.process_time() - began) * 1000, result


if __name__ == "__main__":
    sys.exit(main())
