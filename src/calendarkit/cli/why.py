"""``calendarkit why``: why a slot goes out or does not, step by step, and where each step is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from calendarkit.cli import cells
from calendarkit.cli.absence import absence, absence_json
from calendarkit.cli.bilingual import Command, json_option, option
from calendarkit.cli.codes import Refusal
from calendarkit.cli.days import parse_day
from calendarkit.cli.find_slot import NoSlot, find_slot
from calendarkit.cli.find_target import find_group, find_target
from calendarkit.cli.lines import Line, Span, hang, line, show, show_json, terminal_width
from calendarkit.cli.opening import local, opened, today
from calendarkit.cli.plan import held, only_slot, outgoing
from calendarkit.cli.settings import Settings
from calendarkit.cli.words import amount, counted
from calendarkit.edges.world import World
from calendarkit.model.slot import Slot
from calendarkit.model.text import Language, Text

if TYPE_CHECKING:
    from calendarkit.explain import Explanation, Finding

_GOES = Text("会发送", "goes out")
_STAYS = Text("不会发送", "does not go out")
_MARKS = {"yes": Span("✓", "good"), "no": Span("✗", "bad"), "note": Span("·", "dim")}
_CHAIN = {"rule", "audience", "groups", "channel", "content", "message", "late", "ledger"}
"""Topics of the chain itself; every other topic is a guard's name."""
_TEXT_CELLS = 60


@click.command(
    cls=Command,
    name="why",
    words=Text(
        "说明一档为什么发、为什么不发：规则、人群、渠道、每条限制，以及各自写在哪个文件哪一行。"
        "不写群时，列出整档发往多少群、挡下多少；那天没有档期，就说是规则里的哪个词去掉的。"
        "SLOT 同 preview；后面可接日期和群，先后不限。",
        "Explain why a slot goes out or does not: rule, audience, channel and every guard, with file and line. Without "
        "a group, count where the whole slot goes; on a day without one, name the words of the rule that say so. SLOT "
        "as for preview; a day and a group may follow in any order.",
    ),
    examples=("calendarkit why 周三秒杀", "calendarkit why 周三秒杀 2026-11-25 --group hz-001.vip"),
)
@click.argument("slot")
@click.argument("rest", nargs=-1, metavar="[DATE] [GROUP]")
@option("--group", metavar="ID", words=Text("群或门店（id 或名称）。", "Group or store (id or name)."))
@json_option
@click.pass_obj
def command(settings: Settings, slot: str, rest: tuple[str, ...], group: str | None, *, as_json: bool) -> None:
    """Explain a slot, for one target or for all."""
    from calendarkit.explain import explain

    with opened(settings) as world:
        day, target = read_rest(world, rest, group)
        try:
            found = find_slot(world, slot, day)
        except NoSlot as none:
            if as_json:
                show_json(absence_json(world, none.column, none.day))
            else:
                show(absence(world, none.column, none.day, settings.language), settings)
            return
        if target is None:
            show(overview(world, found, settings.language), settings)
            return
        explanation = explain(world, found, target)
        if as_json:
            show_json(explanation_json(explanation, settings.language))
        else:
            found_steps = steps(explanation.findings, settings.language, terminal_width())
            show([heading(world, explanation, settings.language), *found_steps], settings)


def read_rest(world: World, rest: Sequence[str], group: str | None) -> tuple[str | None, str | None]:
    """Return the day's words and the target's id among what follows the slot.

    Raises:
        Refusal: a word is neither a day nor a target, or there are more than one of each (exit code 2).
    """
    day, target = None, None
    if group is not None:
        target = find_target(world, group) or find_group(world, group)
    for words in rest:
        if day is None and _is_day(world, words):
            day = words
            continue
        found = find_target(world, words)
        if found is None:
            raise Refusal(
                Text(f"“{words}”既不是日期，也不是群或门店", f"{words!r} is neither a day nor a group or store")
            )
        if target not in (None, found):
            raise Refusal(Text(f"一次只能问一个群：{target}、{found}", f"one group at a time: {target}, {found}"))
        target = found
    return day, target


def _is_day(world: World, words: str) -> bool:
    try:
        parse_day(words, today(world))
    except Refusal:
        return False
    return True


def heading(world: World, explanation: Explanation, language: Language) -> Line:
    """Return the line that names slot and target and gives the answer."""
    slot, roster = explanation.slot, world.roster
    group = roster.groups.get(explanation.target)
    store = roster.stores.get(group.store if group else explanation.target)
    name = (group.title if group else store.name if store else "") or explanation.target
    answer = Span(_answer(explanation).to(language), "good" if explanation.goes else "bad")
    return line(*_slot_words(world, slot), f" · {name} → ", answer)


def _answer(explanation: Explanation) -> Text:
    """Say whether it goes out; for a store, to how many of its groups."""
    groups = [each.mark for each in explanation.findings if each.topic == "groups"]
    heard = groups.count("yes")
    if not heard:
        return _GOES if explanation.goes else _STAYS
    return Text(f"会发给 {heard} 个群", f"goes out to {counted(heard, 'group', 'groups')}")


def steps(findings: Sequence[Finding], language: Language, most: int | None = None) -> list[Line]:
    """Return what was found, a line a step: topic, whether it speaks for sending, why, and where that is written.

    Guards that have nothing against it share one line. Lines longer than ``most`` cells are broken.
    """
    silent = [each for each in findings if each.topic not in _CHAIN and each.mark == "yes"]
    told = [each for each in findings if each not in silent]
    titles = max((cells.width(each.title.to(language)) for each in told), default=0)
    texts = max((cells.width(each.text.to(language)) for each in told if each.place), default=0)
    blocks = []
    for each in told:
        lead = line("  ", _MARKS[each.mark], f" {cells.pad(each.title.to(language), titles)}  ")
        blocks.append(_with_place(hang(lead, _said(each, language), most), each.place, min(texts, _TEXT_CELLS), most))
    if silent:
        names = Text("、", ", ").to(language).join(each.title.to(language) for each in silent)
        lead = line("  ", _MARKS["yes"], f" {cells.pad(Text('限制', 'guards').to(language), titles)}  ")
        agreed = Span(Text(f"都通过：{names}", f"all agree: {names}").to(language))
        blocks.insert(min(len(blocks), 4), hang(lead, agreed, most))
    return [each for block in blocks for each in block]


def _said(finding: Finding, language: Language) -> Span:
    return Span(finding.text.to(language), "bad" if finding.mark == "no" else "")


def _with_place(block: list[Line], place: str, column: int, most: int | None) -> list[Line]:
    """Set ``place`` behind a step, in line with the others where it fits, else on a line of its own."""
    if not place:
        return block
    text = block[0][-1]
    indent = sum(cells.width(span.text) for span in block[0][:-1])
    behind = Span(" " * max(column - cells.width(text.text), 0) + "  ")
    used = indent + max(column, cells.width(text.text)) + 2 + cells.width(place)
    if len(block) == 1 and (most is None or used <= most):
        return [(*block[0], behind, Span(place, "dim"))]
    return [*block, line(" " * indent, Span(place, "dim"))]


def overview(world: World, slot: Slot, language: Language) -> list[Line]:
    """Return where the whole slot goes: targets by channel, and what is withheld by reason."""
    from calendarkit import pipeline

    plan = only_slot(pipeline.plan_among(world, slot), slot.key)
    lines = [line(*_slot_words(world, slot))]
    for each in outgoing(plan.deliveries):
        words = Text(
            f"{each.channel}：{amount(each.targets)} 个，例如 {each.example}",
            f"{each.channel}: {amount(each.targets)}, such as {each.example}",
        )
        lines.append(line("  ", _MARKS["yes"], f" {words.to(language)}"))
    for stop in held(plan.withheld):
        words = Text(
            f"挡下 {amount(stop.count)} 条：{stop.reason.zh}（{stop.guard}），例如 {stop.example}",
            f"{amount(stop.count)} withheld: {stop.reason.en} ({stop.guard}), such as {stop.example}",
        )
        lines.append(line("  ", _MARKS["no"], Span(f" {words.to(language)}", "warn")))
    if len(lines) == 1:
        lines.append(line("  ", _MARKS["no"], f" {Text('人群里没有任何群', 'its audience is empty').to(language)}"))
    hint = Text(f"看某个群：calendarkit why {slot.key} GROUP", f"for one group: calendarkit why {slot.key} GROUP")
    return [*lines, line(Span(f"  {hint.to(language)}", "dim"))]


def explanation_json(explanation: Explanation, language: Language) -> dict[str, Any]:
    """Return an explanation as plain data."""
    return {
        "slot": explanation.slot.key,
        "target": explanation.target,
        "goes": explanation.goes,
        "findings": [
            {"topic": each.topic, "mark": each.mark, "text": each.text.to(language), "place": each.place}
            for each in explanation.findings
        ],
    }


def _slot_words(world: World, slot: Slot) -> Line:
    title = world.calendar.columns[slot.column].title
    return line(Span(title, "title"), f" · {local(world, slot.at, 'YYYY-MM-DD HH:mm')}")
