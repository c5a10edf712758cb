"""A plan as plain data, for programs."""

from __future__ import annotations

from typing import Any

from calendarkit.model.delivery import Delivery, Plan
from calendarkit.model.slot import Window
from calendarkit.model.text import Language


def plan_json(plan: Plan, window: Window, language: Language) -> dict[str, Any]:
    """Return a plan as plain data, every delivery with its key; instants in epoch seconds."""
    return {
        "from": window.start,
        "to": window.end,
        "deliveries": [delivery_json(each) for each in plan.deliveries],
        "withheld": [
            {**delivery_json(each.delivery), "guard": each.guard, "reason": each.reason.to(language)}
            for each in plan.withheld
        ],
    }


def delivery_json(delivery: Delivery) -> dict[str, Any]:
    """Return a delivery as plain data."""
    return {
        "key": delivery.key,
        "slot": delivery.slot.key,
        "column": delivery.slot.column,
        "at": delivery.slot.at,
        "not_before": delivery.not_before,
        "deadline": delivery.slot.deadline,
        "target": delivery.target,
        "store": delivery.store,
        "channel": delivery.channel,
        "part": delivery.part,
        "item": delivery.item,
        "offer": delivery.offer,
    }
