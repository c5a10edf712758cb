"""Profiles: one group for all that get the same slots by the same ways, so that a week can be judged in a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from calendarkit.calendar.audience import Audience, parse_audience
from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.roster import Group, Roster, Store
from calendarkit.extend.publishing import Publisher


@dataclass(frozen=True, slots=True, kw_only=True)
class Profiles:
    """The groups and stores that stand for all.

    Attributes:
        roster: one group of each profile, largest profile first, with its store; and one store that each column for
            stores is for.
        members: by group id, the ids of all groups it stands for, its own first.
        left_out: how many groups nobody stands for, because only the largest profiles were asked for.
    """

    roster: Roster
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """By group id, how many groups it stands for."""
        return {first: len(members) for first, members in self.members.items()}


def profiles(
    calendar: Calendar, roster: Roster, *, publishers: Mapping[str, Publisher], most: int | None = None
) -> Profiles:
    """Return the groups that stand for all others.

    Two groups have one profile when they belong to the same audiences, have the same members and zone, and have an
    address for the same channels. Groups that no column is for have one only where the policy says what everyone is to
    hear.

    Args:
        calendar: its columns.
        roster: stores and groups.
        publishers: the channels, for the addresses they need.
        most: how many profiles are kept at most, the largest; ``None`` for all.

    >>> from calendarkit.calendar.workspace import Workspace
    >>> profiles(Calendar(workspace=Workspace(name="x")), Roster(), publishers={}).counts
    {}
    """
    audiences = [parse_audience(each.audience) for each in calendar.columns.values() if each.to == "groups"]
    ask = _Question(audiences, publishers, everyone=calendar.policy.mix is not None)
    alike: dict[object, list[str]] = {}
    for group in roster.groups.values():
        store = roster.stores.get(group.store) or Store(id=group.store, name=group.store)
        profile = ask.profile(group, store)
        if profile is not None:
            alike.setdefault(profile, []).append(group.id)
    largest = sorted(alike.values(), key=len, reverse=True)
    groups = {ids[0]: roster.groups[ids[0]] for ids in largest[:most]}
    stores = {each.store: roster.stores[each.store] for each in groups.values() if each.store in roster.stores}
    kept = Roster(stores=stores | _addressed(calendar, roster), groups=groups)
    members = {ids[0]: tuple(ids) for ids in largest[:most]}
    return Profiles(roster=kept, members=members, left_out=sum(map(len, largest[len(members) :])))


class _Question:
    """Asks a group what decides about it; groups that answer alike are asked about audiences once."""

    def __init__(self, audiences: list[Audience], publishers: Mapping[str, Publisher], *, everyone: bool) -> None:
        self._audiences = audiences
        self._everyone = everyone
        self._tags = frozenset(tag.name for each in audiences for tag in each.tags)
        self._fields = tuple({field.name: field for each in audiences for field in each.fields}.values())
        self._needs = tuple((name, key) for name, each in sorted(publishers.items()) for key in each.traits.address)
        self._known: dict[object, object] = {}

    def profile(self, group: Group, store: Store) -> object:
        """Return what its profile is, ``None`` for a group nothing is asked about."""
        answer = (
            group.tags & self._tags,
            store.tags & self._tags,
            tuple(str(each.read(group, store)) for each in self._fields),
            group.members,
            store.zone,
            tuple(bool(group.address.get(name, {}).get(key)) for name, key in self._needs),
        )
        if answer not in self._known:
            belongs = tuple(each.matches(group, store) for each in self._audiences)
            self._known[answer] = (belongs, *answer[3:]) if self._everyone or any(belongs) else None
        return self._known[answer]


def _addressed(calendar: Calendar, roster: Roster) -> dict[str, Store]:
    """Return the first store of each column that goes to stores."""
    found: dict[str, Store] = {}
    for column in calendar.columns.values():
        if column.to == "stores":
            audience = parse_audience(column.audience)
            first = next((each for each in roster.stores.values() if audience.matches(None, each)), None)
            found |= {first.id: first} if first else {}
    return found
