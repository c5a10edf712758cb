"""The proof of the coming days: what guards would withhold of them and which floors they miss, for every group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from calendarkit.calendar.audience import AudienceError, parse_audience
from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.finding import Finding, place
from calendarkit.calendar.roster import Roster
from calendarkit.clockwork.words import RuleError
from calendarkit.edges.judges import judges, looks_back
from calendarkit.edges.planner import choices
from calendarkit.edges.timetable import timetable
from calendarkit.edges.world import LEDGER, World
from calendarkit.errors import CalendarkitError, LedgerError
from calendarkit.model.delivery import Delivery, Plan, Withheld
from calendarkit.model.guarding import History, Sent
from calendarkit.model.problem import Problem
from calendarkit.model.slot import Slot, Window
from calendarkit.model.text import Text
from calendarkit.stages.compile import compile_index
from calendarkit.stages.due import due
from calendarkit.stages.forewarn import FORETOLD, forewarn
from calendarkit.stages.overrun import overrun
from calendarkit.stages.plan import plan
from calendarkit.stages.profiles import Profiles, profiles
from calendarkit.stages.shortfall import shortfall

DAYS = 7
"""How far ahead a check looks unless it is told otherwise."""
LONGEST = 92
"""Most days a check looks ahead: a season."""
MOST = 100_000
"""Most slots times profiles that are judged, the largest profiles first; a check takes seconds, not minutes."""
_DAY = 86_400


def prove(world: World, now: int, *, days: int = DAYS) -> tuple[Problem, ...]:
    """Return a warning for what the coming days would withhold, and for what they lack that the policy promises.

    What cannot leave before its deadline is an error.

    The programme is judged as the files say, from the midnight that began today, without what the ledger holds. One
    group is judged for all that are alike; where even these are too many, that is a warning of its own. With
    ``spread`` the turn of that one group is judged.

    Args:
        world: with the calendar as the files say it now.
        now: epoch seconds.
        days: how many whole local days, today among them.

    Raises:
        CalendarkitError: it cannot be planned, although the calendar has no errors.
    """
    try:
        return place(_findings(world, now, days), world.documents.documents)
    except CalendarkitError:
        if world.validated.errors:
            return ()  # what stands in the way is told already
        raise


def _findings(world: World, now: int, days: int) -> tuple[Finding, ...]:
    calendar = _understood(world.calendar)
    slots = proof_slots(calendar, now, days)
    if not slots:
        return ()
    most = max(1, MOST // len(slots))
    found = profiles(calendar, world.roster, publishers=world.registry.records("publishers"), most=most)
    planned = foreseen(world, calendar, found.roster, slots, now=now)
    policy = _policy_documents(world)
    held = forewarn(
        _of_known_offers(planned, calendar), calendar, found.roster, counts=found.counts, since=now, policy=policy
    )
    first = _midnight(calendar, now).date()
    lacking = shortfall(
        planned, calendar, found.roster, counts=found.counts, first=first, days=days, policy=policy.get("mix", "")
    )
    crowded = overrun(timetable(world, planned.deliveries, members=found.members), calendar, since=now)
    return (*held, *lacking, *crowded, *_not_judged(found, days))


def foreseen(world: World, calendar: Calendar, roster: Roster, slots: Sequence[Slot], *, now: int) -> Plan:
    """Return the plan of ``slots`` for the groups of ``roster`` that received nothing yet.

    It is planned day by day, remembering only as far back as a guard looks, which makes it as quick for the last day
    as for the first.
    """
    shared: dict[str, Any] = {
        "publishers": world.registry.records("publishers"),
        "choices": choices(world, slots, shown_before=partial(_shown, world)),
        "guards": {name: judge for name, judge in judges(world).items() if name in FORETOLD},
    }
    back = looks_back(world)
    deliveries: list[Delivery] = []
    withheld: list[Withheld] = []
    history = History()
    for day, some in groupby(slots, key=lambda slot: slot.at // _DAY):
        part = plan(some, calendar, roster, history=history, now=now, **shared)
        history = _remembered(history, part.deliveries, since=(day + 1) * _DAY - back)
        deliveries += part.deliveries
        withheld += part.withheld
    return Plan(deliveries=tuple(deliveries), withheld=tuple(withheld))


def _remembered(history: History, deliveries: Iterable[Delivery], *, since: int) -> History:
    """Return what targets are promised after ``since``, these deliveries among it; parts of one slot count once."""
    sends = {target: [each for each in sent if each.at >= since] for target, sent in history.sends.items()}
    for each in deliveries:
        promised = sends.setdefault(each.target, [])
        if not promised or promised[-1].slot != each.slot.key:
            promised.append(
                Sent(slot=each.slot.key, column=each.slot.column, at=each.not_before, item=each.item, offer=each.offer)
            )
    return History({target: tuple(sent) for target, sent in sends.items() if sent})


def proof_slots(calendar: Calendar, now: int, days: int) -> tuple[Slot, ...]:
    """Return what is due in ``days`` local days from the midnight that began today; nothing where a rule is broken."""
    start = _midnight(calendar, now)
    end = start + dt.timedelta(days=days)  # wall-clock days: a day with a gap is a day too
    try:
        index = compile_index(calendar)
    except RuleError:
        return ()  # a problem of its own
    return due(index, Window(int(start.timestamp()), int(end.timestamp())))


def _midnight(calendar: Calendar, now: int) -> dt.datetime:
    zone = ZoneInfo(calendar.workspace.timezone)
    return dt.datetime.fromtimestamp(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)


def _not_judged(found: Profiles, days: int) -> Iterable[Finding]:
    """Yield that some groups were left out, so that silence about them is not taken for a proof."""
    if not found.left_out:
        return
    judged = sum(found.counts.values())
    yield Finding(
        code="CK538",
        severity="warning",
        message=Text(
            f"{days} 天里只推演了 {judged} 个群；{found.left_out} 个群的标签组合太少见，没有推演",
            f"only {judged} groups were judged for {days} days; {found.left_out} groups of rare combinations were not",
        ),
        fix=Text(
            "缩短 --horizon，或减少 audience 里用到的标签和条件",
            "use a shorter --horizon, or fewer tags and conditions in audiences",
        ),
        document="calendarkit.toml",
    )


def _understood(calendar: Calendar) -> Calendar:
    """Leave out columns whose audience is not understood, which is an error of their own."""

    def is_understood(column: Column) -> bool:
        try:
            parse_audience(column.audience)
        except AudienceError:
            return False
        return True

    return replace(calendar, columns={key: each for key, each in calendar.columns.items() if is_understood(each)})


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


def _policy_documents(world: World) -> dict[str, str]:
    """Return the path of the document each table of the policy stands in, by the name of the table."""
    written = next((each.path for each in world.documents.of("policy")), "")
    policy = world.calendar.policy
    found = {name: written for name in ("mix", "prices") if getattr(policy, name)}
    return {"caps": written if policy.caps else "calendarkit.toml", **found}
