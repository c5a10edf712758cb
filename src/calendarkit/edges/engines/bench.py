"""The bench: what an engine calls to get a batch done in this process, by senders of its own."""

from __future__ import annotations

import threading
from dataclasses import replace

from calendarkit.edges.courier import Courier
from calendarkit.edges.engines.local import LocalEngine
from calendarkit.extend.lent import PluginContext
from calendarkit.extend.working import Batch

WAIT = 0.2
"""Seconds between two looks whether a sender is free."""


class Bench:
    """Claims by id and sends; see :class:`calendarkit.extend.Work`.

    What is sent where stands in the ledger, not in the hint: one that came from elsewhere does no harm.
    """

    def __init__(self, courier: Courier, context: PluginContext, *, senders: int = 1) -> None:
        """Work with the channels of ``courier`` in so many threads."""
        self._courier, self._context, self._senders = courier, context, senders
        self._engine = LocalEngine(self._run, senders)
        self._first = threading.Lock()

    @property
    def context(self) -> PluginContext:
        """What the core lends the engine."""
        return self._context

    def __call__(self, batch: Batch, /) -> None:
        """Share a batch out among the senders; a channel that has not answered yet gets one delivery first.

        Raises:
            LedgerError: the ledger failed; nothing was sent without a durable intent.
        """
        ids = batch.ids if batch.kind == "send" else ()
        with self._first:
            while ids and batch.scope not in self._courier.proven:
                self._run(replace(batch, ids=ids[:1]))
                ids = ids[1:]
        size = max(-(-len(ids) // self._senders), 1)
        for start in range(0, len(ids), size):
            while not self._engine.capacity("send") and self._engine.failure is None:
                self._engine.wait(WAIT)
            if self._engine.failure is not None:
                raise self._engine.failure
            self._engine.submit(replace(batch, ids=ids[start : start + size]))

    def close(self) -> None:
        """Finish what runs."""
        self._engine.close()

    def _run(self, batch: Batch) -> None:
        """Claim, and send each row by the channel that the ledger names."""
        rows = self._courier.claim(batch)
        for channel in sorted({row.delivery.channel for row in rows}):
            self._courier.carry(channel, [row for row in rows if row.delivery.channel == channel])
