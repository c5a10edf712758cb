"""Between database rows and the nouns of the model."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from calendarkit.edges.ledger.store import Row
from calendarkit.model.delivery import Delivery
from calendarkit.model.slot import Slot
from calendarkit.model.state import State
from calendarkit.model.text import Text


def read_row(values: tuple[Any, ...]) -> Row:
    """Return the row that ``SELECT *`` gave; by position, because fifty thousand of them are normal."""
    (
        number, _, _, column, day, name, at, deadline, zone, ordinal, origin, target, store, channel, part, sequence,
        item, offer, not_before, on_unknown, state, attend, fence, lease_until, attempt, retries, first_sent, revision,
        outcome, code, detail, handle, proof, guard, reason_zh, reason_en, updated,
    ) = values[:37]  # fmt: skip
    slot = _slot(column, day, name, at, deadline, zone, ordinal, origin)
    delivery = Delivery(
        slot=slot,
        target=target,
        store=store,
        channel=channel,
        part=part,
        sequence=sequence,
        item=item,
        offer=offer,
        not_before=not_before,
        on_unknown=on_unknown,
    )
    return Row(
        id=number,
        delivery=delivery,
        state=_STATES[state],
        attend=attend,
        fence=fence,
        lease_until=lease_until,
        attempt=attempt,
        retries=retries,
        first_sent=first_sent,
        revision=revision,
        outcome=outcome,
        code=code,
        detail=detail,
        handle=handle,
        proof=proof,
        guard=guard,
        reason=Text(reason_zh, reason_en) if reason_zh or reason_en else None,
        updated=updated,
    )


_STATES = {int(each): each for each in State}


@lru_cache(4096)
def _slot(  # noqa: PLR0917  # the columns of the table, in their order
    column: str, day: str, name: str, at: int, deadline: int, zone: str, ordinal: int, origin: str
) -> Slot:
    """Return a slot; the rows of one noon share it."""
    return Slot(
        column=column,
        day=dt.date.fromisoformat(day),
        name=name,
        at=at,
        deadline=deadline,
        zone=zone,
        ordinal=ordinal,
        origin=origin,
    )


def planned_values(delivery: Delivery, slot_values: tuple[Any, ...] | None = None) -> tuple[Any, ...]:
    """Return what ``admit`` inserts, from ``key`` to ``on_unknown``; one slot's deliveries share its values."""
    return (
        delivery.key, *(slot_values or values_of_slot(delivery.slot)), delivery.target, delivery.store,
        delivery.channel, delivery.part, delivery.sequence, delivery.item, delivery.offer,
        delivery.not_before or delivery.slot.at, delivery.on_unknown,
    )  # fmt: skip


def values_of_slot(slot: Slot) -> tuple[Any, ...]:
    """Return the part of a row that says which slot it belongs to."""
    return (
        slot.key, slot.column, slot.day.isoformat(), slot.name, slot.at, slot.deadline, slot.zone, slot.ordinal,
        slot.origin,
    )  # fmt: skip
