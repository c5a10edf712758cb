"""The planner's half of the ledger: admitting what is due, freezing what was rendered."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from typing import Any

from calendarkit.edges.ledger.database import Database
from calendarkit.edges.ledger.link import Link
from calendarkit.edges.ledger.queries import queries
from calendarkit.edges.ledger.rows import planned_values, read_row, values_of_slot
from calendarkit.edges.ledger.store import Admitted, Mark, Row
from calendarkit.model.delivery import Delivery, Plan
from calendarkit.model.guarding import History, Sent
from calendarkit.model.message import Broken, Message
from calendarkit.model.state import State

_SQL = queries("planning")
RESTORED = "restored"
"""Code of rows that a restored ledger cannot know about."""


class SqlPlanning:
    """See :class:`calendarkit.edges.ledger.store.Planning`."""

    _db: Database

    def mark(self) -> Mark | None:
        """Return the high-water mark, ``None`` before the first admission."""
        found = self._db.read(lambda db: db.execute(_SQL["mark"]).fetchone())
        return None if found is None else Mark(instant=found[0], created=found[1])

    def admit(self, plan: Plan, *, missed: Mapping[str, str], mark: int, now: int) -> Admitted:
        """Write the rows of ``plan`` that are not there yet and move the high-water mark, in one transaction."""
        distinct = {id(each.slot): each.slot for each in plan.deliveries}
        slots = {number: values_of_slot(slot) for number, slot in distinct.items()}
        late: list[tuple[Any, ...]] = []
        wanted: list[tuple[Any, ...]] = []
        for each in plan.deliveries:
            values = slots[id(each.slot)]
            # one slot on several clocks may be missed on one and due on another
            reason = missed.get(values[0]) if each.slot.deadline <= now else None
            if reason is None:
                wanted.append(_planned(each, now, values))
            else:
                late.append((*planned_values(each, values), State.EXPIRED, None, "", "missed", reason, reason, now))
        held = [
            (*planned_values(each.delivery), State.WITHHELD, None, each.guard, "", each.reason.zh, each.reason.en, now)
            for each in plan.withheld
        ]
        promised = (
            each
            for each in plan.deliveries
            if each.item and (each.slot.deadline > now or slots[id(each.slot)][0] not in missed)
        )
        shown = sorted({(each.slot.column, each.item, each.slot.at) for each in promised})

        def write(db: Link) -> Admitted:
            added = [db.executemany(_SQL["admit"], rows).rowcount for rows in (wanted, held, late)]
            db.executemany(_SQL["show"], shown)
            db.execute(_SQL["move_mark"], {"mark": mark, "now": now})
            return Admitted(new=max(added[0], 0), withheld=max(added[1], 0), missed=max(added[2], 0))

        return self._db.write(write)

    def to_render(self, now: int, limit: int = 1000) -> tuple[Row, ...]:
        """Return ``PLANNED`` rows that are due and not over, by instant, at most ``limit``."""
        asked = {"now": now, "limit": limit}
        return tuple(map(read_row, self._db.read(lambda db: db.execute(_SQL["to_render"], asked).fetchall())))

    def freeze(self, results: Iterable[tuple[int, Message | Broken]], now: int) -> int:
        """Store each message once and make its row ``READY``, or ``FAILED`` when broken; return how many moved."""
        revisions: dict[Message, str] = {}
        frozen: dict[str, str] = {}
        ready: list[Mapping[str, Any]] = []
        broken: list[Mapping[str, Any]] = []
        for row_id, result in results:
            if isinstance(result, Broken):
                broken.append(_broken(row_id, result, now))
                continue
            revision = revisions.get(result)
            if revision is None:
                revision = revisions[result] = result.revision
                frozen[revision] = result.frozen()
            ready.append({"id": row_id, "revision": revision, "now": now})

        def write(db: Link) -> int:
            db.executemany(_SQL["keep_message"], [{"revision": r, "frozen": f} for r, f in frozen.items()])
            moved = [db.executemany(_SQL["freeze"], ready).rowcount, db.executemany(_SQL["broken"], broken).rowcount]
            return sum(max(count, 0) for count in moved)

        return self._db.write(write)

    def replan(self, changes: Iterable[tuple[Delivery, Row | None]], *, by: str, verb: str, now: int) -> int:
        """Promise deliveries anew, keeping what may have left as it is; return how many rows that were."""
        wanted = list(changes)

        def write(db: Link) -> int:
            moved = [each.key for each, row in wanted if _replan(db, each, row, now)]
            db.executemany(_SQL["note"], [{"key": key, "by": by, "verb": verb, "now": now} for key in moved])
            return len(moved)

        return self._db.write(write)

    def doubt(self, plan: Plan, *, mark: int, asked: Container[str], by: str, now: int) -> int:
        """Make ``UNKNOWN`` what a ledger restored from a backup cannot know; return how many rows that were."""
        lost = [
            (*planned_values(each), State.UNKNOWN, now if each.channel in asked else None, "", RESTORED, "", "", now)
            for each in plan.deliveries
        ]

        def write(db: Link) -> int:
            db.executemany(_SQL["admit"], lost)
            for row in map(read_row, db.execute(_SQL["open_before"], {"before": mark, "code": RESTORED}).fetchall()):
                attend = now if row.delivery.channel in asked else None
                if row.state is State.SENDING:
                    db.execute(_SQL["close_attempt"], {"id": row.id, "number": row.attempt, "now": now})
                db.execute(_SQL["doubt"], {"id": row.id, "attend": attend, "code": RESTORED, "now": now})
            found = [key for (key,) in db.execute(_SQL["doubted"], {"code": RESTORED, "now": now}).fetchall()]
            notes = [{"key": key, "by": by, "verb": "restored", "now": now} for key in found]
            db.executemany(_SQL["note"], notes)
            return len(found)

        count = self._db.write(write)
        self.admit(Plan(withheld=plan.withheld), missed={}, mark=mark, now=now)  # last: until then it can be repeated
        return count

    def fact(self, name: str) -> str:
        """Return what :meth:`set_fact` said last; empty when nobody ever did."""
        found = self._db.read(lambda db: db.execute(_SQL["fact"], {"name": name}).fetchone())
        return "" if found is None else str(found[0])

    def set_fact(self, name: str, value: str) -> None:
        """Tell every machine that shares the ledger; writes nothing when it is known already."""
        if self.fact(name) != value:
            self._db.write(lambda db: db.execute(_SQL["set_fact"], {"name": name, "value": value}))

    def shown(self, column: str) -> Mapping[str, int]:
        """Return when ``column`` last showed each item of its pool, by item id."""
        return dict(self._db.read(lambda db: db.execute(_SQL["shown"], (column,)).fetchall()))

    def history(self, targets: Iterable[str] | None = None, since: int = 0) -> History:
        """Return what targets (all, when ``None``) received or are promised since then; parts of one slot once."""
        asked = {"since": since, "targets": None if targets is None else json.dumps(sorted(set(targets)))}
        sends: dict[str, list[Sent]] = {}
        rows = self._db.read(lambda db: db.execute(_SQL["history"], asked).fetchall())
        for target, slot, column, at, item, offer in rows:
            sends.setdefault(target, []).append(Sent(slot=slot, column=column, at=at, item=item, offer=offer))
        return History({target: tuple(each) for target, each in sends.items()})


def _planned(delivery: Delivery, now: int, slot_values: tuple[Any, ...] | None = None) -> tuple[Any, ...]:
    values = planned_values(delivery, slot_values)
    return (*values, State.PLANNED, delivery.not_before or delivery.slot.at, "", "", "", "", now)


def _replan(db: Link, delivery: Delivery, row: Row | None, now: int) -> bool:
    if row is None:
        return db.execute(_SQL["admit"], _planned(delivery, now)).rowcount == 1
    slot = delivery.slot
    values = {
        "at": slot.at,
        "deadline": slot.deadline,
        "zone": slot.zone,
        "ordinal": slot.ordinal,
        "origin": slot.origin,
        "item": delivery.item,
        "offer": delivery.offer,
        "not_before": delivery.not_before or slot.at,
        "now": now,
        "key": row.key,
        "state": row.state,
        "fence": row.fence,
    }
    return db.execute(_SQL["replan"], values).rowcount == 1


def _broken(row_id: int, result: Broken, now: int) -> Mapping[str, Any]:
    reason = result.reason
    return {
        "id": row_id,
        "code": result.code,
        "detail": result.detail,
        "zh": reason.zh if reason else result.detail,
        "en": reason.en if reason else result.detail,
        "now": now,
    }
