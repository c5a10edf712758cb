"""Whether a literal key stands where only the name of a secret may stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from calendarkit.calendar.draft import Draft
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.calendar.locate import Path
from calendarkit.calendar.origin import Origin
from calendarkit.calendar.secret_shape import REFERENCE_PREFIX, looks_like_secret, parse_reference
from calendarkit.model.text import Text

_SHORT = 24
"""A reference that is shorter cannot hold a key."""
_PLAIN = re.compile(rf"{REFERENCE_PREFIX}[A-Za-z0-9]+(?:[/._-][A-Za-z0-9]+)*")
"""The common case of tens of thousands of rows; anything else is looked at closely."""

_LITERAL = (
    Text("这里像是写了真的密钥；密钥不能写在日历里", "this looks like a real key; keys do not belong in a calendar"),
    Text(
        '换成名字，例如 "secret:robot/hz-001"，把值写进 secrets.toml；已经泄露的密钥请作废',
        'write a name, such as "secret:robot/hz-001", and put the value into secrets.toml; revoke a key that leaked',
    ),
)
_MISNAMED = (
    Text("密钥的名字写法不对", "this is no name of a secret"),
    Text(
        '名字用英文字母、数字、/ - _ . ，例如 "secret:robot/hz-001"',
        'names are ASCII letters, digits, / - _ and ., such as "secret:robot/hz-001"',
    ),
)


def check_secrets(draft: Draft, known: Known) -> Iterator[Finding]:
    """Yield literal keys in plugin tables, addresses, columns and offers, and names of secrets that are none.

    The key itself never appears in a message.
    """
    if draft.workspace is not None:
        origin = Origin(draft.workspace_path)
        yield from _table(origin, draft.workspace.plugins, ("plugins",))
        yield from _value(origin, draft.workspace.watch.ping, ("watch", "ping"))
        yield from _value(origin, draft.workspace.http.proxy, ("http", "proxy"))
        yield from _value(origin, draft.workspace.engine.ledger, ("engine", "ledger"))
    for store in draft.stores:
        if store.noun.address:
            yield from _address(store.origin, store.noun.address)
    for group in draft.groups:
        if group.noun.address:
            yield from _address(group.origin, group.noun.address)
    for column in draft.columns:
        yield from _table(column.origin, column.noun.content.values, ("content", "values"))
    if known.secret is not None:
        yield from _missing(draft, known, known.secret)


def _missing(draft: Draft, known: Known, is_known: Callable[[str], bool]) -> Iterator[Finding]:
    """Yield one warning a channel in use for the secrets its addresses name and nobody knows."""
    lists = [each.noun.channels for each in draft.columns]
    used = {channel for each in (*lists, draft.workspace.channels if draft.workspace else ()) for channel in each}
    places: dict[str, dict[str, tuple[Origin, Path]]] = {channel: {} for channel in sorted(used & set(known.channels))}
    addressed = chain(
        ((each.origin, each.noun.address) for each in draft.stores),
        ((each.origin, each.noun.address) for each in draft.groups),
    )
    for origin, channel, name, value in _fields(addressed):
        secret = parse_reference(value) if channel in places else None
        if secret:
            key: Path = ("address", channel, name) if origin.row is None else (f"{channel}.{name}",)
            places[channel].setdefault(secret, (origin, key))
    for channel, named in places.items():
        lacking = [name for name in named if not is_known(name)]
        if lacking:
            yield _unknown(channel, lacking, *named[lacking[0]])


def _fields(
    addressed: Iterable[tuple[Origin, Mapping[str, Mapping[str, str]]]],
) -> Iterator[tuple[Origin, str, str, str]]:
    """Yield every field of every address: where it stands, its channel, its name and its value."""
    for origin, address in addressed:
        for channel, fields in address.items():
            yield from ((origin, channel, name, value) for name, value in fields.items())


def _unknown(channel: str, lacking: list[str], origin: Origin, key: Path) -> Finding:
    first, count = lacking[0], len(lacking)
    table, _, name = first.rpartition("/")
    quoted = f'"{name}" = "…"' if "." in name else f'{name} = "…"'
    line = f"[{table.replace('/', '.')}] {quoted}" if table else quoted
    message = Text(
        f"还没有密钥 {first}，渠道 {channel} 发不出去",
        f"nobody knows the secret {first}, and the channel {channel} cannot send",
    )
    if count > 1:
        message = Text(
            f"渠道 {channel} 有 {count} 个密钥还没有，第一个是 {first}，发不出去",
            f"nobody knows {count} secrets of the channel {channel}, the first is {first}; it cannot send",
        )
    fix = Text(
        f"在 secrets.toml 里写 {line}；全部缺少的见 calendarkit secrets check",
        f"write {line} into secrets.toml; calendarkit secrets check lists all that are missing",
    )
    return origin.finding("CK608", message, fix, key=key, severity="warning")


def _address(origin: Origin, address: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
    for publisher, fields in address.items():
        for name, value in fields.items():
            if len(value) < _SHORT and _PLAIN.fullmatch(value):
                continue
            key: Path = ("address", publisher, name) if origin.row is None else (f"{publisher}.{name}",)
            yield from _value(origin, value, key)


def _table(origin: Origin, value: Any, path: Path) -> Iterator[Finding]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _table(origin, each, (*path, str(key)))
    elif isinstance(value, list | tuple):
        for index, each in enumerate(value):
            yield from _table(origin, each, (*path, index))
    elif isinstance(value, str):
        yield from _value(origin, value, path)


def _value(origin: Origin, value: str, path: Path) -> Iterator[Finding]:
    if looks_like_secret(value):
        yield origin.finding("CK601", *_LITERAL, key=path)
    elif value.startswith(REFERENCE_PREFIX) and parse_reference(value) is None:
        yield origin.finding("CK602", *_MISNAMED, key=path)
