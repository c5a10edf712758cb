"""The judges: the enabled guards, each bound to its options, asked at planning and again right before sending."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from calendarkit.edges.ledger.store import Row
from calendarkit.edges.plugins import Failure, guarded
from calendarkit.edges.plugins import reason as failed_guard
from calendarkit.edges.world import World
from calendarkit.extend.planning import Candidate, Guard
from calendarkit.extend.publishing import Publisher
from calendarkit.model.delivery import Withheld
from calendarkit.model.guarding import Allow, History, Postpone, Verdict, Withhold
from calendarkit.stages.plan import Judge

TWO_DAYS = 2 * 86_400


def judges(world: World) -> dict[str, Judge]:
    """Return the enabled guards by name, each bound to its options; one that raises withholds (fail closed)."""
    bound: dict[str, Judge] = {}
    for name, offered in world.registry.offered("guards").items():
        record: Guard = offered.record
        options = world.registry.options("guards", name)

        bound[name] = _bind(offered.plugin, record, options)
    return bound


def looks_back(world: World) -> int:
    """Return how many seconds of history the enabled guards need: two days, or as far back as one of them counts."""
    found = [TWO_DAYS]
    for name, offered in world.registry.offered("guards").items():
        record: Guard = offered.record
        if record.looks_back is not None:
            needed = guarded(offered.plugin, record.looks_back, world.calendar, world.registry.options("guards", name))
            found.append(needed if isinstance(needed, int) else TWO_DAYS)
    return max(found)


def _bind(owner: str, record: Guard, options: object) -> Judge:
    def judge(ask: Candidate, history: History) -> Verdict:
        verdict = guarded(owner, record.judge, ask, history, options)
        return Withhold(failed_guard(verdict)) if isinstance(verdict, Failure) else verdict

    return judge


def recheck(world: World) -> Callable[[Row], Allow | Postpone | Withheld]:
    """Return the guards as they are asked right before a message leaves, with what the ledger then knows."""
    asked = sorted(judges(world).items())
    calendar, roster = world.calendar, world.roster
    publishers: Mapping[str, Publisher] = world.registry.records("publishers")
    now = int(world.clock.now())
    history = cache(lambda: world.store.history(since=now - looks_back(world)))

    def asked_again(row: Row) -> Allow | Postpone | Withheld:
        publisher = publishers.get(row.delivery.channel)
        ask = Candidate(
            delivery=row.delivery,
            calendar=calendar,
            roster=roster,
            now=int(world.clock.now()),
            sending=True,
            traits=publisher.traits if publisher else None,
        )
        for name, judge in asked:
            verdict = judge(ask, history())
            if isinstance(verdict, Postpone) and verdict.until < row.deadline:
                return verdict
            if not isinstance(verdict, Allow):
                return Withheld(delivery=row.delivery, guard=name, reason=verdict.reason)
        return Allow()

    return asked_again
