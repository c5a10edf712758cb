"""Reads an iCalendar feed from standard input as recurring-ical-events understands it; runs in the peers' environment.

Prints every instant between the two epoch seconds given, sorted, as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import sys

import icalendar
import recurring_ical_events


def main() -> None:
    """Read, expand, print."""
    start, end = (int(each) for each in sys.argv[1:3])
    feed = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
    span = (dt.datetime.fromtimestamp(each, dt.UTC) for each in (start, end))
    found = [int(each["dtstart"].dt.timestamp()) for each in recurring_ical_events.of(feed).between(*span)]
    # an appointment that began before the span and still lasts is not one of its slots
    print(json.dumps(sorted(each for each in found if start <= each < end)))


if __name__ == "__main__":
    main()
