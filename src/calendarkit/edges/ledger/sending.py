"""The senders' half of the ledger: claims, durable intents, answers, and what was left behind."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, cast

from calendarkit.edges.ledger.database import PRECIOUS, Database
from calendarkit.edges.ledger.exchange import exchange, hold, keep, move, put_back, rest
from calendarkit.edges.ledger.failures import LedgerFull
from calendarkit.edges.ledger.link import Link
from calendarkit.edges.ledger.queries import queries
from calendarkit.edges.ledger.rows import read_row
from calendarkit.edges.ledger.store import LEASE, Attempt, Denied, Hold, Report, Row, Wish
from calendarkit.errors import LedgerBusy, LedgerError
from calendarkit.model.delivery import Withheld
from calendarkit.model.guarding import Postpone
from calendarkit.model.message import Message
from calendarkit.model.receipt import Outcome, Receipt
from calendarkit.model.state import State
from calendarkit.stages.settle import Settlement

_SQL = queries("sending")


class SqlSending:
    """See :class:`calendarkit.edges.ledger.store.Sending`."""

    _db: Database

    def due(self, channel: str, now: int, limit: int) -> tuple[int, ...]:
        """Return ids that may be claimed on ``channel``: the head of each target's queue, longest due first."""
        asked = {"channel": channel, "now": now, "limit": limit}
        return tuple(each[0] for each in self._db.read(lambda db: db.execute(_SQL["due"], asked).fetchall()))

    def channels_due(self, now: int) -> tuple[str, ...]:
        """Return the channels on which something is ready and due, sorted; some of it may rest."""
        found = self._db.read(lambda db: db.execute(_SQL["channels_due"], {"now": now}).fetchall())
        return tuple(sorted(each[0] for each in found))

    def claim(self, ids: Sequence[int], now: int, lease: int = LEASE) -> tuple[Row, ...]:
        """Lease those of ``ids`` that may go now; what another sender holds is left out."""
        asked = {"ids": json.dumps(list(ids)), "now": now, "until": now + lease}

        def write(db: Link) -> list[Any]:
            db.execute(_SQL["turn"])
            return db.execute(_SQL["claim"], asked).fetchall()

        found = self._db.write(write, "claim")
        return tuple(sorted(map(read_row, found), key=lambda row: (row.not_before, row.id)))

    def message(self, revision: str) -> Message:
        """Return a frozen message."""
        found = self._db.read(lambda db: db.execute(_SQL["message"], (revision,)).fetchone())
        if found is None:
            raise LedgerError(f"{self._db.name}: message {revision} is not there")
        return Message.thaw(found[0])

    def intend(self, wishes: Sequence[Wish], now: float) -> tuple[Attempt | Denied, ...]:
        """Make intents durable, one answer per wish in order; fence, lease, deadline, rests and rates decide."""
        items: list[tuple[float, Report | Wish]] = [(now, wish) for wish in wishes]
        answers = self._db.write_all(exchange, items, "intent")
        return tuple(cast("Sequence[Attempt | Denied]", answers))

    def record(self, reports: Sequence[Report], now: int) -> tuple[State, ...]:
        """Record answers; return each row's state afterwards."""
        items: list[tuple[float, Report | Wish]] = [(now, each) for each in reports]
        states = self._db.write_all(exchange, items, "record", precious=PRECIOUS)
        return tuple(cast("Sequence[State]", states))

    def exchange(
        self, reports: Sequence[Report], wishes: Sequence[Wish], now: float
    ) -> tuple[tuple[State, ...], tuple[Attempt | Denied, ...]]:
        """Record answers and make the next intents durable in one transaction: half the flushes."""
        if not reports:
            return (), self.intend(wishes, now)
        if not wishes:
            return self.record(reports, int(now)), ()
        items: list[tuple[float, Report | Wish]] = [(now, report) for report in reports]
        items.extend((now, wish) for wish in wishes)
        try:
            found = self._db.write_all(exchange, items, "exchange")
        except (LedgerFull, LedgerBusy):
            self.record(reports, int(now))
            raise
        states = cast("Sequence[State]", found[: len(reports)])
        return tuple(states), tuple(cast("Sequence[Attempt | Denied]", found[len(reports) :]))

    def withhold(self, row: Row, verdict: Withheld | Postpone, now: int) -> bool:
        """Withhold or postpone a claimed row; ``False`` when the lease was lost."""
        if isinstance(verdict, Postpone) and verdict.until < row.deadline:
            return self.put_back([row], max(now, verdict.until)) == 1
        guard = verdict.guard if isinstance(verdict, Withheld) else ""
        reason = verdict.reason
        values = {"id": row.id, "fence": row.fence, "guard": guard, "zh": reason.zh, "en": reason.en, "now": now}
        return self._db.write(lambda db: db.execute(_SQL["withhold"], values).rowcount) == 1

    def put_back(self, rows: Sequence[Row], now: int) -> int:
        """Give claimed rows back unsent; return how many were still held."""
        values = [{"id": row.id, "fence": row.fence, "attend": now, "now": now} for row in rows]
        return self._db.write(lambda db: max(db.executemany(_SQL["put_back"], values).rowcount, 0), precious=PRECIOUS)

    def refuse(self, row: Row, receipt: Receipt, settlement: Settlement, now: int) -> bool:
        """Settle a claimed row that cannot even be tried (no address, no secret); ``False`` when the lease was lost."""

        def write(db: Link) -> bool:
            held = put_back(db, row, now, now=now)
            if held:
                move(db, [(row.id, receipt, settlement)], now)
                rest(db, row, receipt, settlement, now=now)
            return held

        return self._db.write(write)

    def reap(self, now: int, judge: Callable[[Row], Settlement]) -> tuple[Row, ...]:
        """Put in order what senders left behind, and return the rows that moved, as they are now."""
        if not self._db.read(lambda db: db.execute(_SQL["reapable"], {"now": now}).fetchone()):
            return ()
        return tuple(map(read_row, self._db.write(lambda db: _reap(db, now, judge))))

    def follow_ups(self, now: int, limit: int) -> tuple[Row, ...]:
        """Take ``ACCEPTED`` and ``UNKNOWN`` rows that should be asked about; others will not get them for a lease."""
        if not self._db.read(lambda db: db.execute(_SQL["any_follow_up"], {"now": now}).fetchone()):
            return ()
        asked = {"now": now, "until": now + LEASE, "limit": limit}
        return tuple(map(read_row, self._db.write(lambda db: db.execute(_SQL["follow_ups"], asked).fetchall())))

    def follow_up(self, row: Row, receipt: Receipt, settlement: Settlement, now: int) -> State:
        """Record what asking came to; return the row's state afterwards."""

        def write(db: Link) -> State:
            ((_, state, attempt, *_),) = db.execute(_SQL["standing"], {"ids": json.dumps([row.id])}).fetchall()
            if (state, attempt) != (row.state, row.attempt):
                return State(state)
            if settlement.state is not row.state:
                _note(db, row, receipt, now)
            move(db, [(row.id, receipt, settlement)], now)
            return settlement.state

        return self._db.write(write, precious=PRECIOUS)

    def stop(self, channel: str, receipt: Receipt, seconds: int, now: int) -> None:
        """Let a whole channel rest that could not even be connected."""
        values = hold(channel, "", receipt, now) | {"until": now + seconds}
        self._db.write(lambda db: db.execute(_SQL["rest"], values))

    def holds(self) -> tuple[Hold, ...]:
        """Return what rests because of its configuration or address, sorted by channel and target."""
        found = self._db.read(lambda db: db.execute(_SQL["holds"]).fetchall())
        names = ("channel", "target", "until", "since", "outcome", "code", "detail")
        return tuple(Hold(**dict(zip(names, each, strict=True))) for each in found)

    def lift(self, channel: str, target: str = "", *, before: int | None = None) -> int:
        """End the rest of a channel (and, without ``target``, of all its targets); ``before``: only older rests."""
        asked = {"channel": channel, "target": target, "before": before}
        return self._db.write(lambda db: db.execute(_SQL["lift"], asked).rowcount)

    def next_ready(self, now: int) -> int | None:
        """Return the earliest instant after ``now`` from which a ``READY`` row may be claimed, ``None`` for never."""
        found: int | None = self._db.read(lambda db: db.execute(_SQL["next_ready"], {"now": now}).fetchone()[0])
        return found

    def attend(self) -> int | None:
        """Return the earliest instant at which an open row needs attention, ``None`` when there is none."""
        return self._db.read(_attend)

    def quiescent(self, write: Callable[[int | None], None]) -> None:
        """Call ``write`` with :meth:`attend` while no other process can write to the ledger."""
        with self._db.still() as db:
            if db is not None:
                write(_attend(db))


def _attend(db: Link) -> int | None:
    held = db.execute(_SQL["any_hold"]).fetchone()
    found: int | None = db.execute(_SQL["attend_despite_holds" if held else "attend"]).fetchone()[0]
    return found


def _note(db: Link, row: Row, receipt: Receipt, now: int) -> None:
    """Keep what was learned later with the attempt it is about."""
    found = db.execute(_SQL["open_attempt"], {"id": row.id, "number": row.attempt}).fetchone()
    if found is not None:
        keep(db, [(found[0], receipt)], now)


def _reap(db: Link, now: int, judge: Callable[[Row], Settlement]) -> list[tuple[Any, ...]]:
    moved: list[tuple[Any, ...]] = []
    for row in map(read_row, db.execute(_SQL["over_lease"], {"now": now}).fetchall()):
        if row.state is State.LEASED:
            put_back(db, row, now, now=now)
            continue
        receipt = Receipt(
            key=row.key, outcome=Outcome.UNKNOWN, code="lease-over", detail="the sender did not come back"
        )
        _note(db, row, receipt, now)
        move(db, [(row.id, receipt, judge(row))], now)
        moved.append(db.execute(_SQL["by_id"], (row.id,)).fetchone())
    db.execute(_SQL["forget_holds"], {"now": now})
    moved.extend(db.execute(_SQL["expire"], {"now": now}).fetchall())
    return moved
