"""One kill, four ways to send: calendarkit over Celery beside Celery, Dramatiq and Procrastinate alone.

Two workers share the sending; when members have seen a third of it, the busier one is killed. What members saw is read
from a log that every send appends to, not from anybody's own counters. All four run at once, for three minutes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import ledger
import postgres_server
import redis_server
from _goals import Goals

from calendarkit.edges.clock import SystemClock
from calendarkit.edges.courier import Courier, Verb
from calendarkit.edges.engines.bench import Bench
from calendarkit.edges.engines.hand_over import hand_over
from calendarkit.edges.ledger import open_ledger
from calendarkit.edges.ledger.store import LEASE, Store
from calendarkit.edges.publish import deliver
from calendarkit.edges.send import PATIENCE
from calendarkit.extend import Envelope, Outcome, Receipt
from calendarkit.model.state import State
from calendarkit.testing.fakes import fake_context
from calendarkit_celery import CeleryOptions, serve, start

PEERS = Path(__file__).resolve().parents[1] / ".cache/bench-env/bin/python"
SCRIPT = Path(__file__).with_name("_engine_peers.py")
COUNT, SENDERS, ANSWER = 300, 4, 0.05
"""Deliveries, threads of one worker, and seconds between what members see and the channel's answer."""
WATCHED = 180
"""Seconds for which it is watched what members see after the kill."""
MINUTE, RESCUE = 60, 10
"""Seconds between two ticks of ours, and between two rescues of who needs one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """What members saw; ``last`` seconds after the kill came the last message that nobody had seen."""

    name: str
    twice: int
    never: int
    last: float
    unknown: int = 0


class TruthBook(ledger.InstantBook):
    """A channel whose sends are lines of a log, answered after a while."""

    def __init__(self, folder: Path) -> None:
        """Write into ``folder``."""
        self._folder = folder

    def call(self, channel: str, envelopes: Sequence[Envelope], verb: Verb = "send") -> tuple[Receipt, ...]:  # noqa: ARG002
        """Let members see it."""
        with (self._folder / "truth").open("a") as log:
            log.writelines(f"{each.key} {os.getpid()}\n" for each in envelopes)
        time.sleep(ANSWER)
        return tuple(Receipt(key=each.key, outcome=Outcome.DELIVERED) for each in envelopes)


def main() -> int:
    """Run all at once, and compare ours with its goals; the peers have none."""
    goals = Goals()
    redis, postgres = redis_server.Server(), postgres_server.Server("max_connections=100")
    try:
        with tempfile.TemporaryDirectory(prefix="calendarkit-engines-") as folder, ThreadPoolExecutor(4) as pool:
            runs = [pool.submit(ours, Path(folder), redis.url, postgres.schema())]
            runs += [pool.submit(peer, name, Path(folder), redis.url, postgres.url) for name in peers()]
            found = [each.result() for each in runs]
    finally:
        redis.remove()
        postgres.remove()
    print(f"{COUNT} deliveries, one kill".ljust(32), f"{'twice':>6} {'never':>6} {'unknown':>8} {'last after':>11}")
    for each in found:
        last = f"> {WATCHED} s" if each.never else f"{each.last:.1f} s"
        print(f"{each.name:<32} {each.twice:6} {each.never:6} {each.unknown:8} {last:>11}")
    goals.check("EN1 twice, calendarkit over Celery", found[0].twice, "<=", 0, unit="deliveries")
    goals.check("EN2 never, calendarkit over Celery", found[0].never, "<=", 0, unit="deliveries")
    goals.check("EN3 unknown, calendarkit over Celery", found[0].unknown, "<=", SENDERS, unit="deliveries")
    return goals.exit_code


def peers() -> tuple[str, ...]:
    """Return the queues that are there to be compared with."""
    names = ("celery", "dramatiq", "procrastinate")
    if PEERS.exists() and not subprocess.run([PEERS, "-c", f"import {', '.join(names)}"], check=False).returncode:
        return names
    print("the peers are not installed: run dev.py bench")
    return ()


def ours(root: Path, redis: str, url: str) -> Outcomes:
    """A tick every minute gives hints through Celery, two far ends send."""
    folder = prepare(root, "ours", {"redis": redis, "ledger": url})
    with open_ledger(folder / "ledger.db", url=url) as store:
        ledger.admit(store, COUNT)
        ledger.freeze(store)
        command = [sys.executable, __file__, str(folder)]
        found = strike("calendarkit over Celery", folder, command, lambda: tick(store, folder, redis), MINUTE)
        counts = store.counts()
    return Outcomes(
        name=found.name, twice=found.twice, never=found.never, last=found.last, unknown=counts.get(State.UNKNOWN, 0)
    )


def tick(store: Store, folder: Path, redis: str) -> None:
    """Do what ``publish`` does with the engine ``celery``."""
    clock, book = SystemClock(), TruthBook(folder)
    bench = Bench(Courier(store, book, clock=clock), fake_context(folder, clock=clock))
    engine = start(CeleryOptions(broker=redis, queue="ours"), bench)
    hand_over(store, engine, clock=clock, until=int(clock.now()) + PATIENCE)
    bench.close()
    deliver(store, book, clock=clock, until=int(clock.now()) + MINUTE - PATIENCE, senders=SENDERS)


def work(folder: Path) -> None:
    """Serve as ``calendarkit worker`` does, in a process of its own."""
    config, clock = json.loads((folder / "config.json").read_text("utf-8")), SystemClock()
    with open_ledger(folder / "ledger.db", url=config["ledger"]) as store:
        courier = Courier(store, TruthBook(folder), clock=clock)
        bench = Bench(courier, fake_context(folder, clock=clock), senders=SENDERS)
        serve(CeleryOptions(broker=config["redis"], queue="ours"), bench)
        bench.close()


def peer(name: str, root: Path, redis: str, postgres: str) -> Outcomes:
    """A queue alone, with the settings that ``_engine_peers.py`` says."""
    folder = prepare(root, name, {"redis": redis, "postgres": postgres})

    def run(role: str) -> None:
        with (folder / f"{role}.log").open("ab") as log:
            subprocess.run([PEERS, SCRIPT, name, role, folder], check=True, stderr=log)

    run("fill")
    command = [str(PEERS), str(SCRIPT), name, "work", str(folder)]
    return strike(f"{name} alone", folder, command, lambda: run("rescue"), RESCUE)


def prepare(root: Path, name: str, where: dict[str, str]) -> Path:
    """Make a folder with what a worker has to know."""
    folder = root / name
    folder.mkdir()
    settings = {"count": COUNT, "senders": SENDERS, "answer": ANSWER, "lease": LEASE, **where}
    (folder / "config.json").write_text(json.dumps(settings), "utf-8")
    return folder


def strike(name: str, folder: Path, command: list[str], tend: Callable[[], None], every: float) -> Outcomes:
    """Let two workers work, kill one after a third, and watch; somebody tends to the queue every so many seconds."""
    over = threading.Event()
    tending = threading.Thread(target=keep, args=(tend, every, over))
    with (folder / "log").open("wb") as log:
        workers = [subprocess.Popen(command, stdout=log, stderr=log) for _ in range(2)]
        tending.start()
        try:
            while len(truth(folder)) < COUNT // 3:
                time.sleep(0.01)
            busiest(workers, folder).kill()
            killed = last = time.monotonic()
            seen = 0
            while time.monotonic() < killed + WATCHED:
                if len(truth(folder)) > seen:
                    seen, last = len(truth(folder)), time.monotonic()
                time.sleep(0.2)
        finally:
            over.set()
            tending.join()
            for each in workers:
                each.kill()
                each.wait()
    found = truth(folder)
    return Outcomes(name=name, twice=found.total() - len(found), never=COUNT - len(found), last=last - killed)


def keep(tend: Callable[[], None], every: float, over: threading.Event) -> None:
    """Tend at once, and again and again until it is over."""
    while not over.is_set():
        began = time.monotonic()
        tend()
        over.wait(max(every - (time.monotonic() - began), 0))


def busiest(workers: list[subprocess.Popen[bytes]], folder: Path) -> subprocess.Popen[bytes]:
    """Return the worker that sent the most; it is in the middle of it."""
    by = Counter(pid for _, pid in lines(folder))
    return max(workers, key=lambda each: by[str(each.pid)])


def truth(folder: Path) -> Counter[str]:
    """Return how often members saw each message."""
    return Counter(message for message, _ in lines(folder))


def lines(folder: Path) -> list[tuple[str, str]]:
    """Return what members saw, and which process sent it."""
    log = folder / "truth"
    text = log.read_text("utf-8") if log.exists() else ""
    return [(message, pid) for message, _, pid in (each.partition(" ") for each in text.splitlines())]


if __name__ == "__main__":
    sys.exit(work(Path(sys.argv[1])) if len(sys.argv) > 1 else main())
