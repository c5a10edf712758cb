"""The chain in order; read this file first.

load → validate → compile → due → plan → render → deliver → record → follow up → report

``show``, ``plan``, ``preview``, ``publish --dry-run`` and ``publish`` are this one chain, stopped at different places:
so a preview cannot lie.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from calendarkit.clockwork.index import next_instant
from calendarkit.clockwork.words import parse_duration
from calendarkit.clockwork.zones import wall
from calendarkit.edges.agreement import agree
from calendarkit.edges.courier import OnResult
from calendarkit.edges.follow_edits import Followed, follow_edits
from calendarkit.edges.judges import looks_back
from calendarkit.edges.known import known
from calendarkit.edges.ledger.store import Admitted
from calendarkit.edges.own_clock import own_clock
from calendarkit.edges.planner import choices, plan_slots
from calendarkit.edges.plugins import Failure
from calendarkit.edges.prove import DAYS, prove
from calendarkit.edges.publish import Deliveries
from calendarkit.edges.restored import refuse_restored, remember_mark
from calendarkit.edges.rests import end_rests, note_rests, something_waits
from calendarkit.edges.send import send
from calendarkit.edges.strays import strays
from calendarkit.edges.wake import heartbeat, remove_wake, write_wake
from calendarkit.edges.warming import next_warming, prewarm, warm
from calendarkit.edges.window import keep_worlds_apart, open_window, remember_clock
from calendarkit.edges.world import World, open_world
from calendarkit.errors import WorkspaceError
from calendarkit.extend.lent import Clock
from calendarkit.model.delivery import Delivery, Plan
from calendarkit.model.guarding import History, Sent
from calendarkit.model.message import Broken, Message
from calendarkit.model.problem import Problem
from calendarkit.model.slot import Slot, Window
from calendarkit.model.state import State
from calendarkit.model.text import Text
from calendarkit.poster.layout import lint
from calendarkit.poster.uncovered import uncovered
from calendarkit.stages.coverage import coverage
from calendarkit.stages.due import due
from calendarkit.stages.plan import Choice
from calendarkit.stages.render import render
from calendarkit.stages.triage import Triage, triage
from calendarkit.stages.validate import validate

DAY = 86_400
TICK_SECONDS = 50
"""A tick hands what is left to the next one; cron starts one every minute."""
RENDER_AT_ONCE = 500


class Hands(Protocol):
    """Sends what is ready and due, until an instant in epoch seconds; see :func:`calendarkit.edges.send.send`."""

    def __call__(self, world: World, *, until: int, on_result: OnResult | None = None) -> Deliveries:
        """Send."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """What one run of ``publish`` came to; counts of deliveries."""

    due: int = 0
    followed: Followed = Followed()
    admitted: Admitted = Admitted()
    plan: Plan = Plan()
    broken: int = 0
    deliveries: Deliveries = Deliveries()
    took: float = 0.0
    notes: tuple[Text, ...] = ()
    lost: bool = False
    """Whether the ledger is new although cron has run here before: somebody or something took the old one away."""

    @property
    def figures(self) -> dict[str, int]:
        """The run in numbers, all of deliveries, as the ledger and the log keep it."""
        sent, admitted = self.deliveries.count, self.admitted
        return {
            "due": admitted.new + admitted.withheld,
            "sent": sent(State.DELIVERED, State.ACCEPTED),
            "failed": sent(State.FAILED) + self.broken,
            "unknown": sent(State.UNKNOWN),
            "expired": sent(State.EXPIRED) + admitted.missed,
            "withheld": sent(State.WITHHELD) + admitted.withheld,
        }


def tick(
    world: World,
    *,
    accept_clock: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
    on_result: OnResult | None = None,
    hands: Hands = send,
) -> Tick:
    """Send everything that is due and record what became of it; run it every minute, several at once if need be.

    Args:
        world: an opened workspace.
        accept_clock: send although the clock jumped, and remember that it is right now.
        progress: called with a stage (``render``, ``send``), how many are done, and how many there are.
        on_result: told of every delivery that moved, one call at a time.
        hands: who sends what is ready; a rehearsal has its own.

    Raises:
        WorkspaceError: there is no valid calendar, not even a last good one.
        ClockMoved: the clock jumped too far.
        LedgerBusy: another process holds the ledger.
    """
    if not world.sound:
        raise WorkspaceError(
            "日历有错误，什么都没有发送：先运行 calendarkit check\n"
            "the calendar has errors, nothing was sent: run calendarkit check"
        )
    began, now = world.clock.now(), int(world.clock.now())
    keep_worlds_apart(world)
    refuse_restored(world)
    run = world.store.start_run(now)
    if accept_clock:
        remember_clock(world, now)
    window, notes = open_window(world, now, accept_clock=accept_clock)
    agree(world)
    followed = follow_edits(world, now)
    slots = triage(due(world.index, window), world.calendar, now)
    planned = plan_slots(world, slots, now)
    admitted = world.store.admit(
        planned, missed={slot.key: _missed(world, slot) for slot in slots.missed}, mark=window.end, now=now
    )
    remember_mark(world)
    broken = _render_due(world, now, progress)
    end_rests(world, now)
    sent = hands(world, until=now + TICK_SECONDS, on_result=on_result)
    note_rests(world)
    report = Tick(
        due=len(slots.due),
        followed=followed,
        admitted=admitted,
        plan=planned,
        broken=broken,
        deliveries=sent,
        took=world.clock.now() - began,
        notes=(*notes, *sent.notes),
        lost=bool(notes) and heartbeat(world.state_dir) is not None,
    )
    world.store.finish_run(run, took=report.took, figures=report.figures)
    _sleep_until_next(world, now, window)
    return report


def programme(world: World, window: Window) -> tuple[Slot, ...]:
    """Return the slots of ``window``, sorted by instant, then column."""
    return due(world.index, window)


def forecast(world: World, window: Window) -> Plan:
    """Return what would be delivered and withheld in ``window``, as things stand now; writes nothing."""
    now = int(world.clock.now())
    return plan_slots(world, Triage(due=due(world.index, window), missed=()), now)


def dry_run(world: World) -> Tick:
    """Walk every step of :func:`tick` but the writing and the sending."""
    began, now = world.clock.now(), int(world.clock.now())
    window, notes = open_window(world, now, accept_clock=True)
    slots = triage(due(world.index, window), world.calendar, now)
    planned = plan_slots(world, slots, now)
    warm(world, planned.deliveries)
    messages = [_render(world, each) for each in planned.deliveries]
    broken = sum(isinstance(each, Broken) for each in messages)
    return Tick(due=len(slots.due), plan=planned, broken=broken, took=world.clock.now() - began, notes=notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What one target would see of one part of a slot, and why it would not, where that is so."""

    delivery: Delivery
    message: Message | Broken
    withheld: Text | None = None


def preview(world: World, slot: Slot, *, target: str = "", store: str = "") -> tuple[Preview, ...]:
    """Return every part of ``slot`` for one group, for one store's groups, or for all; in the order of the plan."""
    slot = own_clock(world, slot, target or store)
    planned = plan_among(world, slot, only=target or store)
    held = {each.delivery.key: each.reason for each in planned.withheld}
    wanted = [
        each
        for each in (*planned.deliveries, *(each.delivery for each in planned.withheld))
        if each.slot.key == slot.key and (not target or each.target == target) and (not store or each.store == store)
    ]
    return tuple(
        Preview(delivery=each, message=_render(world, each), withheld=held.get(each.key))
        for each in sorted(wanted, key=lambda each: (each.target, each.channel, each.sequence))
    )


def plan_among(world: World, slot: Slot, *, only: str = "") -> Plan:
    """Return the plan of ``slot`` and what goes out before it, because guards count; ``only``: one group or store."""
    return plan_slots(world, Triage(due=neighbours(world, slot), missed=()), int(world.clock.now()), only=only)


def neighbours(world: World, slot: Slot) -> tuple[Slot, ...]:
    """Return ``slot`` and what still goes out before it, as far back as a guard may count."""
    start = max(slot.at - looks_back(world), min(int(world.clock.now()), slot.at))
    others = (each for each in due(world.index, Window(start, slot.at + 1)) if each.key != slot.key)
    return (*others, slot)


def promised(world: World, delivery: Delivery) -> History:
    """Return what the delivery's target received and is promised around it, the delivery's own slot left out."""
    now, target, slot = int(world.clock.now()), delivery.target, delivery.slot
    around = plan_among(world, slot, only=target)
    planned = {
        each.slot.key: Sent(
            slot=each.slot.key, column=each.slot.column, at=each.not_before, item=each.item, offer=each.offer
        )
        for each in around.deliveries
        if each.target == target
    }
    since = min(now, slot.at) - looks_back(world)
    known = {each.slot: each for each in world.store.history([target], since=since).of(target)}
    sends = sorted((planned | known).values(), key=lambda each: (each.at, each.slot))
    return History({target: tuple(each for each in sends if each.slot != slot.key)})


def choose(world: World, slot: Slot) -> Choice:
    """Return what ``slot`` shows."""
    return choices(world, [slot])[slot.key]


def check(root: Path, *, clock: Clock | None = None, days: int = DAYS) -> tuple[World, tuple[Problem, ...]]:
    """Judge a workspace with all that its plugins know, and its coming days; return its world (close it) and problems.

    Args:
        root: the folder that holds ``calendarkit.toml``.
        clock: the machine's by default.
        days: how far ahead its programme is proven, in whole local days.

    Raises:
        WorkspaceError: there is no ``calendarkit.toml``.
    """
    world = open_world(root, clock=clock)
    if world.validated.calendar is None:
        return world, world.problems
    assets = root / world.calendar.workspace.files.assets
    validated = validate(world.documents, known(world.registry, assets=assets, secrets=world.secrets))
    layouts = tuple(problem for each in world.documents.of("poster") for problem in lint(each.text, each.path))
    absent = world.registry.tables  # a plugin that is not installed is a problem of validation's own
    failures = tuple(_plugin_problem(each) for each in world.registry.failures if each.plugin not in absent)
    ahead: tuple[Problem, ...] = ()
    if validated.calendar is not None:
        with World(root, documents=world.documents, validated=validated, clock=world.clock) as present:
            ahead = prove(present, int(world.clock.now()), days=days)
        today, _ = wall(validated.calendar.workspace.timezone, int(world.clock.now()))
        ahead += coverage(validated.calendar, today)
        posters = root / world.calendar.workspace.files.posters
        ahead += uncovered(
            validated.calendar, validated.roster, world.documents, layouts=(posters,), fonts=(assets / "fonts",)
        )
    lost = strays(root, world.documents, world.calendar.workspace.files)
    problems = (*validated.problems, *(each for each in layouts if each not in validated.problems))
    return world, (*problems, *failures, *lost, *ahead)


def _plugin_problem(failure: Failure) -> Problem:
    return Problem(
        code="CK609",
        message=Text(f"插件 {failure.plugin}：{failure.detail}", f"plugin {failure.plugin}: {failure.detail}"),
        file="calendarkit.toml",
        path=f"plugins.{failure.plugin}",
    )


def _missed(world: World, slot: Slot) -> str:
    column = world.calendar.columns[slot.column]
    return Text(
        f"错过了：{column.title} 最迟可晚 {column.valid_for or column.late or '1h'}",
        f"missed: {column.title} may be at most {column.valid_for or column.late or '1h'} late",
    ).to(world.record_language)


def _render_due(world: World, now: int, progress: Callable[[str, int, int], None] | None) -> int:
    """Render and freeze what is due; return how many could not be made."""
    broken = done = 0
    while rows := world.store.to_render(now, RENDER_AT_ONCE):
        warm(world, (row.delivery for row in rows))
        results = [(row.id, _render(world, row.delivery)) for row in rows]
        world.store.freeze(results, now)
        broken += sum(isinstance(message, Broken) for _, message in results)
        done += len(results)
        if progress:
            progress("render", done, done)
    return broken


def _render(world: World, delivery: Delivery) -> Message | Broken:
    publisher = world.registry.records("publishers").get(delivery.channel)
    if publisher is None:
        reason = Text(f"没有启用渠道 {delivery.channel}", f"channel {delivery.channel} is not enabled")
        return Broken(key=delivery.key, code="CK701", detail=reason.to(world.record_language), reason=reason)
    return render(delivery, world.calendar, world.roster, accepts=publisher.limits, draw=world.drawing)


def _sleep_until_next(world: World, now: int, window: Window) -> None:
    """Write the wake file, unless every tick must look: errors in files, a rehearsal, something waiting for a rest."""
    if world.faulty or world.sandbox or something_waits(world.store, now):
        remove_wake(world.state_dir)
        return
    upcoming = next_instant(world.index, window.end)
    warming = next_warming(world, now) if prewarm(world, now, until=now + TICK_SECONDS) else now

    def write(earliest: int | None) -> None:
        wake = min(
            moment for moment in (earliest, upcoming, warming, now + _longest_sleep(world)) if moment is not None
        )
        write_wake(world.state_dir, wake=wake, sources=world.watched, now=min(now, world.began))

    world.store.quiescent(write)


def _longest_sleep(world: World) -> int:
    """Return for how many seconds ticks may end at the fast door; not long where somebody outside waits for a sign."""
    watch = world.calendar.workspace.watch
    return parse_duration(watch.every) if watch.ping or watch.metrics else 7 * DAY
