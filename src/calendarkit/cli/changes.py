"""What ``calendarkit plan`` says of edits: what changed, what open deliveries become, what waits for a person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calendarkit.cli.lines import Line, Span, line, show
from calendarkit.cli.opening import local
from calendarkit.cli.settings import Settings
from calendarkit.cli.sheet import Head, show_sheet
from calendarkit.cli.words import COLUMN, TIME, amount, counted
from calendarkit.edges.follow_edits import LATE_ADDED
from calendarkit.edges.review import Review
from calendarkit.edges.world import World, open_world
from calendarkit.model.delivery import Plan
from calendarkit.model.text import Language, Text
from calendarkit.stages.compare import Change
from calendarkit.stages.compile import compile_index

_KINDS = {
    "added": Text("新增", "added"),
    "moved": Text("改时间", "moved"),
    "changed": Text("改内容", "changed"),
    "cancelled": Text("取消", "cancelled"),
    "renamed": Text("改名", "renamed"),
}
_STYLES = {"added": "good", "cancelled": "bad", "moved": "warn", "changed": "key", "renamed": "dim"}
_FACETS = {
    "text": Text("文字", "text"),
    "price": Text("价格", "price"),
    "poster": Text("海报", "poster"),
    "audience": Text("人群或渠道", "audience or channel"),
}
_KIND = Head(Text("改动", "change"))
_SLOTS = Head(Text("档数", "slots"), right=True)
_WHAT = Head(Text("说明", "what"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Deliveries of one slot that wait for a person's word; ``guard`` is ``replaces`` or ``late-added``."""

    slot: str
    column: str
    at: int
    guard: str
    count: int


def compare_with(world: World, folder: Path) -> None:
    """Let ``world`` be judged by the ledger and the memory of another workspace; neither is written to.

    Raises:
        WorkspaceError: ``folder`` holds no workspace.
    """
    with open_world(folder) as running:
        state = running.state_dir
    world.index = compile_index(world.calendar)
    world.state_dir = state


def show_changes(world: World, found: Review, waits: Iterable[Waiting], settings: Settings) -> None:
    """Print what edits do; without any, one line that says so."""
    language = settings.language
    if found.first:
        said = Text("还没有运行过 publish，没有可对照的", "publish has not run yet: nothing to compare with")
        show([(), line(Span(said.to(language), "dim"))], settings)
    elif not found.edited:
        said = Text("上次运行以来没有改动", "no edits since the last run")
        show([(), line(Span(said.to(language), "dim"))], settings)
    else:
        heading = Text("上次运行以来的改动：", "edited since the last run:")
        show([(), line(Span(heading.to(language), "title"))], settings)
        groups = _grouped(found.changes)
        show_sheet(
            [_KIND, _SLOTS, COLUMN, TIME, _WHAT], [_row(world, found, each, language) for each in groups], settings
        )
        show([*_advice(found, language), *_ledger_lines(found, language)], settings)
    show(_waiting_lines(world, found, waits, language), settings)


def waiting(found: Review, plan: Plan) -> tuple[Waiting, ...]:
    """Return what waits for a person: in the ledger, in the plan, and slots put into the past; sorted by instant."""
    seen = [(row.delivery, row.guard) for row in found.waiting]
    seen += [(each.delivery, each.guard) for each in plan.withheld if each.guard == "replaces"]
    seen += [(each, LATE_ADDED) for each in found.late]
    keys = {each.key: (each.slot.at, each.slot.key, each.slot.column, guard) for each, guard in seen}
    counts = Counter(keys.values())
    return tuple(
        Waiting(slot=slot, column=column, at=at, guard=guard, count=count)
        for (at, slot, column, guard), count in sorted(counts.items())
    )


def changes_json(found: Review, waits: Iterable[Waiting]) -> dict[str, Any]:
    """Return what edits do as plain data; instants in epoch seconds."""
    return {
        "changes": [
            {
                "change": each.kind,
                "slot": each.slot.key,
                "at": each.slot.at,
                "former_slot": each.former.key if each.former else None,
                "former_at": each.former.at if each.former else None,
                "what": list(each.what),
            }
            for each in found.changes
        ],
        "ledger": {
            "cancelled": [row.key for row in found.followed.cancelled],
            "moved": [new.key for new, _ in found.followed.moved],
            "made_again": [row.key for row in found.followed.reworded],
            "late_added": [each.key for each in found.late],
        },
        "waiting": [{"slot": each.slot, "at": each.at, "guard": each.guard, "count": each.count} for each in waits],
    }


def _grouped(changes: Iterable[Change]) -> list[list[Change]]:
    """Put together what happened to one column, slot name by slot name, in the order of its first instant."""
    found: defaultdict[tuple[str, ...], list[Change]] = defaultdict(list)
    for each in changes:
        former = each.former
        shift = str(each.slot.at - former.at) if former and each.kind == "moved" else ""
        name = "" if each.slot.origin == "after" else each.slot.name  # one customer more or less is no news
        found[each.kind, each.slot.column, name, shift, *each.what].append(each)
    return list(found.values())


def _row(world: World, found: Review, group: list[Change], language: Language) -> list[Span | str]:
    first, last = group[0], group[-1]
    when = local(world, first.slot.at)
    if last.slot.at != first.slot.at:
        when += f" … {local(world, last.slot.at)}"
    return [
        Span(_KINDS[first.kind].to(language), _STYLES[first.kind]),
        amount(len(group)),
        _title(world, found, first.slot.column),
        Span(when, "key"),
        _what(world, first, language) + (" …" if last.slot.name != first.slot.name else ""),
    ]


def _what(world: World, change: Change, language: Language) -> str:
    parts = [Text("、", ", ").to(language).join(_FACETS[each].to(language) for each in change.what)]
    if change.kind == "moved" and change.former:
        parts.insert(
            0, Text(f"原来 {local(world, change.former.at)}", f"was {local(world, change.former.at)}").to(language)
        )
    if change.kind == "renamed" and change.former:
        parts.insert(0, f"{change.former.column} → {change.slot.column}")
    if change.kind in ("added", "cancelled") and change.slot.name != local(world, change.slot.at, "HH:mm"):
        parts.insert(0, change.slot.name)
    return Text("；", "; ").to(language).join(each for each in parts if each)


def _advice(found: Review, language: Language) -> list[Line]:
    """Say why a new time of an unnamed slot is no move."""
    unnamed = [each for each in found.changes if ":" in each.slot.name]
    gone = {each.slot.column for each in unnamed if each.kind == "cancelled"}
    if not any(each.kind == "added" and each.slot.column in gone for each in unnamed):
        return []
    words = Text(
        '没有名字的档期换时间，等于取消旧的、新增新的；写成 at = { noon = "12:30" } 才认得出是同一档',
        'an unnamed slot at a new time is one cancelled and one added; at = { noon = "12:30" } keeps it the same slot',
    )
    return [line("  ", Span(words.to(language), "dim"))]


def _ledger_lines(found: Review, language: Language) -> list[Line]:
    followed = found.followed
    told = [
        (len(followed.cancelled), Text("条还没发出的将取消", "open deliveries will be cancelled")),
        (len(followed.moved), Text("条还没发出的将改到新时间", "open deliveries will go at their new time")),
        (len(followed.reworded), Text("条已生成、还没发出的将重新生成", "messages that wait will be made again")),
    ]
    return [line(f"  {amount(count)} {words.to(language)}") for count, words in told if count]


def _title(world: World, found: Review, column: str) -> str:
    known = world.calendar.columns.get(column)
    return known.title if known else found.titles.get(column, column)


def _waiting_lines(world: World, found: Review, waits: Iterable[Waiting], language: Language) -> list[Line]:
    lines = []
    for each in waits:
        title = _title(world, found, each.column)
        why = (
            Text("写进日历时已过了时间", "written after its time")
            if each.guard == LATE_ADDED
            else Text("替换了当天已发过的一档", "replaces a slot sent that day")
        )
        words = Text(
            f"{title}：{amount(each.count)} 条{why.zh}",
            f"{title}: {counted(each.count, 'delivery', 'deliveries')}, {why.en}",
        )
        said = f"{local(world, each.at)} {words.to(language)} → calendarkit publish --slot {each.slot}"
        lines.append(line("  ", Span("? ", "warn"), said))
    if not lines:
        return []
    heading = Text("等您决定，不会自动发送：", "waiting for you, not sent by itself:")
    return [(), line(Span(heading.to(language), "warn")), *lines]
