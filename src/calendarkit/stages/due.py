"""Due: the slots whose instant lies inside a window."""

from __future__ import annotations

from calendarkit.clockwork.days import date_of
from calendarkit.clockwork.index import Entry, Index, moments, ordinal
from calendarkit.clockwork.zones import DAY_MINUTES
from calendarkit.model.slot import Slot, Window


def due(index: Index, window: Window) -> tuple[Slot, ...]:
    """Return the slots due in ``window``, sorted by instant, then column, then day, then name.

    Adjoining windows share nothing and lose nothing: ``due(a, c) == due(a, b) + due(b, c)``.

    >>> due(Index(), Window(0, 60))
    ()
    """
    slots = [_slot(index, at, entry) for at, entry in moments(index, window)]
    return tuple(sorted(slots, key=lambda slot: (slot.at, slot.column, slot.day, slot.name)))


def _slot(index: Index, at: int, entry: Entry) -> Slot:
    lane = index.lanes[entry.lane]
    return Slot(
        column=lane.column,
        day=date_of(entry.nominal // DAY_MINUTES),
        name=entry.name,
        at=at,
        deadline=at + lane.lateness,
        zone=lane.zone,
        ordinal=ordinal(index, lane, entry.nominal, entry.name),
        origin=entry.origin,
    )
