"""Releasing: what waits for a person's word, or was missed, is promised after all; exactly once, whoever else runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from calendarkit.edges.follow_edits import LATE_ADDED
from calendarkit.edges.ledger.store import Row
from calendarkit.edges.planner import REPLACES, WENT_OUT, plan_slots
from calendarkit.edges.world import World
from calendarkit.model.delivery import Delivery, Plan
from calendarkit.model.slot import Slot
from calendarkit.model.state import State
from calendarkit.stages.triage import Triage

HELD = frozenset({REPLACES, LATE_ADDED})
"""Guards whose word a person may overrule."""
VERB = "publish --slot"
_LEAST = 600
"""Seconds that what is sent late gets at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """What became of a slot that a person wants sent.

    Attributes:
        released: deliveries that go now, or at the slot's time when it is still to come.
        rows: what the ledger already held, as it was.
    """

    released: tuple[Delivery, ...] = ()
    rows: tuple[Row, ...] = ()


def release(world: World, slot: Slot, *, by: str, now: int, late: bool = False) -> Released:
    """Promise what the ledger withholds of ``slot`` because of an edit, and what it knows nothing of.

    Whoever has the slot, or may have it, does not get it again, and other guards keep their word. Before its time
    only what an edit made wait is released; the rest goes by itself.

    Args:
        world: an opened workspace.
        slot: as the programme has it.
        by: who wants it; kept in the audit.
        now: epoch seconds.
        late: also what missed its deadline, which begins anew.
    """
    rows = world.store.rows(prefix=f"{slot.key}/")
    when = slot
    if late and slot.deadline <= now:
        when = replace(slot, deadline=now + max(slot.deadline - slot.at, _LEAST))
    planned = plan_slots(world, Triage(due=(when,), missed=()), now)
    held = tuple(each.delivery for each in planned.withheld if each.guard in HELD)
    wanted = held if slot.at > now else (*planned.deliveries, *held)
    changes = [each for each in _changes(wanted, rows, late=late) if now < each[0].slot.deadline]
    done = world.store.replan(changes, by=by, verb=VERB, now=now)
    if not done:
        return Released(rows=rows)
    released = tuple(each for each, _ in changes)
    mark = world.store.mark()
    world.store.admit(Plan(deliveries=released), missed={}, mark=mark.instant if mark else now + 1, now=now)
    return Released(released=released, rows=rows)


def _changes(
    wanted: tuple[Delivery, ...], rows: tuple[Row, ...], *, late: bool
) -> Iterator[tuple[Delivery, Row | None]]:
    by_key = {row.key: row for row in rows}
    heard = {row.delivery.target for row in rows if row.state in WENT_OUT and row.delivery.target != row.delivery.store}
    for each in wanted:
        row = by_key.get(each.key)
        if row is None:
            if each.target not in heard:
                yield each, None
        elif (row.state is State.WITHHELD and row.guard in HELD) or (late and row.state is State.EXPIRED):
            yield replace(each, item=row.delivery.item or each.item, offer=row.delivery.offer or each.offer), row
