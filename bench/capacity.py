"""Rates and the forecast, in real time: four cron processes at once, few robots, measured at the sandbox.

R8: never more than the platform's limit in any 60 seconds of one robot. R9: ``plan`` foretold when the last message
would leave. Cron is played as it is: every process is started at the beginning of every minute.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import peak
from _goals import Goals

ROBOTS, EACH, PROCESSES = 10, 40, 4
LIMIT, WINDOW_MS = 20, 60_000
MINUTES = 3
WORKSPACE = 'name = "限速"\nchannels = ["wecom"]\n[plugins.wecom]\n[plugins.sandbox]\n'
COLUMN = """[[column]]
id = "noon"
title = "午间特惠"
at = { noon = "%s" }
late = "20m"
content = { text = "{{ group.title }}：草莓 19.9 元" }
"""


def main() -> int:
    """Send one slot over a few minutes of real time and compare."""
    goals = Goals()
    with tempfile.TemporaryDirectory(prefix="calendarkit-capacity-") as folder:
        root = Path(folder)
        slot = workspace(root)
        with peak.running_sandbox(root) as sandbox:
            finish(cron(root, sandbox, 1))
            foretold = plan(root)
            running = []
            for minute in range(MINUTES):
                wait_until(slot + minute * 60)
                running += cron(root, sandbox, PROCESSES)
            finish(running)
            seen = truth(root)
    moments = sorted(moment for each in seen.values() for moment in each)
    most = max(busiest(each) for each in seen.values())
    measured, forecast = moments[-1] / 1000 - slot, foretold["finish"] - slot
    print(f"{len(moments)} messages by {len(seen)} robots and {PROCESSES} processes of cron")
    first = moments[0] / 1000 - slot
    print(f"the first left after {first:.1f} s, the last after {measured:.1f} s, foretold {forecast:.0f} s")
    goals.check("R8 most messages of a robot in any 60 s", most, "<=", LIMIT)
    goals.check("R8 messages missing or repeated", abs(len(moments) - ROBOTS * EACH), "<=", 0)
    goals.check("R9 forecast beside the measured end", abs(forecast - measured) / measured * 100, "<=", 10, unit="%")
    return goals.exit_code


def workspace(root: Path) -> float:
    """Write a workspace whose slot comes at the minute after next; return that instant, epoch seconds."""
    slot = (time.time() // 60 + 2) * 60
    (root / "calendars").mkdir()
    (root / "calendarkit.toml").write_text(f'timezone = "UTC"\n{WORKSPACE}', "utf-8")
    (root / "calendars/noon.toml").write_text(COLUMN % time.strftime("%H:%M", time.gmtime(slot)), "utf-8")
    (root / "stores.csv").write_text("id,name\ns,店\n", "utf-8")
    with (root / "groups.csv").open("w", encoding="utf-8", newline="") as groups:
        rows = ((f"g{n}", "s", f"群{n}", "staff", f"secret:robot/r{n % ROBOTS}") for n in range(ROBOTS * EACH))
        csv.writer(groups).writerows([("id", "store", "title", "members", "wecom.key"), *rows])
    secrets = root / "secrets.toml"
    secrets.touch(mode=0o600)
    keys = (f'r{n} = "{n:08d}-0000-4000-8000-000000000000"\n' for n in range(ROBOTS))
    secrets.write_text("[robot]\n" + "".join(keys), "utf-8")
    return slot


def cron(root: Path, sandbox: str, processes: int) -> list[subprocess.Popen[bytes]]:
    """Start so many processes of ``publish`` by the machine's own clock, whether earlier ones have ended or not."""
    command = [str(peak.CALENDARKIT), "-C", str(root), "publish", "--sandbox", sandbox]
    return [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(processes)]


def finish(running: list[subprocess.Popen[bytes]]) -> None:
    """Wait for processes."""
    for each in running:
        each.wait(300)


def plan(root: Path) -> dict[str, int]:
    """Return what ``plan`` foretells of the slot."""
    command = [str(peak.CALENDARKIT), "-C", str(root), "plan", "--json", "--to", "+1h"]
    done = subprocess.run(command, capture_output=True, check=True)
    [found] = json.loads(done.stdout)["finishes"]
    return dict(found)


def wait_until(instant: float) -> None:
    """Sleep until the clock says so."""
    time.sleep(max(instant - time.time(), 0))


def truth(root: Path) -> dict[str, list[int]]:
    """Return when members saw each message of each robot, epoch milliseconds."""
    found: dict[str, list[int]] = defaultdict(list)
    [log] = (root / "truth").rglob("truth.jsonl")
    for line in log.read_text("utf-8").splitlines():
        seen = json.loads(line)
        found[seen["robot"]].append(seen["at_ms"])
    return found


def busiest(moments: list[int]) -> int:
    """Return the most messages in any half-open minute."""
    ordered, first, most = sorted(moments), 0, 0
    for place, moment in enumerate(ordered):
        while moment - ordered[first] >= WINDOW_MS:
            first += 1
        most = max(most, place - first + 1)
    return most


if __name__ == "__main__":
    sys.exit(main())
