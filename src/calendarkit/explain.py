"""Explaining: why one target gets a slot, or why it does not, step by step along the chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from calendarkit import pipeline
from calendarkit.calendar.audience import parse_audience
from calendarkit.calendar.column import Column
from calendarkit.calendar.follow import times_of
from calendarkit.calendar.roster import Group, Roster, Store
from calendarkit.edges.judges import judges
from calendarkit.edges.ledger.store import Row
from calendarkit.edges.own_clock import own_clock
from calendarkit.edges.world import World
from calendarkit.errors import WorkspaceError
from calendarkit.extend.planning import Candidate
from calendarkit.model.delivery import Delivery
from calendarkit.model.guarding import Allow, Verdict
from calendarkit.model.message import Broken, Message
from calendarkit.model.slot import Slot
from calendarkit.model.text import Text
from calendarkit.stages.plan import route, unreachable

Mark = Literal["yes", "no", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One step: what it is about, whether it speaks for the delivery, and where that is written.

    Attributes:
        topic: ``rule``, ``audience``, ``groups``, ``channel``, ``content``, ``message``, ``late``, ``ledger`` or a
            guard's name.
        title: the topic as people call it.
        place: ``file:line``, empty when it is written nowhere.
    """

    topic: str
    title: Text
    mark: Mark
    text: Text
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything that decides about one slot and one target.

    Attributes:
        goes: whether it would go out, or did.
        rows: what the ledger already says, one row a part.
    """

    slot: Slot
    target: str
    goes: bool
    findings: tuple[Finding, ...]
    rows: tuple[Row, ...] = ()


def explain(world: World, slot: Slot, target: str) -> Explanation:
    """Explain one slot for one group or store, as things stand now.

    Args:
        world: an opened workspace.
        slot: the appointment.
        target: id of a group or store.

    Raises:
        WorkspaceError: the roster has no such target.
    """
    found = world.roster.groups.get(target) or world.roster.stores.get(target)
    if found is None:
        raise WorkspaceError(f"通讯录里没有 {target} / the roster has no {target}")
    slot = own_clock(world, slot, target)
    column = world.calendar.columns[slot.column]
    if isinstance(found, Store) and column.to == "groups":
        return _for_store(world, slot, column, found)
    rows = world.store.rows(prefix=f"{slot.key}/{target}/")
    findings = (*_steps(world, slot, column, found), *_recorded(rows))
    goes = bool(rows) or not any(each.mark == "no" for each in findings)
    if rows:
        goes = not any(each.state.name in ("WITHHELD", "CANCELLED", "EXPIRED", "FAILED") for each in rows)
    return Explanation(slot=slot, target=target, goes=goes, findings=findings, rows=rows)


def _for_store(world: World, slot: Slot, column: Column, store: Store) -> Explanation:
    """Explain a slot that goes to groups for a store: which of its groups get it, and why the others do not."""
    stays = {
        each.delivery.target: each.withheld or _broken(each.message)
        for each in pipeline.preview(world, slot, store=store.id)
    }
    groups = [each for each in world.roster.groups.values() if each.store == store.id]
    findings = [_rule(world, slot, column), *(_group(each, stays) for each in groups)]
    if not groups:
        text = Text("栏目发给社群，这家店没有社群", "the column goes to groups, and the store has none")
        findings.append(Finding(topic="groups", title=Text("社群", "groups"), mark="no", text=text))
    findings.append(_late(world, column))
    rows = tuple(row for row in world.store.rows(prefix=f"{slot.key}/") if row.delivery.store == store.id)
    goes = any(each.topic == "groups" and each.mark == "yes" for each in findings)
    return Explanation(slot=slot, target=store.id, goes=goes, findings=(*findings, *_recorded(rows)), rows=rows)


def _group(group: Group, stays: Mapping[str, Text | None]) -> Finding:
    """Say whether a group of the store gets the slot."""
    name = group.title or group.id
    why = stays.get(group.id, Text("不在人群里", "not in the audience"))
    text = Text(f"{name}（{group.id}）", f"{name} ({group.id})")
    if why is not None:
        text = Text(f"{text.zh}：{why.zh}", f"{text.en}: {why.en}")
    return Finding(topic="groups", title=Text("社群", "group"), mark="yes" if why is None else "no", text=text)


def _broken(message: Message | Broken) -> Text | None:
    """Return why a message cannot be made, ``None`` for one that can."""
    if not isinstance(message, Broken):
        return None
    return message.reason or Text(message.detail, message.detail)


def _steps(world: World, slot: Slot, column: Column, target: Group | Store) -> Iterator[Finding]:
    yield _rule(world, slot, column)
    yield _audience(world, column, target)
    channel, reach = _channel(world, column, target)
    yield reach
    yield _content(world, slot)
    deliveries = [each.delivery for each in pipeline.preview(world, slot, target=target.id)]
    if deliveries and channel:
        yield from _guards(world, deliveries[0])
        yield from _messages(world, slot, target.id)
    yield _late(world, column)


def _rule(world: World, slot: Slot, column: Column) -> Finding:
    usual, words = _said_when(column)
    origin = "rule" if slot.origin == "also" and not column.also else slot.origin
    key = {"move": "move", "also": "also"}.get(origin, usual)
    note = {
        "move": Text("（由 move 改到这个时间）", " (moved here by move)"),
        "also": Text("（由 also 加上）", " (added by also)"),
    }.get(origin, Text("", ""))
    text = Text(words + note.zh, words.replace("；", "; ") + note.en)
    return Finding(topic="rule", title=Text("规则", "rule"), mark="yes", text=text, place=_place(world, column, key))


def _said_when(column: Column) -> tuple[str, str]:
    """Return the key that says when a column goes out, and the words themselves."""
    if column.after is not None:
        said = ", ".join(f"{key} = {value}" for key, value in column.after.model_dump(exclude_defaults=True).items())
        return "after", f"after = {{ {said} }}；at = {', '.join(times_of(column))}"
    if column.rrule is not None:
        return "rrule", f"rrule = {' '.join(column.rrule.split())}"
    if column.cron is not None:
        return "cron", f"cron = {column.cron}" + (f"；cron_day = {column.cron_day}" if column.cron_day else "")
    if isinstance(column.at, Mapping):
        at = "{ " + ", ".join(f'{name} = "{time}"' for name, time in column.at.items()) + " }"
    else:
        at = ", ".join(times_of(column))
    return "on", f"on = {', '.join(column.on)}；at = {at}"


def _audience(world: World, column: Column, target: Group | Store) -> Finding:
    group = target if isinstance(target, Group) else None
    store = _store_of(world.roster, target)
    audience = parse_audience(column.audience)
    matched = audience.matches(group, store)
    if not column.audience:
        text = Text("所有群", "every group")
    else:
        parts = audience.explain(group, store)
        zh = "；".join(f"{each.text} {'✓' if each.matched else '✗'}（{each.found.zh}）" for each in parts)
        en = "; ".join(f"{each.text} {'✓' if each.matched else '✗'} ({each.found.en})" for each in parts)
        verb = Text("匹配", "matches") if matched else Text("不匹配", "does not match")
        text = Text(f"“{column.audience}” {verb.zh}：{zh}", f"{column.audience!r} {verb.en}: {en}")
    return Finding(
        topic="audience",
        title=Text("人群", "audience"),
        mark="yes" if matched else "no",
        text=text,
        place=_place(world, column, "audience"),
    )


def _channel(world: World, column: Column, target: Group | Store) -> tuple[str, Finding]:
    publishers = world.registry.records("publishers")
    channels = column.channels or world.calendar.workspace.channels
    if isinstance(target, Group):
        channel, obstacle = route(target, channels, publishers)
    else:
        reachable = [each for each in channels if unreachable(publishers.get(each), target, each) is None]
        channel = reachable[0] if reachable else ""
        obstacle = None if reachable else ("reach", Text("没有渠道发往门店", "no channel addresses stores"))
    if obstacle is not None:
        text = obstacle[1]
    else:
        record = publishers[channel]
        text = Text(f"{record.title}（{channel}）", f"{record.title} ({channel})")
    title = Text("渠道", "channel")
    return ("" if obstacle else channel), Finding(
        topic="channel",
        title=title,
        mark="no" if obstacle else "yes",
        text=text,
        place=_place(world, column, "channels"),
    )


def _content(world: World, slot: Slot) -> Finding:
    choice = pipeline.choose(world, slot)
    title = Text("内容", "content")
    if choice.nothing is not None:
        return Finding(topic="content", title=title, mark="no", text=choice.nothing)
    shown = " · ".join(each for each in (choice.item, choice.offer) if each)
    text = Text(shown or "固定内容", shown or "the same every time")
    return Finding(topic="content", title=title, mark="yes", text=text)


def _guards(world: World, delivery: Delivery) -> Iterator[Finding]:
    now = int(world.clock.now())
    others = pipeline.promised(world, delivery)
    traits = world.registry.records("publishers")[delivery.channel].traits
    ask = Candidate(delivery=delivery, calendar=world.calendar, roster=world.roster, now=now, traits=traits)
    for name, judge in sorted(judges(world).items()):
        record = world.registry.records("guards")[name]
        verdict = judge(ask, others)
        yield Finding(topic=name, title=record.title, mark=_mark(verdict), text=_said(verdict))


def _mark(verdict: Verdict) -> Mark:
    return "yes" if isinstance(verdict, Allow) else "no"


def _said(verdict: Verdict) -> Text:
    return Text("没有意见", "nothing against it") if isinstance(verdict, Allow) else verdict.reason


def _messages(world: World, slot: Slot, target: str) -> Iterator[Finding]:
    for each in pipeline.preview(world, slot, target=target):
        title = {"poster": Text("海报", "poster"), "link": Text("链接", "link")}.get(
            each.delivery.part, Text("文字", "text")
        )
        broken = _broken(each.message)
        if isinstance(each.message, Broken) and broken is not None:
            yield Finding(topic="message", title=title, mark="no", text=broken)
        elif isinstance(each.message, Message):
            text = Text(f"版本 {each.message.revision}", f"revision {each.message.revision}")
            yield Finding(topic="message", title=title, mark="yes", text=text)


def _late(world: World, column: Column) -> Finding:
    limit = column.valid_for or column.late or "1h"
    policy = {
        "skip": Text("错过就不补", "a missed one is skipped"),
        "latest": Text("错过只补最近一档", "of missed ones the latest goes out"),
        "all": Text("错过的都补", "missed ones all go out"),
    }[column.missed]
    text = Text(f"最迟可晚 {limit}，{policy.zh}", f"at most {limit} late; {policy.en}")
    key = "valid_for" if column.valid_for else "late"
    return Finding(
        topic="late", title=Text("迟到", "lateness"), mark="note", text=text, place=_place(world, column, key)
    )


def _recorded(rows: tuple[Row, ...]) -> Iterator[Finding]:
    for row in rows:
        said = row.reason or Text(row.detail, row.detail)
        state = row.state.name.lower()
        text = Text(f"{row.key} {state} {said.zh}".strip(), f"{row.key} {state} {said.en}".strip())
        yield Finding(topic="ledger", title=Text("台账", "ledger"), mark="note", text=text)


def _store_of(roster: Roster, target: Group | Store) -> Store:
    if isinstance(target, Store):
        return target
    return roster.stores.get(target.store) or Store(id=target.store, name=target.store)


def _place(world: World, column: Column, key: str) -> str:
    return world.calendar.places.get(f"column.{column.id}.{key}", "")
