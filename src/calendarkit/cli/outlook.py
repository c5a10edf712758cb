"""The outlook of a slot: how many deliveries it will come to, and when the last of them will have left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from calendarkit import pipeline
from calendarkit.edges.courier import paces
from calendarkit.edges.world import World
from calendarkit.extend.publishing import Publisher, Target
from calendarkit.model.delivery import Delivery
from calendarkit.model.slot import Slot, Window
from calendarkit.stages.pace import Pace, pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a slot will come to, as things stand now.

    Attributes:
        deliveries: how many will go out.
        withheld: how many will not.
        finish: epoch seconds at which the last one may leave by the channels' rates; what the platforms take to answer
            is not in it.
        too_late: how many the rates let go only after their deadline.
    """

    deliveries: int
    withheld: int
    finish: int
    too_late: int


def outlook(world: World, slot: Slot) -> Outlook:
    """Return the outlook of ``slot``; plans it as ``publish`` will and writes nothing."""
    plan = pipeline.forecast(world, Window(slot.at, slot.at + 1))
    going = [each for each in plan.deliveries if each.slot.key == slot.key]
    instants = departures(world, going)
    return Outlook(
        deliveries=len(going),
        withheld=sum(each.delivery.slot.key == slot.key for each in plan.withheld),
        finish=max(instants, default=slot.at),
        too_late=sum(instant >= slot.deadline for instant in instants),
    )


def departures(world: World, deliveries: Iterable[Delivery]) -> list[int]:
    """Return when each delivery may leave by the rates of its channel, in epoch seconds, in the order of leaving."""
    publishers: dict[str, Publisher] = dict(world.registry.records("publishers"))
    arrivals: dict[str, int] = {}
    instants = []
    for each in sorted(deliveries, key=lambda each: (each.not_before or each.slot.at, each.key)):
        publisher = publishers.get(each.channel)
        rates = paces(publisher, _target(world, each)) if publisher else ()
        instants.append(_depart(rates, arrivals, (each.not_before or each.slot.at) * 1000) // 1000)
    return instants


def _depart(rates: Iterable[Pace], arrivals: dict[str, int], moment: int) -> int:
    """Return the first millisecond at which all ``rates`` let a message go, and take it from each."""
    listed = tuple(rates)
    for each in listed:
        fits, free = pace(each, arrival_ms=arrivals.get(each.scope, 0), now_ms=moment)
        moment = moment if fits else free
    for each in listed:
        _, arrivals[each.scope] = pace(each, arrival_ms=arrivals.get(each.scope, 0), now_ms=moment)
    return moment


def _target(world: World, delivery: Delivery) -> Target:
    """Return where a delivery goes, its secrets by name: a rate asks only whether two addresses are the same."""
    found = world.roster.groups.get(delivery.target) or world.roster.stores.get(delivery.target)
    address = dict(found.address.get(delivery.channel, {})) if found else {}
    return Target(id=delivery.target, title="", store=delivery.store, store_title="", address=address)
