"""Commands that plugins offer, found by name in the plugins the workspace enables."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from calendarkit.cli.bilingual import Command as BilingualCommand
from calendarkit.cli.codes import Exit, Refusal
from calendarkit.cli.language import VARIABLE
from calendarkit.cli.settings import ROOT_FILE, Settings, find_root
from calendarkit.edges.plugins import Failure, Offered, Registry, guarded
from calendarkit.extend import Command
from calendarkit.model.text import Language, Text

HARMLESS = "sandbox"
"""The one plugin whose command runs without being enabled: it is how a shop tries things before it has a workspace,
and it reaches nobody."""


def find_plugin_command(name: str, settings: Settings) -> click.Command | None:
    """Return the command ``name`` of an enabled plugin, or ``None`` when no plugin offers it.

    Raises:
        Refusal: the plugin that should offer it cannot be loaded (exit code 69).
    """
    root = find_root(settings.directory)
    tables = plugin_tables(root)
    if name == HARMLESS:
        tables = {**tables, HARMLESS: tables.get(HARMLESS, {})}
    registry = Registry(tables)
    offered = registry.offered("commands").get(name)
    if offered is not None:
        return _as_click(offered, root or Path.cwd(), settings.language)
    failed = next((each for each in registry.failures if name in {each.plugin, HARMLESS}), None)
    if failed is not None:
        raise Refusal(Text(f"插件不可用：{failed}", f"the plugin is not available: {failed}"), code=Exit.PLUGIN)
    return None


def plugin_tables(root: Path | None) -> Mapping[str, Mapping[str, Any]]:
    """Return the ``[plugins.NAME]`` tables of a workspace; none where its root document cannot be read."""
    from calendarkit.calendar.documents import Document
    from calendarkit.calendar.parse_toml import parse_toml

    if root is None:
        return {}
    try:
        text = (root / ROOT_FILE).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return {}
    table, _ = parse_toml(Document(path=ROOT_FILE, kind="workspace", text=text))
    found = (table or {}).get("plugins", {})
    return {name: each for name, each in found.items() if isinstance(each, dict)} if isinstance(found, dict) else {}


@contextmanager
def _spoken(language: Language) -> Iterator[None]:
    """Put the language into the environment, where plugins look for it, while a command runs."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = language
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before


def _as_click(offered: Offered[Command], root: Path, language: Language) -> click.Command:
    """Wrap a plugin's command; it gets its arguments untouched, ``--help`` among them, and the language to speak."""

    def run(args: tuple[str, ...]) -> int:
        with _spoken(language):
            code = guarded(offered.plugin, offered.record.run, args, root)
        if isinstance(code, Failure):
            raise Refusal(Text(f"插件出错：{code}", f"the plugin failed: {code}"), code=Exit.PLUGIN)
        return int(code or 0)

    return BilingualCommand(
        name=offered.record.name,
        words=offered.record.summary,
        callback=run,
        params=[click.Argument(["args"], nargs=-1, type=click.UNPROCESSED)],
        add_help_option=False,
        context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    )
