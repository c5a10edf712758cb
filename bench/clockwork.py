"""How fast the clockwork answers, beside the recurrence libraries in the same run (goals P1, P2 and P4 to P7).

The libraries run in the environment of the peers; without it their lines are left out and said to be.
"""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from _goals import Goals

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.draft import read_draft
from calendarkit.calendar.join import join_calendar
from calendarkit.calendar.workspace import Workspace
from calendarkit.clockwork import zones
from calendarkit.clockwork.index import Index, next_instant
from calendarkit.clockwork.roll import roll
from calendarkit.clockwork.weekdays import WEEKDAYS
from calendarkit.edges.files import read
from calendarkit.edges.wake import write_wake
from calendarkit.model.slot import Window
from calendarkit.stages.compile import compile_index
from calendarkit.stages.due import due

T = TypeVar("T")
PEERS = Path(__file__).resolve().parents[1] / ".cache/bench-env/bin/python"
YEAR = Window(*(int(dt.datetime(year, 1, 1, tzinfo=dt.UTC).timestamp()) for year in (2026, 2027)))
WEEKS = (range(7), range(5), (2,), (5, 6))
YEAR_BOUNDS = {
    "dateutil": 1.5, "arrow": 25, "cronsim": 25, "apscheduler": 50, "croniter": 50, "recurring-ical-events": 50,
}  # fmt: skip
"""P6: how many times slower a peer is to be."""
NOON = int(dt.datetime(2026, 11, 25, 4, tzinfo=dt.UTC).timestamp())
"""12:00 in Shanghai on a Wednesday."""
RULES = (
    ("daily",), ("mon-fri",), ("wed",), ("weekend",), ("day 18",), ("mon-fri", "2026-12-24..2026-12-26"), ("workday",),
    ("last fri", "除夕"), ("农历八月十五",), ("last workday",),
)  # fmt: skip
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
    idle_ticks(goals)
    from_toml(goals)
    beside_peers(goals, minute=statistics.median(each_minute))
    return goals.exit_code


def idle_ticks(goals: Goals) -> None:
    """P2: the process of a tick with nothing due, in workspaces of 200 files."""
    spent = {}
    with tempfile.TemporaryDirectory(prefix="calendarkit-bench-") as folder:
        shops = {count: asleep(Path(folder) / str(count), count) for count in (1_000, 100_000)}
        runs: dict[int, list[float]] = {count: [] for count in shops}
        for _ in range(15):
            for count, shop in shops.items():
                runs[count].append(tick(shop))
        spent = {count: statistics.median(values) for count, values in runs.items()}
    print(f"idle tick {spent[1_000]:.1f} ms with 1,000 columns, {spent[100_000]:.1f} ms with 100,000")
    goals.check("P2 idle tick, 100,000 / 1,000 columns", spent[100_000] / spent[1_000], "<=", 1.5, unit="x")


def asleep(shop: Path, count: int) -> Path:
    """Write a workspace whose next slot is far away, as a tick leaves it behind."""
    files = write_files(shop, count)
    now = int(time.time())
    for file in (*files, shop / "calendars", shop / "calendarkit.toml"):
        os.utime(file, (now - 100, now - 100))
    (shop / "state").mkdir(mode=0o700)
    time.sleep(3.2)  # what changed within two seconds is never trusted
    if not write_wake(shop / "state", wake=now + 86_400, sources=[*map(str, files)], now=int(time.time())):
        sys.exit("the workspace did not fall asleep")
    return shop


def tick(shop: Path) -> float:
    """Return the milliseconds of CPU one ``publish`` takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-m", "calendarkit", "-C", str(shop), "publish"], check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit("an idle tick failed")
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def from_toml(goals: Goals) -> None:
    """P5: 10,000 columns in 200 files, from text to index, and again with one file changed."""
    with tempfile.TemporaryDirectory(prefix="calendarkit-bench-") as folder:
        shop = Path(folder)
        files = write_files(shop, 10_000)
        gc.freeze()  # what earlier benchmarks left behind is not collected at this one's cost

        def compile_all() -> tuple[Calendar, Index]:
            calendar = join_calendar(read_draft(read(shop)), {})
            assert calendar is not None
            return calendar, compile_index(calendar)

        spent, (_, index) = clock(compile_all)
        goals.check("P5 10,000 columns from TOML to index", spent / 1000, "<=", 1.5, unit="s")
        text = files[7].read_text("utf-8")
        files[7].write_text(text.replace('"12:00"', '"12:01"', 1), "utf-8")
        spent, (_, again) = clock(compile_all)
        assert again != index
        goals.check("P5 the same with one of 200 files changed", spent, "<=", 100, unit="ms")


def write_files(shop: Path, count: int) -> list[Path]:
    """Write a workspace of so many columns in 200 files."""
    (shop / "calendars").mkdir(parents=True)
    (shop / "calendarkit.toml").write_text('name = "小店"\nchannels = ["folder"]\n', "utf-8")
    each = count // 200
    for number in range(200):
        tables = []
        for place in range(number * each, (number + 1) * each):
            words = ", ".join(f'"{word}"' for word in RULES[place % len(RULES)])
            tables.append(
                f'[[column]]\nid = "c{place:06}"\ntitle = "栏目"\non = [{words}]\n'
                f'at = {{ noon = "12:00", tail = "{place % 24:02}:{place * 7 % 60:02}" }}\n\n'
                '[column.content]\ntext = "{{ store.name }}"\n'
            )
        (shop / f"calendars/f{number:03}.toml").write_text("\n".join(tables), "utf-8")
    return sorted((shop / "calendars").iterdir())


def beside_peers(goals: Goals, *, minute: float) -> None:
    """P1, P6 and P7 beside the peers."""
    if not PEERS.exists():
        print("peers are not installed: P1, P6 and P7 beside them were not measured (run dev.py bench)")
        return
    draw = random.Random(618)
    plain = [
        {"week": list(WEEKS[each % 4]), "minutes": [each * 7 % 1440, (each * 13 + 700) % 1440]}
        for each in range(10_000)
    ]
    daily = [{"week": list(range(7)), "minutes": [each % 720, 720 + each % 719]} for each in range(1_000)]
    mixed = [mixed_rule(draw) for _ in range(1_000)]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as spec:
        json.dump({"now": "2026-11-25T12:00:00", "columns": plain, "year": daily, "mixed": mixed}, spec)
        spec.flush()
        done = subprocess.run(
            [PEERS, Path(__file__).with_name("_peers.py"), spec.name], check=True, stdout=subprocess.PIPE, text=True
        )
    peers = json.loads(done.stdout)
    own = {"minute": minute, "year": own_year(daily)}
    spent, digests = own_mixed(mixed)
    table(own | {"mixed": spent}, peers)
    goals.check("P1 the best peer / own, a minute", min(peers["minute"].values()) / minute, ">=", 100, unit="x")
    for name, bound in YEAR_BOUNDS.items():
        goals.check(f"P6 {name} / own, a year of slots", peers["year"][name] / own["year"], ">=", bound, unit="x")
    goals.check("P7 dateutil / own, mixed rules", peers["mixed"]["dateutil"] / spent, ">=", 4, unit="x")
    wrong = sum(one != other for one, other in zip(digests, peers["digests"], strict=True))
    goals.check("P7 mixed rules that differ, of 1,000", wrong, "<=", 0)


def table(own: dict[str, float], peers: dict[str, dict[str, float]]) -> None:
    """Print who is how many times slower."""
    print(f"{'':<24}{'a minute, ms':>14}{'ratio':>9}{'a slot, ns':>12}{'ratio':>9}{'mixed, ms':>12}{'ratio':>9}")
    print(f"{'calendarkit':<24}{own['minute']:>14.3f}{1:>9}{own['year']:>12.0f}{1:>9}{own['mixed']:>12.0f}{1:>9}")
    for name in peers["minute"]:
        line = f"{name:<24}{peers['minute'][name]:>14.1f}{peers['minute'][name] / own['minute']:>9.0f}"
        line += f"{peers['year'][name]:>12.0f}{peers['year'][name] / own['year']:>9.1f}"
        if name in peers["mixed"]:
            line += f"{peers['mixed'][name]:>12.0f}{peers['mixed'][name] / own['mixed']:>9.1f}"
        print(line)


def own_year(columns: list[dict[str, list[int]]]) -> float:
    """Return the nanoseconds of CPU per slot of a year, key included; the best of three runs."""
    made = {
        f"c{place:04}": Column(id=f"c{place:04}", title="栏目", at=[clock_time(minute) for minute in each["minutes"]])
        for place, each in enumerate(columns)
    }
    index = compile_index(Calendar(workspace=Workspace(name="小店", timezone="UTC"), columns=made))
    runs = [clock(lambda: list(roll(index, YEAR))) for _ in range(3)]
    print(
        f"{len(runs[0][1]):,} slots of a year with their keys {min(spent for spent, _ in runs):.0f} ms; "
        f"as sorted slots {clock(lambda: due(index, YEAR))[0]:.0f} ms"
    )
    return min(spent for spent, _ in runs) * 1e6 / len(runs[0][1])


def own_mixed(rules: list[dict[str, Any]]) -> tuple[float, list[str]]:
    """Return the milliseconds to expand rules with exceptions, made beforehand, and a digest of each one's moments."""
    made = {}
    for place, each in enumerate(rules):
        since, until = each["start"][:10], each["end"][:10]
        skip, also = [moment[:10] for moment in each["exdates"]], [moment[:16] for moment in each["rdates"]]
        table = {"on": each["on"], "at": clock_time(each["hour"] * 60 + each["minute"]), "skip": skip, "also": also}
        key = f"c{place:04}"
        made[key] = Column.model_validate({"id": key, "title": "栏目", "from": since, "until": until, **table})
    calendar = Calendar(workspace=Workspace(name="小店", timezone="UTC"), columns=made)
    index, window = compile_index(calendar), Window(YEAR.start, YEAR.end + 3 * 365 * 86_400)
    gc.freeze()
    spent, found = clock(lambda: list(roll(index, window)))
    moments: dict[str, list[str]] = {key: [] for key in made}
    for at, key in found:
        moments[key[:5]].append(dt.datetime.fromtimestamp(at, dt.UTC).strftime("%Y-%m-%dT%H:%M"))
    return spent, [hashlib.sha256("\n".join(sorted(each)).encode()).hexdigest()[:16] for each in moments.values()]


def mixed_rule(draw: random.Random) -> dict[str, Any]:
    """Return a random rule in both tongues, with days taken out and moments added."""
    on: list[str] = []
    rules: list[dict[str, Any]] = []
    for kind in draw.sample(("week", "nth", "month", "last"), draw.randint(1, 2)):
        if kind == "week":
            days = sorted(draw.sample(range(7), draw.randint(1, 4)))
            on += [WEEKDAYS[day] for day in days]
            rules.append({"freq": "WEEKLY", "byweekday": [[day, 0] for day in days]})
        elif kind == "nth":
            day, n = draw.randrange(7), draw.choice((1, 2, 3, 4, 5, -1))
            on.append(f"{'last' if n == -1 else ('1st', '2nd', '3rd', '4th', '5th')[n - 1]} {WEEKDAYS[day]}")
            rules.append({"freq": "MONTHLY", "byweekday": [[day, n]]})
        else:
            days = sorted(draw.sample(range(1, 32), 2)) if kind == "month" else [-1]
            on += [f"day {day}" for day in days] if kind == "month" else ["last day"]
            rules.append({"freq": "MONTHLY", "bymonthday": days})
    start = dt.date(2026, 1, 1) + dt.timedelta(draw.randrange(300))
    hour, minute = draw.randrange(24), draw.randrange(60)
    skipped = {start + dt.timedelta(draw.randrange(700)) for _ in range(draw.randint(0, 12))}
    added = {start + dt.timedelta(draw.randrange(700)) for _ in range(draw.randint(0, 3))}
    at = f"T{hour:02}:{minute:02}:00"
    other = f"T{hour:02}:{(minute + 1) % 60:02}:00"
    return {
        "on": on, "rules": rules, "start": f"{start}{at}", "end": f"{start + dt.timedelta(730)}{at}", "hour": hour,
        "minute": minute, "exdates": [f"{day}{at}" for day in sorted(skipped)],
        "rdates": [f"{day}{other}" for day in sorted(added)],
    }  # fmt: skip


def clock_time(minute: int) -> str:
    """Return a minute of the day as teams write it."""
    return f"{minute // 60:02}:{minute % 60:02}"


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
