"""The feed: slots as an iCalendar document (RFC 5545) for the calendars of phones and offices."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from calendarkit.clockwork.dates import date_of, number
from calendarkit.clockwork.rhythm import Rhythm, rhythm
from calendarkit.clockwork.zones import instant
from calendarkit.model.slot import Slot

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Timezone

PRODUCT = "-//calendarkit//programme//ZH"
_EPOCH = dt.date(2026, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What an appointment of a column says.

    Attributes:
        title: the summary.
        words: the description; lines.
        lasts: seconds the appointment takes in the calendar.
    """

    title: str
    words: str = ""
    lasts: int = 1800
    by_zone: bool = False
    """Whether each zone has slots of its own, as with ``timezone = "audience"``; their ids then name the zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Single:
    """One slot and, where it stands in for a slot of a series, that slot's local time as ``RECURRENCE-ID``."""

    slot: Slot
    instead: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Series:
    """The slots of one name that follow a rhythm, at one local time."""

    column: str
    name: str
    zone: str
    minute: int
    found: Rhythm
    moved: tuple[_Single, ...]


def feed(slots: Iterable[Slot], notes: Mapping[str, Note], *, name: str, shop: str, since: dt.date) -> bytes:
    """Return the slots as iCalendar; equal input gives equal bytes.

    What follows a rhythm is one event with RRULE, EXDATE and RDATE, and a moved slot of it an event with RECURRENCE-ID;
    all else is one event a slot. Read back, the document gives the slots' instants and no others: rules end with the
    last slot. A slot at a time that a clock skips is always an event of its own, for readers disagree about it.

    Args:
        slots: what is in the feed.
        notes: by column id; columns without one are left out.
        name: what calendars call the feed.
        shop: what tells the ids of this workspace from those of another.
        since: the first day; an export from a later day counts as newer (SEQUENCE, DTSTAMP).

    >>> feed([], {}, name="节目表", shop="小店", since=dt.date(2026, 11, 23)).splitlines()[0]
    b'BEGIN:VCALENDAR'
    """
    told = [each for each in slots if each.column in notes]
    calendar = _calendar(name)
    for zone in sorted({each.zone for each in told}):
        calendar.add_component(_timezone(zone, told))
    scribe = _Scribe(notes, since, hashlib.sha256(shop.encode()).hexdigest()[:8])
    for event in sorted(_events(told, scribe), key=_place):
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


class _Scribe:
    """Writes events: what all of them have in common."""

    def __init__(self, notes: Mapping[str, Note], since: dt.date, authority: str) -> None:
        self.notes = notes
        self.stamp = dt.datetime.combine(since, dt.time(), dt.UTC)
        self.sequence = max((since - _EPOCH).days, 0)
        self.authority = authority

    def event(self, column: str, key: str, start: dt.datetime) -> Event:
        """Return an event with everything but its recurrence; ``start`` is aware and in the slot's zone."""
        from icalendar import Event

        note = self.notes[column]
        place = f"/{start.tzinfo}" if note.by_zone else ""
        made = Event()
        made.add("uid", f"{key}{place}@{self.authority}.calendarkit")
        made.add("dtstamp", self.stamp)
        made.add("sequence", self.sequence)
        made.add("dtstart", start)
        made.add("duration", dt.timedelta(seconds=note.lasts))
        made.add("summary", note.title)
        if note.words:
            made.add("description", note.words)
        made.add("transp", "TRANSPARENT")
        return made


def _events(slots: Sequence[Slot], scribe: _Scribe) -> Iterator[Event]:
    kinds: defaultdict[tuple[str, str, str], list[Slot]] = defaultdict(list)
    for slot in slots:
        kinds[slot.column, slot.name, slot.zone].append(slot)
    for key in sorted(kinds):
        series, singles = _told(*key, kinds[key])
        if series:
            yield from _series_events(series, scribe)
        for each in singles:
            yield scribe.event(each.column, each.key, _local(each.at, each.zone))


def _told(column: str, name: str, zone: str, slots: Sequence[Slot]) -> tuple[_Series | None, list[Slot]]:
    """Tell the slots of one name as a series and what does not belong to it, or all one by one."""
    here = {each.key: _local(each.at, zone) for each in slots}
    ruled = [each for each in slots if each.origin == "rule" and here[each.key].date() == each.day]
    minutes = Counter(here[each.key].hour * 60 + here[each.key].minute for each in ruled)
    if not minutes:
        return None, list(slots)
    minute = min(minutes, key=lambda each: (-minutes[each], each))
    regular = [each for each in ruled if here[each.key].hour * 60 + here[each.key].minute == minute]
    moved = [each for each in slots if each.origin == "move"]
    found = rhythm(number(each.day) for each in (*regular, *moved))
    if found is None:
        return None, list(slots)
    overrides = tuple(_Single(slot=each, instead=_at(each.day, minute, zone)) for each in moved)
    series = _Series(column=column, name=name, zone=zone, minute=minute, found=found, moved=overrides)
    inside = {each.key for each in (*regular, *moved)}
    return series, [each for each in slots if each.key not in inside]


def _series_events(series: _Series, scribe: _Scribe) -> Iterator[Event]:
    found, zone, minute = series.found, series.zone, series.minute
    key = f"{series.column}/{series.name}"
    event = scribe.event(series.column, key, _at(date_of(found.first), minute, zone))
    until = dt.datetime.fromtimestamp(instant(zone, found.last, minute), dt.UTC)
    event.add("rrule", {**{part: list(values) for part, values in found.rule.items()}, "UNTIL": until})
    for name, days in (("exdate", found.less), ("rdate", found.more)):
        if days:
            event.add(name, [_at(date_of(day), minute, zone) for day in days])
    yield event
    for each in series.moved:
        moved = scribe.event(series.column, key, _local(each.slot.at, zone))
        moved.add("recurrence-id", each.instead)
        yield moved


def _calendar(name: str) -> Calendar:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    return calendar


def _timezone(zone: str, slots: Sequence[Slot]) -> Timezone:
    """Return the VTIMEZONE of the years in which there are slots."""
    from icalendar import Timezone

    years = [_local(each.at, zone).year for each in slots] + [each.day.year for each in slots]
    first, last = dt.date(min(years), 1, 1), dt.date(max(years) + 1, 1, 1)
    made = Timezone.from_tzid(zone, first_date=first, last_date=last)
    made.pop("comment", None)
    return made


def _place(event: Event) -> tuple[int, str, int]:
    """Order by begin, then id; what stands in for a slot of a series comes behind the series."""
    start = event.start
    assert isinstance(start, dt.datetime)
    return int(start.timestamp()), str(event["uid"]), int("recurrence-id" in event)


def _at(day: dt.date, minute: int, zone: str) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(minute // 60, minute % 60), ZoneInfo(zone))


def _local(at: int, zone: str) -> dt.datetime:
    return dt.datetime.fromtimestamp(at, ZoneInfo(zone))
