"""The same noon by three roads: one tick over a file, one worker and two workers over PostgreSQL.

Success is read from the sandbox's truth log. Then the ledger alone on PostgreSQL: durable deliveries a second of one
process.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import ledger
import peak
from _goals import Goals
from postgres_server import Server

from calendarkit.edges.clock import SystemClock
from calendarkit.edges.ledger import open_ledger
from calendarkit.edges.publish import deliver

peak.STORES = 3_000
ALONE = 5_000


def main() -> int:
    """Measure and compare with the goals."""
    goals = Goals()
    server = Server("max_connections=100")
    try:
        rates = {
            "one tick, SQLite": road(goals, "", 0),
            "one worker, PostgreSQL": road(goals, server.schema(), 1),
            "two workers, PostgreSQL": road(goals, server.schema(), 2),
        }
        alone(server.schema())
    finally:
        server.remove()
    for name, rate in rates.items():
        print(f"{name:<26} {rate:8,.0f}/s")
    return goals.exit_code


def road(goals: Goals, url: str, workers: int) -> float:
    """Send one noon and return deliveries a second, from the first process that sends to the end of the last."""
    name = f"{workers} workers" if workers else "tick"
    with tempfile.TemporaryDirectory(prefix="calendarkit-delivery-") as folder:
        root = Path(folder)
        peak.workspace(root)
        if url:
            use_server(root, url)
        with peak.running_sandbox(root) as sandbox:
            peak.publish(root, sandbox, "2026-11-25T11:59:00")
            seconds, _ = peak.publish(root, sandbox, peak.NOON)
            if workers:
                seconds = send(root, sandbox, workers)
            seen = peak.counts(sandbox)
    goals.check(f"DL1 lost, {name}", peak.STORES - seen["messages"], "<=", 0, unit="deliveries")
    goals.check(f"DL2 copies, {name}", seen["copies"], "<=", 0, unit="copies")
    return peak.STORES / seconds


def use_server(root: Path, url: str) -> None:
    """Keep the ledger on the server and leave sending to workers."""
    document, secrets = root / "calendarkit.toml", root / "secrets.toml"
    chosen = '[engine]\nname = "worker"\nledger = "secret:ledger/url"'
    document.write_text(document.read_text("utf-8").replace("[engine]", chosen), "utf-8")
    secrets.write_text(f'{secrets.read_text("utf-8")}[ledger]\nurl = "{url}"\n', "utf-8")


def send(root: Path, sandbox: str, workers: int) -> float:
    """Let workers send what is ready; return wall seconds."""
    command = [str(peak.CALENDARKIT), "-C", str(root), "worker", "--once", "--sandbox", sandbox, "--now"]
    began = time.perf_counter()
    running = [subprocess.Popen([*command, peak.NOON], stdout=subprocess.DEVNULL) for _ in range(workers)]
    for each in running:
        each.wait(600)
    return time.perf_counter() - began


def alone(url: str) -> None:
    """Deliver to a channel that says yes at once, 32 in flight; every intent and every answer is flushed."""
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "ledger.db", url=url) as store:
        ledger.admit(store, ALONE)
        ledger.freeze(store)
        until = ledger.NOW + 3600
        took = ledger.seconds(
            lambda: deliver(store, ledger.InstantBook(), clock=SystemClock(), until=until, senders=32)
        )
    print(f"the ledger alone on PostgreSQL: {ALONE / took:,.0f} durable deliveries/s of one process")


if __name__ == "__main__":
    sys.exit(main())
