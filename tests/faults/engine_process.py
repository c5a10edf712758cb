"""One carrier as its own process: ``engine_process.py FOLDER ENGINE NOW [HINTS]``; see :func:`carry`.

With ``celery`` it is the far end, until SIGTERM; the near end is :func:`carry`.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from faults.world import TRAITS, TruthBook
from ledger_shop import ledger

from calendarkit.edges.courier import Courier
from calendarkit.edges.engines.bench import Bench
from calendarkit.edges.engines.hand_over import hand_over
from calendarkit.edges.engines.inline import InlineEngine
from calendarkit.edges.engines.local import LocalEngine
from calendarkit.edges.publish import deliver
from calendarkit.extend import Batch, RunningEngine
from calendarkit.testing.fakes import FakeClock, fake_context
from calendarkit_celery import CeleryOptions, serve
from calendarkit_celery import start as start_celery

SENDERS = 4
BROKER = "broker"
"""Name of the file in a test's folder that says where the broker is, and the queue."""


class Hints:
    """An engine before which hints are lost or repeated; batches are small, so that there are many."""

    def __init__(self, engine: RunningEngine, *, lost: float = 0.0, repeated: int = 1, seed: int = 7) -> None:
        """Lose this share of the hints, and give each of the others so many times."""
        self._engine, self._lost, self._repeated = engine, lost, repeated
        self._random = random.Random(seed)
        self.count = self.gone = 0

    def capacity(self, kind: Literal["send", "paint"], /) -> int:
        return self._engine.capacity(kind)

    def submit(self, batch: Batch, /) -> None:
        for number in batch.ids:
            self.count += 1
            if self._random.random() < self._lost:
                self.gone += 1
                continue
            for _ in range(self._repeated):
                self._engine.submit(Batch(kind="send", scope=batch.scope, ids=(number,), deadline=batch.deadline))

    def drain(self, timeout: float, /) -> bool:
        return self._engine.drain(timeout)

    def close(self) -> None:
        self._engine.close()


def carry(folder: Path, engine: str, now: int, hints: str = "") -> int:
    """Send what is due at ``now`` through an engine, or as a worker does; return how many hints were lost.

    Through ``celery`` only hints are given, again and again for the time of one tick.
    """
    book, clock = truth(folder), FakeClock(now)
    with ledger(folder) as store:
        if engine == "worker":
            deliver(store, book, clock=clock, until=now + 50, senders=SENDERS)
            return 0
        courier = Courier(store, book, clock=clock)
        courier.reap()
        between = Hints(
            ENGINES[engine](courier, folder),
            lost=0.1 if hints == "lost" else 0.0,
            repeated=2 if hints == "repeated" else 1,
        )
        hand_over(store, between, clock=clock, until=now + 50)
        return between.gone


def serve_hints(folder: Path, now: int) -> None:
    """Do what hints say, until SIGTERM."""
    clock = FakeClock(now)
    with ledger(folder) as store:
        bench = Bench(Courier(store, truth(folder), clock=clock), fake_context(folder, clock=clock), senders=SENDERS)
        try:
            serve(options(folder), bench)
        finally:
            bench.close()


def truth(folder: Path) -> TruthBook:
    """Return channels that write down what members saw."""
    delay = float(os.environ.get("CALENDARKIT_TEST_DELAY", "0"))
    return TruthBook(traits=TRAITS["none"], truth=folder / "truth", delay=delay)


def options(folder: Path) -> CeleryOptions:
    """Return the options of the plugin: the broker that a test chose."""
    broker, queue = (folder / BROKER).read_text().split()
    return CeleryOptions(broker=broker, queue=queue)


def celery(courier: Courier, folder: Path) -> RunningEngine:
    """Return the near end."""
    return start_celery(options(folder), Bench(courier, fake_context(folder)))


ENGINES: dict[str, Callable[[Courier, Path], RunningEngine]] = {
    "inline": lambda courier, _: InlineEngine(courier.run, 1),
    "local": lambda courier, _: LocalEngine(courier.run, SENDERS),
    "celery": celery,
}

if __name__ == "__main__":
    if sys.argv[2] == "celery":
        serve_hints(Path(sys.argv[1]), int(sys.argv[3]))
    else:
        carry(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), *sys.argv[4:])
