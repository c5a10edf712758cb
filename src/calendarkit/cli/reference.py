"""The reference pages of the command line, made from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from calendarkit.cli.app import COMMANDS, app
from calendarkit.cli.bilingual import Command, Option
from calendarkit.cli.codes import MEANINGS
from calendarkit.model.text import Language, Text

BAR = r"\|"
"""A bar inside a table's cell."""
_TITLE = Text("命令行", "Command line")
_LEAD = Text(
    "本页由命令本身生成。选项写在命令后面；`-C`、`--lang` 等全局选项写在命令前面。",
    "This page is made from the commands themselves. Options follow their command; the global ones such as `-C` and "
    "`--lang` come before it.",
)
_GLOBAL = Text("全局选项", "Global options")
_EXITS = Text("退出码", "Exit codes")
_ENVIRONMENT = Text("环境变量", "Environment")
_VARIABLES = (
    ("NO_COLOR", Text("有值就不用颜色。", "No colours when it is set.")),
    ("CALENDARKIT_DEBUG", Text("为 1 时出错显示调用栈。", "With 1, failures show their traceback.")),
    ("CALENDARKIT_SECRET_…", Text("密钥；见 secrets。", "Secrets; see secrets.")),
    (
        "LC_ALL, LC_MESSAGES, LANG",
        Text(
            "输出语言；都没有（cron 就是这样）时按工作区的 language。输出总是 UTF-8。",
            "The language; without any, as under cron, the workspace's. Output is always UTF-8.",
        ),
    ),
)


def pages(note: str = "") -> Mapping[str, str]:
    """Return the pages: path below ``docs/`` → Markdown text, with ``note`` below the title."""
    return {"reference/cli.md": page("en", note), "zh/reference/cli.md": page("zh", note)}


def page(language: Language, note: str = "") -> str:
    """Return the page in one language."""
    return f"# {_TITLE.to(language)}\n\n{note}" + "\n".join(_blocks(language)).rstrip() + "\n"


def _blocks(language: Language) -> Iterator[str]:
    root = click.Context(app, info_name="calendarkit")
    yield from (_LEAD.to(language), "")
    yield from (f"## {_GLOBAL.to(language)}", "", *_options(app, language), "")
    for name, (module, summary) in COMMANDS.items():
        found = app.get_command(root, name) if module else None
        if isinstance(found, Command):
            yield from _command(found, f"calendarkit {name}", language)
        else:
            yield from (
                f"## `calendarkit {name}`",
                "",
                f"{summary.to(language)}。" if language == "zh" else f"{summary.en}.",
                "",
            )
    yield from (f"## {_EXITS.to(language)}", "", "| | |", "|---|---|")
    yield from (f"| {int(code)} | {words.to(language)} |" for code, words in MEANINGS.items())
    yield from ("", f"## {_ENVIRONMENT.to(language)}", "", "| | |", "|---|---|")
    yield from (f"| `{name}` | {words.to(language)} |" for name, words in _VARIABLES)


def _command(command: Command, path: str, language: Language) -> Iterator[str]:
    """Yield the section of one command, then those of the commands below it."""
    usage = " ".join([path, *(each for each in _pieces(command) if each)])
    yield from (f"## `{usage}`", "", command.words.to(language), "")
    listed = _options(command, language)
    yield from (*listed, "") if listed else ()
    if command.examples:
        yield from ("```console", *(f"$ {each}" for each in command.examples), "```", "")
    if isinstance(command, click.Group):
        for name, each in command.commands.items():
            if isinstance(each, Command):
                yield from _command(each, f"{path} {name}", language)


def _pieces(command: click.Command) -> list[str]:
    """Return the arguments as they are written after the command."""
    arguments = [each for each in command.params if isinstance(each, click.Argument)]
    context = click.Context(command)
    return ["COMMAND"] if isinstance(command, click.Group) else [each.make_metavar(context) for each in arguments]


def _options(command: click.Command, language: Language) -> list[str]:
    """Return the table of a command's options."""
    options = [each for each in command.params if isinstance(each, Option)]
    if not options:
        return []
    context = click.Context(command)
    rows = []
    for each in options:
        names = ", ".join(each.opts) + "".join(f" / {name}" for name in each.secondary_opts)
        value = "" if each.is_flag else f" {each.make_metavar(context)}"
        rows.append(f"| `{names}{value.replace('|', BAR)}` | {each.words.to(language)} |")
    return ["| | |", "|---|---|", *rows]
