"""``calendarkit cron``: the crontab line that sends what is due, every minute."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from calendarkit.cli.bilingual import Command, Group
from calendarkit.cli.settings import Settings
from calendarkit.model.text import Text


@click.group(cls=Group, name="cron", words=Text("打印 crontab 行。", "Print the crontab line."))
def command() -> None:
    """Hold the subcommands."""


@command.command(
    "print",
    cls=Command,
    words=Text(
        "打印放进 crontab 的那一行：路径都是绝对的，空环境也能运行。",
        "Print the line for the crontab; its paths are absolute, and it runs in an empty environment.",
    ),
    examples=("(crontab -l; calendarkit cron print) | crontab -",),
)
@click.pass_obj
def print_command(settings: Settings) -> None:
    """Print the line."""
    click.echo(crontab_line(settings.root(), program()))


def crontab_line(root: Path, words: tuple[str, ...]) -> str:
    """Return the crontab line for one workspace; ``%`` is escaped, for cron reads it as a line break.

    >>> crontab_line(Path("/opt/shop"), ("/opt/shop/.venv/bin/calendarkit",))
    '* * * * *  /opt/shop/.venv/bin/calendarkit -C /opt/shop publish'
    """
    return "* * * * *  " + shlex.join((*words, "-C", str(root), "publish")).replace("%", r"\%")


def program() -> tuple[str, ...]:
    """Return how this very installation is started: its script, or its interpreter with ``-m``."""
    script = Path(sys.executable).with_name("calendarkit")
    if script.is_file():
        return (str(script),)
    return (sys.executable, "-m", "calendarkit")
