"""The clock of one target: a slot as it is for this store or group, where a column keeps its audience's clock."""

from __future__ import annotations

from calendarkit.calendar.addressees import Addressees
from calendarkit.calendar.follow import AUDIENCE
from calendarkit.edges.world import World
from calendarkit.model.slot import Slot, Window
from calendarkit.stages.due import due

_AROUND = 2 * 86_400
"""Seconds; the clocks of the world lie 26 hours apart at most."""


def own_clock(world: World, slot: Slot, target: str) -> Slot:
    """Return the slot of the same key on the clock of ``target``; ``slot`` itself where there is no other.

    Args:
        world: an opened workspace.
        slot: an appointment on any clock.
        target: id of a group or store.
    """
    if world.calendar.columns[slot.column].timezone != AUDIENCE:
        return slot
    addressees = Addressees(world.calendar, world.roster)
    around = due(world.index, Window(slot.at - _AROUND, slot.at + _AROUND))
    for each in (slot, *(each for each in around if each.key == slot.key)):
        reached = addressees.of(each)
        if target in reached.groups or target in reached.stores:
            return each
    return slot
