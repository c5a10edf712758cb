"""Hearers: who hears a column, and which columns members hear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from calendarkit.calendar.addressees import Addressees
from calendarkit.calendar.audience import parse_audience
from calendarkit.calendar.column import Column
from calendarkit.calendar.roster import Group, Store
from calendarkit.edges.world import World
from calendarkit.model.slot import Slot
from calendarkit.stages.plan import route, unreachable


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearers:
    """Who hears one column, in the order of the roster.

    Attributes:
        groups: the groups that a channel of the column reaches.
        stores: the stores, for a column that goes to stores.
        members: whether customers are among them.
    """

    groups: tuple[Group, ...] = ()
    stores: tuple[Store, ...] = ()
    members: bool = False

    def __bool__(self) -> bool:
        return bool(self.groups or self.stores)


def hearers(world: World, column: Column, *, store: str = "", group: str = "") -> Hearers:
    """Return who hears ``column``: its audience, as far as its channels reach; guards are not asked.

    Args:
        world: an opened workspace.
        column: one of its columns.
        store: id of the only store to look at, empty for all.
        group: id of the only group to look at, empty for all; a column that goes to stores is heard by no group.
    """
    if column.to == "stores":
        stores = () if group else tuple(each for each in _stores(world, column) if store in ("", each.id))
        return Hearers(stores=stores, members=bool(stores) and _reach_customers(world, column))
    found = tuple(each for each in _groups(world, column) if store in ("", each.store) and group in ("", each.id))
    return Hearers(groups=found, members=any(each.members == "customers" for each in found))


def addressed(world: World, slots: Iterable[Slot], *, store: str = "", group: str = "") -> tuple[Slot, ...]:
    """Return the slots that are for a store and a group: on their clock, and after their events; all for none."""
    addressees = Addressees(world.calendar, world.roster)
    found = []
    for slot in slots:
        part = addressees.of(slot)
        if (not store or store in part.stores) and (not group or group in part.groups):
            found.append(slot)
    return tuple(found)


def member_columns(world: World, *, store: str = "", group: str = "") -> Mapping[str, Column]:
    """Return the columns that belong on the programme for members, by id.

    Those that reach customers, of a kind that members may see, and not kept off it by ``promise = false``. What follows
    an event of one customer (``after``) is for that customer and on no programme.
    """
    calendar = world.calendar
    return {
        name: column
        for name, column in calendar.columns.items()
        if column.promise is not False
        and column.after is None
        and not (column.kind and name not in calendar.worth)
        and hearers(world, column, store=store, group=group).members
    }


def _groups(world: World, column: Column) -> Iterator[Group]:
    audience, publishers = parse_audience(column.audience), world.registry.records("publishers")
    channels = column.channels or world.calendar.workspace.channels
    for group in world.roster.groups.values():
        home = world.roster.stores.get(group.store) or Store(id=group.store, name=group.store)
        if audience.matches(group, home) and route(group, channels, publishers)[1] is None:
            yield group


def _stores(world: World, column: Column) -> Iterator[Store]:
    audience, publishers = parse_audience(column.audience), world.registry.records("publishers")
    channels = column.channels or world.calendar.workspace.channels
    for store in world.roster.stores.values():
        if audience.matches(None, store) and any(
            unreachable(publishers.get(each), store, each) is None for each in channels
        ):
            yield store


def _reach_customers(world: World, column: Column) -> bool:
    publishers = world.registry.records("publishers")
    channels = column.channels or world.calendar.workspace.channels
    return any("customers" in publishers[each].traits.reaches for each in channels if each in publishers)
