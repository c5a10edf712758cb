"""The leaflet (节目单): a week as members are told it, with the days, the time and what they may count on."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from calendarkit.calendar.column import Column
from calendarkit.model.slot import Slot

_MOST_DAYS = 5
"""Days of a week from which a row stands among those that come all week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that members may look forward to.

    Attributes:
        title: the column's.
        days: local days, sorted; at least one.
        times: local times as ``"07:30"``, sorted; the same on each of the days.
        promise: one line, empty when the column promises nothing in words.
        star: whether it stands out.
    """

    title: str
    days: tuple[dt.date, ...]
    times: tuple[str, ...]
    promise: str = ""
    star: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflet:
    """A week for members.

    Attributes:
        shop: what people call the workspace.
        store: the store's name, empty for all of them.
        first: the first of seven days.
        rows: what comes all week first, then by day and time.
    """

    shop: str
    first: dt.date
    store: str = ""
    rows: tuple[Row, ...] = ()

    @property
    def last(self) -> dt.date:
        """The last of the seven days."""
        return self.first + dt.timedelta(days=6)

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The seven days."""
        return tuple(self.first + dt.timedelta(days=number) for number in range(7))

    def on(self, day: dt.date) -> tuple[tuple[str, Row], ...]:
        """Return what comes on ``day``, each with its time, by time, then title."""
        found = [(time, row) for row in self.rows if day in row.days for time in row.times]
        return tuple(sorted(found, key=lambda each: (each[0], each[1].title)))


def leaflet(
    slots: Iterable[Slot], columns: Mapping[str, Column], *, zone: str, shop: str, first: dt.date, store: str = ""
) -> Leaflet:
    """Return the week from ``first`` on of the columns given.

    Args:
        slots: any slots; those of other columns and other days are left out.
        columns: by id; the columns that members see.
        zone: IANA name; days and times are those of its clocks.
        shop: what people call the workspace.
        first: the first day.
        store: the store's name, empty for all of them.

    >>> leaflet([], {}, zone="Asia/Shanghai", shop="小店", first=dt.date(2026, 11, 23)).rows
    ()
    """
    empty = Leaflet(shop=shop, first=first, store=store)
    clock = ZoneInfo(zone)
    days: defaultdict[tuple[str, str], set[dt.date]] = defaultdict(set)
    for slot in slots:
        here = dt.datetime.fromtimestamp(slot.at, clock)
        if slot.column in columns and first <= here.date() <= empty.last:
            days[slot.column, f"{here:%H:%M}"].add(here.date())
    times: defaultdict[tuple[str, tuple[dt.date, ...]], list[str]] = defaultdict(list)
    for column, time in sorted(days):
        times[column, tuple(sorted(days[column, time]))].append(time)
    rows = [_row(columns[column], found, tuple(at)) for (column, found), at in times.items()]
    return Leaflet(shop=shop, first=first, store=store, rows=tuple(sorted(rows, key=_order)))


def _row(column: Column, days: tuple[dt.date, ...], times: tuple[str, ...]) -> Row:
    words = " ".join((column.promise or "").split())
    return Row(title=column.title, days=days, times=times, promise=words, star=column.star)


def _order(row: Row) -> tuple[int, dt.date, str, str]:
    rank = -len(row.days) if len(row.days) >= _MOST_DAYS else 0
    return rank, row.days[0], row.times[0], row.title
