"""The ledger at a peak: 50,000 deliveries admitted and claimed, 10,000 delivered by 32 senders, a million rows kept."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from _goals import Goals

from calendarkit.edges.clock import SystemClock
from calendarkit.edges.ledger import open_ledger
from calendarkit.edges.ledger.store import Row, Store
from calendarkit.edges.publish import deliver
from calendarkit.extend import (
    Channel,
    Delivery,
    Envelope,
    KindLimit,
    Limits,
    Message,
    Outcome,
    Publisher,
    Receipt,
    Slot,
    Target,
    Traits,
)
from calendarkit.model.delivery import Plan

NOW = int(time.time())
SLOT = Slot(
    column="noon", day=dt.date.fromtimestamp(NOW), name="noon", at=NOW - 5, deadline=NOW + 7200, zone="Asia/Shanghai"
)
KEPT = 1_000_000


class InstantBook:
    """A channel that says yes at once."""

    def publisher(self, channel: str) -> Publisher:
        """Return a channel that cannot deduplicate."""
        limits = Limits(kinds={"text": KindLimit()})
        return Publisher(name=channel, title="", limits=limits, traits=Traits(dedupe="none"), connect=self.channel)

    def channel(self, channel: str, *_: Any) -> Channel:  # noqa: ARG002  # the protocol's name
        """Return nothing: ``call`` answers."""
        return None  # type: ignore[return-value]

    def envelope(self, row: Row, message: Message) -> Envelope:
        """Address without any secret."""
        return Envelope(key=row.key, message=message, target=Target(id="g", title="", store="", store_title=""))

    def call(self, channel: str, envelopes: Sequence[Envelope], verb: str = "send") -> tuple[Receipt, ...]:  # noqa: ARG002  # the protocol's names
        """Say yes."""
        return tuple(Receipt(key=each.key, outcome=Outcome.DELIVERED) for each in envelopes)


def main() -> int:
    """Measure and compare with the goals."""
    goals = Goals()
    with tempfile.TemporaryDirectory() as folder:
        peak(goals, Path(folder) / "peak" / "ledger.db")
        senders(goals, Path(folder) / "senders" / "ledger.db")
        million(goals, Path(folder) / "million" / "ledger.db")
    return goals.exit_code


def peak(goals: Goals, path: Path) -> None:
    """Admit 50,000 deliveries, freeze their words, claim them."""
    with open_ledger(path) as store:
        admitted = seconds(lambda: admit(store, 50_000))
        frozen = seconds(lambda: freeze(store))
        ids = [row.id for row in store.rows()]
        claimed = seconds(lambda: [store.claim(ids[n : n + 1000], NOW) for n in range(0, len(ids), 1000)])
        print(f"admit {admitted:.2f} s, freeze {frozen:.2f} s, claim {claimed:.2f} s")
    goals.check("50,000 admitted and claimed", admitted + claimed, "<=", 2.0, unit="s")


def senders(goals: Goals, path: Path) -> None:
    """Deliver 10,000 with 32 in flight; every intent and every answer is flushed to the disk."""
    with open_ledger(path) as store:
        admit(store, 10_000)
        freeze(store)
        took = seconds(lambda: deliver(store, InstantBook(), clock=SystemClock(), until=NOW + 3600, senders=32))
    goals.check("durable deliveries, 32 in flight", 10_000 / took, ">=", 3000, unit="/s")


def million(goals: Goals, path: Path) -> None:
    """Ask a ledger of a million delivered rows for the earliest open one."""
    with open_ledger(path) as store:
        admit(store, 1)
        keep(path, KEPT)
        took = min(seconds(store.attend) for _ in range(50))
    goals.check(f"earliest due among {KEPT:,} rows", took * 1000, "<=", 1.0, unit="ms")


def admit(store: Store, count: int) -> None:
    """Plan one noon for ``count`` groups."""
    groups = (f"hz-{n:05}" for n in range(count))
    deliveries = tuple(Delivery(slot=SLOT, target=f"{each}.vip", store=each, channel="robot") for each in groups)
    store.admit(Plan(deliveries=deliveries), missed={}, mark=NOW, now=NOW)


def freeze(store: Store) -> None:
    """Give everything the same words."""
    words = Message(kind="text", text="苹果 5 斤装 9.9 元")
    while rows := store.to_render(NOW, 5000):
        store.freeze([(row.id, words) for row in rows], NOW)


def keep(path: Path, count: int) -> None:
    """Copy the only row ``count`` times as delivered long ago."""
    import sqlite3

    with closing(sqlite3.connect(path)) as db:
        names = [name for _, name, *_ in db.execute("PRAGMA table_info(deliveries)") if name not in {"id", "key"}]
        values = ", ".join({"state": "70", "attend": "NULL"}.get(name, name) for name in names)
        db.execute(
            f"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count:d}) "
            f"INSERT INTO deliveries (key, {', '.join(names)}) SELECT key || i, {values} FROM deliveries, n"
        )
        db.commit()


def seconds(work: Callable[[], object]) -> float:
    """Return how long ``work`` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
