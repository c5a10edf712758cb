"""The programme (节目表): slots as people read them, on the workspace's clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from calendarkit.calendar.column import Column
from calendarkit.clockwork.statutory import CHINA, Statutory
from calendarkit.model.slot import Slot
from calendarkit.model.text import Language, Text

WEEKDAYS = (
    Text("周一", "Mon"), Text("周二", "Tue"), Text("周三", "Wed"), Text("周四", "Thu"), Text("周五", "Fri"),
    Text("周六", "Sat"), Text("周日", "Sun"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """One slot on the programme.

    Attributes:
        day: the day it goes out, on the workspace's clock; differs from the slot's nominal day once it is moved.
        time: ``"07:30"`` on the same clock.
        title: what people call the column.
    """

    slot: Slot
    day: dt.date
    time: str
    title: str
    star: bool = False

    def json(self) -> dict[str, Any]:
        """Return it as plain data; ``at`` and ``deadline`` are epoch seconds."""
        return {
            "slot": self.slot.key,
            "column": self.slot.column,
            "title": self.title,
            "day": self.day.isoformat(),
            "time": self.time,
            "at": self.slot.at,
            "deadline": self.slot.deadline,
            "star": self.star,
            "origin": self.slot.origin,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """What a grid shows.

    Attributes:
        name: the shop's.
        first: the first day.
        last: the last day, included.
        today: marked on the grid.
        showings: sorted by instant, then column.
        notes: for the footer, in order.
        statutory: which days people are off, for the margin.
    """

    name: str
    first: dt.date
    last: dt.date
    today: dt.date | None = None
    showings: tuple[Showing, ...] = ()
    notes: tuple[Text, ...] = ()
    statutory: Statutory = CHINA

    def on(self, day: dt.date) -> tuple[Showing, ...]:
        """Return what goes out on ``day``."""
        return tuple(each for each in self.showings if each.day == day)


def showings(slots: Iterable[Slot], columns: Mapping[str, Column], zone: str) -> tuple[Showing, ...]:
    """Return ``slots`` as people read them on the clocks of ``zone``, sorted by instant, then column."""
    clock = ZoneInfo(zone)
    found = []
    for slot in sorted(slots, key=lambda each: (each.at, each.column)):
        here = dt.datetime.fromtimestamp(slot.at, clock)
        column = columns.get(slot.column)
        title, star = (column.title, column.star) if column else (slot.column, False)
        found.append(Showing(slot=slot, day=here.date(), time=f"{here:%H:%M}", title=title, star=star))
    return tuple(found)


def counts(shown: Sequence[Showing], groups: int) -> tuple[Text, ...]:
    """Return the footer's first words: how many columns, slots and groups."""
    columns = len({each.slot.column for each in shown})
    return (
        Text(f"{columns} 个栏目", f"{columns} column{_s(columns)}"),
        Text(f"{len(shown)} 档", f"{len(shown)} slot{_s(len(shown))}"),
        Text(f"{groups} 个群", f"{groups} group{_s(groups)}"),
    )


def day_title(day: dt.date, language: Language) -> str:
    """Return ``周三 25`` or ``Wed 25``."""
    return f"{WEEKDAYS[day.weekday()].to(language)} {day.day}"


def _s(count: int) -> str:
    return "" if count == 1 else "s"
