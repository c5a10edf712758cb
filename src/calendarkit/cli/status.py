"""``calendarkit status``: what was sent, what comes next, and what needs a person."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from calendarkit.cli.attention import complaints
from calendarkit.cli.bilingual import Command, json_option, option
from calendarkit.cli.codes import Exit
from calendarkit.cli.days import parse_moment
from calendarkit.cli.lines import Line, Span, line, show, show_json
from calendarkit.cli.opening import local, opened, zone_of
from calendarkit.cli.outlook import Outlook
from calendarkit.cli.reasons import row_reason
from calendarkit.cli.settings import Settings
from calendarkit.cli.standing import Status, read_status
from calendarkit.cli.words import amount, counted, state_word
from calendarkit.edges.world import World
from calendarkit.model.slot import Slot
from calendarkit.model.state import State
from calendarkit.model.text import Language, Text

_DAY = 86_400
_RUN = ("started", "took", "due", "sent", "failed", "unknown", "expired", "withheld")


@click.command(
    cls=Command,
    name="status",
    words=Text(
        "发得怎样、下一档是什么、哪些需要人处理。有要处理的，退出码为 1。",
        "Show what was sent, what comes next and what needs a person; exits with 1 when something does.",
    ),
)
@option(
    "--since",
    default="-24h",
    metavar="TIME",
    words=Text("失败和错过的从何时算起，默认 24 小时前。", "Failed and missed ones since then; default 24 hours ago."),
)
@json_option
@click.pass_obj
def command(settings: Settings, *, since: str, as_json: bool) -> Exit:
    """Print the status."""
    with opened(settings, reading=True) as world:
        now = world.clock.now()
        start = int(now) - _DAY if since == "-24h" else parse_moment(since, now, zone_of(world))
        status = read_status(world, start)
        problems = complaints(world, status, settings.language)
        if as_json:
            show_json(status_json(world, status, settings.language))
        else:
            show([*figures_lines(world, status, settings.language), *problems], settings)
            if not problems:
                show(
                    [line(Span("✓ ", "good"), settings.say(Text("没有需要处理的", "nothing needs a person")))], settings
                )
    return Exit.ATTENTION if problems else Exit.FINE


def figures_lines(world: World, status: Status, language: Language) -> list[Line]:
    """Return the lines that are no complaint: the last run, today, what is under way, what comes next."""
    lines = [line(_last_run(world, status, language))]
    if status.today:
        words = " · ".join(
            f"{state_word(state).to(language)} {amount(count)}" for state, count in sorted(status.today.items())
        )
        lines.append(line(Text("今天", "today").to(language), f"  {words}"))
    if status.figures.overdue and status.stuck is None:
        left = status.figures.overdue
        going = Text(f"正在发送，还剩 {amount(left)} 条", f"under way; {counted(left, 'delivery', 'deliveries')} to go")
        lines.append(line(going.to(language)))
    if status.waiting is not None:
        lines.append(line(_waiting(world, status, status.waiting.at, language)))
    if status.upcoming is not None:
        lines.append(line(_next(world, status.upcoming, status.outlook, language)))
    if status.lag is not None:
        lines.append(line(_lag(world, status.lag, language)))
    return lines


def status_json(world: World, status: Status, language: Language) -> dict[str, Any]:
    """Return the status as plain data; instants in epoch seconds."""
    run = status.figures.run
    return {
        "alive": status.alive,
        "stale": world.stale,
        "errors": sum(each.severity == "error" for each in world.problems),
        "run": None if run is None else {name: getattr(run, name) for name in _RUN},
        "states": {state.name.lower(): count for state, count in sorted(status.figures.states.items())},
        "today": {state.name.lower(): count for state, count in sorted(status.today.items())},
        "overdue": status.figures.overdue,
        "silent": [slot.key for slot in status.silent],
        "holds": [
            {"channel": each.channel, "target": each.target, "until": each.until, "detail": each.detail}
            for each in status.figures.holds
        ],
        "attention": [
            {"key": row.key, "state": row.state.name.lower(), "code": row.code, "reason": row_reason(row, language)}
            for row in status.rows
        ],
        "stuck": status.stuck,
        "waiting": status.figures.states.get(State.ACCEPTED, 0),
        "read_only": world.read_only,
        "next": status.upcoming.key if status.upcoming else None,
        "outlook": asdict(status.outlook) if status.outlook else None,
    }


def _last_run(world: World, status: Status, language: Language) -> str:
    run = status.figures.run
    if run is None:
        hint = Text("还没有运行过 → calendarkit cron print", "it has not run yet → calendarkit cron print")
        return hint.to(language)
    when = local(world, run.started, "MM-DD HH:mm:ss")
    took = (
        Text("还在运行", "still running")
        if run.took is None
        else Text(f"用时 {run.took:.0f} 秒", f"took {run.took:.0f} s")
    )
    figures = (
        (Text("到期", "due"), run.due),
        (Text("已送达", "delivered"), run.sent),
        (Text("不确定", "unknown"), run.unknown),
        (Text("失败", "failed"), run.failed),
        (Text("错过", "missed"), run.expired),
        (Text("挡下", "withheld"), run.withheld),
    )
    told = " · ".join(f"{name.to(language)} {amount(count)}" for name, count in figures)
    lead = Text(f"上次运行 {when}，{took.zh}", f"last run {when}, {took.en}").to(language)
    return f"{lead} · {told}"


def _waiting(world: World, status: Status, since: int, language: Language) -> str:
    count, first = status.figures.states.get(State.ACCEPTED, 0), local(world, since)
    waiting = counted(count, "delivery waits", "deliveries wait")
    return Text(
        f"等待确认 {amount(count)} 条，最早的是 {first} 的",
        f"{waiting} for a person or a job, the oldest since {first}",
    ).to(language)


def _next(world: World, slot: Slot, outlook: Outlook | None, language: Language) -> str:
    """Say what comes next; how many, by when, and whether that is in time where it is near."""
    title, at = world.calendar.columns[slot.column].title, local(world, slot.at)
    words = f"{Text('下一档', 'next').to(language)}  {at} {title}"
    if outlook is None:
        return words
    finish, deadline = local(world, outlook.finish, "HH:mm:ss"), local(world, slot.deadline, "HH:mm")
    goes = counted(outlook.deliveries, "delivery", "deliveries")
    said = Text(f"{amount(outlook.deliveries)} 条", goes)
    ends = Text(
        f"，按限速 {finish} 发完（期限 {deadline}）",
        f", the last leaves at {finish} by the rates (deadline {deadline})",
    )
    late = Text(f"，{amount(outlook.too_late)} 条来不及", f", {amount(outlook.too_late)} too late")
    held = Text(f"，挡下 {amount(outlook.withheld)} 条", f", {amount(outlook.withheld)} withheld")
    told = ((ends, outlook.deliveries), (late, outlook.too_late), (held, outlook.withheld))
    more = [each for each, count in told if count]
    return words + Text("：", ": ").to(language) + "".join(each.to(language) for each in (said, *more))


def _lag(world: World, until: int, language: Language) -> str:
    when = local(world, until)
    return Text(
        f"时钟曾经走快：{when} 以前的档期那时已处理过，不会再发",
        f"the clock was ahead: slots before {when} were dealt with then and do not go again",
    ).to(language)
