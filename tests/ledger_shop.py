"""What the tests of the ledger start from: deliveries of one noon, a book of fake channels, a filled ledger."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from calendarkit.edges.ledger import open_ledger
from calendarkit.edges.ledger.store import Attempt, Report, Row, Store, Wish
from calendarkit.errors import CalendarkitError
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
from calendarkit.stages.settle import Situation, settle

NOON = 1_795_579_200
"""2026-11-25 12:00 in Shanghai, epoch seconds."""
ADDRESS = "ledger.url"
"""Name of the file in a test's folder that says where its PostgreSQL ledger is."""
HELLO = Message(kind="text", text="苹果 5 斤装 9.9 元")


def slot(column: str = "noon-deals", *, at: int = NOON, late: int = 1800, name: str = "noon") -> Slot:
    """Return a slot of 2026-11-25."""
    day = dt.date(2026, 11, 25)
    return Slot(column=column, day=day, name=name, at=at, deadline=at + late, zone="Asia/Shanghai")


def delivery(number: int = 1, when: Slot | None = None, **more: Any) -> Delivery:
    """Return the delivery of one group."""
    when = when or slot()
    given = {"channel": "robot", "not_before": when.at, **more}
    return Delivery(slot=when, target=f"hz-{number:03}.vip", store=f"hz-{number:03}", **given)


def fill(store: Store, *deliveries: Delivery, now: int = NOON, message: Message = HELLO) -> tuple[Row, ...]:
    """Admit and freeze ``deliveries``; return their rows, ready to be claimed."""
    store.admit(Plan(deliveries=deliveries), missed={}, mark=now, now=now)
    store.freeze([(row.id, message) for row in store.to_render(now, 100_000)], now)
    return store.rows()


def ledger(folder: Path) -> Store:
    """Open the ledger of ``folder``: on the server whose address lies there, else in a file."""
    address = folder / ADDRESS
    return open_ledger(folder / "state" / "ledger.db", url=address.read_text() if address.exists() else "")


def claim(store: Store, *rows: Row, now: int = NOON) -> tuple[Row, ...]:
    """Lease rows."""
    return store.claim([row.id for row in rows], now)


def intend(store: Store, *rows: Row, now: int = NOON) -> tuple[Attempt, ...]:
    """Claim rows and make their intents durable."""
    answers = store.intend([Wish(row=row) for row in claim(store, *rows, now=now)], now)
    return tuple(each for each in answers if isinstance(each, Attempt))


def report(attempt: Attempt, outcome: Outcome, *, now: int = NOON, traits: Traits | None = None, **more: Any) -> Report:
    """Return what an attempt came to, settled for a channel that cannot deduplicate unless ``traits`` say otherwise."""
    receipt = Receipt(key=attempt.row.key, outcome=outcome, **more)
    situation = Situation(
        traits=traits or Traits(dedupe="none"),
        on_unknown=attempt.row.delivery.on_unknown,
        now=now,
        deadline=attempt.row.deadline,
        retries=attempt.row.retries,
        first_sent=attempt.started,
    )
    return Report(attempt=attempt, receipt=receipt, settlement=settle(receipt, situation))


Answer = Callable[[Envelope], Receipt] | Outcome


@dataclass
class FakeBook:
    """Channels that answer as they are told and remember what members saw; callable from many threads.

    Attributes:
        traits: how every channel behaves.
        answers: by channel; ``DELIVERED`` without one.
        broken: channels that cannot be connected, and why.
        unaddressed: by target, what addressing it raises.
    """

    traits: Traits = Traits(dedupe="none")
    limits: Limits = Limits(kinds={"text": KindLimit()})
    answers: Mapping[str, Answer] = field(default_factory=dict)
    broken: Mapping[str, CalendarkitError] = field(default_factory=dict)
    unaddressed: Mapping[str, CalendarkitError] = field(default_factory=dict)
    calls: list[tuple[str, tuple[Envelope, ...]]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def publisher(self, channel: str) -> Publisher:
        return Publisher(name=channel, title=channel, limits=self.limits, traits=self.traits, connect=self.connect)

    def connect(self, options: object, context: object) -> Channel:
        raise AssertionError("the book connects, not the courier")

    def channel(self, channel: str) -> Channel:
        if channel in self.broken:
            raise self.broken[channel]
        return None  # type: ignore[return-value]

    def envelope(self, row: Row, message: Message) -> Envelope:
        if row.delivery.target in self.unaddressed:
            raise self.unaddressed[row.delivery.target]
        target = Target(id=row.delivery.target, title="", store=row.delivery.store, store_title="")
        return Envelope(key=row.key, message=message, target=target, handle=row.handle, deadline=row.deadline)

    def call(self, channel: str, envelopes: Sequence[Envelope], verb: str = "send") -> tuple[Receipt, ...]:
        with self.lock:
            self.calls.append((verb, tuple(envelopes)))
        told = self.answers.get(channel, Outcome.DELIVERED)
        return tuple(Receipt(key=e.key, outcome=told) if isinstance(told, Outcome) else told(e) for e in envelopes)

    @property
    def sent(self) -> Counter[str]:
        """How often each delivery was sent."""
        return Counter(each.key for verb, envelopes in self.calls if verb == "send" for each in envelopes)
