"""``calendarkit export``: the programme for other eyes: calendars of phones and offices, and members."""

from __future__ import annotations

import click

from calendarkit.cli.bilingual import Group
from calendarkit.cli.export_ics import ics_command
from calendarkit.cli.export_programme import programme_command
from calendarkit.model.text import Text


@click.group(
    cls=Group,
    name="export",
    words=Text(
        "把节目表给别人看：同事的日历（ics），群成员的节目表（文字、网页、图片）。从不发送。",
        "Give the programme to others: colleagues' calendars (ics), members' programme (text, page, picture). Never"
        " sends anything.",
    ),
)
def command() -> None:
    """Hold the subcommands."""


command.add_command(ics_command)
command.add_command(programme_command)
