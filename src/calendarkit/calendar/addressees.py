"""Addressees: the part of the roster that one slot is for; who in it gets the slot, its audience says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.follow import AUDIENCE, event_behind
from calendarkit.calendar.roster import Group, Roster, Store
from calendarkit.model.slot import Slot


class Addressees:
    """Looks up whom slots are for; what was sorted once is remembered."""

    def __init__(self, calendar: Calendar, roster: Roster) -> None:
        """Ask about the columns of ``calendar`` and the stores and groups of ``roster``."""
        self._calendar, self._roster = calendar, roster

    def of(self, slot: Slot) -> Roster:
        """Return the stores and groups a slot is for.

        A slot after an event is for the event's group, else for its store and the store's groups; one on the clock of
        its audience for the stores of its zone; any other for all.
        """
        column = self._calendar.columns[slot.column]
        if column.after is not None:
            found = event_behind(column, self._calendar.events, slot)
            return Roster() if found is None else self._around(found[0].store, found[0].group)
        if column.timezone == AUDIENCE:
            return self._by_zone.get(slot.zone, Roster())
        return self._roster

    def _around(self, store: str, group: str) -> Roster:
        stores = {store: self._roster.stores[store]} if store in self._roster.stores else {}
        if group:
            found = self._roster.groups.get(group)
            return Roster(stores=stores, groups={group: found} if found else {})
        return Roster(stores=stores, groups={each.id: each for each in self._by_store.get(store, ())})

    @cached_property
    def _by_store(self) -> Mapping[str, list[Group]]:
        found: defaultdict[str, list[Group]] = defaultdict(list)
        for each in self._roster.groups.values():
            found[each.store].append(each)
        return found

    @cached_property
    def _by_zone(self) -> Mapping[str, Roster]:
        usual = self._calendar.workspace.timezone
        stores: defaultdict[str, dict[str, Store]] = defaultdict(dict)
        groups: defaultdict[str, dict[str, Group]] = defaultdict(dict)
        for store in self._roster.stores.values():
            stores[store.zone or usual][store.id] = store
        for group in self._roster.groups.values():
            home = self._roster.stores.get(group.store)
            groups[(home.zone if home else "") or usual][group.id] = group
        return {zone: Roster(stores=stores[zone], groups=groups[zone]) for zone in {*stores, *groups}}
