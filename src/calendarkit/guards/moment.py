"""The moment a candidate would go out, and the words guards use to speak of instants and groups."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from calendarkit.extend.planning import Candidate
from calendarkit.model.guarding import History, Sent


def moment(candidate: Candidate) -> int:
    """Return when the candidate would go out, epoch seconds.

    While planning that is its planned instant. Just before sending it still is, so that simultaneous deliveries keep
    one order among each other, unless the local day has changed since: then it is now.
    """
    delivery = candidate.delivery
    planned = max(delivery.slot.at, delivery.not_before)
    if not candidate.sending:
        return planned
    zone = delivery.slot.zone
    return planned if local(planned, zone).date() == local(candidate.now, zone).date() else candidate.now


def others(candidate: Candidate, history: History) -> tuple[Sent, ...]:
    """Return the other slots its target received or is promised that count against it, oldest first, each once.

    While planning every other promise counts. Just before sending only those that come first count, by instant and then
    by slot key: of several promises that together are too many, exactly the first ones go out.
    """
    sends = history.of(candidate.delivery.target)
    if not sends:
        return ()
    own = candidate.delivery.slot.key
    found = {sent.slot: sent for sent in sends if sent.slot != own}
    ordered = tuple(sorted(found.values(), key=lambda sent: (sent.at, sent.slot)))
    if not candidate.sending:
        return ordered
    here = (moment(candidate), own)
    return tuple(sent for sent in ordered if (sent.at, sent.slot) < here)


def local(instant: int, zone: str) -> dt.datetime:
    """Return an instant as people in ``zone`` read it."""
    return dt.datetime.fromtimestamp(instant, ZoneInfo(zone))


def local_day(instant: int, zone: str) -> range:
    """Return the instants of the local day that ``instant`` lies in; 23 or 25 hours where clocks change."""
    return _day(local(instant, zone).date(), zone)


@lru_cache(maxsize=4096)
def _day(day: dt.date, zone: str) -> range:
    first, after = (dt.datetime.combine(each, dt.time(), ZoneInfo(zone)) for each in (day, day + dt.timedelta(days=1)))
    return range(int(first.timestamp()), int(after.timestamp()))


def clock(instant: int, zone: str) -> str:
    """Return an instant in ``zone`` as ``11-25 12:00``."""
    return f"{local(instant, zone):%m-%d %H:%M}"


def title(candidate: Candidate, column: str) -> str:
    """Return what people call a column."""
    found = candidate.calendar.columns.get(column)
    return found.title if found else column


def target_title(candidate: Candidate) -> str:
    """Return what people call the target."""
    delivery, roster = candidate.delivery, candidate.roster
    group, store = roster.groups.get(delivery.target), roster.stores.get(delivery.store)
    if group and group.title:
        return group.title
    return store.name if store and not group else delivery.target
