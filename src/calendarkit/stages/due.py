"""Due: the slots whose instant lies inside a window."""

from __future__ import annotations

from operator import attrgetter

from calendarkit.clockwork.after import split_name
from calendarkit.clockwork.dates import date_of
from calendarkit.clockwork.index import Index, moments
from calendarkit.clockwork.ordinals import Ordinals
from calendarkit.clockwork.zones import DAY_MINUTES
from calendarkit.model.slot import Slot, Window

_ORDER = attrgetter("at", "column", "day", "name", "zone")


def due(index: Index, window: Window) -> tuple[Slot, ...]:
    """Return the slots due in ``window``, sorted by instant, then column, then day, then name, then zone.

    Adjoining windows share nothing and lose nothing: ``due(a, c) == due(a, b) + due(b, c)``.

    >>> due(Index(), Window(0, 60))
    ()
    """
    ordinals, lanes = Ordinals(index), index.lanes
    slots = []
    for at, (_, number, nominal, name, origin) in moments(index, window):
        lane = lanes[number]
        slots.append(
            Slot(
                column=lane.column,
                day=date_of(nominal // DAY_MINUTES),
                name=name,
                at=at,
                deadline=at + lane.lateness,
                zone=lane.zone,
                ordinal=split_name(name)[1] - 1 if origin == "after" else ordinals.of(lane, nominal, name),
                origin=origin,
            )
        )
    slots.sort(key=_ORDER)
    return tuple(slots)
