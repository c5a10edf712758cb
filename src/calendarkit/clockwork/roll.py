"""The roll: every slot of a long window, bare and column by column, for years of thousands of columns."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from calendarkit.clockwork.dates import date_of, place_of, year_of
from calendarkit.clockwork.index import Index, Lane, Segment
from calendarkit.clockwork.zones import DAY, DAY_MINUTES, instant, offsets
from calendarkit.model.slot import Window

_PLACES = tuple(tuple(place for place in range(8) if byte >> place & 1) for byte in range(256))
"""The places of the bits of each byte."""


def roll(index: Index, window: Window) -> Iterator[tuple[int, str]]:
    """Yield the instant and the key of every slot that ``due`` gives for ``window``, in no particular order.

    Days are looked up once for all columns that share them, so that a slot costs little more than its key.
    """
    for zone, segment in index.zones.items():
        days = _ZoneDays(index, zone, window)
        for lane in index.lanes:
            if lane.zone == zone:
                yield from days.slots(lane)
        for number, day in _follow_days(index, segment, window):
            found = index.lanes[number]
            at = instant(zone, day, found.after.minute) if found.after else 0
            if found.after and at in window:
                yield from ((at, f"{found.column}/{_iso(day)}/{name}") for name in found.after.on(day))
        for extra in segment.extras:
            at = instant(zone, *divmod(extra.moment, DAY_MINUTES))
            if at in window:
                yield at, f"{index.lanes[extra.lane].column}/{_iso(extra.nominal // DAY_MINUTES)}/{extra.name}"


def _follow_days(index: Index, segment: Segment, window: Window) -> Iterator[tuple[int, int]]:
    """Yield the lanes that follow events with each day on which they may."""
    for _, number in segment.after:
        lane = index.lanes[number]
        for day in range(window.start // DAY - 1, (window.end - 1) // DAY + 2):
            year, place = place_of(day)
            if lane.since <= day <= lane.until and index.active(lane.days, year) >> place & 1:
                yield number, day


class _ZoneDays:
    """The days of one zone and one window: those that lie inside it whatever the minute, and those at its edges."""

    __slots__ = ("_end", "_first", "_found", "_index", "_rows", "_window", "_zone")

    def __init__(self, index: Index, zone: str, window: Window) -> None:
        self._index, self._zone, self._window = index, zone, window
        self._first, self._end = window.start // DAY - 1, (window.end - 1) // DAY + 2
        self._rows = [self._row(day) for day in range(self._first, self._end)]
        self._found: dict[tuple[int, int, int], tuple[list[tuple[int, str]], list[int]]] = {}

    def _row(self, day: int) -> tuple[int, str] | None:
        """Return midnight and date of a day that lies inside the window without a change of clocks, else ``None``."""
        shifts = offsets(self._zone, day)
        midnight = day * DAY - shifts[0][2]
        whole = len(shifts) == 1 and self._window.start <= midnight and midnight + DAY <= self._window.end
        return (midnight, _iso(day)) if whole else None

    def slots(self, lane: Lane) -> Iterator[tuple[int, str]]:
        """Yield what the rule of one column gives."""
        inner, edges = self._days(lane)
        for minute, name in lane.times:
            head, tail, seconds = f"{lane.column}/", f"/{name}", minute * 60
            gone = {moment // DAY_MINUTES for moment in lane.moves if moment % DAY_MINUTES == minute}
            left = {_iso(day) for day in gone}
            if left:
                yield from ((at + seconds, head + iso + tail) for at, iso in inner if iso not in left)
            else:
                yield from [(at + seconds, head + iso + tail) for at, iso in inner]
            for day in edges:
                at = instant(self._zone, day, minute)
                if at in self._window and day not in gone:
                    yield at, head + _iso(day) + tail

    def _days(self, lane: Lane) -> tuple[list[tuple[int, str]], list[int]]:
        """Return the days of a rule: midnight and date of inner ones, and the numbers of those at the edges."""
        key = (lane.days, lane.since, lane.until)
        if key not in self._found:
            days, rows, first = self._active(lane), self._rows, self._first
            inner = [row for day in days if (row := rows[day - first])]
            edges = [day for day in days if not rows[day - first]]
            self._found[key] = inner, edges
        return self._found[key]

    def _active(self, lane: Lane) -> list[int]:
        """Return the days of a rule that may touch the window, in order."""
        first, end = max(self._first, lane.since), min(self._end, lane.until + 1)
        found: list[int] = []
        for year in range(place_of(first)[0], place_of(end - 1)[0] + 1) if first < end else ():
            start = year_of(year)[0]
            bitmap = self._index.active(lane.days, year) & (1 << end - start) - 1 & -(1 << max(first - start, 0))
            eights = enumerate(bitmap.to_bytes(46, "little"))
            found += [start + eight * 8 + place for eight, bits in eights for place in _PLACES[bits]]
        return found


@lru_cache(maxsize=8192)
def _iso(day: int) -> str:
    return date_of(day).isoformat()
