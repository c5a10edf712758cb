"""click's commands and options with help in Chinese and English, aligned by the cells a terminal draws."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import click

from calendarkit.cli.settings import Settings, read_settings
from calendarkit.model.text import Language, Text

USAGE = Text("用法：", "Usage: ")
OPTIONS = Text("选项", "Options")
COMMANDS = Text("命令", "Commands")
HELP = Text("显示这份说明。", "Show this help.")


def settings_of(context: click.Context) -> Settings:
    """Return the global options; read from the environment alone when a command runs without its root."""
    found = context.find_object(Settings)
    return found if found is not None else read_settings({}, os.environ)


class Formatter(click.HelpFormatter):
    """Wraps text that has no spaces and counts Chinese characters as two cells."""

    language: Language = "en"

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line with its label in the language spoken."""
        super().write_usage(prog, args, prefix or USAGE.to(self.language))

    def write_text(self, text: str) -> None:
        """Write one paragraph."""
        indent = " " * self.current_indent
        for line in wrap_words(text, max(self.width - self.current_indent, 20)):
            self.write(f"{indent}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names and what they mean, side by side; a name that is too long gets a line of its own."""
        listed = list(rows)
        first = min(max((cells(name) for name, _ in listed), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for name, text in listed:
            lines = wrap_words(text, max(self.width - self.current_indent - first, 20)) or [""]
            long = cells(name) + col_spacing > first
            head = [name, *lines] if long else [name + " " * (first - cells(name)) + lines[0], *lines[1:]]
            self.write(f"{indent}{head[0]}".rstrip() + "\n")
            for line in head[1:]:
                self.write(f"{indent}{' ' * first}{line}\n")


class Context(click.Context):
    """A context whose help is written by :class:`Formatter`, in the language of the settings."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return a formatter that speaks the language of the settings."""
        width = min(self.terminal_width or _terminal_width(), 100)
        formatter = Formatter(width=width)
        formatter.language = settings_of(self).language
        return formatter


class Option(click.Option):
    """An option with help in both languages."""

    def __init__(self, param_decls: Sequence[str] | None = None, *, words: Text, **attrs: Any) -> None:
        super().__init__(param_decls, help=words.en, **attrs)
        self.words = words

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option's line of the help."""
        self.help = self.words.to(settings_of(ctx).language)
        return super().get_help_record(ctx)


option = partial(click.option, cls=Option)
"""A decorator that adds an :class:`Option`; takes ``words`` beside what :func:`click.option` takes."""
json_option = option("--json", "as_json", is_flag=True, words=Text("输出 JSON。", "Print JSON."))
"""The decorator that adds ``--json``."""


class Command(click.Command):
    """A command with help in both languages.

    Attributes:
        words: what it does; the first sentence is its summary.
        examples: command lines worth copying, shown under the options.
    """

    context_class = Context

    def __init__(self, *args: Any, words: Text, examples: tuple[str, ...] = (), **attrs: Any) -> None:
        super().__init__(*args, **{**attrs, "help": words.en})
        self.words = words
        self.examples = examples

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help`` with help of its own."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = HELP.to(settings_of(ctx).language)
        return option

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.words.to(settings_of(ctx).language))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        records = [record for each in options if (record := each.get_help_record(ctx)) is not None]
        with formatter.section(OPTIONS.to(settings_of(ctx).language)):
            formatter.write_dl(records)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        if self.examples:
            with formatter.section(Text("示例", "Examples").to(settings_of(ctx).language)):
                for line in self.examples:
                    formatter.write(f"{' ' * formatter.current_indent}{line}\n")


class Group(Command, click.Group):
    """A command with commands below it, in the order they were added."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Return the names in the order they were added."""
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        Command.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their summaries."""
        language = settings_of(ctx).language
        with formatter.section(COMMANDS.to(language)):
            formatter.write_dl([(name, words.to(language)) for name, words in self.summaries(ctx)])

    def summaries(self, ctx: click.Context) -> list[tuple[str, Text]]:
        """Return name and summary of each command, in order."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        return [(name, summary(each.words)) for name, each in found if isinstance(each, Command)]


def summary(words: Text) -> Text:
    """Return the first sentence of ``words``, without its full stop."""
    return Text(words.zh.split("。", maxsplit=1)[0], words.en.split(". ", maxsplit=1)[0].removesuffix("."))


def cells(text: str) -> int:
    """Return how many cells a terminal draws ``text`` in; good for the fixed texts of the help."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def wrap_words(text: str, width: int) -> list[str]:
    """Break ``text`` into lines of at most ``width`` cells: at spaces, and between Chinese characters."""
    lines, line = [], ""
    for word in _words(text):
        if line and cells(line + word.rstrip()) > width:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    return [*lines, line.rstrip()] if line.strip() else lines


def _words(text: str) -> list[str]:
    """Cut ``text`` where a line may break; closing punctuation stays with what is before it."""
    words: list[str] = []
    glue = True
    for each in text:
        wide = unicodedata.east_asian_width(each) in "WF"
        closing = each in "，。、：；！？）》”"
        if words and ((not glue and not wide and words[-1][-1] != " ") or closing or each == " "):
            words[-1] += each
        else:
            words.append(each)
        glue = (wide and not closing) or each in "（《“"
    return words


def _terminal_width() -> int:
    import shutil

    return shutil.get_terminal_size((80, 24)).columns
