"""The senders' half of the SQLite ledger: claims, durable intents, answers, and what was left behind."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from calendarkit.edges.ledger.database import Database
from calendarkit.edges.ledger.failures import LedgerFull
from calendarkit.edges.ledger.queries import queries
from calendarkit.edges.ledger.rows import read_row
from calendarkit.edges.ledger.store import LEASE, Attempt, Denied, Hold, Report, Row, Wish
from calendarkit.errors import LedgerError
from calendarkit.model.delivery import Withheld
from calendarkit.model.guarding import Postpone
from calendarkit.model.message import Message
from calendarkit.model.receipt import Outcome, Receipt
from calendarkit.model.state import State
from calendarkit.stages.pace import Pace, pace
from calendarkit.stages.settle import CHANNEL_REST, Settlement

_SQL = queries("sending")
_EVIDENCE = {Outcome.DELIVERED, Outcome.DUPLICATE, Outcome.PARTIAL}
_SOUND = {*_EVIDENCE, Outcome.WAITING, Outcome.BAD_CONTENT}
"""Answers which prove that the channel's configuration and the target's address are right."""


class SqliteSending:
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
        found = self._db.write(lambda db: db.execute(_SQL["claim"], asked).fetchall(), "claim")
        return tuple(sorted(map(read_row, found), key=lambda row: (row.not_before, row.id)))

    def message(self, revision: str) -> Message:
        """Return a frozen message."""
        found = self._db.read(lambda db: db.execute(_SQL["message"], (revision,)).fetchone())
        if found is None:
            raise LedgerError(f"{self._db.path}: message {revision} is not there")
        return Message.thaw(found[0])

    def intend(self, wishes: Sequence[Wish], now: float) -> tuple[Attempt | Denied, ...]:
        """Make intents durable, one answer per wish in order; fence, lease, deadline, rests and rates decide."""
        return self._db.write(lambda db: _intend_all(db, wishes, now), "intent")

    def record(self, reports: Sequence[Report], now: int) -> tuple[State, ...]:
        """Record answers; return each row's state afterwards."""
        return self._db.write(lambda db: _record_all(db, reports, now), "record", reserve=True)

    def exchange(
        self, reports: Sequence[Report], wishes: Sequence[Wish], now: float
    ) -> tuple[tuple[State, ...], tuple[Attempt | Denied, ...]]:
        """Record answers and make the next intents durable in one transaction: half the flushes."""
        if not reports:
            return (), self.intend(wishes, now)
        if not wishes:
            return self.record(reports, int(now)), ()
        try:
            return self._db.write(
                lambda db: (_record_all(db, reports, int(now)), _intend_all(db, wishes, now)), "record"
            )
        except LedgerFull:
            self.record(reports, int(now))
            raise

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
        return self._db.write(lambda db: max(db.executemany(_SQL["put_back"], values).rowcount, 0), reserve=True)

    def refuse(self, row: Row, receipt: Receipt, settlement: Settlement, now: int) -> bool:
        """Settle a claimed row that cannot even be tried (no address, no secret); ``False`` when the lease was lost."""

        def write(db: sqlite3.Connection) -> bool:
            if db.execute(_SQL["leased"], {"id": row.id, "fence": row.fence}).fetchone() is None:
                return False
            _move(db, row, receipt, settlement, now=now)
            _rest(db, row, receipt, settlement, now=now)
            return True

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

        def write(db: sqlite3.Connection) -> State:
            state, attempt = db.execute(_SQL["standing"], (row.id,)).fetchone()
            if (state, attempt) != (row.state, row.attempt):
                return State(state)
            if settlement.state is not row.state:
                _note(db, row, receipt, now)
            _move(db, row, receipt, settlement, now=now)
            return settlement.state

        return self._db.write(write, reserve=True)

    def stop(self, channel: str, receipt: Receipt, seconds: int, now: int) -> None:
        """Let a whole channel rest that could not even be connected."""
        values = _hold(channel, "", receipt, now) | {"until": now + seconds}
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
            write(_attend(db))


def _attend(db: sqlite3.Connection) -> int | None:
    held = db.execute(_SQL["any_hold"]).fetchone()
    found: int | None = db.execute(_SQL["attend_despite_holds" if held else "attend"]).fetchone()[0]
    return found


def _intend_all(db: sqlite3.Connection, wishes: Sequence[Wish], now: float) -> tuple[Attempt | Denied, ...]:
    held = db.execute(_SQL["any_hold"]).fetchone() is not None
    answers = []
    for wish in wishes:
        answers.append(_intend(db, wish, now, held=held))
        held = held or isinstance(answers[-1], Denied)
    return tuple(answers)


def _record_all(db: sqlite3.Connection, reports: Sequence[Report], now: int) -> tuple[State, ...]:
    states = tuple(_record(db, report, now) for report in reports)
    if db.execute(_SQL["any_hold"]).fetchone() is not None:
        for each in reports:
            if each.receipt.outcome in _SOUND:
                where = each.attempt.row.delivery
                asked = {"channel": where.channel, "target": where.target, "attempt": each.attempt.id}
                db.execute(_SQL["proven"], asked)
    return states


def _intend(db: sqlite3.Connection, wish: Wish, now: float, *, held: bool) -> Attempt | Denied:
    """Check everything once more and write the intent; or put the row back."""
    row, moment = wish.row, int(now)
    found = db.execute(_SQL["leased"], {"id": row.id, "fence": row.fence}).fetchone()
    if found is None or found[0] <= moment:
        return Denied(row=row, why="lost")
    if found[1] <= moment:
        db.execute(_SQL["put_back"], {"id": row.id, "fence": row.fence, "attend": moment, "now": moment})
        return Denied(row=row, why="expired")
    denied = (_resting(db, row, moment) if held else None) or _too_fast(db, wish, now)
    if denied is not None:
        db.execute(_SQL["put_back"], {"id": row.id, "fence": row.fence, "attend": moment, "now": moment})
        return denied
    (number,) = db.execute(_SQL["intend"], {"id": row.id, "now": moment, "until": moment + LEASE}).fetchone()
    values = {"id": row.id, "number": number, "fence": row.fence, "now": moment}
    (attempt,) = db.execute(_SQL["attempt"], values).fetchone()
    return Attempt(id=attempt, row=row, number=number, started=moment, paces=wish.paces)


def _resting(db: sqlite3.Connection, row: Row, now: int) -> Denied | None:
    """Return why the channel or target rests; where a rest is over, this row becomes its only probe."""
    channel, target = row.delivery.channel, row.delivery.target
    found = db.execute(_SQL["hold"], {"channel": channel, "target": target}).fetchall()
    for _, kind, until in found:
        if until > now:
            return Denied(row=row, why="rate" if kind == "rate" else "held", until=until)
    for place, kind, _ in found:
        values: dict[str, Any] = {"channel": channel, "target": place, "until": now + CHANNEL_REST}
        db.execute(_SQL["drop_hold" if kind == "rate" else "probe"], values)
    return None


def _too_fast(db: sqlite3.Connection, wish: Wish, now: float) -> Denied | None:
    """Take a token of every rate; when one has none, take none and let the target rest until then."""
    now_ms = int(now * 1000)
    taken: list[tuple[Pace, int]] = []
    free = 0
    for each in wish.paces:
        arrival, paused = db.execute(_SQL["scope"], (each.scope,)).fetchone() or (0, 0)
        fits, moment = pace(each, arrival_ms=arrival, now_ms=now_ms)
        free = max(free, paused if paused > now_ms else 0, 0 if fits else moment)
        taken.append((each, moment))
    if free:
        until = -(-free // 1000)
        receipt = Receipt(key=wish.row.key, outcome=Outcome.RATE_WAIT)
        delivery = wish.row.delivery
        db.execute(_SQL["rest"], _hold(delivery.channel, delivery.target, receipt, int(now)) | {"until": until})
        return Denied(row=wish.row, why="rate", until=until)
    for each, moment in taken:
        db.execute(_SQL["pace"], {"scope": each.scope, "arrival": moment})
    return None


def _record(db: sqlite3.Connection, report: Report, now: int) -> State:
    """Keep the answer for ever; move the row when the attempt is its last one or the answer is evidence."""
    attempt, receipt = report.attempt, report.receipt
    _keep(db, attempt.id, receipt, now)
    state, number = db.execute(_SQL["standing"], (attempt.row.id,)).fetchone()
    state = State(state)
    if state is State.DELIVERED:
        return state
    own = number == attempt.number and state in {State.SENDING, State.UNKNOWN}
    late = receipt.outcome in _EVIDENCE or (receipt.outcome is Outcome.WAITING and state < State.SENDING)
    if not own and not late:
        return state
    _move(db, attempt.row, receipt, report.settlement, now=now)
    _rest(db, attempt.row, receipt, report.settlement, now=now, attempt=attempt)
    return report.settlement.state


def _keep(db: sqlite3.Connection, attempt: int, receipt: Receipt, now: int) -> None:
    failed = json.dumps(receipt.failed, ensure_ascii=False) if receipt.failed else "[]"
    db.execute(_SQL["result"], {"attempt": attempt, "failed": failed, "now": now} | _said(receipt))


def _note(db: sqlite3.Connection, row: Row, receipt: Receipt, now: int) -> None:
    """Keep what was learned later with the attempt it is about."""
    found = db.execute(_SQL["open_attempt"], {"id": row.id, "number": row.attempt}).fetchone()
    if found is not None:
        _keep(db, found[0], receipt, now)


def _move(db: sqlite3.Connection, row: Row, receipt: Receipt, settlement: Settlement, *, now: int) -> None:
    values = {
        "id": row.id,
        "state": settlement.state,
        "attend": settlement.attend,
        "retried": int(settlement.retried),
        "now": now,
    }
    db.execute(_SQL["move"], values | _said(receipt))


def _rest(
    db: sqlite3.Connection,
    row: Row,
    receipt: Receipt,
    settlement: Settlement,
    *,
    now: int,
    attempt: Attempt | None = None,
) -> None:
    """Let the channel, the target or the scopes pause as the settlement says."""
    if not settlement.rest:
        return
    target = "" if settlement.rest == "channel" else row.delivery.target
    until = now + settlement.rest_seconds
    values = _hold(row.delivery.channel, target, receipt, now)
    db.execute(_SQL["rest"], values | {"until": until, "attempt": attempt.id if attempt else 0})
    if settlement.rest == "scope" and attempt is not None:
        for each in attempt.paces:
            db.execute(_SQL["pause"], {"scope": each.scope, "until": until * 1000})


def _hold(channel: str, target: str, receipt: Receipt, now: int) -> dict[str, Any]:
    kind = "rate" if receipt.outcome is Outcome.RATE_WAIT else "fault"
    return {"channel": channel, "target": target, "kind": kind, "now": now, "attempt": 0} | _said(receipt)


def _said(receipt: Receipt) -> dict[str, Any]:
    return {
        "outcome": receipt.outcome.value,
        "code": receipt.code,
        "detail": receipt.detail,
        "handle": receipt.handle,
        "proof": receipt.proof,
    }


def _reap(db: sqlite3.Connection, now: int, judge: Callable[[Row], Settlement]) -> list[tuple[Any, ...]]:
    moved: list[tuple[Any, ...]] = []
    for row in map(read_row, db.execute(_SQL["over_lease"], {"now": now}).fetchall()):
        if row.state is State.LEASED:
            db.execute(_SQL["put_back"], {"id": row.id, "fence": row.fence, "attend": now, "now": now})
            continue
        receipt = Receipt(
            key=row.key, outcome=Outcome.UNKNOWN, code="lease-over", detail="the sender did not come back"
        )
        _note(db, row, receipt, now)
        _move(db, row, receipt, judge(row), now=now)
        moved.append(db.execute(_SQL["by_id"], (row.id,)).fetchone())
    moved.extend(db.execute(_SQL["expire"], {"now": now}).fetchall())
    return moved
