"""Following events: which reminders an ``after`` column has, and the event behind one of its slots."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping

from calendarkit.calendar.column import Column, Follow
from calendarkit.calendar.event import Event, Events
from calendarkit.clockwork.after import After, split_name
from calendarkit.clockwork.dates import number
from calendarkit.clockwork.words import parse_duration, parse_time
from calendarkit.model.slot import Slot

DAY = 86_400
DAY_MINUTES = 1440
AUDIENCE = "audience"
"""As a column's ``timezone``: the clock of whoever gets it."""


def step_of(follow: Follow) -> int:
    """Return the days from the event to the first reminder, and from one to the next."""
    return parse_duration(follow.every or follow.delay or "0d") // DAY


def times_of(column: Column) -> tuple[str, ...]:
    """Return the times of a column as written, without their names."""
    return tuple(column.at.values()) if isinstance(column.at, Mapping) else column.at


def reminders(column: Column, events: Events, zone: str) -> Mapping[str, After]:
    """Return the reminders of an ``after`` column by the zone they are counted in.

    Args:
        column: it has ``after`` and one time.
        events: all events.
        zone: IANA name of the workspace's zone, for whatever has none of its own.
    """
    follow = column.after
    times = times_of(column)
    if follow is None or len(times) != 1 or step_of(follow) < 1:
        return {}
    minute, step = parse_time(times[0]), step_of(follow)
    stops = _stops(follow, events)
    lasts: defaultdict[str, defaultdict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for each in events.of(follow.event, follow.sku):
        last = _last(each, stops.get(each.subject, []), minute=minute, step=step, times=follow.times or 1)
        if last:
            here = (each.zone or zone) if column.timezone == AUDIENCE else column.timezone or zone
            known = lasts[here][number(each.day)]
            known[each.subject] = max(known.get(each.subject, 0), last)
    return {
        here: After(minute=minute, step=step, anchors={day: _rows(days[day]) for day in sorted(days)})
        for here, days in sorted(lasts.items())
    }


def event_behind(column: Column, events: Events, slot: Slot) -> tuple[Event, int] | None:
    """Return the event that a slot follows and which reminder of it the slot is; ``None`` when it is gone."""
    if column.after is None:
        return None
    subject, k = split_name(slot.name)
    day = slot.day - dt.timedelta(days=k * step_of(column.after))
    found = events.find(column.after.event, subject, day, sku=column.after.sku)
    return None if found is None else (found, k)


def _stops(follow: Follow, events: Events) -> Mapping[str, list[int]]:
    """Return when reminders of each subject end, in minutes of the local clock, sorted."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for each in events.of(follow.stop_on, follow.sku) if follow.stop_on else ():
        found[each.subject].append(_minutes(each))
    for moments in found.values():
        moments.sort()
    return found


def _last(event: Event, stops: list[int], *, minute: int, step: int, times: int) -> int:
    """Return how many reminders an event has before the next stop."""
    place = bisect_right(stops, _minutes(event))
    if place == len(stops):
        return times
    first = number(event.day) * DAY_MINUTES + minute
    return max(min(times, (stops[place] - 1 - first) // (step * DAY_MINUTES)), 0)


def _minutes(event: Event) -> int:
    return number(event.day) * DAY_MINUTES + event.at.hour * 60 + event.at.minute


def _rows(lasts: Mapping[str, int]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for subject, last in sorted(lasts.items()):
        found[last].append(subject)
    return tuple((last, tuple(found[last])) for last in sorted(found, reverse=True))
