"""Whether columns name channels that exist, and every group has one that can reach it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from calendarkit.calendar.audience import AudienceError, parse_audience
from calendarkit.calendar.column import Column
from calendarkit.calendar.decode import suggest
from calendarkit.calendar.draft import Draft, Placed
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known, KnownChannel
from calendarkit.calendar.locate import Path
from calendarkit.calendar.origin import Origin
from calendarkit.calendar.roster import Group, Store
from calendarkit.model.text import Text

Reason = tuple[str, Text, Text]
"""Code, why a channel cannot reach a target, what to do."""


def check_channels(draft: Draft, known: Known) -> Iterator[Finding]:
    """Yield unknown channels, columns without one, and targets that none of their column's channels reaches."""
    if draft.workspace is None:
        return
    workspace = draft.workspace.channels
    if known.channels:
        yield from _unknown(Origin(draft.workspace_path), workspace, known)
    yield from _without(draft, workspace)
    unreached: dict[tuple[object, ...], list[Finding]] = {}
    for column in draft.judged if known.channels else ():
        yield from _unknown(column.origin, column.noun.channels, known)
        yield from _variants(column, known)
    for column in draft.columns:
        channels = column.noun.channels or workspace
        chosen = [known.channels[each] for each in channels if each in known.channels]
        if not chosen or len(chosen) < len(channels):
            continue
        case = (column.noun.audience, channels, column.noun.to)
        if case not in unreached:
            unreached[case] = list(_unreached(draft, column, chosen))
        yield from unreached[case]


def _without(draft: Draft, workspace: tuple[str, ...]) -> Iterator[Finding]:
    """Yield one finding for all columns that have no channel."""
    columns = [each.noun for each in draft.columns if not (each.noun.channels or workspace)]
    if columns:
        more = Text(f"等 {len(columns)} 个栏目", f" and {len(columns) - 1} more") if len(columns) > 1 else Text("", "")
        yield Origin(draft.workspace_path).finding(
            "CK508",
            Text(
                f"“{columns[0].title}”{more.zh}没有渠道，发不出去",
                f'"{columns[0].title}"{more.en}: no channel to go out by',
            ),
            Text('在 calendarkit.toml 里写 channels = ["folder"]', 'write channels = ["folder"] into calendarkit.toml'),
            key="channels",
        )


def _unknown(origin: Origin, channels: tuple[str, ...], known: Known) -> Iterator[Finding]:
    for index, channel in enumerate(channels):
        if channel not in known.channels:
            key: Path = ("channels", index) if len(channels) > 1 else ("channels",)
            yield _no_channel(origin, key, channel, known)


def _variants(column: Placed[Column], known: Known) -> Iterator[Finding]:
    for channel in column.noun.content.variants:
        if channel not in known.channels:
            yield _no_channel(column.origin, ("content", "variants", channel), channel, known)


def _no_channel(origin: Origin, key: Path, channel: str, known: Known) -> Finding:
    close = suggest(channel, known.channels)
    listed = sorted(known.channels)
    parts = [each for each in re.split(r"[,，、;；\s]+", channel) if each]
    if len(parts) > 1:
        right = ", ".join(f'"{each}"' for each in parts)
        what = Text("几个渠道写在了一起", "several channels stand in one text")
        return origin.finding("CK505", what, Text(f"写成 [{right}]", f"write [{right}]"), key=key)
    return origin.finding(
        "CK505",
        Text(f"没有启用渠道 {channel}", f"the channel {channel} is not enabled"),
        Text(f"是不是 {close}？", f"did you mean {close}?")
        if close
        else Text(
            f"现有：{'、'.join(listed)}；其他渠道要在 calendarkit.toml 里写 [plugins.{channel}]",
            f"there are: {', '.join(listed)}; others need a table [plugins.{channel}] in calendarkit.toml",
        ),
        key=key,
    )


def _unreached(draft: Draft, column: Placed[Column], channels: list[KnownChannel]) -> Iterator[Finding]:
    try:
        audience = parse_audience(column.noun.audience)
    except AudienceError:
        return
    stores = {each.noun.id: each.noun for each in draft.stores}
    missed: dict[str, list[tuple[str, Reason, Origin]]] = {}
    for target, store, origin in _targets(draft, column.noun, stores):
        if not audience.matches(target if isinstance(target, Group) else None, store):
            continue
        reasons = [_obstacle(channel, target, column.noun) for channel in channels]
        first = next((reason for reason in reasons if reason), None)
        if first and all(reasons):
            missed.setdefault(first[0], []).append((target.id, first, origin))
    for code, found in missed.items():
        name, (_, why, fix), origin = found[0]
        more = Text(f"（共 {len(found)} 个）", f" ({len(found)} in all)") if len(found) > 1 else Text("", "")
        yield column.origin.finding(
            code,
            Text(f"没有渠道能到达 {name}{more.zh}：{why.zh}", f"no channel reaches {name}{more.en}: {why.en}"),
            fix,
            key="channels" if column.noun.channels else "id",
            severity="warning",
            related=(origin,),
        )


def _targets(
    draft: Draft, column: Column, stores: Mapping[str, Store]
) -> Iterator[tuple[Group | Store, Store, Origin]]:
    if column.to == "stores":
        for each in draft.stores:
            yield each.noun, each.noun, each.origin
        return
    for group in draft.groups:
        if group.noun.store in stores:
            yield group.noun, stores[group.noun.store], group.origin


def _obstacle(channel: KnownChannel, target: Group | Store, column: Column) -> Reason | None:
    traits, name = channel.traits, channel.name
    if traits.targets != column.to:
        what = Text("社群", "groups") if traits.targets == "groups" else Text("门店", "stores")
        fix = Text(
            f'改用别的渠道，或写 to = "{traits.targets}"', f'use another channel, or write to = "{traits.targets}"'
        )
        return "CK507", Text(f"{name} 只发往{what.zh}", f"{name} addresses {what.en} only"), fix
    if isinstance(target, Group) and target.members not in traits.reaches:
        who = Text("员工群", "staff") if "staff" in traits.reaches else Text("客户群", "customers")
        fix = Text("再加上 folder，由员工转发", "add folder, so that staff forward it by hand")
        return "CK507", Text(f"{name} 只能到{who.zh}", f"{name} reaches {who.en} only"), fix
    missing = [each for each in traits.address if not target.address.get(name, {}).get(each)]
    if missing:
        keys = "、".join(f"{name}.{each}" for each in missing)
        fix = Text(f"在名单里加一列 {keys}", f"add a column {keys} to the roster")
        return "CK506", Text(f"它没有写 {keys}", f"it has no {keys}"), fix
    return None
