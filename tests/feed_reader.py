"""Reads an iCalendar feed with icalendar and dateutil, as a calendar would show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import icalendar
from dateutil.rrule import rrulestr


def read(data: bytes) -> list[int]:
    """Return every instant in a feed, as a calendar would show it, sorted."""
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    instead = {(str(each["uid"]), each["recurrence-id"].dt) for each in events if "recurrence-id" in each}
    return sorted(
        int(when.timestamp())
        for event in events
        for when in _times(event)
        if "recurrence-id" in event or (str(event["uid"]), when) not in instead
    )


def _times(event: icalendar.Event) -> Iterator[dt.datetime]:
    start = event["dtstart"].dt
    if "rrule" not in event:
        yield start
        return
    rule = dict(event["rrule"])
    until = rule.pop("UNTIL")[0].astimezone(start.tzinfo).replace(tzinfo=None)
    words = icalendar.vRecur(rule).to_ical().decode()
    ruled = {
        each.replace(tzinfo=start.tzinfo)
        for each in rrulestr(words, dtstart=start.replace(tzinfo=None)).between(
            start.replace(tzinfo=None), until, inc=True
        )
    }
    yield from (ruled - set(_dates(event, "exdate"))) | set(_dates(event, "rdate"))


def _dates(event: icalendar.Event, name: str) -> list[dt.datetime]:
    return [each.dt for each in event[name].dts] if name in event else []
