"""Ordinals: the number of each slot among all slots of its column, for content that is shown in turn."""

from __future__ import annotations

from bisect import bisect_left

from calendarkit.clockwork.dates import place_of
from calendarkit.clockwork.days import count
from calendarkit.clockwork.index import Index, Lane
from calendarkit.clockwork.zones import DAY_MINUTES


class Ordinals:
    """Numbers slots; days that were counted once are remembered for other columns with the same days."""

    __slots__ = ("_before", "_index")

    def __init__(self, index: Index) -> None:
        """Number the slots of ``index``."""
        self._index = index
        self._before: dict[tuple[int, int, int, int, int], tuple[int, bool]] = {}

    def of(self, lane: Lane, nominal: int, name: str) -> int:
        """Return how many slots of ``lane`` have an earlier nominal moment since its start; negative before the start.

        Counted with bitmaps of whole years, so a column may be decades old. Slots of one moment count in the order
        of their names. Moving a slot changes no number.
        """
        day = nominal // DAY_MINUTES
        key = (lane.days, lane.start, lane.since, lane.until, day)
        known = self._before.get(key)
        if known is None:
            known = self._before[key] = self._count(lane, day)
        before, active = known
        if len(lane.times) != 1:
            before = before * len(lane.times) + (active and bisect_left(lane.times, (nominal % DAY_MINUTES, name)))
        elif active:
            before += lane.times[0] < (nominal % DAY_MINUTES, name)
        if lane.also:
            before += bisect_left(lane.also, nominal) - bisect_left(lane.also, lane.start * DAY_MINUTES)
        return before

    def _count(self, lane: Lane, day: int) -> tuple[int, bool]:
        """Return how many days of the rule come before ``day``, and whether it is one itself."""
        on, skip = self._index.days[lane.days]
        start, end = (min(max(each, lane.since), lane.until + 1) for each in (lane.start, day))
        year, place = place_of(day)
        active = lane.since <= day <= lane.until and self._index.active(lane.days, year) >> place & 1
        return count(on, skip, start, end), bool(active)
