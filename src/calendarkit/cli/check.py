"""``calendarkit check``: every problem at once, each with its place and its fix."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

from calendarkit.cli.bilingual import Command, option
from calendarkit.cli.codes import Exit, Refusal
from calendarkit.cli.lines import Line, Span, line, on_terminal, show
from calendarkit.cli.settings import Settings
from calendarkit.edges.world import World
from calendarkit.model.problem import Problem
from calendarkit.model.text import Text

_SPAN = re.compile(r"(\d{1,3})\s*(?:(d|days?|天)|(w|weeks?|周|星期))?")


@click.command(
    cls=Command,
    name="check",
    words=Text(
        "检查全部文件：一次列出所有问题，每条都说明在哪里、怎么改。有错误时退出码为 1；从不发送任何内容。",
        "Check every file: all problems at once, each with its place and its fix. Exits with 1 when there are errors; "
        "never sends anything.",
    ),
    examples=("calendarkit check", "calendarkit check --horizon 30d", "calendarkit check --format github"),
)
@option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    words=Text(
        "text 给人看，json 给程序，github 给 GitHub Actions。",
        "text for people, json for programs, github for Actions.",
    ),
)
@option(
    "--horizon",
    metavar="DAYS",
    words=Text(
        "往后推演几天（30d、2w，默认 7d，最多 92d）：会被挡下的、断掉的、不够的，都提前说。",
        "How many days ahead to prove (30d, 2w; 7d by default, at most 92d): what would be withheld, run out or be "
        "missing is told beforehand.",
    ),
)
@click.pass_obj
def command(settings: Settings, form: str, horizon: str | None) -> Exit:
    """Print the problems."""
    from calendarkit import pipeline
    from calendarkit.calendar.show_problems import format_github, format_json, format_text
    from calendarkit.edges.prove import DAYS

    days = DAYS if horizon is None else parse_horizon(horizon)
    world, problems = pipeline.check(settings.root(), days=days)
    with world:
        failed = any(each.severity == "error" for each in problems)
        if form == "json":
            click.echo(format_json(problems), nl=False)
        elif form == "github":
            click.echo(format_github(problems), nl=False)
        else:
            if problems:
                colour = settings.colour and on_terminal()
                click.echo(format_text(problems, settings.language, colour=colour), nl=False)
            words = settings.say(_count(world, problems))
            last = line(Span(words, "bad")) if failed else _praise(world, problems, settings, days)
            show([last], settings)
    return Exit.ATTENTION if failed else Exit.FINE


def parse_horizon(words: str) -> int:
    """Return how many days ``30d``, ``2w``, ``30天`` or ``30`` are.

    Raises:
        Refusal: it is no number of days, or more than a check looks ahead (exit code 2).

    >>> parse_horizon("2w")
    14
    """
    from calendarkit.edges.prove import LONGEST

    found = _SPAN.fullmatch(words.strip().lower())
    days = int(found[1]) * (7 if found[3] else 1) if found else 0
    if 1 <= days <= LONGEST:
        return days
    raise Refusal(
        Text(f"“{words}”不能用作 --horizon", f"{words!r} is no --horizon"),
        fix=Text(f"写 1 到 {LONGEST} 天，例如 30d 或 2w", f"write 1 to {LONGEST} days, such as 30d or 2w"),
    )


def _count(world: World, problems: Sequence[Problem]) -> Text:
    """Say how many there are, and what goes out meanwhile."""
    errors = sum(each.severity == "error" for each in problems)
    warnings = len(problems) - errors
    also = (
        Text(f" {warnings} 个警告", f", {warnings} warning{'' if warnings == 1 else 's'}") if warnings else Text("", "")
    )
    meanwhile = _meanwhile(world)
    return Text(
        f"{errors} 个错误{also.zh}{meanwhile.zh}", f"{errors} error{'' if errors == 1 else 's'}{also.en}{meanwhile.en}"
    )


def _meanwhile(world: World) -> Text:
    """Say what ticks do until it is mended: what they did before, nothing, or what is not concerned."""
    from calendarkit.cli.opening import local
    from calendarkit.edges.last_good import kept_at

    since = kept_at(world.state_dir) if world.stale else None
    if since is not None:
        at = local(world, since)
        return Text(
            f"。改好之前，正在使用上一次正确的日历（{at}）。",
            f"; until they are mended the last good calendar ({at}) is in use.",
        )
    if world.sound:
        return Text(
            "，没有发送任何内容；到点时，没有问题的栏目照常发送。",
            "; nothing was sent. Columns without errors go out when due.",
        )
    return Text("，没有发送任何内容。", "; nothing was sent.")


def _praise(world: World, problems: Sequence[Problem], settings: Settings, days: int) -> Line:
    """Say what was checked and how far ahead, so that an empty calendar does not look like a good one."""
    from calendarkit.edges.prove import DAYS

    columns, stores, groups = len(world.calendar.columns), len(world.roster.stores), len(world.roster.groups)
    also = Text(f"，{len(problems)} 个警告", f", warnings {len(problems)}") if problems else Text("", "")
    ahead = (
        Text(f"，推演了 {days} 天", f", {days} day{'s' if days > 1 else ''} ahead") if days != DAYS else Text("", "")
    )
    words = Text(
        f"没有错误{also.zh}：{columns} 个栏目、{stores} 家门店、{groups} 个群{ahead.zh}",
        f"no errors{also.en}: columns {columns}, stores {stores}, groups {groups}{ahead.en}",
    )
    return line(Span("✓ ", "good"), settings.say(words))
