"""``calendarkit publish``: sends what is due; silent when all is well, so that cron stays silent too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from calendarkit.cli.attention import cause, holder, more_holds
from calendarkit.cli.bilingual import Command, option
from calendarkit.cli.codes import Exit, Refusal
from calendarkit.cli.days import parse_moment
from calendarkit.cli.lines import Line, Span, line, on_terminal, rich_console, show
from calendarkit.cli.opening import local, opened, zone_of
from calendarkit.cli.plan import show_plan
from calendarkit.cli.reasons import common_reasons
from calendarkit.cli.send_slot import held_lines, send_slot
from calendarkit.cli.settings import Settings
from calendarkit.cli.words import amount, counted, plural
from calendarkit.edges.clock import ShiftedClock, SystemClock
from calendarkit.edges.watch.watching import watching
from calendarkit.edges.world import World, open_world
from calendarkit.extend import Clock
from calendarkit.model.state import State
from calendarkit.model.text import Language, Text

if TYPE_CHECKING:
    from calendarkit.pipeline import Tick

_NOW_REFUSED = Text("--now 只能和 --dry-run 或 --sandbox 一起用", "--now goes only with --dry-run or --sandbox")
_NOW_FIX = Text(
    "真的要发，就等到那个时间；cron 每分钟运行一次", "to really send, wait for that time: cron runs every minute"
)
_SLOT_REFUSED = Text(
    "--slot 不和 --dry-run 一起用，--late 只和 --slot 一起用", "no --dry-run with --slot; --late goes with it"
)
_LOST = Text(
    "台账不见了，已新建：从现在起发送，之前到期的一律不发；有备份就先停下 cron，恢复 state/ledger.db",
    "the ledger was gone and a new one begins: what was due before now is never sent; if there is a backup, stop cron "
    "and restore state/ledger.db",
)
_SHOWN = 5
"""Paused groups that are named; cron's mail comes every minute."""
_STAGES = {"render": Text("生成内容", "rendering"), "send": Text("发送", "sending")}
_DAY = 86_400


@click.command(
    cls=Command,
    name="publish",
    words=Text(
        "发送到期的内容，由 cron 每分钟运行。没有要发的，或一切顺利，就什么也不输出；有问题写到标准错误，退出码 1。"
        "同时运行几个也不会重发。",
        "Send what is due; run it from cron every minute. It says nothing when nothing is due or all is well; problems "
        "go to standard error, with exit code 1. Several at once never send twice.",
    ),
    examples=(
        "calendarkit publish --dry-run",
        "calendarkit publish --dry-run --now 2026-11-25T12:00",
        "calendarkit publish --slot noon-deals/2026-11-25/12:30",
    ),
)
@option(
    "--dry-run",
    is_flag=True,
    words=Text("演练：走完每一步，只是不发。", "Walk every step but the sending."),
)
@option(
    "--now",
    metavar="TIME",
    words=Text(
        "当作现在是这个时间；只用于 --dry-run 或 --sandbox。", "Pretend it is this time; with --dry-run or --sandbox."
    ),
)
@option(
    "--sandbox",
    metavar="URL",
    words=Text(
        "全部发到这个沙箱，例如 http://127.0.0.1:8787。", "Send everything to this sandbox: http://127.0.0.1:8787."
    ),
)
@option(
    "--accept-clock",
    is_flag=True,
    words=Text("时钟跳过，但现在的时间是对的：照常发送。", "The clock jumped and is right now: send."),
)
@option(
    "--slot",
    metavar="SLOT",
    words=Text(
        "放行一档：改动后扣下等人决定的，或它的时间过后才写进日历的；已有的群不会再收到。",
        "Release a slot that an edit made wait, or that was written after its time; who has it gets it no second time.",
    ),
)
@option(
    "--late",
    is_flag=True,
    words=Text("连同错过了时间的，只和 --slot 一起用。", "Also what missed its time; with --slot only."),
)
@option("--by", metavar="NAME", words=Text("谁决定的，记入台账。", "Who decides; kept in the ledger."))
@click.pass_obj
def command(settings: Settings, /, *, dry_run: bool, now: str | None, sandbox: str | None, **asked: Any) -> Exit:
    """Run one tick, or rehearse it."""
    from calendarkit import pipeline

    slot, accept_clock = asked["slot"], asked["accept_clock"]
    if now is not None and not dry_run and sandbox is None:
        raise Refusal(_NOW_REFUSED, fix=_NOW_FIX)
    if (slot is not None and dry_run) or (slot is None and asked["late"]):
        raise Refusal(_SLOT_REFUSED)
    clock = _clock(settings, now)
    with opened(settings, clock=clock, sandbox=sandbox) as world:
        if dry_run:
            return _rehearse(world, settings, exactly=now is not None)
        released = slot is None or _release(world, settings, slot, late=asked["late"], by=asked["by"])
        with watching(world) as watch:
            with _progress(settings) as progress:
                tick = pipeline.tick(world, accept_clock=accept_clock, progress=progress, on_result=watch.note)
            if on_terminal():
                show(summary(world, tick, settings.language), settings)
            problems = complaints(tick, settings.language, _reasons(world, tick, settings.language))
            show(problems, settings, err=True)
            well = not problems and not world.faulty
            watch.ended(tick.figures, well=well)
        show([_complaint(settings.say(each)) for each in watch.troubles], settings, err=True)
        return Exit.FINE if well and released and not watch.troubles else Exit.ATTENTION


def summary(world: World, tick: Tick, language: Language) -> list[Line]:
    """Return one line about a run, for a person who watches; what needs a person is not in it."""
    notes = [line(Span(note.to(language), "dim")) for note in tick.notes]
    sent, new = tick.figures["sent"], tick.admitted.new
    if not tick.due and not new and not tick.deliveries.counts:
        return [*notes, line(_upcoming(world).to(language))]
    slots = counted(tick.due, "slot", "slots")
    words = Text(
        f"{amount(tick.due)} 档到期，投放 {amount(tick.figures['due'])} 条 · 已送达 {amount(sent)} 条 · "
        f"挡下 {amount(tick.figures['withheld'])} 条 · 用时 {tick.took:.1f} 秒",
        f"{slots} due, {counted(tick.figures['due'], 'delivery', 'deliveries')} · {amount(sent)} delivered · "
        f"{amount(tick.figures['withheld'])} withheld · {tick.took:.1f} s",
    )
    return [*notes, line(words.to(language))]


def complaints(tick: Tick, language: Language, reasons: Sequence[str] = ()) -> list[Line]:
    """Return one line for each thing of this run that needs a person; empty when nothing does.

    Args:
        tick: the run.
        language: to speak.
        reasons: why deliveries failed; cron's mail should tell more than a number.
    """
    missed = tick.figures["expired"]
    told = (
        (tick.broken, Text("条内容无法生成", plural(tick.broken, "message", "messages") + " could not be made")),
        (tick.deliveries.count(State.FAILED), Text("条发送失败", "failed")),
        (tick.deliveries.count(State.UNKNOWN), Text("条结果不确定", "with an unknown outcome")),
        (missed, Text("条错过了时间", f"missed {plural(missed, 'its', 'their')} time")),
    )
    lines = [_complaint(_LOST.to(language))] if tick.lost else []
    lines += [_complaint(f"{amount(count)} {what.to(language)}") for count, what in told if count]
    lines += [line(Span(f"    {each}", "dim")) for each in reasons]
    lines += held_lines(tick, language)
    for hold in tick.deliveries.holds[:_SHOWN]:
        paused = Text(f"{holder(hold)} 已暂停", f"{holder(hold)} is paused").to(language)
        lines.append(_complaint(" ".join(part for part in (f"{paused}:", hold.code, cause(hold, language)) if part)))
    lines += more_holds(len(tick.deliveries.holds) - _SHOWN, language)
    return [*lines, line("  → calendarkit status")] if lines else []


def _release(world: World, settings: Settings, slot: str, *, late: bool, by: str | None) -> bool:
    """Release a slot and say so; return whether there was anything to release."""
    released, lines = send_slot(world, slot, late=late, by=by, language=settings.language)
    show(lines, settings)
    return released


def _reasons(world: World, tick: Tick, language: Language) -> list[str]:
    """Return why deliveries of this run failed, the commonest reasons first."""
    if not tick.broken and not tick.deliveries.count(State.FAILED):
        return []
    began = int(world.clock.now() - tick.took) - 1
    failed = world.store.rows(states=[State.FAILED], updated_since=began)
    return common_reasons(failed, language)[:3]


def _complaint(text: str) -> Line:
    return line(Span("✗ ", "bad"), text)


def _upcoming(world: World) -> Text:
    """Say that nothing is due, and what comes next."""
    from calendarkit import pipeline
    from calendarkit.model.slot import Window

    now = int(world.clock.now())
    for days in (1, 8, 40):
        slots = pipeline.programme(world, Window(now + 1, now + days * _DAY))
        if slots:
            title, at = world.calendar.columns[slots[0].column].title, local(world, slots[0].at)
            return Text(f"没有到期的内容；下一档 {at} {title}", f"nothing is due; next is {at} {title}")
    return Text("没有到期的内容", "nothing is due")


def _rehearse(world: World, settings: Settings, *, exactly: bool) -> Exit:
    """Print what a run would send.

    Without ``--now`` it is the run that cron would start this minute, from the ledger's mark. With it (``exactly``)
    the minute of that time is rehearsed, as if cron had been running until then; a new ledger could tell nothing else.
    """
    from calendarkit import pipeline
    from calendarkit.model.message import Broken
    from calendarkit.model.slot import Window

    now = int(world.clock.now())
    heading = settings.say(Text(f"演练 {local(world, now)}", f"rehearsal {local(world, now)}"))
    if exactly:
        window = Window(now - 59, now + 1)
        plan = pipeline.forecast(world, window)
        made = [each for slot in pipeline.programme(world, window) for each in pipeline.preview(world, slot)]
        broken = sum(isinstance(each.message, Broken) and each.withheld is None for each in made)
    else:
        tick = pipeline.dry_run(world)
        plan, broken = tick.plan, tick.broken
        show([line(Span(settings.say(note), "dim")) for note in tick.notes], settings)
    show_plan(world, plan, settings, heading=heading)
    if not broken:
        return Exit.FINE
    words = Text(f"{broken} 条内容无法生成 → calendarkit preview", f"{broken} cannot be made → calendarkit preview")
    show([_complaint(settings.say(words))], settings, err=True)
    return Exit.ATTENTION


def _clock(settings: Settings, now: str | None) -> Clock:
    """Return the machine's clock, or one that starts at ``now`` on the workspace's clocks."""
    if now is None:
        return SystemClock()
    with open_world(settings.root()) as world:
        return ShiftedClock(parse_moment(now, world.clock.now(), zone_of(world)))


@contextmanager
def _progress(settings: Settings) -> Iterator[Callable[[str, int, int], None] | None]:
    """Yield what shows progress: a bar where a person watches, nothing elsewhere."""
    if not on_terminal(err=True):
        yield None
        return
    from rich.progress import Progress

    with Progress(console=rich_console(settings, err=True), transient=True) as bars:
        tasks = {name: bars.add_task(settings.say(words), total=None, visible=False) for name, words in _STAGES.items()}

        def advance(stage: str, done: int, total: int) -> None:
            if stage in tasks:
                bars.update(tasks[stage], completed=done, total=total, visible=True)

        yield advance
