"""Compile: a calendar becomes the index the clockwork asks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.daybook import Books
from calendarkit.calendar.follow import AUDIENCE, reminders
from calendarkit.clockwork.dates import number
from calendarkit.clockwork.index import Entry, Index, Lane, Segment
from calendarkit.clockwork.rule import LATE, Rule, clock, orphans, written
from calendarkit.clockwork.words import RuleError, parse_duration
from calendarkit.clockwork.zones import DAY_MINUTES

ORDINAL_START = dt.date(2026, 1, 1)
"""Where ordinals count from when a column has no ``from``."""


def compile_index(calendar: Calendar) -> Index:
    """Compile every column whose rule can be read; the order of columns and keys means nothing.

    >>> from calendarkit.calendar.column import Column
    >>> from calendarkit.calendar.workspace import Workspace
    >>> tips = Column(id="tips", title="早安贴士", at=("07:30",))
    >>> compile_index(Calendar(workspace=Workspace(name="小店"), columns={"tips": tips})).zones.keys()
    dict_keys(['Asia/Shanghai'])
    """
    books = Books(calendar.workspace, calendar.anchors.values())
    columns = [calendar.columns[key] for key in sorted(calendar.columns)]
    readable = [(column, rule) for column in columns if (rule := _rule(books, column))]
    pairs = sorted({(rule.on, rule.skip) for _, rule in readable}, key=repr)
    places = {pair: place for place, pair in enumerate(pairs)}
    lanes = tuple(
        replace(_lane(column, rule, zone=zone, days=places[rule.on, rule.skip]), **more)
        for column, rule in readable
        for zone, more in _clocks(calendar, column)
    )
    zones = sorted({lane.zone for lane in lanes})
    return Index(days=tuple(pairs), lanes=lanes, zones={zone: _segment(zone, lanes) for zone in zones})


def _clocks(calendar: Calendar, column: Column) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each zone a column is read in, with what its lane there has instead of the rule's times."""
    usual = calendar.workspace.timezone
    if column.after is not None:
        for zone, after in reminders(column, calendar.events, usual).items():
            yield zone, {"after": after, "times": (), "also": (), "moves": {}}
    elif column.timezone == AUDIENCE:
        yield from ((zone, {}) for zone in sorted({usual, *calendar.zones}))
    else:
        yield column.timezone or usual, {}


def _rule(books: Books, column: Column) -> Rule | None:
    """Return the rule of a column; ``None`` for one that names what does not exist, which validation reports."""
    try:
        return books.rule(column)
    except RuleError:
        return None


def _lane(column: Column, rule: Rule, *, zone: str, days: int) -> Lane:
    """Return the column's lane; exceptions that change nothing are left out, so that no slot comes twice."""
    useless = {(each.key, each.written) for each in orphans(rule) if each.code != "CK122"}
    late = parse_duration(column.late or LATE)
    valid = parse_duration(column.valid_for) if column.valid_for else late
    return Lane(
        column=column.id,
        zone=zone,
        days=days,
        since=rule.since,
        until=rule.until,
        start=number(column.since or ORDINAL_START),
        lateness=min(late, valid),
        times=rule.times,
        also=tuple(sorted({each for each in rule.also if ("also", written(each)) not in useless})),
        moves={key: value for key, value in rule.moves.items() if ("move", written(key)) not in useless},
    )


def _segment(zone: str, lanes: tuple[Lane, ...]) -> Segment:
    rules: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    extras: list[Entry] = []
    after: list[tuple[int, int]] = []
    for place, lane in enumerate(lanes):
        if lane.zone == zone:
            for minute, name in lane.times:
                rules[minute].append((place, name))
            extras += _extras(place, lane)
            after += [(lane.after.minute, place)] if lane.after else []
    minutes = tuple(sorted(rules))
    return Segment(
        minutes=minutes,
        rules={minute: tuple(rules[minute]) for minute in minutes},
        extras=tuple(sorted(extras)),
        after=tuple(sorted(after)),
    )


def _extras(place: int, lane: Lane) -> Iterator[Entry]:
    for moment in lane.also:
        yield Entry(moment, place, moment, clock(moment % DAY_MINUTES), "also")
    for nominal, moment in lane.moves.items():
        for minute, name in lane.times:
            if minute == nominal % DAY_MINUTES:
                yield Entry(moment, place, nominal, name, "move")
