"""The index: every column's rules, segmented by zone and minute of the day, so that a tick asks only its own minutes.

Plain data that stands alone: no document and no pydantic model is needed to use it. A *moment* is a nominal local
minute as one integer, ``day * 1440 + minute``.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from calendarkit.clockwork.after import After
from calendarkit.clockwork.dates import FIRST_DAY, LAST_DAY, place_of
from calendarkit.clockwork.days import FIELDS, Days, next_day, reckon
from calendarkit.clockwork.zones import DAY, DAY_MINUTES, stretches
from calendarkit.errors import CalendarkitError
from calendarkit.model.slot import Window

FORMAT = 3


class IndexUnreadable(CalendarkitError):
    """This is no index of this version; compile it anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One column as integers.

    Attributes:
        column: id of the column.
        zone: IANA name.
        days: place in :attr:`Index.days`.
        since: first day on which the rule holds.
        until: last day on which the rule holds.
        start: the day ordinals count from.
        lateness: seconds from a slot's instant to its deadline.
        times: ``(minute, name)``, sorted.
        also: moments added to the rule, sorted; none of them is a moment of the rule.
        moves: moment of the rule → moment it was moved to.
        after: what follows events instead of a rule.
    """

    column: str
    zone: str
    days: int
    since: int = FIRST_DAY
    until: int = LAST_DAY
    start: int
    lateness: int
    times: tuple[tuple[int, str], ...] = ()
    also: tuple[int, ...] = ()
    moves: Mapping[int, int] = field(default_factory=dict)
    after: After | None = None


class Entry(NamedTuple):
    """One slot before it has an instant.

    Attributes:
        moment: when it goes out.
        lane: place in :attr:`Index.lanes`.
        nominal: the moment that is its identity; another one only for a slot that was moved.
        name: the slot's name.
        origin: ``rule``, ``also``, ``move`` or ``after``.
    """

    moment: int
    lane: int
    nominal: int
    name: str
    origin: str = "rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The slots of one zone.

    Attributes:
        minutes: the minutes of the day in use, sorted.
        rules: by minute, ``(place of the lane, name of the slot)`` in the order of the lanes.
        extras: what was added or moved, sorted.
        after: ``(minute, place of the lane)`` of what follows events, sorted.
    """

    minutes: tuple[int, ...] = ()
    rules: Mapping[int, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    extras: tuple[Entry, ...] = ()
    after: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The compiled calendar.

    Attributes:
        days: ``(on, skip)`` of the lanes, each distinct pair once.
        lanes: sorted by column id.
        zones: by IANA name, sorted.
    """

    days: tuple[tuple[Days, Days], ...] = ()
    lanes: tuple[Lane, ...] = ()
    zones: Mapping[str, Segment] = field(default_factory=dict)
    _bits: dict[tuple[int, int], int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def active(self, days: int, year: int) -> int:
        """Return the days of ``year`` on which the pair at a place of :attr:`days` holds, as a bitmap; remembered."""
        found = self._bits.get((days, year))
        if found is None:
            on, skip = self.days[days]
            found = self._bits[days, year] = reckon(on, year) & ~reckon(skip, year)
        return found

    def to_data(self) -> dict[str, Any]:
        """Return the index as what JSON can hold; equal indexes give equal data in equal order."""
        return {
            "format": FORMAT,
            "days": [[_frozen_days(days) for days in pair] for pair in self.days],
            "lanes": [_frozen_lane(lane) for lane in self.lanes],
            "zones": {
                zone: {
                    "minutes": {str(minute): segment.rules[minute] for minute in segment.minutes},
                    "extras": segment.extras,
                    "after": segment.after,
                }
                for zone, segment in self.zones.items()
            },
        }

    def to_json(self) -> str:
        """Return the index as JSON; equal indexes give equal strings."""
        return json.dumps(self.to_data(), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_data(cls, data: Any) -> Index:
        """Return the index whose :meth:`to_data` went through JSON.

        Raises:
            IndexUnreadable: ``data`` is something else, or of another version.
        """
        try:
            return _thaw(cls, data)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise IndexUnreadable from error

    @classmethod
    def from_json(cls, text: str) -> Index:
        """Return the index that :meth:`to_json` wrote.

        Raises:
            IndexUnreadable: ``text`` is something else, or of another version.
        """
        try:
            return cls.from_data(json.loads(text))
        except ValueError as error:
            raise IndexUnreadable from error


def moments(index: Index, window: Window) -> Iterator[tuple[int, Entry]]:
    """Yield every slot of ``window`` as its instant and its :class:`Entry`, in no particular order."""
    for zone, segment in index.zones.items():
        for day, first, end, offset in stretches(zone, window):
            midnight = day * DAY - offset
            for entry in _in_stretch(index, segment, day=day, first=first, end=end):
                yield midnight + entry[0] % DAY_MINUTES * 60, entry


def next_instant(index: Index, after: int) -> int | None:
    """Return the earliest instant of any slot that is not before ``after``, or ``None`` when none will come.

    ``after`` itself counts: a tick that handled ``[mark, now)`` asks ``next_instant(index, now)``.
    """
    day = after // DAY - 1
    while (busy := _busy_day(index, day)) is not None:
        start = max(after, (busy - 1) * DAY)
        found = _earliest(index, Window(start, (busy + 2) * DAY))
        if found is not None:
            return found
        day = busy + 1
    return None


def _earliest(index: Index, window: Window) -> int | None:
    best: int | None = None
    for zone, segment in index.zones.items():
        for day, first, end, offset in stretches(zone, window):
            found = next(_in_stretch(index, segment, day=day, first=first, end=end), None)
            added = next(_extras(segment, day=day, first=first, end=end), None)
            followed = next(_after(index, segment, day=day, first=first, end=end), None) if segment.after else None
            for each in (found, added, followed):
                if each is not None:
                    at = day * DAY - offset + each.moment % DAY_MINUTES * 60
                    best = at if best is None else min(best, at)
    return best


def _in_stretch(index: Index, segment: Segment, *, day: int, first: int, end: int) -> Iterator[Entry]:
    """Yield the rule's slots by minute, then lane, and after them the extras by moment."""
    year, place = place_of(day)
    active: dict[int, int] = {}
    low, high = bisect_left(segment.minutes, first), bisect_left(segment.minutes, end)
    for minute in segment.minutes[low:high]:
        moment = day * DAY_MINUTES + minute
        for number, name in segment.rules[minute]:
            lane = index.lanes[number]
            days = lane.days
            if days not in active:
                active[days] = index.active(days, year) >> place & 1
            if active[days] and lane.since <= day <= lane.until and moment not in lane.moves:
                yield Entry(moment, number, moment, name, "rule")
    yield from _extras(segment, day=day, first=first, end=end)
    if segment.after:
        yield from _after(index, segment, day=day, first=first, end=end)


def _after(index: Index, segment: Segment, *, day: int, first: int, end: int) -> Iterator[Entry]:
    """Yield what follows events, by minute, then lane."""
    year, place = place_of(day)
    for minute, number in segment.after:
        lane = index.lanes[number]
        holds = first <= minute < end and lane.since <= day <= lane.until
        if lane.after is not None and holds and index.active(lane.days, year) >> place & 1:
            moment = day * DAY_MINUTES + minute
            yield from (Entry(moment, number, moment, name, "after") for name in lane.after.on(day))


def _extras(segment: Segment, *, day: int, first: int, end: int) -> Iterator[Entry]:
    low = bisect_left(segment.extras, day * DAY_MINUTES + first, key=_moment)
    high = bisect_left(segment.extras, day * DAY_MINUTES + end, key=_moment)
    yield from segment.extras[low:high]


def _moment(extra: Entry) -> int:
    return extra.moment


def _busy_day(index: Index, day: int) -> int | None:
    """Return the first nominal day from ``day`` on that has any slot."""
    rules = {(lane.days, lane.since, lane.until) for lane in index.lanes if lane.times}
    found = [next_day(*index.days[days], max(day, since), until) for days, since, until in rules]
    for segment in index.zones.values():
        place = bisect_left(segment.extras, day * DAY_MINUTES, key=_moment)
        found += [extra.moment // DAY_MINUTES for extra in segment.extras[place : place + 1]]
    found += [_busy_after(lane, day) for lane in index.lanes if lane.after]
    return min((each for each in found if each is not None), default=None)


def _busy_after(lane: Lane, day: int) -> int | None:
    """Return the first day from ``day`` on that has anything to follow, be it skipped or not."""
    found = lane.after.next_day(max(day, lane.since)) if lane.after else None
    return found if found is not None and found <= lane.until else None


def _thaw(cls: type[Index], data: dict[str, Any]) -> Index:
    if data["format"] != FORMAT:
        raise IndexUnreadable
    pairs = (tuple(map(_days, pair)) for pair in data["days"])
    return cls(
        days=tuple((on, skip) for on, skip in pairs),
        lanes=tuple(_lane(*row) for row in data["lanes"]),
        zones={zone: _segment(**parts) for zone, parts in data["zones"].items()},
    )


def _frozen_days(days: Days) -> dict[str, Any]:
    """Return what is not empty, by field; days within days likewise."""
    found: dict[str, Any] = {name: value for name in FIELDS if (value := getattr(days, name))}
    for name in ("around", "less"):
        if name in found:
            found[name] = [
                [_frozen_days(each) if isinstance(each, Days) else each for each in row] for row in found[name]
            ]
    return found


def _days(data: dict[str, Any]) -> Days:
    for name in ("around", "less"):
        rows = data.get(name, ())
        data = data | {name: [[_days(each) if isinstance(each, dict) else each for each in row] for row in rows]}
    return Days(**{name: _tuples(value) for name, value in data.items()})


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _frozen_lane(lane: Lane) -> tuple[Any, ...]:
    moves = tuple(lane.moves.items())
    return (lane.column, lane.zone, lane.days, lane.since, lane.until, lane.start, lane.lateness, lane.times,
            lane.also, moves, lane.after.to_data() if lane.after else None)  # fmt: skip


def _lane(*row: Any) -> Lane:
    column, zone, days, since, until, start, lateness, times, also, moves, after = row
    return Lane(column=column, zone=zone, days=days, since=since, until=until, start=start, lateness=lateness,
                times=_pairs(times), also=tuple(also), moves=dict(moves),
                after=After.from_data(after) if after else None)  # fmt: skip


def _segment(minutes: dict[str, list[Any]], extras: list[list[Any]], after: list[list[Any]]) -> Segment:
    rules = {int(minute): _pairs(rows) for minute, rows in minutes.items()}
    entries = tuple(Entry(*row) for row in extras)
    return Segment(minutes=tuple(rules), rules=rules, extras=entries, after=_pairs(after))


def _pairs(rows: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(map(tuple, rows))
