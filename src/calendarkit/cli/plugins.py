"""``calendarkit plugins``: which plugins are enabled, and what each offers."""

from __future__ import annotations

from collections import defaultdict

import click

from calendarkit.cli.bilingual import Command, Group, json_option
from calendarkit.cli.codes import Exit
from calendarkit.cli.lines import Span, line, show, show_json
from calendarkit.cli.plugin_command import plugin_tables
from calendarkit.cli.settings import Settings, find_root
from calendarkit.cli.sheet import Head, show_sheet
from calendarkit.cli.words import NAME
from calendarkit.edges.plugins import Registry
from calendarkit.model.text import Text

HOOKS = {
    "publishers": Text("渠道", "channels"),
    "painters": Text("海报", "painters"),
    "guards": Text("规则", "guards"),
    "column_kinds": Text("栏目类型", "kinds"),
    "sources": Text("素材来源", "sources"),
    "rosters": Text("名单来源", "rosters"),
    "feedback": Text("数据回流", "feedback"),
    "engines": Text("引擎", "engines"),
    "commands": Text("命令", "commands"),
    "observers": Text("观察者", "observers"),
}
_VERSION = Head(Text("版本", "version"))
_OFFERS = Head(Text("提供", "offers"))


@click.group(cls=Group, name="plugins", words=Text("查看插件。", "Look at the plugins."))
def command() -> None:
    """Hold the subcommands."""


@command.command(
    "list",
    cls=Command,
    words=Text(
        "列出启用的插件和各自提供的渠道、规则、命令。没有写进 calendarkit.toml 的插件从不加载。",
        "List the enabled plugins and what each offers. A plugin that calendarkit.toml does not name is never loaded.",
    ),
)
@json_option
@click.pass_obj
def list_command(settings: Settings, *, as_json: bool) -> Exit:
    """List them."""
    registry = Registry(plugin_tables(find_root(settings.directory)))
    offers = offered_by_plugin(registry)
    failures = [(each.plugin, each.detail) for each in registry.failures]
    if as_json:
        loaded = {name: {"version": title, "offers": offers.get(name, {})} for name, title in registry.loaded().items()}
        show_json({"plugins": loaded, "failures": [{"plugin": name, "detail": why} for name, why in failures]})
        return Exit.PLUGIN if failures else Exit.FINE
    rows = [
        (Span(name, "key"), title.rpartition(" ")[2], _offers(offers.get(name, {}), settings))
        for name, title in registry.loaded().items()
    ]
    show_sheet([NAME, _VERSION, _OFFERS], rows, settings)
    for name, why in failures:
        show([line(Span(f"✗ {name}: {why}", "bad"))], settings, err=True)
    return Exit.PLUGIN if failures else Exit.FINE


def offered_by_plugin(registry: Registry) -> dict[str, dict[str, list[str]]]:
    """Return, by plugin and hook, the names of the records it offers; hooks without any are left out."""
    found: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for hook in HOOKS:
        for name, each in registry.offered(hook).items():
            found[each.table].setdefault(hook, []).append(name)
    return dict(found)


def _offers(hooks: dict[str, list[str]], settings: Settings) -> str:
    colon = Text("：", ": ")
    return (
        Text("；", "; ")
        .to(settings.language)
        .join(f"{settings.say(HOOKS[hook])}{settings.say(colon)}{', '.join(names)}" for hook, names in hooks.items())
    )
