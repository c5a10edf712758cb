"""The planner: plans slots with all that one world knows, its guards, its history, and what went out by other names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from calendarkit.calendar.column import Column
from calendarkit.calendar.follow import AUDIENCE
from calendarkit.calendar.pool import Item
from calendarkit.calendar.roster import Roster
from calendarkit.edges.judges import judges, looks_back
from calendarkit.edges.memory import present_memory, recall
from calendarkit.edges.world import World
from calendarkit.extend.planning import Candidate
from calendarkit.model.delivery import Plan
from calendarkit.model.guarding import Allow, History, Verdict, Withhold
from calendarkit.model.slot import Slot, Window
from calendarkit.model.state import State
from calendarkit.stages.due import due
from calendarkit.stages.pick import pick
from calendarkit.stages.plan import Choice, Judge, plan
from calendarkit.stages.replaced import replaced
from calendarkit.stages.triage import Triage

REPLACES = "replaces"
"""Name of the guard that holds what replaces a slot sent already; only a person lets it pass."""
WENT_OUT = frozenset({State.SENDING, State.ACCEPTED, State.UNKNOWN, State.DELIVERED})
"""States of a delivery that its target has, or may have."""
_DAY = 86_400


def plan_slots(world: World, slots: Triage, now: int, *, only: str = "") -> Plan:
    """Plan what is due with all guards, and what was missed with none: a miss is always a row.

    ``only``: one group or store, where nothing else is asked about.
    """
    if not (slots.due or slots.missed):
        return Plan()
    shared: dict[str, Any] = {
        "publishers": world.registry.records("publishers"),
        "choices": choices(world, (*slots.due, *slots.missed)),
        "history": world.store.history(since=now - looks_back(world)),
        "now": now,
    }
    roster = _only(world.roster, only) if only else world.roster
    guards = {**judges(world), REPLACES: _replaces(world, slots.due, now)}
    kept = plan(slots.due, world.calendar, roster, guards=guards, **shared)
    lost = plan(slots.missed, world.calendar, roster, guards={}, **shared)
    return Plan(deliveries=(*kept.deliveries, *lost.deliveries), withheld=(*kept.withheld, *lost.withheld))


def choices(
    world: World, slots: Iterable[Slot], *, shown_before: Callable[[str], Mapping[str, int]] | None = None
) -> dict[str, Choice]:
    """Return what each slot shows, the earlier slots first, because an item rests after it was shown.

    ``shown_before``: what a column showed and when, by item; the ledger's answer by default.
    """
    calendar = world.calendar
    shown: dict[str, dict[str, int]] = {}
    found: dict[str, Choice] = {}
    for slot in sorted(slots, key=lambda slot: slot.at):
        if slot.key in found:  # the same slot on another clock shows the same
            continue
        column = calendar.columns[slot.column]
        content = column.content
        pool = calendar.pools.get(content.pool or "")
        if pool is None:
            found[slot.key] = Choice(offer=content.offer or "")
            continue
        if slot.column not in shown:
            shown[slot.column] = dict((shown_before or world.store.shown)(slot.column))
        recent = {} if column.after else shown[slot.column]  # each customer begins with the first item
        item = _shown_elsewhere(world, column, slot) or pick(pool, content, slot, recent=recent, zone=slot.zone)
        if isinstance(item, Withhold):
            found[slot.key] = Choice(nothing=item.reason)
            continue
        shown[slot.column][item.id] = slot.at
        found[slot.key] = Choice(item=item.id, offer=item.offer or content.offer or "")
    return found


def _shown_elsewhere(world: World, column: Column, slot: Slot) -> Item | None:
    """Return the item that stores on an earlier clock got of this slot, ``None`` without one."""
    rows = world.store.rows(prefix=f"{slot.key}/", limit=1) if column.timezone == AUDIENCE else ()
    items = world.calendar.pools[column.content.pool or ""].items if rows else ()
    return next((each for each in items if each.id == rows[0].delivery.item), None)


def _only(roster: Roster, target: str) -> Roster:
    """Return the roster of one group, or of one store with its groups."""
    groups = {each.id: each for each in roster.groups.values() if target in (each.id, each.store)}
    stores = {each.id: each for each in roster.stores.values() if each.id == target}
    stores |= {each.store: roster.stores[each.store] for each in groups.values() if each.store in roster.stores}
    return Roster(stores, groups)


def _replaces(world: World, slots: Iterable[Slot], now: int) -> Judge:
    """Return the guard that holds slots an edit made out of ones that went out; names that are old ask nothing."""
    mark = world.store.mark()
    memory = present_memory(world, now, recall(world.state_dir))
    began = now if mark is None else mark.created  # nothing went out before, so nothing known then replaces anything
    fresh = [each for each in slots if (memory.known(each) or now) > max(each.at - 2 * _DAY, began)]
    found: Mapping[tuple[str, str], Any] = {}
    if fresh:
        around = Window(min(each.at for each in fresh) - 2 * _DAY, max(each.at for each in fresh) + 2 * _DAY)
        found = replaced(due(world.index, around), _sent(world, fresh, memory.renamed), memory)

    def judge(ask: Candidate, _: History) -> Verdict:
        reason = found.get((ask.delivery.slot.key, ask.delivery.target))
        return Withhold(reason) if reason else Allow()

    return judge


def _sent(world: World, slots: Iterable[Slot], renamed: Mapping[str, tuple[str, int]]) -> Iterator[tuple[Slot, str]]:
    """Yield what went out on the days of ``slots`` under any name, each with its target."""
    for column, day in sorted({(each.column, each.day.isoformat()) for each in slots}):
        for name in {column, renamed.get(column, (column, 0))[0]}:
            for row in world.store.rows(prefix=f"{name}/{day}/"):
                if row.state in WENT_OUT:
                    yield row.delivery.slot, row.delivery.target
