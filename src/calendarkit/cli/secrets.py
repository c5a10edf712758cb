"""``calendarkit secrets``: which secrets are there and which are missing; never their values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import click

from calendarkit.calendar.roster import Roster
from calendarkit.calendar.secret_shape import parse_reference, texts_in
from calendarkit.cli.bilingual import Command, Group, json_option
from calendarkit.cli.codes import Exit
from calendarkit.cli.lines import Span, line, show, show_json
from calendarkit.cli.opening import opened
from calendarkit.cli.settings import Settings
from calendarkit.cli.sheet import Head, show_sheet
from calendarkit.cli.words import NAME, counted
from calendarkit.edges.world import World
from calendarkit.model.text import Text

_SOURCES = {
    "environment": Text("环境变量", "environment"),
    "credentials": Text("系统凭据", "credentials"),
    "file": Text("secrets.toml", "secrets.toml"),
}
_SOURCE = Head(Text("来源", "source"))
_USED = Head(Text("使用者", "used by"))
_SHOWN = 20


@click.group(
    cls=Group,
    name="secrets",
    words=Text("查看密钥是否齐全。从不显示内容。", "See whether the secrets are there. Their values are never shown."),
)
def command() -> None:
    """Hold the subcommands."""


@command.command(
    "list",
    cls=Command,
    words=Text("列出已有的密钥：名字、来源、谁在用。", "List the secrets: name, source, who uses it."),
)
@json_option
@click.pass_obj
def list_command(settings: Settings, *, as_json: bool) -> None:
    """List them."""
    with opened(settings) as world:
        used = used_secrets(world)
        known = world.secrets.names(used)
    if as_json:
        show_json([{"name": each.name, "source": each.source, "used": len(used.get(each.name, ()))} for each in known])
        return
    if not known:
        show([line(Span(settings.say(Text("还没有任何密钥", "there are no secrets yet")), "dim"))], settings)
    rows = [
        (Span(each.name, "key"), settings.say(_SOURCES[each.source]), _users(used.get(each.name, ()))) for each in known
    ]
    show_sheet([NAME, _SOURCE, _USED], rows, settings)


@command.command(
    "check",
    cls=Command,
    words=Text(
        "检查名单和 calendarkit.toml 里写到的密钥是否都有。缺少时退出码为 1。",
        "Check that every secret that rosters and calendarkit.toml name is there; exits with 1 when not.",
    ),
)
@click.pass_obj
def check_command(settings: Settings) -> Exit:
    """Report what is missing."""
    with opened(settings) as world:
        lost = missing(world)
        complaint = world.secrets.complaint()
        total = len(used_secrets(world))
    if complaint is not None:
        show([line(Span(f"✗ {settings.say(complaint)}", "bad"))], settings)
    for name in list(lost)[:_SHOWN]:
        show([line(Span("✗ ", "bad"), name, Span(f"  ← {_users(lost[name])}", "dim"))], settings)
    words = Text(f"{total} 个密钥，缺 {len(lost)} 个", f"{counted(total, 'secret', 'secrets')}, {len(lost)} missing")
    show([line(Span("✗ " if lost else "✓ ", "bad" if lost else "good"), settings.say(words))], settings)
    return Exit.ATTENTION if lost or complaint is not None else Exit.FINE


def used_secrets(world: World) -> dict[str, tuple[str, ...]]:
    """Return, by secret name, who uses it: ids of groups and stores, or the key of ``calendarkit.toml``; sorted."""
    workspace = world.calendar.workspace
    written = [("watch.ping", workspace.watch.ping), ("http.proxy", workspace.http.proxy)]
    written += [("engine.ledger", workspace.engine.ledger)]
    written += [(f"plugins.{name}", each) for name, table in workspace.plugins.items() for each in texts_in(table)]
    found: defaultdict[str, list[str]] = defaultdict(list)
    for place, value in written:
        name = parse_reference(value)
        if name is not None:
            found[name].append(place)
    for name, users in references(world.roster).items():
        found[name].extend(users)
    return {name: tuple(found[name]) for name in sorted(found)}


def references(roster: Roster) -> dict[str, tuple[str, ...]]:
    """Return, by secret name, the ids of the groups and stores whose address names it; sorted by name."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    addressed = [(each.id, each.address) for each in roster.stores.values()]
    addressed += [(each.id, each.address) for each in roster.groups.values()]
    for target, address in addressed:
        for name in _named(address):
            found[name].append(target)
    return {name: tuple(found[name]) for name in sorted(found)}


def missing(world: World) -> dict[str, tuple[str, ...]]:
    """Return those of :func:`used_secrets` that nobody knows."""
    from calendarkit.errors import SecretMissing

    lost = {}
    for name, users in used_secrets(world).items():
        try:
            world.secrets.resolve(name)
        except SecretMissing:
            lost[name] = users
    return lost


def _named(address: Mapping[str, Mapping[str, str]]) -> list[str]:
    names = (parse_reference(value) for fields in address.values() for value in fields.values())
    return [name for name in names if name is not None]


def _users(ids: tuple[str, ...]) -> str:
    more = f" +{len(ids) - 3}" if len(ids) > 3 else ""
    return ", ".join(ids[:3]) + more
