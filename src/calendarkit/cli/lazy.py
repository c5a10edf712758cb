"""The root group: knows the names and summaries of its commands and imports a command only to run it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from calendarkit.cli.bilingual import Context, Group, settings_of
from calendarkit.cli.codes import Exit, Refusal
from calendarkit.cli.settings import Settings, read_settings
from calendarkit.cli.streams import silence_stdout
from calendarkit.model.text import Text


class LazyGroup(Group):
    """A group of commands that live in modules of their own.

    Attributes:
        lazy: by name, the command's module below ``calendarkit.cli`` and its summary. A command whose module is empty,
            and every name that is not here, is looked for in the plugins that the workspace enables.
    """

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, Text]], **attrs: Any) -> None:
        super().__init__(*args, **attrs)
        self.lazy = lazy

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Return a context that carries the settings."""
        extra.setdefault("obj", self.read(args))
        return super().make_context(info_name, args, parent, **extra)

    def read(self, args: list[str]) -> Settings:
        """Return the global options in ``args``, before click acts on any of them; nothing here can fail.

        ``--help`` and a wrong option must already speak the language that a later ``--lang`` asks for.
        """
        context = Context(self, resilient_parsing=True, **self.context_settings)
        try:
            values, _, _ = self.make_parser(context).parse_args(list(args))
        except click.UsageError:
            values = {}
        return read_settings({k: v for k, v in values.items() if isinstance(v, (str, bool))}, os.environ)

    def module(self, name: str) -> str:
        """Return the module of an own command; empty for one that a plugin must offer."""
        return self.lazy[name][0] if name in self.lazy else ""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Return the names, in the order of the help."""
        return list(self.lazy)

    def summaries(self, ctx: click.Context) -> list[tuple[str, Text]]:  # noqa: ARG002  # the group's signature
        """Return names and summaries; imports nothing."""
        return [(name, words) for name, (_, words) in self.lazy.items()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        """Return one of the own commands, importing its module."""
        module = self.module(cmd_name)
        if not module:
            return None
        command: click.Command = import_module(f"calendarkit.cli.{module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that ``args`` start with: an own one, or one of a plugin."""
        name = args[0]
        if self.module(name) or name.startswith("-"):
            return super().resolve_command(ctx, args)
        from calendarkit.cli.plugin_command import find_plugin_command

        found = find_plugin_command(name, settings_of(ctx))
        if found is None:
            raise Refusal(_unknown(name, list(self.lazy)))
        return name, found, args[1:]

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that went away ends it quietly."""
        try:
            code = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
        except BrokenPipeError:
            silence_stdout()
            raise click.exceptions.Exit(Exit.PIPE) from None
        return code


def _unknown(name: str, known: list[str]) -> Text:
    """Say that nobody knows the command ``name``, and which one may have been meant."""
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    chinese = f"，是不是 {near[0]}？" if near else "；calendarkit --help 列出全部命令"
    english = f"; did you mean {near[0]}?" if near else "; calendarkit --help lists them all"
    return Text(f"没有 {name} 这个命令{chinese}", f"no such command: {name}{english}")
