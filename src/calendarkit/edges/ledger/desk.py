"""The people's half of the ledger: what they ask, and what they may do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from calendarkit.edges.ledger.database import PRECIOUS, Database
from calendarkit.edges.ledger.link import Link
from calendarkit.edges.ledger.queries import Statement, queries
from calendarkit.edges.ledger.rows import read_row
from calendarkit.edges.ledger.store import Audit, Row, Run, Tried
from calendarkit.model.receipt import Outcome
from calendarkit.model.state import State
from calendarkit.model.text import Text

_SQL = queries("desk")
_FIGURES = ("due", "sent", "failed", "unknown", "expired", "withheld")


class SqlDesk:
    """See :class:`calendarkit.edges.ledger.store.Desk`."""

    _db: Database

    def row(self, key: str) -> Row | None:
        """Return the row of one delivery."""
        found = self._db.read(lambda db: db.execute(_SQL["row"], (key,)).fetchone())
        return None if found is None else read_row(found)

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
        """Return the rows that fit all that is given, by instant, then key."""
        asked: dict[str, Any] = {
            "ids": None if ids is None else json.dumps(list(ids)),
            "prefix": prefix,
            "column": column,
            "day": day,
            "target": target,
            "states": None if states is None else json.dumps([int(state) for state in states]),
            "channel": channel,
            "since": since,
            "updated_since": updated_since,
        }
        given = {name: value for name, value in asked.items() if value is not None}
        parts = [_SQL[f"with_{name}"] for name in given]
        if states and max(states) < State.DELIVERED:
            parts.append(_SQL["open_only"])
        query = _select(parts)
        given["limit"] = limit
        return tuple(map(read_row, self._db.read(lambda db: db.execute(query, given).fetchall())))

    def attempts(self, key: str) -> tuple[Tried, ...]:
        """Return the attempts of one delivery and what they came to, oldest first."""
        found = self._db.read(lambda db: db.execute(_SQL["attempts"], (key,)).fetchall())
        return tuple(map(_tried, found))

    def counts(self, day: str | None = None) -> Mapping[State, int]:
        """Return rows by state, of one nominal day or of all."""
        return self._db.read(lambda db: _counts(db, day))

    def resolve(self, key: str, *, sent: bool, by: str, now: int) -> bool:
        """Say what became of an ``UNKNOWN`` or ``ACCEPTED`` row; ``False`` when it is neither."""
        state = State.DELIVERED if sent else State.FAILED
        asked = {"key": key, "state": state, "proof": "staff" if sent else "none", "now": now}
        note = {"key": key, "by": by, "verb": "resolve --sent" if sent else "resolve --not-sent", "now": now}

        def write(db: Link) -> bool:
            moved = db.execute(_SQL["resolve"], asked).rowcount == 1
            if moved:
                db.execute(_SQL["note"], note)
            return moved

        return self._db.write(write)

    def retry(self, key: str, by: str, now: int) -> bool:
        """Make a ``FAILED`` row ready again, or wake one that waits while its channel or target rests."""
        asked = {"key": key, "now": now}

        def write(db: Link) -> bool:
            failed = db.execute(_SQL["retry"], asked).fetchone()
            where = failed or db.execute(_SQL["waiting"], asked).fetchone() or ("", "")
            lifted = db.execute(_SQL["lift"], {"channel": where[0], "target": where[1]}).rowcount
            done = failed is not None or lifted > 0
            if done:
                db.execute(_SQL["note"], {"key": key, "by": by, "verb": "retry", "now": now})
            return done

        return self._db.write(write)

    def cancel(self, keys: Iterable[str], by: str, now: int, *, reason: Text | None = None) -> int:
        """Cancel what has not left, with a ``reason`` where there is one to tell; return how many rows that were."""
        wanted = list(keys)
        said = {"zh": reason.zh if reason else "", "en": reason.en if reason else "", "now": now}

        def write(db: Link) -> int:
            moved = [key for key in wanted if db.execute(_SQL["cancel"], {**said, "key": key}).rowcount]
            db.executemany(_SQL["note"], [{"key": key, "by": by, "verb": "cancel", "now": now} for key in moved])
            return len(moved)

        return self._db.write(write)

    def overdue(self, now: int) -> int:
        """Return how many rows should have gone already and may still go."""
        return int(self._db.read(lambda db: db.execute(_SQL["overdue"], {"now": now}).fetchone())[0])

    def audit(self, key: str | None = None) -> tuple[Audit, ...]:
        """Return what operators did, oldest first."""
        found = self._db.read(lambda db: db.execute(_SQL["audit"], {"key": key}).fetchall())
        return tuple(Audit(at=at, who=who, verb=verb, key=about) for at, who, verb, about in found)

    def start_run(self, now: int) -> int:
        """Note that a run began; return its number."""

        def write(db: Link) -> int:
            (run,) = db.execute(_SQL["start_run"], {"now": now}).fetchone()
            db.execute(_SQL["old_runs"], {"run": run})
            return int(run)

        return self._db.write(write)

    def finish_run(self, run: int, *, took: float, figures: Mapping[str, int], error: str = "") -> None:
        """Note how a run ended; ``figures`` has ``due sent failed unknown expired withheld``, missing ones are 0."""
        values = {name: figures.get(name, 0) for name in _FIGURES}
        values_of_run = {**values, "run": run, "took_ms": round(took * 1000), "error": error}
        self._db.write(lambda db: db.execute(_SQL["finish_run"], values_of_run), precious=PRECIOUS)

    def last_run(self) -> Run | None:
        """Return the last run that ended, else the one that is running, ``None`` before the first."""
        return self._db.read(lambda db: _run(db.execute(_SQL["last_run"]).fetchone()))

    def export(self, **filters: Any) -> Iterator[Mapping[str, Any]]:
        """Yield rows as flat mappings, states by name; takes the filters of :meth:`rows`."""
        for row in self.rows(**filters):
            yield _flat(row)

    def integrity(self) -> tuple[str, ...]:
        """Return what is wrong with the ledger's file; empty when it is sound, or when that is a server's affair."""
        found = self._db.read(lambda db: db.execute(_SQL["integrity"]).fetchall())
        return tuple(each[0] for each in found if each[0] != "ok")


def _select(parts: Sequence[Statement]) -> Statement:
    """Return the statement that finds the rows which fit all ``parts``."""
    where = " AND ".join(parts) or "true"
    elsewhere = " AND ".join(part.postgres for part in parts) or "true"
    first, last = _SQL["rows"], _SQL["in_order"]
    return Statement(f"{first} WHERE {where} {last}", f"{first.postgres} WHERE {elsewhere} {last.postgres}")


def _counts(db: Link, day: str | None) -> Mapping[State, int]:
    found = db.execute(_SQL["counts"] if day is None else _SQL["counts_of_day"], {"day": day}).fetchall()
    return {State(state): count for state, count in found}


def _tried(values: tuple[Any, ...]) -> Tried:
    number, attempt, started, ended, outcome, code, detail, handle, proof = values
    return Tried(
        id=number,
        number=attempt,
        started=started,
        ended=ended,
        outcome=None if outcome is None else Outcome(outcome),
        code=code or "",
        detail=detail or "",
        handle=handle or "",
        proof=proof or "none",
    )


def _run(values: tuple[Any, ...] | None) -> Run | None:
    if values is None:
        return None
    number, started, took_ms, *rest, error = values
    took = None if took_ms is None else took_ms / 1000
    return Run(id=number, started=started, took=took, error=error, **dict(zip(_FIGURES, rest, strict=True)))


def _flat(row: Row) -> Mapping[str, Any]:
    delivery, slot = row.delivery, row.delivery.slot
    return {
        "key": row.key,
        "column": slot.column,
        "day": slot.day.isoformat(),
        "slot": slot.name,
        "target": delivery.target,
        "store": delivery.store,
        "channel": delivery.channel,
        "part": delivery.part,
        "state": row.state.name.lower(),
        "at": row.at,
        "deadline": row.deadline,
        "attempts": row.attempt,
        "outcome": row.outcome,
        "code": row.code,
        "detail": row.detail,
        "handle": row.handle,
        "proof": row.proof,
        "guard": row.guard,
        "reason_zh": row.reason.zh if row.reason else "",
        "reason_en": row.reason.en if row.reason else "",
        "revision": row.revision,
        "updated": row.updated,
    }
