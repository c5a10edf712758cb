"""Due: the slots whose instant lies inside a window."""

from __future__ import annotations

from operator import attrgetter

from calendarkit.clockwork.dates import date_of
from calendarkit.clockwork.index import Entry, Index, Lane, moments
from calendarkit.clockwork.ordinals import Ordinals
from calendarkit.clockwork.zones import DAY_MINUTES
from calendarkit.model.slot import Slot, Window

_ORDER = attrgetter("at", "column", "day", "name")


def due(index: Index, window: Window) -> tuple[Slot, ...]:
    """Return the slots due in ``window``, sorted by instant, then column, then day, then name.

    Adjoining windows share nothing and lose nothing: ``due(a, c) == due(a, b) + due(b, c)``.

    >>> due(Index(), Window(0, 60))
    ()
    """
    ordinals = Ordinals(index)
    slots = [_slot(index.lanes[entry.lane], at, entry, ordinals) for at, entry in moments(index, window)]
    return tuple(sorted(slots, key=_ORDER))


def _slot(lane: Lane, at: int, entry: Entry, ordinals: Ordinals) -> Slot:
    return Slot(
        column=lane.column,
        day=date_of(entry.nominal // DAY_MINUTES),
        name=entry.name,
        at=at,
        deadline=at + lane.lateness,
        zone=lane.zone,
        ordinal=ordinals.of(lane, entry.nominal, entry.name),
        origin=entry.origin,
    )
