"""The coming week: what guards would withhold of it, for the check of a workspace; reads nothing it need not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from zoneinfo import ZoneInfo

from calendarkit.calendar.audience import AudienceError, parse_audience
from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.finding import place
from calendarkit.clockwork.words import RuleError
from calendarkit.edges.judges import judges
from calendarkit.edges.planner import choices
from calendarkit.edges.world import LEDGER, World
from calendarkit.errors import CalendarkitError, LedgerError
from calendarkit.model.delivery import Plan
from calendarkit.model.guarding import History
from calendarkit.model.problem import Problem
from calendarkit.model.slot import Slot, Window
from calendarkit.stages.compile import compile_index
from calendarkit.stages.due import due
from calendarkit.stages.forewarn import FORETOLD, forewarn
from calendarkit.stages.plan import plan
from calendarkit.stages.profiles import profiles

DAYS = 7
MOST = 40_000
"""Most slots times profiles that are judged, the largest profiles first; a check takes seconds, not minutes."""


def coming_week(world: World, now: int) -> tuple[Problem, ...]:
    """Return a warning for what the coming seven days would withhold: caps, pauses, offers that are over, empty pools.

    The programme is judged as the files say, from the midnight that began today, without what the ledger holds.

    Args:
        world: with the calendar as the files say it now.
        now: epoch seconds.

    Raises:
        CalendarkitError: it cannot be planned, although the calendar has no errors.
    """
    try:
        return _forewarned(world, now)
    except CalendarkitError:
        if world.validated.errors:
            return ()  # what stands in the way is told already
        raise


def _forewarned(world: World, now: int) -> tuple[Problem, ...]:
    calendar = _understood(world.calendar)
    slots = _slots(calendar, now)
    if not slots:
        return ()
    publishers = world.registry.records("publishers")
    found = profiles(calendar, world.roster, publishers=publishers, most=max(1, MOST // len(slots)))
    planned = plan(
        slots,
        calendar,
        found.roster,
        publishers=publishers,
        choices=choices(world, slots, shown_before=partial(_shown, world)),
        guards={name: judge for name, judge in judges(world).items() if name in FORETOLD},
        history=History(),
        now=now,
    )
    told = forewarn(
        _of_known_offers(planned, calendar),
        calendar,
        found.roster,
        counts=found.counts,
        since=now,
        policy=_caps_document(world),
    )
    return place(told, world.documents.documents)


def _understood(calendar: Calendar) -> Calendar:
    """Leave out columns whose audience is not understood, which is an error of their own."""

    def is_understood(column: Column) -> bool:
        try:
            parse_audience(column.audience)
        except AudienceError:
            return False
        return True

    return replace(calendar, columns={key: each for key, each in calendar.columns.items() if is_understood(each)})


def _slots(calendar: Calendar, now: int) -> tuple[Slot, ...]:
    """Return what is due from the midnight that began today; nothing where a rule cannot be read."""
    zone = ZoneInfo(calendar.workspace.timezone)
    today = dt.datetime.fromtimestamp(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        index = compile_index(calendar)
    except RuleError:
        return ()  # a problem of its own
    return due(index, Window(int(today.timestamp()), now + DAYS * 86_400))


def _shown(world: World, column: str) -> Mapping[str, int]:
    """Return what a column showed and when, nothing without a ledger that can be read: its troubles are status's."""
    if not (world.state_dir / LEDGER).exists():
        return {}
    try:
        return world.store.shown(column)
    except LedgerError:
        return {}


def _of_known_offers(planned: Plan, calendar: Calendar) -> Plan:
    """Leave out deliveries of offers that do not exist, which are an error of their own."""
    known = {"", *calendar.offers}
    return replace(planned, withheld=tuple(each for each in planned.withheld if each.delivery.offer in known))


def _caps_document(world: World) -> str:
    """Return the path of the document the caps stand in."""
    policies = [each.path for each in world.documents.of("policy")] if world.calendar.policy.caps else []
    return next(iter(policies), "calendarkit.toml")
