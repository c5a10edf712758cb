"""The promises of the ledger, checked on any store after anything happened to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from calendarkit.edges.ledger.store import LEASE, Row, Store, Tried
from calendarkit.model.receipt import Outcome
from calendarkit.model.state import State

_OPEN = {State.PLANNED, State.READY, State.LEASED, State.SENDING}
_YES = {Outcome.DELIVERED, Outcome.DUPLICATE, Outcome.PARTIAL}


def broken_promises(
    store: Store, *, now: int, seen: Mapping[str, int] | None = None, repeats: bool = False, settling: int = 60
) -> tuple[str, ...]:
    """Return what does not hold, as sentences; empty when every promise is kept.

    Args:
        store: the ledger.
        now: epoch seconds; after a run of ``deliver``.
        seen: how often the world saw each delivery, by key; ``None`` when nobody counted.
        repeats: whether the channel may see a delivery twice, because repeating is harmless there or was asked for.
        settling: seconds the channel needs before it can be asked.
    """
    rows = store.rows()
    return (
        *_shape(store, rows),
        *(problem for row in rows for problem in _row(store, row, now, settling)),
        *_world(store, rows, seen or {}, repeats=repeats),
    )


def _shape(store: Store, rows: tuple[Row, ...]) -> Iterator[str]:
    if len({row.key for row in rows}) != len(rows):
        yield "I1: two rows have the same key"
    if sum(store.counts().values()) != len(rows):
        yield "I7: the states do not add up to the rows"


def _row(store: Store, row: Row, now: int, settling: int) -> Iterator[str]:
    tries = store.attempts(row.key)
    if sum(each.outcome is None for each in tries) > 1:
        yield f"I2: {row.key} has several open attempts"
    if row.state is not State.SENDING and any(each.outcome is None for each in tries):
        yield f"I2: {row.key} is {row.state.name} with an open attempt"
    if row.state is State.DELIVERED and not _proven(store, row, tries):
        yield f"I3: {row.key} is delivered without any evidence"
    if row.state in _OPEN and now > row.deadline + LEASE + settling:
        yield f"I5: {row.key} is still {row.state.name} long after its deadline"
    if [each.number for each in tries] != list(range(1, row.attempt + 1)):
        yield f"I6: the attempts of {row.key} have a gap"


def _proven(store: Store, row: Row, tries: tuple[Tried, ...]) -> bool:
    answered = any(each.outcome in _YES for each in tries) or row.outcome in _YES
    return answered or any(each.verb == "resolve --sent" for each in store.audit(row.key))


def _world(store: Store, rows: tuple[Row, ...], seen: Mapping[str, int], *, repeats: bool) -> Iterator[str]:
    by_key = {row.key: row for row in rows}
    for key, times in seen.items():
        if key not in by_key or times > by_key[key].attempt:
            yield f"I8: the world saw {key} without a durable attempt"
        elif times > 1 and not repeats and not any(each.verb == "retry" for each in store.audit(key)):
            yield f"I4: the world saw {key} {times} times"
    for row in rows:
        if seen and row.state is State.DELIVERED and row.proof != "staff" and not seen.get(row.key):
            yield f"I3: {row.key} is delivered and the world never saw it"
