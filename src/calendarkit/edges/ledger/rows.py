"""Between database rows and the nouns of the model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from calendarkit.edges.ledger.store import Row
from calendarkit.model.delivery import Delivery
from calendarkit.model.slot import Slot
from calendarkit.model.state import State
from calendarkit.model.text import Text

COLUMNS = (
    "id", "key", "slot", "column_id", "day", "name", "at", "deadline", "zone", "ordinal", "origin", "target", "store",
    "channel", "part", "sequence", "item", "offer", "not_before", "on_unknown", "state", "attend", "fence",
    "lease_until", "attempt", "retries", "first_sent", "revision", "outcome", "code", "detail", "handle", "proof",
    "guard", "reason_zh", "reason_en", "updated",
)  # fmt: skip
"""The columns of ``deliveries`` in the order of the first migration; later migrations append."""


def read_row(values: tuple[Any, ...]) -> Row:
    """Return the row that ``SELECT *`` gave."""
    found = dict(zip(COLUMNS, values, strict=False))
    reason = Text(found["reason_zh"], found["reason_en"]) if found["reason_zh"] or found["reason_en"] else None
    return Row(
        id=found["id"],
        delivery=_delivery(found),
        state=State(found["state"]),
        attend=found["attend"],
        fence=found["fence"],
        lease_until=found["lease_until"],
        attempt=found["attempt"],
        retries=found["retries"],
        first_sent=found["first_sent"],
        revision=found["revision"],
        outcome=found["outcome"],
        code=found["code"],
        detail=found["detail"],
        handle=found["handle"],
        proof=found["proof"],
        guard=found["guard"],
        reason=reason,
        updated=found["updated"],
    )


def _delivery(found: Mapping[str, Any]) -> Delivery:
    slot = Slot(
        column=found["column_id"],
        day=dt.date.fromisoformat(found["day"]),
        name=found["name"],
        at=found["at"],
        deadline=found["deadline"],
        zone=found["zone"],
        ordinal=found["ordinal"],
        origin=found["origin"],
    )
    return Delivery(
        slot=slot,
        target=found["target"],
        store=found["store"],
        channel=found["channel"],
        part=found["part"],
        sequence=found["sequence"],
        item=found["item"],
        offer=found["offer"],
        not_before=found["not_before"],
        on_unknown=found["on_unknown"],
    )


def planned_values(delivery: Delivery) -> tuple[Any, ...]:
    """Return what ``admit`` inserts, from ``key`` to ``on_unknown``."""
    slot = delivery.slot
    return (
        delivery.key, slot.key, slot.column, slot.day.isoformat(), slot.name, slot.at, slot.deadline, slot.zone,
        slot.ordinal, slot.origin, delivery.target, delivery.store, delivery.channel, delivery.part,
        delivery.sequence, delivery.item, delivery.offer, delivery.not_before or slot.at, delivery.on_unknown,
    )  # fmt: skip
