"""The outlook of a slot: how many deliveries it will come to, and when the last of them will have left."""

from __future__ import annotations

from dataclasses import dataclass

from calendarkit import pipeline
from calendarkit.edges.timetable import timetable
from calendarkit.edges.world import World
from calendarkit.model.slot import Slot, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a slot will come to, as things stand now.

    Attributes:
        deliveries: how many will go out.
        withheld: how many will not.
        finish: epoch seconds at which the last one may leave by the channels' rates and what this machine can do; what
            the platforms take to answer is not in it.
        too_late: how many cannot leave before their deadline.
    """

    deliveries: int
    withheld: int
    finish: int
    too_late: int


def outlook(world: World, slot: Slot) -> Outlook:
    """Return the outlook of ``slot``; plans it as ``publish`` will and writes nothing."""
    plan = pipeline.forecast(world, Window(slot.at, slot.at + 1))
    found = [each for each in timetable(world, plan.deliveries) if each.slot.key == slot.key]
    return Outlook(
        deliveries=sum(each.messages for each in found),
        withheld=sum(each.delivery.slot.key == slot.key for each in plan.withheld),
        finish=max((each.needs for each in found), default=slot.at),
        too_late=sum(each.late for each in found),
    )
