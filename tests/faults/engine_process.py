"""One carrier as its own process: ``engine_process.py FOLDER ENGINE NOW [HINTS]``; see :func:`carry`."""

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
from calendarkit.edges.engines.hand_over import hand_over
from calendarkit.edges.engines.inline import InlineEngine
from calendarkit.edges.engines.local import LocalEngine
from calendarkit.edges.publish import deliver
from calendarkit.extend import Batch, RunningEngine
from calendarkit.testing.fakes import FakeClock

SENDERS = 4


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


ENGINES: dict[str, Callable[[Callable[[Batch], None]], RunningEngine]] = {
    "inline": lambda run: InlineEngine(run, 1),
    "local": lambda run: LocalEngine(run, SENDERS),
}


def carry(folder: Path, engine: str, now: int, hints: str = "") -> int:
    """Send what is due at ``now`` through an engine, or as a worker does; return how many hints were lost."""
    delay = float(os.environ.get("CALENDARKIT_TEST_DELAY", "0"))
    book, clock = TruthBook(traits=TRAITS["none"], truth=folder / "truth", delay=delay), FakeClock(now)
    with ledger(folder) as store:
        if engine == "worker":
            deliver(store, book, clock=clock, until=now + 50, senders=SENDERS)
            return 0
        courier = Courier(store, book, clock=clock)
        courier.reap()
        between = Hints(
            ENGINES[engine](courier.run), lost=0.1 if hints == "lost" else 0.0, repeated=2 if hints == "repeated" else 1
        )
        hand_over(store, between, clock=clock, until=now + 50)
        return between.gone


if __name__ == "__main__":
    carry(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), *sys.argv[4:])
