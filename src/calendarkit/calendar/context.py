"""The template context: what texts and posters may speak of, as plain mappings, strings, numbers and dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.offer import Offer
from calendarkit.calendar.pool import Item, Pool
from calendarkit.calendar.roster import Group, Roster, Store
from calendarkit.model.delivery import Delivery
from calendarkit.model.slot import Slot

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")

NAMES: Mapping[str, tuple[str, ...]] = {
    "column": ("id", "title", "kind", "owner", "star"),
    "slot": ("key", "day", "name", "time", "at", "weekday"),
    "store": ("id", "name", "city", "region", "phone", "street", "join_url", "tags", "fields"),
    "group": ("id", "name", "title", "members", "owner", "size", "tags", "fields"),
    "item": ("id", "title", "body", "offer", "photo", "date", "fields"),
    "offer": (
        "id", "sku", "title", "price", "list_price", "saving", "unit", "stock", "limit", "since", "until", "photo", "url",
        "words",
    ),
    "values": (),
    "workspace": ("name",),
}  # fmt: skip
"""What every delivery has, by root; ``store``, ``group`` and ``item`` also have each further column of their file, and
``values`` has what the column gives. ``group``, ``item`` and ``offer`` are absent where a delivery has none."""


def context(delivery: Delivery, calendar: Calendar, roster: Roster) -> dict[str, Any]:
    """Return what the templates of ``delivery`` see.

    ``slot.at`` is an aware datetime in the slot's zone, ``offer.since`` and ``offer.until`` in the workspace's; prices
    are ``Decimal`` yuan. Text that nobody wrote is ``""``, a number or date nobody wrote is ``None``, and a root the
    delivery does not have (no group, no item, no offer) is absent.

    Raises:
        KeyError: the column, store or item of the delivery is no longer in the calendar or roster.
    """
    column = calendar.columns[delivery.slot.column]
    group = roster.groups.get(delivery.target)
    found: dict[str, Any] = {
        "column": _column(column),
        "slot": _slot(delivery.slot),
        "store": _store(roster.stores[delivery.store]),
        "values": dict(column.content.values),
        "workspace": {"name": calendar.workspace.name},
    }
    if group is not None:
        found["group"] = _group(group)
    if delivery.item:
        found["item"] = _item(item_of(calendar.pools[column.content.pool or ""], delivery.item))
    if delivery.offer:
        found["offer"] = _offer(calendar.offers[delivery.offer], calendar.workspace.timezone)
    return found


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
        "kind": column.kind,
        "owner": column.owner,
        "star": column.star,
    }


def _slot(slot: Slot) -> dict[str, Any]:
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
        **store.fields,
        "id": store.id,
        "name": store.name,
        "city": store.city,
        "region": store.region,
        "phone": store.phone,
        "street": store.street,
        "join_url": store.join_url,
        "tags": tuple(sorted(store.tags)),
        "fields": dict(store.fields),
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        **group.fields,
        "id": group.id,
        "name": group.id.partition(".")[2] or group.id,
        "title": group.title,
        "members": group.members,
        "owner": group.owner,
        "size": group.size,
        "tags": tuple(sorted(group.tags)),
        "fields": dict(group.fields),
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        **item.fields,
        "id": item.id,
        "title": item.title,
        "body": item.body,
        "offer": item.offer,
        "photo": item.photo,
        "date": item.date,
        "fields": dict(item.fields),
    }


def _offer(offer: Offer, zone: str) -> dict[str, Any]:
    return {
        "id": offer.id,
        "sku": offer.sku,
        "title": offer.title,
        "price": offer.price,
        "list_price": offer.list_price,
        "saving": offer.saving,
        "unit": offer.unit,
        "stock": offer.stock,
        "limit": offer.limit,
        "since": _local(offer.since, zone),
        "until": _local(offer.until, zone),
        "photo": offer.photo,
        "url": offer.url,
        "words": dict(offer.words),
    }


def _local(written: dt.datetime | None, zone: str) -> dt.datetime | None:
    """Return an instant as the workspace's clocks show it; without a zone of its own it already is."""
    if written is None:
        return None
    here = ZoneInfo(zone)
    return written.astimezone(here) if written.tzinfo else written.replace(tzinfo=here)
