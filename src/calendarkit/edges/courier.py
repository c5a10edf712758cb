"""The courier: takes one batch from the ledger to its channel and brings the receipts back."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal, Protocol

from calendarkit.edges.faultpoint import faultpoint
from calendarkit.edges.ledger.store import Attempt, Report, Row, Store, Wish
from calendarkit.errors import CalendarkitError, PluginError, SecretMissing
from calendarkit.extend.lent import Clock
from calendarkit.extend.publishing import Channel, Envelope, Publisher, Target, Traits
from calendarkit.extend.working import Batch, Notice
from calendarkit.model.delivery import Withheld
from calendarkit.model.guarding import Allow, Postpone
from calendarkit.model.message import Message
from calendarkit.model.receipt import Outcome, Receipt
from calendarkit.model.secret import Secret
from calendarkit.model.state import State
from calendarkit.stages.pace import Pace
from calendarkit.stages.settle import CHANNEL_REST, SEND_SECONDS, Settlement, Situation, settle, settle_follow_up

Verb = Literal["send", "lookup", "poll"]
Recheck = Callable[[Row], Allow | Postpone | Withheld]
OnResult = Callable[[Notice], None]


class Book(Protocol):
    """Where a courier finds channels and addresses; everything here is called from many threads."""

    def publisher(self, channel: str) -> Publisher:
        """Return the publisher's record.

        Raises:
            PluginError: no enabled plugin offers it.
        """
        ...

    def channel(self, channel: str) -> Channel:
        """Return the connected channel; it is connected once.

        Raises:
            PluginError: it could not be connected.
        """
        ...

    def envelope(self, row: Row, message: Message) -> Envelope:
        """Return the envelope with its target's address, secrets resolved.

        Raises:
            SecretMissing: no source of secrets knows a name in the address.
            PluginError: the target has no address, or the plugin is gone.
            CalendarkitError: the target itself is gone; its delivery fails.
        """
        ...

    def call(self, channel: str, envelopes: Sequence[Envelope], verb: Verb = "send") -> tuple[Receipt, ...]:
        """Call the plugin, guarded: one receipt for each envelope, within 15 s, whatever the plugin does."""
        ...


class Courier:
    """Runs batches; any number of threads may call :meth:`run` at once."""

    def __init__(
        self,
        store: Store,
        book: Book,
        *,
        clock: Clock,
        recheck: Recheck | None = None,
        on_result: OnResult | None = None,
        stopping: Callable[[], bool] = lambda: False,
        chance: Callable[[], float] | None = None,
    ) -> None:
        """Carry between ``store`` and the channels of ``book``.

        Args:
            store: the ledger.
            book: channels and addresses.
            clock: the time.
            recheck: the guards' last word, asked right before the intent.
            on_result: told of every row that moved, one call at a time.
            stopping: when it becomes true, nothing more is sent and what is claimed is given back.
            chance: gives random numbers in [0, 1); the machine's by default.
        """
        self._store, self._book, self._clock = store, book, clock
        self._recheck, self._on_result, self.stopping = recheck, on_result, stopping
        self._message = lru_cache(512)(store.message)
        self._telling = threading.Lock()
        self._chance = chance or random.Random().random  # noqa: S311  # spreads retries, guards nothing
        self.proven: set[str] = set()
        """Channels that have answered with anything but "your configuration is wrong"."""

    def run(self, batch: Batch) -> None:
        """Claim what is still free of ``batch`` and send it, in order."""
        self.carry(batch.scope, self.claim(batch))

    def claim(self, batch: Batch) -> list[Row]:
        """Lease what is still free of ``batch``."""
        return list(self._store.claim(batch.ids, self._now()))

    def carry(self, channel: str, rows: list[Row]) -> None:
        """Send rows that are leased, in order."""
        if not rows:
            return
        try:
            publisher = self._book.publisher(channel)
            self._book.channel(channel)
        except PluginError as problem:
            self._unavailable(channel, rows, str(problem))
            return
        answered: list[Report] = []
        try:
            self._send_all(publisher, rows, answered)
        finally:
            self._settle(publisher, answered, [])

    def _send_all(self, publisher: Publisher, rows: list[Row], answered: list[Report]) -> None:
        while rows:
            if self.stopping() or self._now() + SEND_SECONDS >= (rows[0].lease_until or 0):
                self._store.put_back(rows, self._now())
                return
            chunk, rows = rows[: publisher.traits.batch], rows[publisher.traits.batch :]
            self._send(publisher, chunk, answered)

    def reap(self) -> None:
        """Settle what senders that never came back left behind, and expire what is too late."""
        for row in self._store.reap(self._now(), self._judge):
            self._tell(row.key, row.state, None)

    def follow_up(self, limit: int = 1000) -> int:
        """Ask about sends that are accepted or unknown, and return how many; asking never sends."""
        asked: dict[tuple[str, State], list[Row]] = {}
        rows = self._store.follow_ups(self._now(), limit)
        for row in rows:
            asked.setdefault((row.delivery.channel, row.state), []).append(row)
        for (channel, state), group in sorted(asked.items()):
            try:
                publisher = self._book.publisher(channel)
                self._book.channel(channel)
            except PluginError:
                continue
            self._ask(publisher, state, group)
        return len(rows)

    def _ask(self, publisher: Publisher, state: State, rows: Sequence[Row]) -> None:
        pairs = [(row, envelope) for row in rows if (envelope := self._envelope(row)) is not None]
        size = max(publisher.traits.batch, 1)
        for start in range(0, len(pairs), size):
            chunk = dict(pairs[start : start + size])
            verb: Verb = "lookup" if state is State.UNKNOWN else "poll"
            receipts = {each.key: each for each in self._book.call(publisher.name, tuple(chunk.values()), verb)}
            for row in chunk:
                receipt = receipts.get(row.key) or Receipt(key=row.key, outcome=Outcome.UNKNOWN)
                polls = max((self._now() - (row.first_sent or row.updated)) // 60, 0).bit_length()
                settlement = settle_follow_up(receipt, state, self._situation(row, publisher.traits), polls)
                self._tell(row.key, self._store.follow_up(row, receipt, settlement, self._now()), receipt)

    def _send(self, publisher: Publisher, rows: Sequence[Row], answered: list[Report]) -> None:
        """Check once more, write the intents together with what was answered before, send, keep the answers."""
        ready = [
            (row, envelope) for row in rows if self._allowed(row) and (envelope := self._addressed(row, publisher))
        ]
        wishes = [Wish(row=row, paces=paces(publisher, envelope.target)) for row, envelope in ready]
        attempts = self._settle(publisher, answered, wishes)
        if not attempts:
            return
        by_key = {row.key: envelope for row, envelope in ready}
        envelopes = tuple(_numbered(by_key[each.row.key], each.number) for each in attempts)
        receipts = {each.key: each for each in self._book.call(publisher.name, envelopes)}
        faultpoint("after-send")
        answered.extend(self._report(publisher, each, receipts.get(each.row.key)) for each in attempts)

    def _report(self, publisher: Publisher, attempt: Attempt, receipt: Receipt | None) -> Report:
        """Say what follows from an answer; none at all is ``unknown``."""
        receipt = receipt or Receipt(key=attempt.row.key, outcome=Outcome.UNKNOWN, detail="no receipt came back")
        settlement = settle(receipt, self._situation(attempt.row, publisher.traits, attempt.started))
        return Report(attempt=attempt, receipt=receipt, settlement=settlement)

    def _settle(self, publisher: Publisher, answered: list[Report], wishes: Sequence[Wish]) -> tuple[Attempt, ...]:
        """Record and forget what was answered, write the next intents, and tell; return what may be sent."""
        reports = tuple(answered)
        answered.clear()
        if not reports and not wishes:
            return ()
        states, answers = self._store.exchange(reports, wishes, self._clock.now())
        if any(each.receipt.outcome is not Outcome.BAD_CONFIG for each in reports):
            self.proven.add(publisher.name)
        for report, state in zip(reports, states, strict=True):
            self._tell(report.receipt.key, state, report.receipt)
        return tuple(each for each in answers if isinstance(each, Attempt))

    def _allowed(self, row: Row) -> bool:
        """Ask the guards one last time."""
        verdict = self._recheck(row) if self._recheck else Allow()
        if isinstance(verdict, Allow):
            return True
        if self._store.withhold(row, verdict, self._now()) and isinstance(verdict, Withheld):
            self._tell(row.key, State.WITHHELD, None)
        return False

    def _addressed(self, row: Row, publisher: Publisher) -> Envelope | None:
        """Return the envelope, or settle the row whose target cannot be addressed."""
        message = self._message(row.revision)
        try:
            return self._book.envelope(row, message)
        except (SecretMissing, PluginError) as problem:
            receipt = Receipt(key=row.key, outcome=Outcome.BAD_CONFIG, code="address", detail=str(problem))
        except CalendarkitError as problem:
            receipt = Receipt(key=row.key, outcome=Outcome.BAD_TARGET, code="gone", detail=str(problem))
        settlement = settle(receipt, self._situation(row, publisher.traits, alone=True))
        if self._store.refuse(row, receipt, settlement, self._now()):
            self._tell(row.key, settlement.state, receipt)
        return None

    def _envelope(self, row: Row) -> Envelope | None:
        """Return the envelope to ask with, or nothing: then it is asked again later."""
        message = self._message(row.revision)
        try:
            return self._book.envelope(row, message)
        except CalendarkitError:
            return None

    def _unavailable(self, channel: str, rows: Sequence[Row], detail: str) -> None:
        """Let the channel rest; its deliveries stay ready and the others go on."""
        receipt = Receipt(key=rows[0].key, outcome=Outcome.BAD_CONFIG, code="not-available", detail=detail)
        self._store.stop(channel, receipt, CHANNEL_REST, self._now())
        self._store.put_back(rows, self._now())
        self._tell(receipt.key, State.READY, receipt)

    def _judge(self, row: Row) -> Settlement:
        """Return what follows for a row whose sender never came back."""
        try:
            traits: Traits | None = self._book.publisher(row.delivery.channel).traits
        except PluginError:
            traits = None
        return settle(Receipt(key=row.key, outcome=Outcome.UNKNOWN), self._situation(row, traits))

    def _situation(
        self, row: Row, traits: Traits | None, started: int | None = None, *, alone: bool = False
    ) -> Situation:
        return Situation(
            traits=traits,
            on_unknown=row.delivery.on_unknown,
            now=self._now(),
            deadline=row.deadline,
            retries=row.retries,
            first_sent=row.first_sent if row.first_sent is not None else started,
            jitter=self._chance(),
            alone=alone,
        )

    def _tell(self, key: str, state: State, receipt: Receipt | None) -> None:
        if self._on_result is not None:
            with self._telling:
                self._on_result(Notice(key=key, state=state.name.lower(), receipt=receipt))

    def _now(self) -> int:
        return int(self._clock.now())


def _numbered(envelope: Envelope, attempt: int) -> Envelope:
    return envelope if envelope.attempt == attempt else replace(envelope, attempt=attempt)


def paces(publisher: Publisher, target: Target) -> tuple[Pace, ...]:
    """Return the rates that one message to ``target`` counts for; scopes name secrets and never hold them."""
    if publisher.traits.local:
        return ()
    return tuple(
        Pace(
            scope="/".join((publisher.name, rate.name, *_names(target, rate.by))),
            interval_ms=-(-int(rate.per * 1000) // rate.count),
            burst=max(1, rate.limit - rate.count),
        )
        for rate in publisher.limits.rates
    )


def _names(target: Target, fields: Sequence[str]) -> Iterator[str]:
    for field in fields:
        value = target.address.get(field, "")
        yield value.name if isinstance(value, Secret) else value
