"""Finds the slot that a person means: by its key, or by its column's id or title and perhaps a day."""

from __future__ import annotations

import datetime as dt
from difflib import get_close_matches

from calendarkit import pipeline
from calendarkit.calendar.column import Column
from calendarkit.cli.codes import Refusal
from calendarkit.cli.days import parse_day
from calendarkit.cli.opening import days_window, today
from calendarkit.edges.world import World
from calendarkit.model.slot import Slot, Window
from calendarkit.model.text import Text

AHEAD = 400
"""Days searched for a column's next slot; a yearly column has one in every 366."""
_MOVED = 62
"""Days around the nominal one searched for a slot that was moved."""
_DAY = 86_400


class NoSlot(Refusal):
    """A column has no slot on a day.

    Attributes:
        column: the column.
        day: the nominal local date.
    """

    def __init__(self, column: Column, day: dt.date) -> None:
        super().__init__(
            Text(f"“{column.title}”{day} 没有档期", f"{column.title!r} has no slot on {day}"),
            fix=Text(
                f"calendarkit why {column.id} {day} 说明为什么；calendarkit show week 看节目表",
                f"calendarkit why {column.id} {day} says why; calendarkit show week shows the programme",
            ),
        )
        self.column = column
        self.day = day


def find_slot(world: World, words: str, day: str | None = None) -> Slot:
    """Return the slot that ``words`` mean.

    Args:
        world: an opened workspace.
        words: a key ``column/2026-11-25/noon``, the first two parts of one, or a column's id or title.
        day: the day, for a column; without it the column's next slot is meant.

    Raises:
        NoSlot: the column has none on that day (exit code 2).
        Refusal: there is no such slot (exit code 2); the fix names what there is.
    """
    parts = words.split("/", maxsplit=2)
    column = find_column(world, parts[0])
    if len(parts) > 1:
        return _by_day(world, column, parse_day(parts[1], today(world)), parts[2] if len(parts) > 2 else "")
    if day is not None:
        return _by_day(world, column, parse_day(day, today(world)), "")
    return _next(world, column)


def find_column(world: World, words: str) -> Column:
    """Return the column whose id or title is ``words``, or whose title alone contains them.

    Raises:
        Refusal: there is none, or there are several (exit code 2).
    """
    columns = world.calendar.columns
    wanted = words.strip().casefold()
    exact = [each for each in columns.values() if wanted in (each.id.casefold(), each.title.casefold())]
    found = exact or [each for each in columns.values() if wanted and wanted in each.title.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(each.id for each in found)
        raise Refusal(
            Text(f"“{words}”可以指 {names}", f"{words!r} may mean {names}"), fix=Text("请写栏目的 id", "use the id")
        )
    near = get_close_matches(
        words, [name for each in columns.values() for name in (each.id, each.title)], n=1, cutoff=0.5
    )
    listed = "、".join(f"{each.id}（{each.title}）" for each in list(columns.values())[:8])
    named = ", ".join(f"{each.id} ({each.title})" for each in list(columns.values())[:8])
    fix = (
        Text(f"是不是 {near[0]}？", f"did you mean {near[0]}?")
        if near
        else Text(f"有：{listed}", f"there are: {named}")
    )
    raise Refusal(Text(f"没有“{words}”这个栏目", f"there is no column {words!r}"), fix=fix)


def _next(world: World, column: Column) -> Slot:
    now = int(world.clock.now())
    for start in range(0, AHEAD, 25):
        window = Window(now + start * _DAY, now + (start + 25) * _DAY)
        for slot in pipeline.programme(world, window):
            if slot.column == column.id:
                return slot
    raise Refusal(Text(f"“{column.title}”以后没有档期了", f"{column.title!r} has no slot to come"), fix=None)


def _by_day(world: World, column: Column, day: dt.date, name: str) -> Slot:
    for reach in (1, _MOVED):
        near = dt.timedelta(days=reach)
        slots = [
            slot
            for slot in pipeline.programme(world, days_window(world, day - near, day + near + dt.timedelta(days=1)))
            if slot.column == column.id and slot.day == day
        ]
        found = next((slot for slot in slots if name in ("", slot.name)), None)
        if found is not None:
            return found
        if slots:
            names = ", ".join(slot.name for slot in slots[:8]) + (f" … ({len(slots)})" if len(slots) > 8 else "")
            raise Refusal(
                Text(f"“{column.title}”{day} 没有叫 {name} 的档期", f"{column.title!r} has no slot {name} on {day}"),
                fix=Text(f"那天有：{names}", f"that day has: {names}"),
            )
    raise NoSlot(column, day)
