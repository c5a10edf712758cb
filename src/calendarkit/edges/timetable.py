"""The timetable: when what is planned will have left, by the rates of its channels and what this machine can do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from calendarkit.clockwork.words import parse_duration
from calendarkit.edges.courier import paces
from calendarkit.edges.known import WORKER
from calendarkit.edges.world import World
from calendarkit.extend.publishing import Publisher, Target
from calendarkit.model.delivery import Delivery
from calendarkit.model.forecast import Forecast, Machine, Queue
from calendarkit.stages.capacity import capacity
from calendarkit.stages.queues import queues

PREPARES, SENDS = 2_000, 800
"""Messages a second that one process is taken to plan and render without drawing posters, and to send and record: an
assumption, 570 a second in all. ``python3 dev.py bench peak`` measures it; on two busy cores beside the sandbox it was
335 in all (2026-11-22), and distant platforms with few ``senders`` may be slower."""
RUN = 50
"""Seconds of every minute in which a tick of cron sends."""


def timetable(
    world: World, deliveries: Iterable[Delivery], *, members: Mapping[str, Collection[str]] | None = None
) -> tuple[Forecast, ...]:
    """Return when the deliveries of each slot will have left by each channel; sorted by instant, slot, channel.

    Args:
        world: whose channels, roster and engine; nothing is connected and no secret is asked for.
        deliveries: what is planned.
        members: by group id, all groups it stands for.
    """
    engine = world.calendar.workspace.engine
    machine = Machine(prepares=PREPARES, sends=SENDS, run=60 if engine.name == WORKER else RUN)
    spread = {
        each.id: parse_duration(each.spread) for each in world.calendar.columns.values() if each.spread is not None
    }
    return capacity(queues(deliveries, _rates(world), members=members, spread=spread), machine=machine)


def _rates(world: World) -> Callable[[str, str], tuple[Queue, ...]]:
    """Return the function that tells which rates a message must pass."""
    publishers: dict[str, Publisher] = dict(world.registry.records("publishers"))
    roster = world.roster

    def rates(channel: str, target: str) -> tuple[Queue, ...]:
        publisher = publishers.get(channel)
        if publisher is None or not publisher.limits.rates:
            return ()
        found = roster.groups.get(target) or roster.stores.get(target)
        address = dict(found.address.get(channel, {})) if found else {}
        where = Target(id=target, title="", store="", store_title="", address=address)
        return tuple(
            Queue(
                rate=rate.name,
                scope=each.scope,
                interval_ms=each.interval_ms,
                burst=each.burst,
                shared=not rate.by,
            )
            for rate, each in zip(publisher.limits.rates, paces(publisher, where), strict=False)
        )

    return rates
