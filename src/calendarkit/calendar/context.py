"""The template context: what texts and posters may speak of, as plain mappings, strings, numbers and dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.follow import event_behind
from calendarkit.calendar.offer import Offer
from calendarkit.calendar.pool import Item, Pool
from calendarkit.calendar.roster import Group, Roster, Store
from calendarkit.calendar.template_filters import WEEKDAYS
from calendarkit.model.delivery import Delivery
from calendarkit.model.slot import Slot

NAMES: Mapping[str, tuple[str, ...]] = {
    "column": ("id", "title", "kind", "owner", "star"),
    "slot": ("key", "day", "name", "time", "at", "weekday"),
    "store": ("id", "name", "city", "region", "phone", "street", "join_url", "tags", "fields"),
    "group": ("id", "name", "title", "members", "owner", "size", "tags", "fields"),
    "item": ("id", "title", "body", "offer", "photo", "date", "fields"),
    "offer": (
        "id", "sku", "title", "price", "list_price", "saving", "unit", "stock", "limit", "since", "until", "photo",
        "url", "words",
    ),
    "event": ("subject", "name", "on", "sku", "k", "fields"),
    "values": (),
    "options": (),
    "workspace": ("name",),
}  # fmt: skip
"""What every delivery has, by root; ``store``, ``group`` and ``item`` also have each further column of their file, and
``values`` and ``options`` have what the column gives. ``group``, ``item``, ``offer`` and ``event`` are ``None``
where there is none."""


def context(delivery: Delivery, calendar: Calendar, roster: Roster) -> dict[str, Any]:
    """Return what the templates of ``delivery`` see.

    ``slot.at`` is an aware datetime in the slot's zone, ``offer.since`` and ``offer.until`` in the workspace's; prices
    are ``Decimal`` yuan. Whatever nobody wrote is ``None``, an empty cell of a roster too: a template that prints it
    without asking breaks that one delivery, where it would else leave a hole in front of customers.

    Raises:
        KeyError: the column, store or item of the delivery is no longer in the calendar or roster.
    """
    column = calendar.columns[delivery.slot.column]
    group = roster.groups.get(delivery.target)
    return {
        "column": _column(column),
        "slot": _slot(delivery.slot),
        "store": _store(roster.stores[delivery.store]),
        "event": _event(column, calendar, delivery.slot),
        "values": _texts(column.content.values),
        "options": dict(column.options),
        "workspace": {"name": calendar.workspace.name},
        "group": None if group is None else _group(group),
        "item": _item(item_of(calendar.pools[column.content.pool or ""], delivery.item)) if delivery.item else None,
        "offer": _offer(calendar.offers[delivery.offer], calendar.workspace.timezone) if delivery.offer else None,
    }


def item_of(pool: Pool, wanted: str) -> Item:
    """Return the item with that id.

    Raises:
        KeyError: the pool has none.
    """
    for item in pool.items:
        if item.id == wanted:
            return item
    raise KeyError(wanted)


def _column(column: Column) -> dict[str, Any]:
    return {
        "id": column.id,
        "title": column.title,
        "kind": column.kind or None,
        "owner": column.owner or None,
        "star": column.star,
    }


@lru_cache(maxsize=256)
def _slot(slot: Slot) -> Mapping[str, Any]:
    at = dt.datetime.fromtimestamp(slot.at, ZoneInfo(slot.zone))
    return {
        "key": slot.key,
        "day": slot.day,
        "name": slot.name,
        "time": f"{at:%H:%M}",
        "at": at,
        "weekday": WEEKDAYS[at.weekday()],
    }


def _store(store: Store) -> dict[str, Any]:
    return {
        **(fields := _texts(store.fields)),
        "id": store.id,
        "name": store.name,
        "city": store.city or None,
        "region": store.region or None,
        "phone": store.phone or None,
        "street": store.street or None,
        "join_url": store.join_url or None,
        "tags": tuple(sorted(store.tags)),
        "fields": fields,
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        **(fields := _texts(group.fields)),
        "id": group.id,
        "name": group.id.partition(".")[2] or group.id,
        "title": group.title or None,
        "members": group.members,
        "owner": group.owner or None,
        "size": group.size or None,
        "tags": tuple(sorted(group.tags)),
        "fields": fields,
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        **(fields := _texts(item.fields)),
        "id": item.id,
        "title": item.title or None,
        "body": item.body or None,
        "offer": item.offer or None,
        "photo": item.photo or None,
        "date": item.date,
        "fields": fields,
    }


def _offer(offer: Offer, zone: str) -> dict[str, Any]:
    return {
        "id": offer.id,
        "sku": offer.sku or None,
        "title": offer.title,
        "price": offer.price,
        "list_price": offer.list_price,
        "saving": offer.saving,
        "unit": offer.unit or None,
        "stock": offer.stock,
        "limit": offer.limit or None,
        "since": _local(offer.since, zone),
        "until": _local(offer.until, zone),
        "photo": offer.photo or None,
        "url": offer.url or None,
        "words": _texts(offer.words),
    }


def _event(column: Column, calendar: Calendar, slot: Slot) -> dict[str, Any] | None:
    if column.after is None:
        return None
    found = event_behind(column, calendar.events, slot)
    if found is None:
        raise KeyError(slot.name)
    event, k = found
    return {
        **(fields := _texts(event.fields)),
        "subject": event.subject,
        "name": event.name or None,
        "on": event.day,
        "sku": event.sku or None,
        "k": k,
        "fields": fields,
    }


def _texts(written: Mapping[str, str]) -> dict[str, str | None]:
    """Return what a team wrote by name; empty is nothing."""
    return {name: text or None for name, text in written.items()}


def _local(written: dt.datetime | None, zone: str) -> dt.datetime | None:
    """Return an instant as the workspace's clocks show it; without a zone of its own it already is."""
    if written is None:
        return None
    here = ZoneInfo(zone)
    return written.astimezone(here) if written.tzinfo else written.replace(tzinfo=here)
