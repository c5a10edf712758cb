"""What a tick with nothing due costs: CPU of the whole process, beside bare python and a peer, in one run.

Run it with ``python3 dev.py bench tick``; it makes a workspace of 200 columns with a ledger of 1,000,000 rows.
"""

from __future__ import annotations

import datetime as dt
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from _goals import Goals

from calendarkit.edges.ledger import open_ledger
from calendarkit.model.delivery import Delivery, Plan
from calendarkit.model.slot import Slot
from calendarkit.model.state import State

ROOT = Path(__file__).resolve().parents[1]
COLUMNS, ROWS, SEED_ROWS, RUNS = 200, 1_000_000, 10_000, 25
ENVIRON = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
"""As bare as cron's, and the same for every program."""


def main() -> int:
    """Build, warm up, measure, judge."""
    goals = Goals()
    with tempfile.TemporaryDirectory(prefix="calendarkit-bench-") as folder:
        shop = Path(folder)
        write_workspace(shop, now=dt.datetime.now(dt.UTC))
        publish = [sys.executable, str(Path(sys.executable).parent / "calendarkit"), "-C", folder, "publish"]
        fill_ledger(shop / "state", publish)
        fall_asleep(shop, publish)
        bare = [sys.executable, "-I", "-c", "pass"]
        commands = {"python": bare, "publish": publish, "help": [*publish[:2], "--help"]}
        peer = ROOT / ".cache/bench-env/bin/apprise"
        if peer.exists():
            commands["apprise"] = [str(peer), "--version"]
        figures = measure(commands)
        if not (shop / "state/wake").exists():
            sys.exit("the wake file went away while measuring: this was not the cost of an idle tick")
    for name, values in figures.items():
        print(f"cpu  {name:<8} median {statistics.median(values):7.2f} ms  min {min(values):7.2f} ms  of {RUNS} runs")
    judge(goals, figures)
    return goals.exit_code


def judge(goals: Goals, figures: dict[str, list[float]]) -> None:
    """Compare medians of the same run."""
    medians = {name: statistics.median(values) for name, values in figures.items()}
    goals.check("idle publish / python -I -c pass", medians["publish"] / medians["python"], "<=", 2.0, unit="x")
    goals.check("idle publish - python (P3)", medians["publish"] - medians["python"], "<=", 10, unit="ms")
    goals.check("calendarkit --help - python", medians["help"] - medians["python"], "<=", 100, unit="ms")
    if "apprise" in medians:
        goals.check("idle publish / apprise --version", medians["publish"] / medians["apprise"], "<", 1.0, unit="x")
    else:
        print("apprise is not there: python3 dev.py bench tick sets it up")
        goals.missed.append("apprise")


def write_workspace(shop: Path, now: dt.datetime) -> None:
    """Write 200 columns in 20 files, none of them due between an hour ago and six hours from now."""
    (shop / "calendars").mkdir()
    (shop / "calendarkit.toml").write_text('name = "鲜果时光"\ntimezone = "UTC"\nchannels = ["folder"]\n', "utf-8")
    (shop / "stores.csv").write_text("id,name\nhz-001,滨江一号店\n", "utf-8")
    (shop / "groups.csv").write_text("id,store,title\nhz-001.vip,hz-001,VIP 群\n", "utf-8")
    for number in range(20):
        tables = [column(number * 10 + each, now) for each in range(COLUMNS // 20)]
        (shop / "calendars" / f"file-{number:02}.toml").write_text("\n".join(tables), "utf-8")


def column(number: int, now: dt.datetime) -> str:
    """Return one column as TOML."""
    time = now + dt.timedelta(hours=6, minutes=number * 5 % (16 * 60))
    return (
        f'[[column]]\nid = "column-{number:03}"\ntitle = "栏目 {number}"\non = "daily"\n'
        f'at = {{ main = "{time:%H:%M}" }}\ncontent = {{ text = "你好，{{{{ store.name }}}}" }}\n'
    )


def fill_ledger(state: Path, publish: Sequence[str]) -> None:
    """Let the product make its ledger, then fill it with a million deliveries of long ago."""
    run(publish)
    with open_ledger(state / "ledger.db") as store:
        store.admit(Plan(deliveries=tuple(map(delivery, range(SEED_ROWS)))), missed={}, mark=0, now=0)
    with sqlite3.connect(state / "ledger.db") as db:
        db.execute("UPDATE deliveries SET state = ?, attend = NULL WHERE at = 1", (State.DELIVERED,))
        names = [row[1] for row in db.execute("PRAGMA table_info(deliveries)") if row[1] != "id"]
        copied = ", ".join("key || '-' || n.value" if name == "key" else f"d.{name}" for name in names)
        numbers = ", ".join(f"({each})" for each in range(1, ROWS // SEED_ROWS))
        db.execute(
            f"WITH n (value) AS (VALUES {numbers}) INSERT INTO deliveries ({', '.join(names)}) "
            f"SELECT {copied} FROM n CROSS JOIN deliveries d WHERE d.at = 1"
        )
        (count,) = db.execute("SELECT count(*) FROM deliveries").fetchone()
    db.close()
    print(f"ledger: {count:,} rows, {(state / 'ledger.db').stat().st_size / 1e6:.0f} MB")


def delivery(number: int) -> Delivery:
    """Return one of the deliveries of long ago."""
    slot = Slot(
        column=f"column-{number % COLUMNS:03}", day=dt.date(2020, 1, 1), name="main", at=1, deadline=2, zone="UTC"
    )
    return Delivery(slot=slot, target=f"hz-{number // COLUMNS:03}.vip", store="hz-001", channel="folder")


def fall_asleep(shop: Path, publish: Sequence[str]) -> None:
    """Tick until the product itself promises that nothing is due."""
    for _ in range(5):
        time.sleep(1)
        run(publish)
        if (shop / "state/wake").exists():
            return
    sys.exit("five ticks with nothing due, and none wrote the wake file")


def run(command: Sequence[str]) -> None:
    """Run a command that must succeed and say nothing."""
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=ENVIRON)
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")


def measure(commands: dict[str, list[str]]) -> dict[str, list[float]]:
    """Return milliseconds of CPU (user and system) of each command, the commands taking turns."""
    figures: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():
        run(command)
    for _ in range(RUNS):
        for name, command in commands.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            run(command)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            figures[name].append(spent * 1000)
    return figures


if __name__ == "__main__":
    sys.exit(main())
