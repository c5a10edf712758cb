"""``calendarkit show``: the programme of a day, a week or a month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import click

from calendarkit.cli.bilingual import Command, Group, json_option
from calendarkit.cli.days import month_of, parse_day, week_of
from calendarkit.cli.grid import day_list, month_grid, week_grid
from calendarkit.cli.lines import Line, show, show_json, terminal_width
from calendarkit.cli.opening import days_window, opened, today, zone_of
from calendarkit.cli.programme import Programme, counts, showings
from calendarkit.cli.settings import Settings
from calendarkit.edges.world import World
from calendarkit.errors import LedgerError
from calendarkit.model.slot import Window
from calendarkit.model.text import Text

FORECAST_AT_MOST = 5_000
"""Slots times groups up to which the footer also tells how many deliveries would be withheld; more takes seconds."""
_WHEN = Text(
    "DATE 可写 今天、周三、下周、2026-11-25；默认今天。",
    "DATE is a day: today, wed, next week, 2026-11-25; default today.",
)


@click.group(
    cls=Group,
    name="show",
    words=Text("看一天、一周、一个月的节目表。", "Show the programme."),
    examples=("calendarkit show week", "calendarkit show week 下周", "calendarkit show day 周三"),
)
def command() -> None:
    """Hold the subcommands."""


@command.command("day", cls=Command, words=Text(f"看一天。{_WHEN.zh}", f"Show one day. {_WHEN.en}"))
@click.argument("date", default="today")
@json_option
@click.pass_obj
def day_command(settings: Settings, date: str, *, as_json: bool) -> None:
    """Show one day."""
    _show(
        settings, date, as_json=as_json, span=_one_day, draw=lambda programme, _: day_list(programme, settings.language)
    )


@command.command(
    "week", cls=Command, words=Text(f"看一周，周一开头。{_WHEN.zh}", f"Show one week, from Monday. {_WHEN.en}")
)
@click.argument("date", default="today")
@json_option
@click.pass_obj
def week_command(settings: Settings, date: str, *, as_json: bool) -> None:
    """Show one week."""
    _show(
        settings,
        date,
        as_json=as_json,
        span=week_of,
        draw=lambda programme, width: week_grid(programme, settings.language, width),
    )


@command.command("month", cls=Command, words=Text(f"看一个月。{_WHEN.zh}", f"Show one month. {_WHEN.en}"))
@click.argument("date", default="today")
@json_option
@click.pass_obj
def month_command(settings: Settings, date: str, *, as_json: bool) -> None:
    """Show one month."""
    _show(
        settings,
        date,
        as_json=as_json,
        span=month_of,
        draw=lambda programme, width: month_grid(programme, settings.language, width),
    )


def _show(
    settings: Settings,
    date: str,
    *,
    as_json: bool,
    span: Callable[[dt.date], tuple[dt.date, dt.date]],
    draw: Callable[[Programme, int | None], list[Line]],
) -> None:
    """Read the programme of the days that ``span`` makes of ``date`` and print it as ``draw`` says."""
    with opened(settings) as world:
        first, after = span(parse_day(date, today(world)))
        programme = read_programme(world, first, after, forecast=not as_json)
    if as_json:
        show_json(
            {
                "name": programme.name,
                "first": first.isoformat(),
                "last": programme.last.isoformat(),
                "slots": [each.json() for each in programme.showings],
            }
        )
    else:
        show(draw(programme, terminal_width()), settings)


def read_programme(world: World, first: dt.date, after: dt.date, *, forecast: bool = True) -> Programme:
    """Return the programme from ``first`` up to, without, ``after``.

    Args:
        world: an opened workspace.
        first: the first day.
        after: the day after the last.
        forecast: whether the footer tells how much of what is still to come would be withheld.
    """
    from calendarkit import pipeline

    window = days_window(world, first, after)
    shown = showings(pipeline.programme(world, window), world.calendar.columns, zone_of(world))
    notes = counts(shown, len(world.roster.groups))
    if forecast and shown and len(shown) * len(world.roster.groups) <= FORECAST_AT_MOST:
        notes = (*notes, *_outlook(world, window))
    return Programme(
        name=world.name,
        first=first,
        last=after - dt.timedelta(days=1),
        today=today(world),
        showings=shown,
        notes=notes,
    )


def _outlook(world: World, window: Window) -> tuple[Text, ...]:
    """Say how much of what is still to come in ``window`` would be withheld; nothing where no ledger can be opened."""
    from calendarkit import pipeline

    start = max(window.start, int(world.clock.now()))
    if start >= window.end:
        return ()
    try:
        withheld = len(pipeline.forecast(world, Window(start, window.end)).withheld)
    except LedgerError:
        return ()
    if not withheld:
        return (Text("没有会被挡下的", "nothing would be withheld"),)
    return (Text(f"{withheld} 条会被挡下 → calendarkit plan", f"{withheld} would be withheld → calendarkit plan"),)


def _one_day(day: dt.date) -> tuple[dt.date, dt.date]:
    return day, day + dt.timedelta(days=1)
