"""``calendarkit worker``: sends what ``publish`` made ready, on as many machines as share the ledger."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

import click

from calendarkit.cli.bilingual import Command, option
from calendarkit.cli.codes import Exit, Refusal
from calendarkit.cli.days import parse_moment
from calendarkit.cli.lines import Span, line, show
from calendarkit.cli.opening import zone_of
from calendarkit.cli.settings import Settings
from calendarkit.cli.words import amount
from calendarkit.edges.clock import ShiftedClock, SystemClock
from calendarkit.edges.courier import OnResult
from calendarkit.edges.publish import terminated
from calendarkit.edges.serve import serve, serves
from calendarkit.edges.watch.action_log import ActionLog, action_log
from calendarkit.edges.watch.watching import WELL
from calendarkit.edges.window import keep_worlds_apart
from calendarkit.edges.work import Told, work
from calendarkit.edges.world import World, open_world
from calendarkit.extend.lent import Clock
from calendarkit.extend.working import Notice
from calendarkit.model.state import State
from calendarkit.model.text import Text


@click.command(
    cls=Command,
    name="worker",
    words=Text(
        "常驻发送：publish 排好的内容由它发出。可在多台机器上各开几个，共用一份 PostgreSQL 台账，同一条不会发两次。"
        "收到 SIGTERM 后发完手上的再退出。",
        "Keep sending what publish made ready. Run several, on several machines that share a ledger on PostgreSQL; "
        "nothing goes out twice. On SIGTERM it finishes what it holds and ends.",
    ),
    examples=("calendarkit worker", "calendarkit worker --senders 32", "calendarkit worker --once"),
)
@option(
    "--senders",
    type=click.IntRange(1, 256),
    metavar="N",
    words=Text("发送线程数；默认用 engine.senders。", "Sender threads; engine.senders by default."),
)
@option("--once", is_flag=True, words=Text("发完现有的就退出。", "End when nothing is ready any more."))
@option(
    "--sandbox",
    metavar="URL",
    words=Text("全部发到这个沙箱。", "Send everything to this sandbox."),
)
@option(
    "--now",
    metavar="TIME",
    words=Text("当作现在是这个时间；只用于 --sandbox。", "Pretend it is this time; with --sandbox only."),
)
@click.pass_obj
def command(settings: Settings, *, senders: int | None, once: bool, sandbox: str | None, now: str | None) -> Exit:
    """Work until told to stop."""
    if now is not None and sandbox is None:
        raise Refusal(Text("--now 只能和 --sandbox 一起用", "--now goes only with --sandbox"))
    clock = _clock(settings, now)
    troubled = False
    last = Text("", "")

    def tell(told: Told) -> None:
        nonlocal troubled, last
        if told.kind == "sent":
            troubled = troubled or told.deliveries.count(State.FAILED, State.UNKNOWN, State.EXPIRED) > 0
        elif told.reason == last:
            return  # said already
        last = told.reason
        show([line(*_said(told, settings))], settings, err=told.kind != "sent")

    with terminated() as ended, ExitStack() as stack:
        with _opened(settings, sandbox, clock) as world:
            log = stack.enter_context(action_log(world.calendar.workspace.watch.log, world.redactor, root=world.root))
            listens = serves(world) and not once
        log("worker.begin")
        (serve if listens else partial(work, once=once))(
            lambda: _opened(settings, sandbox, clock),
            tell=tell,
            stop=ended.is_set,
            watch=lambda _: _logging(log),
            senders=senders,
        )
        log("worker.end")
    return Exit.ATTENTION if once and troubled else Exit.FINE


def _clock(settings: Settings, now: str | None) -> Clock:
    """Return the machine's clock, or one that starts at ``now`` on the workspace's clocks."""
    if now is None:
        return SystemClock()
    with open_world(settings.root()) as world:
        return ShiftedClock(parse_moment(now, world.clock.now(), zone_of(world)))


def _opened(settings: Settings, sandbox: str | None, clock: Clock) -> World:
    """Open the workspace.

    Raises:
        Refusal: its files hold errors.
        WorkspaceError: its ledger serves customers while this is a rehearsal, or the other way round.
    """
    world = open_world(settings.root(), clock=clock, sandbox=sandbox, language=settings.language)
    if not world.sound:
        world.close()
        words = Text("日历有错误，worker 不能运行", "the calendar has errors; the worker cannot run")
        raise Refusal(words, fix=Text("calendarkit check", "calendarkit check"), code=Exit.WORKSPACE)
    keep_worlds_apart(world)
    return world


def _logging(log: ActionLog) -> OnResult:
    def note(notice: Notice) -> None:
        receipt = notice.receipt
        told = {"outcome": receipt.outcome.value, "code": receipt.code, "detail": receipt.detail} if receipt else {}
        log(f"delivery.{notice.state}", well=notice.state in WELL, delivery=notice.key, **told)

    return note


def _said(told: Told, settings: Settings) -> list[Span | str]:
    """Return one line about a round."""
    if told.kind != "sent":
        return [Span("… ", "warn"), settings.say(told.reason)]
    count: Callable[..., int] = told.deliveries.count
    words = Text(
        f"送达 {amount(count(State.DELIVERED, State.ACCEPTED))} · 稍后再发 {amount(count(State.READY))} · "
        f"失败 {amount(count(State.FAILED))} · 不确定 {amount(count(State.UNKNOWN))}",
        f"{amount(count(State.DELIVERED, State.ACCEPTED))} delivered · {amount(count(State.READY))} later · "
        f"{amount(count(State.FAILED))} failed · {amount(count(State.UNKNOWN))} unknown",
    )
    return [settings.say(words)]
