"""``calendarkit publish --slot``: a person's word that a slot goes out after all, and what waits for such a word."""

from __future__ import annotations

import getpass
from collections import Counter
from typing import TYPE_CHECKING

from calendarkit.cli.codes import Refusal
from calendarkit.cli.find_slot import find_slot
from calendarkit.cli.lines import Line, Span, line
from calendarkit.cli.opening import local
from calendarkit.cli.words import amount, state_word
from calendarkit.edges.world import World
from calendarkit.model.slot import Slot
from calendarkit.model.text import Language, Text

if TYPE_CHECKING:
    from calendarkit.edges.release import Released
    from calendarkit.pipeline import Tick

_SHOWN = 5


def send_slot(world: World, words: str, *, late: bool, by: str | None, language: Language) -> tuple[bool, list[Line]]:
    """Release the slot that ``words`` mean; return whether anything was released, and what to say.

    Raises:
        Refusal: there is no such slot, it is too late without ``late``, or its time is still to come (exit code 2).
    """
    from calendarkit.edges.release import release

    now, slot = int(world.clock.now()), find_slot(world, words)
    if slot.deadline <= now and not late:
        until = local(world, slot.deadline)
        raise Refusal(
            Text(f"{slot.key} 最迟 {until} 可发，已经过了", f"{slot.key} could go until {until}, which is over"),
            fix=Text("确实要发就加 --late", "to send it all the same, add --late"),
        )
    found = release(world, slot, by=by or getpass.getuser(), now=now, late=late)
    if not found.released and slot.at > now:
        raise Refusal(
            Text(f"{slot.key} 还没到时间", f"{slot.key} is still to come"),
            fix=Text(
                f"到 {local(world, slot.at)} 由 cron 发送，不用放行",
                f"cron sends it at {local(world, slot.at)} by itself",
            ),
        )
    return bool(found.released), [line(_said(world, slot, found).to(language))]


def held_lines(tick: Tick, language: Language) -> list[Line]:
    """Return a line for each slot of this run that waits for a person's word, at most five."""
    from calendarkit.edges.planner import REPLACES

    replaced = Counter(each.delivery.slot.key for each in tick.plan.withheld if each.guard == REPLACES)
    late = Counter(each.slot.key for each in tick.followed.late)
    lines = [
        _held(key, count, Text("替换了当天已发过的一档", "replaces a slot sent that day"), language)
        for key, count in replaced.items()
    ]
    lines += [
        _held(key, count, Text("写进日历时已过了时间", "was written after its time"), language)
        for key, count in late.items()
    ]
    return lines[:_SHOWN]


def _held(key: str, count: int, why: Text, language: Language) -> Line:
    words = Text(
        f"{key} {why.zh}，{amount(count)} 条等您决定：要发就运行 calendarkit publish --slot {key}",
        f"{key} {why.en}, {amount(count)} waiting for you: to send it, run calendarkit publish --slot {key}",
    )
    return line(Span("✗ ", "bad"), words.to(language))


def _said(world: World, slot: Slot, found: Released) -> Text:
    title = world.calendar.columns[slot.column].title
    if found.released:
        count = amount(len(found.released))
        if slot.at > world.clock.now():
            return Text(f"{title}：{count} 条到时会发送", f"{title}: {count} will go at their time")
        return Text(f"{title}：放行 {count} 条", f"{title}: {count} released")
    states = Counter(row.state for row in found.rows)
    zh = "，".join(f"{state_word(state).zh} {amount(count)}" for state, count in sorted(states.items()))
    en = ", ".join(f"{amount(count)} {state_word(state).en}" for state, count in sorted(states.items()))
    return Text(f"{title}：没有可放行的（{zh or '人群里没有群'}）", f"{title}: nothing to release ({en or 'no group'})")
