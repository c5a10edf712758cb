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
    slot = Slot(
        column=column,
        day=_day(day),
        name=name,
        at=at,
        deadline=deadline,
        zone=zone,
        ordinal=ordinal,
        origin=origin,
    )
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
        state=State(state),
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


_day = lru_cache(512)(dt.date.fromisoformat)


def planned_values(delivery: Delivery) -> tuple[Any, ...]:
    """Return what ``admit`` inserts, from ``key`` to ``on_unknown``."""
    slot = delivery.slot
    return (
        delivery.key, slot.key, slot.column, slot.day.isoformat(), slot.name, slot.at, slot.deadline, slot.zone,
        slot.ordinal, slot.origin, delivery.target, delivery.store, delivery.channel, delivery.part,
        delivery.sequence, delivery.item, delivery.offer, delivery.not_before or slot.at, delivery.on_unknown,
    )  # fmt: skip
