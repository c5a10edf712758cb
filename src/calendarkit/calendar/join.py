"""Joining: the nouns of all files become one calendar and one roster, by id, so that file order means nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.draft import Draft, Placed
from calendarkit.calendar.event import Event, Events
from calendarkit.calendar.known import KnownKind
from calendarkit.calendar.places import Places
from calendarkit.calendar.policy import Caps, Quiet
from calendarkit.calendar.pool import Pool
from calendarkit.calendar.roster import Roster


class HasId(Protocol):
    """A noun with an id."""

    @property
    def id(self) -> str:
        """Its id."""
        ...


T = TypeVar("T", bound=HasId)


def join_calendar(draft: Draft, kinds: Mapping[str, KnownKind]) -> Calendar | None:
    """Return the calendar, or ``None`` without a usable ``calendarkit.toml``; of two equal ids the first one counts."""
    if draft.workspace is None:
        return None
    pools = {name: Pool(id=name, items=tuple(_by_id(items).values())) for name, items in draft.pools.items()}
    return Calendar(
        workspace=draft.workspace,
        columns=_sorted(draft.columns),
        anchors=_sorted(draft.anchors),
        offers=_sorted(draft.offers),
        pools=dict(sorted(pools.items())),
        policy=draft.policy,
        events=_events(draft),
        zones=tuple(sorted({each.noun.zone for each in draft.stores if each.noun.zone})),
        quiet=quiet_by_column(draft),
        caps=caps_of(draft),
        worth=_worth(draft, kinds),
        templates=dict(draft.templates),
        places=Places.of(draft.documents, {each.noun.id: each.origin for each in reversed(draft.columns)}),
    )


def _events(draft: Draft) -> Events:
    """Return the events on the clocks of their stores."""
    zones = {each.noun.id: each.noun.zone for each in reversed(draft.stores)} if draft.events else {}
    usual = draft.workspace.timezone if draft.workspace else ""
    return Events(tuple(_local(each.noun, zones.get(each.noun.store, ""), usual) for each in draft.events))


def _local(event: Event, zone: str, usual: str) -> Event:
    at = event.at.astimezone(ZoneInfo(zone or usual)).replace(tzinfo=None) if event.at.tzinfo else event.at
    return replace(event, at=at, zone=zone) if zone or at != event.at else event


def join_roster(draft: Draft) -> Roster:
    """Return the roster in the order of the files; groups of unknown stores are left out."""
    stores = {each.noun.id: each.noun for each in reversed(draft.stores)}
    stores = {each.noun.id: stores[each.noun.id] for each in draft.stores}
    groups = {each.noun.id: each.noun for each in reversed(draft.groups)}
    groups = {each.noun.id: groups[each.noun.id] for each in draft.groups if each.noun.store in stores}
    return Roster(stores=stores, groups=groups)


def quiet_by_column(draft: Draft) -> dict[str, Quiet]:
    """Return the quiet hours that hold for each column: its own, else its file's, else the policy's or workspace's."""
    general = draft.policy.quiet or (draft.workspace.quiet if draft.workspace else None)
    found: dict[str, Quiet] = {}
    for each in sorted(draft.columns, key=lambda placed: placed.noun.id):
        own = each.noun.quiet
        quiet = None if own is False else own or draft.quiet.get(each.origin.document) or general
        if quiet is not None:
            found.setdefault(each.noun.id, quiet)
    return found


def caps_of(draft: Draft) -> Caps:
    """Return the caps that hold: the policy's, else the workspace's."""
    return draft.policy.caps or (draft.workspace.caps if draft.workspace else Caps())


def _worth(draft: Draft, kinds: Mapping[str, KnownKind]) -> dict[str, str]:
    known = ((each.noun.id, kinds.get(each.noun.kind)) for each in draft.columns)
    return dict(sorted((column, kind.worth) for column, kind in known if kind and kind.worth))


def _sorted(nouns: Iterable[Placed[T]]) -> Mapping[str, T]:
    return dict(sorted(_by_id(nouns).items()))


def _by_id(nouns: Iterable[Placed[T]]) -> dict[str, T]:
    found: dict[str, T] = {}
    for each in nouns:
        found.setdefault(each.noun.id, each.noun)
    return found
