"""``calendarkit plan``: what will go out, what is withheld, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from calendarkit.cli.bilingual import Command, option
from calendarkit.cli.changes import changes_json, compare_with, show_changes, waiting
from calendarkit.cli.codes import Exit, Refusal
from calendarkit.cli.days import parse_moment
from calendarkit.cli.find_slot import find_column
from calendarkit.cli.finishes import finishes, finishes_json
from calendarkit.cli.lines import Span, line, show, show_json
from calendarkit.cli.opening import local, opened, zone_of
from calendarkit.cli.plan_json import plan_json
from calendarkit.cli.settings import Settings
from calendarkit.cli.sheet import Head, show_sheet
from calendarkit.cli.words import CHANNEL, COLUMN, COUNT, EXAMPLE, PARTS, REASON, TIME, amount
from calendarkit.edges.review import review
from calendarkit.edges.world import World
from calendarkit.model.delivery import Delivery, Plan, Withheld
from calendarkit.model.slot import Window
from calendarkit.model.text import Language, Text

_DAY = 86_400
_EDITS = 8 * _DAY
"""How far ahead edits are listed when nobody says until when."""
_LEAVES = Head(Text("何时发", "leaves"))
_GROUPS = Head(Text("群/店", "targets"), right=True)
_PARTS = Head(Text("内容", "parts"))
_GUARD = Head(Text("规则", "guard"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """The deliveries of one slot on one channel, counted.

    Attributes:
        parts: what goes out, in order.
        targets: how many groups or stores.
        count: how many messages.
        first: when the first of them leaves, later than ``at`` where a guard or ``spread`` says so.
        last: when the last of them leaves.
        example: id of one target.
    """

    slot: str
    column: str
    at: int
    channel: str
    parts: tuple[str, ...]
    targets: int
    count: int
    first: int
    last: int
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one guard withholds of one slot for one reason, counted; ``example`` is one delivery's key."""

    slot: str
    column: str
    at: int
    guard: str
    reason: Text
    count: int
    example: str


@click.command(
    cls=Command,
    name="plan",
    words=Text(
        "列出将要发送的和会被挡下的，附原因，默认看未来 24 小时；再列出上次运行以来的改动（未来 8 天）"
        "和等您决定的。只看，不发送。",
        "List what will go out and what is withheld, with reasons, by default for the next 24 hours; then what was "
        "edited since the last run (8 days ahead) and what waits for you. Sends nothing.",
    ),
    examples=(
        "calendarkit plan",
        "calendarkit plan --from 明天 --to 下周",
        "calendarkit plan --column 周三秒杀 --to +168h",
        "calendarkit plan --against /opt/shop --exit-code --format json",
    ),
)
@option(
    "--from",
    "start",
    default="now",
    metavar="TIME",
    words=Text("从何时起，默认现在。", "From when; default now."),
)
@option(
    "--to",
    "end",
    metavar="TIME",
    words=Text("到何时止，默认 24 小时后。", "Until when; default 24 hours later."),
)
@option("--column", metavar="COLUMN", words=Text("只看这个栏目。", "This column alone."))
@option(
    "--against",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    words=Text(
        "和正在运行的那个工作区对照：改动先放在另一份里，看过再上线。",
        "Compare with the workspace that runs: edit another copy, look, then put it live.",
    ),
)
@option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    words=Text("输出格式；json 逐条列出。", "What to print; json lists every delivery."),
)
@option("--json", "as_json", is_flag=True, words=Text("同 --format json。", "The same as --format json."))
@option(
    "--exit-code",
    is_flag=True,
    words=Text(
        "没有改动退出码 0，有改动 4，有等人决定的 1。",
        "Exit with 0 without edits, 4 with some, 1 when something waits.",
    ),
)
@click.pass_obj
def command(settings: Settings, /, *, start: str, end: str | None, column: str | None, **asked: Any) -> Exit:
    """Plan a stretch of time and print it, and what edits do to it."""
    from calendarkit import pipeline

    with opened(settings) as world:
        if asked["against"] is not None:
            compare_with(world, asked["against"])
        window = read_window(world, start, end)
        plan, now = pipeline.forecast(world, window), int(world.clock.now())
        found = review(world, window if end else Window(window.start, window.start + _EDITS), now)
        waits = waiting(found, plan)
        if column is not None:
            name = find_column(world, column).id
            plan, found = only(plan, name), found.only(name)
            waits = tuple(each for each in waits if each.column == name)
        if asked["as_json"] or asked["form"] == "json":
            ends = {"finishes": finishes_json(world, plan.deliveries)}
            show_json({**plan_json(plan, window, settings.language), **ends, **changes_json(found, waits)})
        else:
            show_plan(world, plan, settings, heading=f"{local(world, window.start)} – {local(world, window.end)}")
            show_changes(world, found, waits, settings)
    if not asked["exit_code"]:
        return Exit.FINE
    return Exit.ATTENTION if waits else Exit.CHANGED if found.edited else Exit.FINE


def read_window(world: World, start: str, end: str | None) -> Window:
    """Return the window that two moments name; an end such as ``+7d`` counts from the start.

    Raises:
        Refusal: one is no moment, or the end is not after the start (exit code 2).
    """
    now = world.clock.now()
    first = parse_moment(start, now, zone_of(world))
    begin = first if end is not None and end.startswith("+") else now
    last = parse_moment(end, begin, zone_of(world)) if end is not None else first + _DAY
    if last <= first:
        raise Refusal(Text("--to 必须晚于 --from", "--to must be after --from"))
    return Window(first, last)


def only(plan: Plan, column: str) -> Plan:
    """Return the part of ``plan`` that is about one column."""
    return Plan(
        deliveries=tuple(each for each in plan.deliveries if each.slot.column == column),
        withheld=tuple(each for each in plan.withheld if each.delivery.slot.column == column),
    )


def only_slot(plan: Plan, key: str) -> Plan:
    """Return the part of ``plan`` that is about one slot."""
    return Plan(
        deliveries=tuple(each for each in plan.deliveries if each.slot.key == key),
        withheld=tuple(each for each in plan.withheld if each.delivery.slot.key == key),
    )


def show_plan(world: World, plan: Plan, settings: Settings, *, heading: str) -> None:
    """Print a plan: one row per slot and channel, then one per slot and reason of what is withheld."""
    totals = Text(
        f"将发 {amount(len(plan.deliveries))} 条，挡下 {amount(len(plan.withheld))} 条",
        f"{amount(len(plan.deliveries))} to send, {amount(len(plan.withheld))} withheld",
    )
    show([line(Span(world.name, "title"), f" · {heading} · {settings.say(totals)}"), ()], settings)
    going = [_going(world, each, settings.language) for each in outgoing(plan.deliveries)]
    heads = [TIME, COLUMN, CHANNEL, _PARTS, _GROUPS, COUNT, EXAMPLE]
    if any(row[4] for row in going):
        heads.insert(4, _LEAVES)
    else:
        going = [[*row[:4], *row[5:]] for row in going]
    show_sheet(heads, going, settings)
    ends = finishes(world, plan.deliveries, settings.language)
    if ends:
        show([(), *ends], settings)
    stopped = [_stopped(world, each, settings.language) for each in held(plan.withheld)]
    if stopped:
        show([(), line(Span(settings.say(Text("会被挡下：", "withheld:")), "warn"))], settings)
        show_sheet([TIME, COLUMN, COUNT, _GUARD, REASON, EXAMPLE], stopped, settings)


def _going(world: World, each: Outgoing, language: Language) -> list[Span | str]:
    parts = "+".join(PARTS[part].to(language) if part in PARTS else part for part in each.parts)
    return [
        Span(local(world, each.at), "key"),
        _title(world, each.column),
        each.channel,
        parts,
        _leaves(world, each, language),
        amount(each.targets),
        amount(each.count),
        Span(each.example, "dim"),
    ]


def _leaves(world: World, each: Outgoing, language: Language) -> str:
    """Say when it leaves, where that is not the slot's own instant."""
    if each.last <= each.at:
        return ""
    first, last = (local(world, instant, "HH:mm") for instant in (each.first, each.last))
    if first == last:
        return Text(f"推迟到 {first}", f"put off to {first}").to(language)
    return f"{first} – {last}"


def _stopped(world: World, each: Held, language: Language) -> list[Span | str]:
    return [
        Span(local(world, each.at), "key"),
        _title(world, each.column),
        amount(each.count),
        each.guard,
        Span(each.reason.to(language), "warn"),
        Span(each.example, "dim"),
    ]


def _title(world: World, column: str) -> str:
    found = world.calendar.columns.get(column)
    return found.title if found else column


def outgoing(deliveries: Iterable[Delivery]) -> tuple[Outgoing, ...]:
    """Count deliveries by slot and channel; sorted by instant, then slot, then channel."""
    found: defaultdict[tuple[int, str, str], list[Delivery]] = defaultdict(list)
    for each in deliveries:
        found[each.slot.at, each.slot.key, each.channel].append(each)
    return tuple(
        Outgoing(
            slot=slot,
            column=group[0].slot.column,
            at=at,
            channel=channel,
            parts=tuple(dict.fromkeys(each.part for each in sorted(group, key=lambda each: each.sequence))),
            targets=len({each.target for each in group}),
            count=len(group),
            first=min(each.not_before or at for each in group),
            last=max(each.not_before or at for each in group),
            example=group[0].target,
        )
        for (at, slot, channel), group in sorted(found.items())
    )


def held(withheld: Iterable[Withheld]) -> tuple[Held, ...]:
    """Count what is withheld by slot, guard and reason; sorted by instant, then slot, then guard."""
    found: defaultdict[tuple[int, str, str, str], list[Withheld]] = defaultdict(list)
    for each in withheld:
        found[each.delivery.slot.at, each.delivery.slot.key, each.guard, each.reason.zh].append(each)
    return tuple(
        Held(
            slot=slot,
            column=group[0].delivery.slot.column,
            at=at,
            guard=guard,
            reason=group[0].reason,
            count=len(group),
            example=group[0].delivery.key,
        )
        for (at, slot, guard, _), group in sorted(found.items())
    )
