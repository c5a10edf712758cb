"""What needs a person: one line each, with the command that settles it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from calendarkit.cli.lines import Line, Span, line
from calendarkit.cli.opening import errors_words, local
from calendarkit.cli.reasons import common_reasons, row_reason
from calendarkit.cli.standing import Status
from calendarkit.cli.words import amount, counted, plural
from calendarkit.edges.ledger.store import Hold, Row
from calendarkit.edges.world import World
from calendarkit.model.state import State
from calendarkit.model.text import Language, Text

_SHOWN = 5
_HOLDS = 20


def complaints(world: World, status: Status, language: Language) -> list[Line]:
    """Return what needs a person, each with the command that settles it; empty when nothing does."""
    lines: list[Line] = []
    if world.read_only:
        lines.append(_complaint(_read_only(world).to(language)))
    wrong = errors_words(world)
    if wrong is not None:
        lines.append(_complaint(wrong.to(language)))
    if status.doubt is not None:
        lines.append(_complaint(status.doubt.to(language)))
    if status.silent:
        lines += _silent(world, status, language)
    if status.stuck is not None:
        lines.append(_complaint(_stuck(world, status.figures.overdue, status.stuck).to(language)))
    lines += [_hold(world, each, language) for each in status.figures.holds[:_HOLDS]]
    lines += more_holds(len(status.figures.holds) - _HOLDS, language)
    lines += _held(status.held, language)
    lines += _unknown(status.in_state(State.UNKNOWN), language)
    lines += _failed(status.in_state(State.FAILED), language)
    lines += _missed(world, status.in_state(State.EXPIRED), language)
    return lines


def _read_only(world: World) -> Text:
    folder = world.state_dir
    return Text(
        f"{folder} 不能写，publish 什么也发不出去；以下读自台账的副本 → 检查权限，或磁盘是否只读",
        f"{folder} cannot be written, so nothing can be sent; this was read from a copy of the ledger "
        "→ check its permissions, or whether the disk is read-only",
    )


def _stuck(world: World, count: int, since: int) -> Text:
    when = local(world, since)
    return Text(
        f"{amount(count)} 条到期还没发出，{when} 起没有发出任何一条 → calendarkit doctor",
        f"{amount(count)} {plural(count, 'is', 'are')} due and not sent; nothing has left since {when} "
        "→ calendarkit doctor",
    )


def _silent(world: World, status: Status, language: Language) -> list[Line]:
    since = local(world, status.alive or 0)
    count = len(status.silent)
    words = Text(
        f"{since} 以后 publish 没有运行过，{count} 档到期没有发 → calendarkit doctor",
        f"publish has not run since {since}; {counted(count, 'slot', 'slots')} came due and went unsent "
        "→ calendarkit doctor",
    )
    titles = [f"{local(world, each.at)} {world.calendar.columns[each.column].title}" for each in status.silent]
    return [_complaint(words.to(language)), *listed(titles, language)]


def _hold(world: World, hold: Hold, language: Language) -> Line:
    until = local(world, hold.until)
    why = " ".join(part for part in (f"[{hold.code}]" if hold.code else "", cause(hold, language)) if part)
    words = Text(f"{holder(hold)} 已暂停，{until} 再试：{why}", f"{holder(hold)} is paused until {until}: {why}")
    return _complaint(words.to(language))


def holder(hold: Hold) -> str:
    """Return what rests: a channel, or one target of it."""
    return f"{hold.channel} {hold.target}".strip()


def cause(hold: Hold, language: Language) -> str:
    """Return why it rests; of a reason in two lines, one a language, the right one."""
    lines = hold.detail.splitlines() or [""]
    return lines[0] if language == "zh" else lines[-1]


def more_holds(count: int, language: Language) -> list[Line]:
    """Say how many more rest than were named; nothing when all were."""
    if count <= 0:
        return []
    return [
        line(
            Text(
                f"  另有 {amount(count)} 个也已暂停", f"  {amount(count)} more {plural(count, 'is', 'are')} paused"
            ).to(language)
        )
    ]


def _held(rows: Sequence[Row], language: Language) -> list[Line]:
    """List the slots that an edit made wait, each once: only a person knows whether they are meant to go."""
    if not rows:
        return []
    slots = sorted({row.delivery.slot.key for row in rows})
    words = Text(
        f"{amount(len(slots))} 档因为改动在等您决定 → calendarkit publish --slot SLOT --by NAME，或不管它",
        f"{counted(len(slots), 'slot waits', 'slots wait')} for your word after an edit → "
        "calendarkit publish --slot SLOT --by NAME, or leave it",
    )
    return [_complaint(words.to(language)), *listed(slots, language)]


def _unknown(rows: Sequence[Row], language: Language) -> list[Line]:
    if not rows:
        return []
    count = amount(len(rows))
    words = Text(
        f"{count} 条结果不确定，看过群再填 → calendarkit ledger resolve KEY --sent|--not-sent --by NAME",
        f"{count} with an unknown outcome; look into the group → "
        "calendarkit ledger resolve KEY --sent|--not-sent --by NAME",
    )
    return [_complaint(words.to(language)), *listed([row.key for row in rows], language)]


def _failed(rows: Sequence[Row], language: Language) -> list[Line]:
    """Count failures by reason: a wrong key that failed 36 groups is one thing to mend."""
    if not rows:
        return []
    words = Text(
        f"{amount(len(rows))} 条失败 → calendarkit ledger list --state failed",
        f"{amount(len(rows))} failed → calendarkit ledger list --state failed",
    )
    return [_complaint(words.to(language)), *listed(common_reasons(rows, language), language)]


def _missed(world: World, rows: Sequence[Row], language: Language) -> list[Line]:
    """List every slot that was missed, with how many deliveries."""
    if not rows:
        return []
    slots: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        slots[row.delivery.slot.key].append(row)
    words = Text(
        f"{amount(len(rows))} 条错过了时间，没有发：",
        f"{amount(len(rows))} missed {plural(len(rows), 'its', 'their')} time and "
        f"{plural(len(rows), 'was', 'were')} not sent:",
    )
    lines = [_complaint(words.to(language))]
    for key, missed in slots.items():
        column = world.calendar.columns.get(missed[0].delivery.slot.column)
        title = column.title if column else key
        why = row_reason(missed[0], language)
        lines.append(line(f"    {local(world, missed[0].at)} {title} × {amount(len(missed))}  ", Span(why, "dim")))
    return lines


def listed(items: Sequence[str], language: Language) -> list[Line]:
    """Return the first few items, indented, and how many more there are."""
    lines = [line(Span(f"    {each}", "dim")) for each in items[:_SHOWN]]
    if len(items) > _SHOWN:
        rest = len(items) - _SHOWN
        lines.append(line(Span(Text(f"    ……还有 {rest} 条", f"    … {rest} more").to(language), "dim")))
    return lines


def _complaint(text: str) -> Line:
    return line(Span("✗ ", "bad"), text)
