"""The day book of a workspace: its anchors and the shipped ones, and the statutory days with its own changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache

import tomli

from calendarkit.calendar import festivals
from calendarkit.calendar.column import Anchor, CalendarDocument, Column
from calendarkit.calendar.workspace import StatutoryDays, Workspace
from calendarkit.clockwork.crontab import parse_cron
from calendarkit.clockwork.dates import number
from calendarkit.clockwork.day_words import parse_days
from calendarkit.clockwork.daybook import Anchor as AnchorDays
from calendarkit.clockwork.daybook import DayBook
from calendarkit.clockwork.days import NO_DAYS, Days
from calendarkit.clockwork.hatch import Hatch, through
from calendarkit.clockwork.rrule import parse_rrule
from calendarkit.clockwork.rule import Rule, read_rule
from calendarkit.clockwork.statutory import CHINA, Statutory
from calendarkit.clockwork.words import parse_dates


class Books:
    """The day book of each column of one workspace; columns with the same anchor share one."""

    def __init__(self, workspace: Workspace | None, anchors: Iterable[Anchor]) -> None:
        """Gather what words may refer to.

        Args:
            workspace: whose statutory days hold.
            anchors: the workspace's own; one of a shipped id takes its place.
        """
        self.anchors = {**_shipped(), **{each.id: _anchor_days(each) for each in anchors}}
        self.statutory = statutory_of(workspace.statutory if workspace else StatutoryDays())
        self._books: dict[str, DayBook] = {}

    def of(self, column: Column) -> DayBook:
        """Return what the words of ``column`` may refer to."""
        own = column.anchor or ""
        if own not in self._books:
            self._books[own] = DayBook(statutory=self.statutory, anchors=self.anchors, own=own)
        return self._books[own]

    def rule(self, column: Column) -> Rule:
        """Return the rule of ``column``.

        Raises:
            RuleError: a word that is not understood, or refers to what does not exist.
        """
        rule = read_rule(
            on=column.on if "on" in column.model_fields_set else None,
            at=column.at,
            skip=column.skip,
            also=column.also,
            move=column.move,
            since=column.since,
            until=column.until,
            every=column.every,
            season=column.season,
            during=column.during,
            book=self.of(column),
        )
        hatch = hatch_of(column)
        return rule if hatch is None else through(rule, hatch)


def hatch_of(column: Column) -> Hatch | None:
    """Return what the ``rrule`` or ``cron`` of a column comes to, ``None`` without one.

    Raises:
        RuleError: it is not understood, or has two readings.
    """
    if column.rrule is not None:
        return parse_rrule(column.rrule, column.since)
    return None if column.cron is None else parse_cron(column.cron, column.cron_day)


@lru_cache(maxsize=64)
def statutory_of(days: StatutoryDays) -> Statutory:
    """Return the shipped statutory days with those of a workspace written over them; a day that is both is off."""
    off = {each for word in days.offday for each in _each(parse_dates(word))}
    work = {each for word in days.workday for each in _each(parse_dates(word))} - off
    return CHINA.with_overrides(offdays=off, workdays=work, years=days.years)


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, AnchorDays]:
    """Return the anchors that come with calendarkit."""
    document = CalendarDocument.model_validate(tomli.loads(festivals.TEXT))
    return {each.id: _anchor_days(each) for each in document.anchor}


def _anchor_days(anchor: Anchor) -> AnchorDays:
    days = parse_days(anchor.on) if anchor.on else NO_DAYS
    years = NO_DAYS
    for year in anchor.dates:
        years |= Days(spans=((_new_year(int(year)), _new_year(int(year) + 1) - 1),))
    if years != NO_DAYS:
        days = days & ~years if days != NO_DAYS else NO_DAYS
    for word in anchor.dates.values():
        days |= parse_dates(word)
    return AnchorDays(
        id=anchor.id,
        title=anchor.title,
        days=days,
        phases=tuple((each.name, each.first, each.last) for each in anchor.phases),
    )


def _new_year(year: int) -> int:
    return number(dt.date(year, 1, 1))


def _each(days: Days) -> Iterable[int]:
    """Return the days of spans one by one."""
    return (day for first, last in days.spans for day in range(first, last + 1))
