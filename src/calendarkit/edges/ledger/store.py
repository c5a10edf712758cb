"""The one protocol that every database of the ledger speaks."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any, Protocol, Self

from calendarkit.edges.ledger.lines import (
    Admitted,
    Attempt,
    Audit,
    Denied,
    Figures,
    Hold,
    Mark,
    Report,
    Row,
    Run,
    Tried,
    Wish,
)
from calendarkit.model.delivery import Delivery, Plan, Withheld
from calendarkit.model.guarding import History, Postpone
from calendarkit.model.message import Broken, Message
from calendarkit.model.receipt import Receipt
from calendarkit.model.state import State
from calendarkit.model.text import Text
from calendarkit.stages.settle import Settlement

__all__ = [
    "LEASE", "Admitted", "Attempt", "Audit", "Denied", "Desk", "Figures", "Hold", "Mark", "Planning", "Report", "Row",
    "Run", "Sending", "Store", "Tried", "Wish",
]  # fmt: skip

LEASE = 60
"""Seconds a sender may hold a row; longer than the 15 s any send may take."""


class Planning(Protocol):
    """What the planner writes and reads."""

    def mark(self) -> Mark | None:
        """Return the high-water mark, ``None`` before the first admission."""
        ...

    def admit(self, plan: Plan, *, missed: Mapping[str, str], mark: int, now: int) -> Admitted:
        """Write the rows of ``plan`` that are not there yet and move the high-water mark, in one transaction.

        Args:
            plan: deliveries become ``PLANNED``, what is withheld ``WITHHELD``.
            missed: slot key → reason; deliveries of these slots become ``EXPIRED``.
            mark: the new high-water mark; one that lies before the old one changes nothing.
            now: epoch seconds.

        Raises:
            LedgerBusy: another process holds the ledger for longer than 10 s.
            LedgerFull: there is no space; nothing was written.
        """
        ...

    def to_render(self, now: int, limit: int = 1000) -> tuple[Row, ...]:
        """Return ``PLANNED`` rows that are due and not over, by instant, at most ``limit``."""
        ...

    def freeze(self, results: Iterable[tuple[int, Message | Broken]], now: int) -> int:
        """Store each message once and make its row ``READY``, or ``FAILED`` when broken; return how many moved."""
        ...

    def replan(self, changes: Iterable[tuple[Delivery, Row | None]], *, by: str, verb: str, now: int) -> int:
        """Promise deliveries anew, in one transaction; return how many rows that were.

        Args:
            changes: each delivery and the row it changes as it was read, ``None`` for one that is not there yet. The
                row becomes ``PLANNED`` again with the delivery's instants, item and offer; not when it moved meanwhile,
                and never when it may have left: only ``PLANNED``, ``READY``, ``EXPIRED``, ``WITHHELD`` and
                ``CANCELLED`` rows change, and none whose last answer was ``unknown``.
            by: who wants it; kept in the audit together with ``verb``, one line a row.
            verb: what was done, such as ``publish --slot``.
            now: epoch seconds.
        """
        ...

    def doubt(self, plan: Plan, *, mark: int, asked: Container[str], by: str, now: int) -> int:
        """Make ``UNKNOWN`` what a ledger restored from a backup cannot know; return how many rows that were.

        Args:
            plan: what fell due since the backup; its rows are added, what is withheld as ``WITHHELD``.
            mark: the new high-water mark. What was open and due before it is unknown too.
            asked: channels that can be asked; their rows are followed up at once, the others wait for a person.
            by: who says that it was restored; kept in the audit, one line a row.
            now: epoch seconds.
        """
        ...

    def fact(self, name: str) -> str:
        """Return what :meth:`set_fact` said last; empty when nobody ever did."""
        ...

    def set_fact(self, name: str, value: str) -> None:
        """Tell every machine that shares the ledger; writes nothing when it is known already."""
        ...

    def shown(self, column: str) -> Mapping[str, int]:
        """Return when ``column`` last showed each item of its pool: item id → epoch seconds of the slot."""
        ...

    def history(self, targets: Iterable[str] | None = None, since: int = 0) -> History:
        """Return what targets (all, when ``None``) received or are promised since then; parts of one slot once."""
        ...


class Sending(Protocol):
    """What senders need; every write checks the fence."""

    def due(self, channel: str, now: int, limit: int) -> tuple[int, ...]:
        """Return ids that may be claimed on ``channel``: the head of each target's queue, longest due first."""
        ...

    def channels_due(self, now: int) -> tuple[str, ...]:
        """Return the channels on which something is ready and due, sorted; some of it may rest."""
        ...

    def claim(self, ids: Sequence[int], now: int, lease: int = LEASE) -> tuple[Row, ...]:
        """Lease those of ``ids`` that may go now; what another sender holds is left out."""
        ...

    def message(self, revision: str) -> Message:
        """Return a frozen message."""
        ...

    def intend(self, wishes: Sequence[Wish], now: float) -> tuple[Attempt | Denied, ...]:
        """Make intents durable, one answer per wish in order; fence, lease, deadline, rests and rates decide."""
        ...

    def record(self, reports: Sequence[Report], now: int) -> tuple[State, ...]:
        """Record answers; return each row's state afterwards.

        The fence decides who may move a row, with one exception: evidence that it was delivered always counts.
        """
        ...

    def exchange(
        self, reports: Sequence[Report], wishes: Sequence[Wish], now: float
    ) -> tuple[tuple[State, ...], tuple[Attempt | Denied, ...]]:
        """Record answers and make the next intents durable in one transaction: half the flushes.

        Raises:
            LedgerFull: there is no space for intents; the answers were recorded if any reserve was left.
        """
        ...

    def withhold(self, row: Row, verdict: Withheld | Postpone, now: int) -> bool:
        """Withhold or postpone a claimed row; ``False`` when the lease was lost."""
        ...

    def put_back(self, rows: Sequence[Row], now: int) -> int:
        """Give claimed rows back unsent; return how many were still held."""
        ...

    def refuse(self, row: Row, receipt: Receipt, settlement: Settlement, now: int) -> bool:
        """Settle a claimed row that cannot even be tried (no address, no secret); ``False`` when the lease was lost."""
        ...

    def reap(self, now: int, judge: Callable[[Row], Settlement]) -> tuple[Row, ...]:
        """Put in order what senders left behind, and return the rows that moved, as they are now.

        ``LEASED`` past its lease is ``READY`` again; for ``SENDING`` past its lease ``judge`` says what follows; what
        is open past its deadline is ``EXPIRED``.
        """
        ...

    def follow_ups(self, now: int, limit: int) -> tuple[Row, ...]:
        """Take ``ACCEPTED`` and ``UNKNOWN`` rows that should be asked about; others will not get them for a lease."""
        ...

    def follow_up(self, row: Row, receipt: Receipt, settlement: Settlement, now: int) -> State:
        """Record what asking came to; return the row's state afterwards."""
        ...

    def stop(self, channel: str, receipt: Receipt, seconds: int, now: int) -> None:
        """Let a whole channel rest that could not even be connected."""
        ...

    def holds(self) -> tuple[Hold, ...]:
        """Return what rests because of its configuration or address, sorted by channel and target."""
        ...

    def lift(self, channel: str, target: str = "", *, before: int | None = None) -> int:
        """End the rest of a channel (and, without ``target``, of all its targets); ``before``: only older rests."""
        ...

    def next_ready(self, now: int) -> int | None:
        """Return the earliest instant after ``now`` from which a ``READY`` row may be claimed, ``None`` for never."""
        ...

    def attend(self) -> int | None:
        """Return the earliest instant at which an open row needs attention, ``None`` when there is none."""
        ...

    def quiescent(self, write: Callable[[int | None], None]) -> None:
        """Call ``write`` with :meth:`attend` while no other process can write; not at all when other machines may."""
        ...


class Desk(Protocol):
    """What people ask and do."""

    def row(self, key: str) -> Row | None:
        """Return the row of one delivery."""
        ...

    def rows(
        self,
        *,
        ids: Sequence[int] | None = None,
        prefix: str | None = None,
        column: str | None = None,
        day: str | None = None,
        target: str | None = None,
        states: Sequence[State] | None = None,
        channel: str | None = None,
        since: int | None = None,
        updated_since: int | None = None,
        limit: int | None = None,
    ) -> tuple[Row, ...]:
        """Return the rows that fit all that is given, by instant, then key.

        Args:
            ids: row ids.
            prefix: beginning of the key.
            column: id of the column.
            day: nominal local date, ``2026-11-25``.
            target: id of the group or store.
            states: any of these.
            channel: name of the publisher.
            since: slots at or after this instant.
            updated_since: rows that changed at or after this instant.
            limit: at most so many.
        """
        ...

    def attempts(self, key: str) -> tuple[Tried, ...]:
        """Return the attempts of one delivery and what they came to, oldest first."""
        ...

    def counts(self, day: str | None = None) -> Mapping[State, int]:
        """Return rows by state, of one nominal day or of all."""
        ...

    def figures(self, now: int) -> Figures:
        """Return the ledger in numbers."""
        ...

    def resolve(self, key: str, *, sent: bool, by: str, now: int) -> bool:
        """Say what became of an ``UNKNOWN`` or ``ACCEPTED`` row; ``False`` when it is neither."""
        ...

    def retry(self, key: str, by: str, now: int) -> bool:
        """Make a ``FAILED`` row ready again, or wake one that waits while its channel or target rests.

        Ends the rest of that channel and target. ``False`` for anything else: never what was delivered or is unknown,
        and never past the deadline.
        """
        ...

    def cancel(self, keys: Iterable[str], by: str, now: int, *, reason: Text | None = None) -> int:
        """Cancel what has not left, with a ``reason`` where there is one to tell; return how many rows that were."""
        ...

    def audit(self, key: str | None = None) -> tuple[Audit, ...]:
        """Return what operators did, oldest first."""
        ...

    def start_run(self, now: int) -> int:
        """Note that a run began; return its number."""
        ...

    def finish_run(self, run: int, *, took: float, figures: Mapping[str, int], error: str = "") -> None:
        """Note how a run ended; ``figures`` has ``due sent failed unknown expired withheld``, missing ones are 0."""
        ...

    def last_run(self) -> Run | None:
        """Return the last run that ended, else the one that is running, ``None`` before the first."""
        ...

    def export(self, **filters: Any) -> Iterable[Mapping[str, Any]]:
        """Yield rows as flat mappings, states by name; takes the filters of :meth:`rows`."""
        ...

    def integrity(self) -> tuple[str, ...]:
        """Return what is wrong with the ledger's file; empty when it is sound, or when that is a server's affair."""
        ...


class Store(Planning, Sending, Desk, Protocol):
    """The whole ledger."""

    def close(self) -> None:
        """Close every connection."""
        ...

    def __enter__(self) -> Self:
        """Return the ledger itself."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        ...
