"""The exchange: answers that came back and intents that are about to leave, many of each in one go."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from calendarkit.edges.ledger.link import Link
from calendarkit.edges.ledger.queries import queries
from calendarkit.edges.ledger.store import LEASE, Attempt, Denied, Report, Row, Wish
from calendarkit.model.receipt import Outcome, Receipt
from calendarkit.model.state import State
from calendarkit.stages.pace import pace
from calendarkit.stages.settle import CHANNEL_REST, Settlement

_SQL = queries("sending")
_EVIDENCE = {Outcome.DELIVERED, Outcome.DUPLICATE, Outcome.PARTIAL}
_SOUND = {*_EVIDENCE, Outcome.WAITING, Outcome.BAD_CONTENT}
"""Answers which prove that the channel's configuration and the target's address are right."""


@dataclass(slots=True)
class _Standing:
    """Where a row stands inside this transaction, which holds it until its end."""

    state: int
    attempt: int
    fence: int
    lease_until: int | None
    deadline: int


def exchange(db: Link, items: Sequence[tuple[float, Report | Wish]]) -> Sequence[State | Attempt | Denied]:
    """Record every report, then decide every wish; return a state for the one, an attempt or denial for the other.

    Runs inside a transaction that several threads share: a few statements serve them all.
    """
    now = max(moment for moment, _ in items)
    reports = [item for _, item in items if isinstance(item, Report)]
    wishes = [item for _, item in items if isinstance(item, Wish)]
    ids = [*(each.attempt.row.id for each in reports), *(each.row.id for each in wishes)]
    rows = db.execute(_SQL["standing"], {"ids": json.dumps(ids)}).fetchall()
    standing = {row: _Standing(*values) for row, *values in rows}
    held = db.execute(_SQL["any_hold"]).fetchone() is not None
    states = iter(_record(db, reports, standing, int(now), held=held) if reports else ())
    held = held or any(each.settlement.rest for each in reports)
    answers = iter(_intend(db, wishes, standing, now, held=held) if wishes else ())
    return [next(states) if isinstance(item, Report) else next(answers) for _, item in items]


def _record(
    db: Link, reports: Sequence[Report], standing: dict[int, _Standing], now: int, *, held: bool
) -> list[State]:
    """Keep the answers for ever; move a row when the attempt is its last one or the answer is evidence."""
    keep(db, [(each.attempt.id, each.receipt) for each in reports], now)
    states: list[State] = []
    moves: dict[int, tuple[int, Receipt, Settlement]] = {}
    for each in reports:
        row, found = each.attempt.row, standing[each.attempt.row.id]
        if _counts(each, found):
            found.state = each.settlement.state
            moves[row.id] = (row.id, each.receipt, each.settlement)
            rest(db, row, each.receipt, each.settlement, now=now, attempt=each.attempt)
        states.append(State(found.state))
    move(db, tuple(moves.values()), now)
    if held or any(each.settlement.rest for each in reports):
        _prove(db, reports)
    return states


def _counts(report: Report, found: _Standing) -> bool:
    """Return whether the answer may move the row: its own attempt's may, and evidence that it is there always."""
    if found.state == State.DELIVERED:
        return False
    outcome = report.receipt.outcome
    own = found.attempt == report.attempt.number and found.state in {State.SENDING, State.UNKNOWN}
    return own or outcome in _EVIDENCE or (outcome is Outcome.WAITING and found.state < State.SENDING)


def _prove(db: Link, reports: Sequence[Report]) -> None:
    """End the rests that a later, sound answer has disproved."""
    for each in reports:
        if each.receipt.outcome in _SOUND:
            where = each.attempt.row.delivery
            asked = {"channel": where.channel, "target": where.target, "attempt": each.attempt.id}
            db.execute(_SQL["proven"], asked)


def _intend(
    db: Link, wishes: Sequence[Wish], standing: dict[int, _Standing], now: float, *, held: bool
) -> list[Attempt | Denied]:
    """Check everything once more and write the intents; what is denied is put back."""
    moment = int(now)
    rates = _Rates(db, wishes, now)
    answers: list[Attempt | Denied | None] = []
    for wish in wishes:
        found = standing.get(wish.row.id)
        answer: Attempt | Denied | None = _written_already(db, wish, found) or _obstacle(wish.row, found, moment)
        if answer is None and held:
            answer = _resting(db, wish.row, moment)
        answer = answer or rates.take(wish)
        if isinstance(answer, Denied):
            put_back(db, wish.row, moment, now=moment)
        answers.append(answer)
    rates.save()
    allowed = [wish.row.id for wish, answer in zip(wishes, answers, strict=True) if answer is None]
    written = _write(db, allowed, moment)
    return [
        answer or _attempt(wish, written[wish.row.id], moment) for wish, answer in zip(wishes, answers, strict=True)
    ]


def _attempt(wish: Wish, written: tuple[int, int], now: int) -> Attempt:
    number, attempt = written
    return Attempt(id=number, row=wish.row, number=attempt, started=now, paces=wish.paces)


def _write(db: Link, ids: Sequence[int], now: int) -> dict[int, tuple[int, int]]:
    """Write the intents; return attempt id and number by row."""
    if not ids:
        return {}
    asked = {"ids": json.dumps(ids), "now": now, "until": now + LEASE}
    db.execute(_SQL["intend"], asked)
    return {row: (attempt, number) for row, attempt, number in db.execute(_SQL["attempt"], asked).fetchall()}


def _written_already(db: Link, wish: Wish, found: _Standing | None) -> Attempt | None:
    """Return the intent that an earlier try of this transaction wrote, when its commit came through after all.

    Nobody else can have written it: the fence is this sender's own, and it asks once for each claim.
    """
    row = wish.row
    if not db.doubtful or found is None or (found.state, found.fence) != (State.SENDING, row.fence):
        return None
    if found.attempt != row.attempt + 1:
        return None
    asked = {"id": row.id, "number": found.attempt}
    number, started = db.execute(_SQL["own_attempt"], asked).fetchone()
    return Attempt(id=number, row=row, number=found.attempt, started=started, paces=wish.paces)


def _obstacle(row: Row, found: _Standing | None, now: int) -> Denied | None:
    """Return what lease and deadline say against it."""
    if found is None or (found.state, found.fence) != (State.LEASED, row.fence) or (found.lease_until or 0) <= now:
        return Denied(row=row, why="lost")
    return Denied(row=row, why="expired") if found.deadline <= now else None


def _resting(db: Link, row: Row, now: int) -> Denied | None:
    """Return why the channel or target rests; where a rest is over, this row becomes its only probe."""
    channel, target = row.delivery.channel, row.delivery.target
    found = db.execute(_SQL["hold"], {"channel": channel, "target": target}).fetchall()
    for _, kind, until in found:
        if until > now:
            return Denied(row=row, why="rate" if kind == "rate" else "held", until=until)
    for place, kind, _ in found:
        values: dict[str, Any] = {"channel": channel, "target": place}
        if kind == "rate":
            db.execute(_SQL["drop_hold"], values)
        else:
            db.execute(_SQL["probe"], values | {"until": now + CHANNEL_REST})
    return None


class _Rates:
    """The rates that a transaction touches."""

    def __init__(self, db: Link, wishes: Sequence[Wish], now: float) -> None:
        self._db, self._now, self._now_ms = db, int(now), int(now * 1000)
        self._taken: dict[str, int] = {}
        self._found: dict[str, tuple[int, int]] = {}
        scopes = sorted({each.scope for wish in wishes for each in wish.paces})
        if scopes:
            rows = db.execute(_SQL["scopes"], {"scopes": json.dumps(scopes)}).fetchall()
            self._found = {scope: (arrival, paused) for scope, arrival, paused in rows}

    def take(self, wish: Wish) -> Denied | None:
        """Take a token of every rate; when one has none, take none and let the target rest until then."""
        taken: dict[str, int] = {}
        free = 0
        for each in wish.paces:
            arrival, paused = self._found.get(each.scope, (0, 0))
            arrival = self._taken.get(each.scope, arrival)
            fits, moment = pace(each, arrival_ms=arrival, now_ms=self._now_ms)
            free = max(free, paused if paused > self._now_ms else 0, 0 if fits else moment)
            taken[each.scope] = moment
        if not free:
            self._taken.update(taken)
            return None
        until = -(-free // 1000)
        where, receipt = wish.row.delivery, Receipt(key=wish.row.key, outcome=Outcome.RATE_WAIT)
        self._db.execute(_SQL["rest"], hold(where.channel, where.target, receipt, self._now) | {"until": until})
        return Denied(row=wish.row, why="rate", until=until)

    def save(self) -> None:
        """Write what was taken."""
        if self._taken:
            self._db.execute(_SQL["pace"], {"arrivals": json.dumps(self._taken)})


def put_back(db: Link, row: Row, attend: int, *, now: int) -> bool:
    """Make a leased row ready again from ``attend`` on; ``False`` when the lease was lost."""
    values = {"id": row.id, "fence": row.fence, "attend": attend, "now": now}
    return db.execute(_SQL["put_back"], values).rowcount == 1


def keep(db: Link, results: Sequence[tuple[int, Receipt]], now: int) -> None:
    """Append answers to their attempts."""
    rows = [
        (attempt, each.outcome, each.code, each.detail, each.handle, each.proof, _list(each.failed))
        for attempt, each in results
    ]
    db.execute(_SQL["results"], {"rows": json.dumps(rows, ensure_ascii=False), "now": now})


def _list(failed: tuple[str, ...]) -> str:
    return json.dumps(failed, ensure_ascii=False) if failed else "[]"


def move(db: Link, moves: Sequence[tuple[int, Receipt, Settlement]], now: int) -> None:
    """Move rows to where their settlements say."""
    if not moves:
        return
    rows = [
        (
            row,
            to.state,
            to.attend,
            int(to.retried),
            each.outcome,
            each.code,
            each.detail,
            each.handle,
            each.proof,
        )
        for row, each, to in moves
    ]
    db.execute(_SQL["move"], {"rows": json.dumps(rows, ensure_ascii=False), "now": now})


def rest(
    db: Link,
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
    values = hold(row.delivery.channel, target, receipt, now)
    db.execute(_SQL["rest"], values | {"until": until, "attempt": attempt.id if attempt else 0})
    if settlement.rest == "scope" and attempt is not None:
        for each in attempt.paces:
            db.execute(_SQL["pause"], {"scope": each.scope, "until": until * 1000})


def hold(channel: str, target: str, receipt: Receipt, now: int) -> dict[str, Any]:
    """Return the parameters of a rest."""
    return {
        "channel": channel,
        "target": target,
        "kind": "rate" if receipt.outcome is Outcome.RATE_WAIT else "fault",
        "now": now,
        "attempt": 0,
        "outcome": receipt.outcome.value,
        "code": receipt.code,
        "detail": receipt.detail,
    }
