"""Planning: slots become deliveries, or are withheld with a reason; no candidate is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from calendarkit.calendar.addressees import Addressees
from calendarkit.calendar.audience import parse_audience
from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column, Content, Part
from calendarkit.calendar.roster import Group, Roster, Store
from calendarkit.clockwork.turns import turn
from calendarkit.clockwork.words import parse_duration
from calendarkit.extend.planning import Candidate
from calendarkit.extend.publishing import Publisher
from calendarkit.model.delivery import Delivery, Plan, Withheld
from calendarkit.model.guarding import Allow, History, Postpone, Sent, Verdict, Withhold
from calendarkit.model.slot import Slot
from calendarkit.model.text import Text

Judge = Callable[[Candidate, History], Verdict]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a slot shows: ids of the content item and of the offer, or why there is nothing to show."""

    item: str = ""
    offer: str = ""
    nothing: Text | None = None


def plan(
    slots: Iterable[Slot],
    calendar: Calendar,
    roster: Roster,
    *,
    publishers: Mapping[str, Publisher],
    choices: Mapping[str, Choice],
    guards: Mapping[str, Judge],
    history: History,
    now: int,
) -> Plan:
    """Return every delivery of ``slots`` and every one that is withheld, sorted by instant, then key.

    A group hears a slot through one channel: the first of the column's list that can reach it. A store gets every
    channel of the list that addresses stores.

    Args:
        slots: what is due.
        calendar: the columns, offers and pools.
        roster: stores and groups.
        publishers: by name; a column that names another one has its deliveries withheld.
        choices: by slot key; what each slot shows.
        guards: by name; asked in the order of their names. They must not raise.
        history: what targets received and are promised; what this plan adds counts too.
        now: epoch seconds.

    >>> from calendarkit.calendar.workspace import Workspace
    >>> plan([], Calendar(workspace=Workspace(name="x")), Roster(), publishers={}, choices={}, guards={},
    ...      history=History(), now=0)
    Plan(deliveries=(), withheld=())
    """
    sends = dict(history.sends)
    deliveries: list[Delivery] = []
    withheld: list[Withheld] = []
    ordered_guards = sorted(guards.items())
    addressees = Addressees(calendar, roster)
    for slot in sorted(slots, key=lambda slot: (slot.at, slot.key)):
        choice = choices.get(slot.key, Choice())
        reached = addressees.of(slot)
        for candidates, obstacle in _candidates(slot, calendar, reached, publishers=publishers, choice=choice):
            stop, moment = obstacle, candidates[0].not_before
            if stop is None:
                traits = publishers[candidates[0].channel].traits
                ask = Candidate(delivery=candidates[0], calendar=calendar, roster=roster, now=now, traits=traits)
                stop, moment = _judge(ask, History(sends), ordered_guards)
            if stop is not None:
                withheld.extend(Withheld(delivery=each, guard=stop[0], reason=stop[1]) for each in candidates)
                continue
            deliveries.extend(replace(each, not_before=moment) for each in candidates)
            target = candidates[0].target
            sent = Sent(slot=slot.key, column=slot.column, at=moment, item=choice.item, offer=choice.offer)
            sends[target] = (*sends.get(target, ()), sent)
    return Plan(deliveries=tuple(sorted(deliveries, key=_order)), withheld=tuple(sorted(withheld, key=_held_order)))


def _judge(ask: Candidate, history: History, guards: list[tuple[str, Judge]]) -> tuple[tuple[str, Text] | None, int]:
    """Return what stops the candidate (guard, reason), or ``None`` and the instant from which it may go."""
    moment = ask.delivery.not_before
    for name, judge in guards:
        verdict = judge(ask, history)
        match verdict:
            case Allow():
                continue
            case Postpone(until=until) if until < ask.delivery.slot.deadline:
                moment = max(moment, until)
            case Postpone(reason=reason) | Withhold(reason=reason):
                return (name, reason), moment
    return None, moment


Obstacle = tuple[str, Text]


def _candidates(
    slot: Slot, calendar: Calendar, roster: Roster, *, publishers: Mapping[str, Publisher], choice: Choice
) -> Iterable[tuple[tuple[Delivery, ...], Obstacle | None]]:
    """Yield, per target and channel, the parts to deliver and what already stands against them."""
    column = calendar.columns[slot.column]
    channels = column.channels or calendar.workspace.channels
    spread = parse_duration(column.spread) if column.spread else 0
    nothing = None if choice.nothing is None else ("content", choice.nothing)
    for target, store, routes in _targets(column, channels, roster, publishers):
        for channel, obstacle in routes:
            parts = parts_of(column.content, channel)
            beside = channel in publishers and publishers[channel].traits.rush > 0
            delay = turn(f"{slot.key}/{target}", slot.at, spread, beside=beside)
            yield (
                tuple(
                    Delivery(
                        slot=slot,
                        target=target,
                        store=store,
                        channel=channel,
                        part=part,
                        sequence=sequence,
                        on_unknown=column.on_unknown,
                        item=choice.item,
                        offer=choice.offer,
                        not_before=slot.at + delay,
                    )
                    for sequence, part in enumerate(parts)
                ),
                nothing or obstacle,
            )


def _targets(
    column: Column, channels: tuple[str, ...], roster: Roster, publishers: Mapping[str, Publisher]
) -> Iterable[tuple[str, str, list[tuple[str, Obstacle | None]]]]:
    """Yield target id, store id and the channels it is delivered by, each with what stands against it."""
    audience = parse_audience(column.audience)
    if column.to == "stores":
        for store in roster.stores.values():
            if audience.matches(None, store):
                routes = [(each, unreachable(publishers.get(each), store, each)) for each in channels]
                yield store.id, store.id, routes or [("", _NO_CHANNEL)]
        return
    for group in roster.groups.values():
        group_store = roster.stores.get(group.store) or Store(id=group.store, name=group.store)
        if audience.matches(group, group_store):
            yield group.id, group.store, [route(group, channels, publishers)]


def route(group: Group, channels: tuple[str, ...], publishers: Mapping[str, Publisher]) -> tuple[str, Obstacle | None]:
    """Return the first channel that can reach ``group``; else the first channel and why none can."""
    reasons = []
    for channel in channels:
        obstacle = unreachable(publishers.get(channel), group, channel)
        if obstacle is None:
            return channel, None
        reasons.append(obstacle[1])
    if not reasons:
        return "", _NO_CHANNEL
    return channels[0], ("reach", Text("；".join(r.zh for r in reasons), "; ".join(r.en for r in reasons)))


def unreachable(publisher: Publisher | None, target: Group | Store, channel: str) -> Obstacle | None:
    """Return why ``publisher`` cannot reach ``target``, or ``None`` when it can."""
    if publisher is None:
        return "reach", Text(f"没有启用渠道 {channel}", f"channel {channel} is not enabled")
    traits = publisher.traits
    kind = "groups" if isinstance(target, Group) else "stores"
    if traits.targets != kind:
        wanted = Text("社群", "groups") if traits.targets == "groups" else Text("门店", "stores")
        return "reach", Text(f"渠道 {channel} 只发往{wanted.zh}", f"channel {channel} addresses {wanted.en} only")
    if isinstance(target, Group) and target.members not in traits.reaches:
        whom = Text("客户群", "customers' groups") if target.members == "customers" else Text("导购群", "staff groups")
        return "reach", Text(f"渠道 {channel} 到不了{whom.zh}", f"channel {channel} cannot reach {whom.en}")
    missing = [name for name in traits.address if not target.address.get(channel, {}).get(name)]
    if missing:
        names = ", ".join(f"{channel}.{name}" for name in missing)
        return "reach", Text(f"{target.id} 没有填写 {names}", f"{target.id} has no {names}")
    return None


_NO_CHANNEL: Obstacle = ("reach", Text("栏目和工作区都没有写 channels", "neither column nor workspace names channels"))


def parts_of(content: Content, channel: str) -> tuple[Part, ...]:
    """Return what goes out by ``channel`` and in which order."""
    variant = content.variants.get(channel)
    explicit = (variant.parts if variant else None) or content.parts
    if explicit:
        return explicit
    given: dict[Part, object] = {
        "poster": (variant and variant.poster) or content.poster,
        "text": (variant and (variant.text or variant.markdown)) or content.text or content.markdown,
        "link": (variant and variant.link) or content.link,
    }
    return tuple(part for part, value in given.items() if value) or ("text",)


def _order(delivery: Delivery) -> tuple[int, str, str, int]:
    return delivery.slot.at, delivery.slot.key, f"{delivery.target}/{delivery.channel}", delivery.sequence


def _held_order(held: Withheld) -> tuple[int, str, str, int]:
    return _order(held.delivery)
