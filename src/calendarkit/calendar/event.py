"""Events: what customers did, by day: a purchase, joining a group; columns count their reminders from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

DAY_MINUTES = 1440


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event.

    Attributes:
        event: what happened, such as ``purchase``.
        subject: id of the customer or order it happened to.
        store: id of the store.
        at: when, on the store's clock; midnight when only the day is known.
        group: id of the group its reminders go to; empty for the store's groups of the audience.
        zone: IANA name of the store's own zone, empty without one.
        name: the customer's, for templates.
        fields: every further column of its file, as text.
    """

    event: str
    subject: str
    store: str
    at: dt.datetime
    group: str = ""
    sku: str = ""
    name: str = ""
    zone: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def day(self) -> dt.date:
        """The day on the store's calendar; one at 23:59 belongs to it."""
        return self.at.date()


@dataclass(frozen=True)
class Events:
    """All events, in the order of the files."""

    rows: tuple[Event, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Event, ...]]:
        """The events by what happened."""
        found: dict[str, list[Event]] = {}
        for each in self.rows:
            found.setdefault(each.event, []).append(each)
        return {name: tuple(each) for name, each in found.items()}

    @cached_property
    def _by_day(self) -> Mapping[tuple[str, str, dt.date], tuple[Event, ...]]:
        found: dict[tuple[str, str, dt.date], list[Event]] = {}
        for each in self.rows:
            found.setdefault((each.event, each.subject, each.day), []).append(each)
        return {key: tuple(each) for key, each in found.items()}

    def of(self, name: str, sku: str = "") -> tuple[Event, ...]:
        """Return the events of a name, those of one product when ``sku`` is given."""
        return tuple(each for each in self.by_name.get(name, ()) if sku in ("", each.sku))

    def find(self, name: str, subject: str, day: dt.date, *, sku: str = "") -> Event | None:
        """Return the last event of a subject on a day, ``None`` without one."""
        found = [each for each in self._by_day.get((name, subject, day), ()) if sku in ("", each.sku)]
        return max(found, key=lambda each: each.at, default=None)
