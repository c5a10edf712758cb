"""``calendarkit show``: the programme of a day, a week, a month or any stretch of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import click

from calendarkit.calendar.daybook import statutory_of
from calendarkit.cli.agenda import agenda, day_list
from calendarkit.cli.bilingual import Command, Group, json_option, option, settings_of
from calendarkit.cli.codes import Refusal
from calendarkit.cli.days import month_of, parse_day, week_of
from calendarkit.cli.grid import month_grid, week_grid
from calendarkit.cli.lines import Line, show, show_json, terminal_width
from calendarkit.cli.margin import margin_json, unknown_years
from calendarkit.cli.opening import days_window, opened, today, zone_of
from calendarkit.cli.programme import Programme, counts, showings
from calendarkit.cli.settings import Settings
from calendarkit.edges.world import World
from calendarkit.errors import LedgerError
from calendarkit.model.slot import Window
from calendarkit.model.text import Text

FORECAST_AT_MOST = 5_000
"""Slots times groups up to which the footer also tells how many deliveries would be withheld; more takes seconds."""
LONGEST = 2 * 366
"""Days shown at once."""
_WHEN = Text(
    "DATE 可写 今天、周三、下周、2026-11-25；默认今天。",
    "DATE is a day: today, wed, next week, 2026-11-25; default today.",
)
_ALONE = Text(
    "--from、--to、--json 写在 show 后面时不能再写 day、week、month",
    "options right after show take no day, week or month",
)
_ALONE_FIX = Text(
    "calendarkit show --from DATE --to DATE，或 calendarkit show week DATE --json",
    "calendarkit show --from DATE --to DATE, or calendarkit show week DATE --json",
)


@click.group(
    cls=Group,
    name="show",
    invoke_without_command=True,
    words=Text(
        "看一天、一周、一个月的节目表，或用 --from、--to 看任意一段；农历、节气、节日和休/班写在旁边。",
        "Show the programme of a day, a week, a month, or any stretch with --from and --to. Lunar days, solar terms,"
        " festivals and statutory days stand beside it.",
    ),
    examples=(
        "calendarkit show week",
        "calendarkit show week 下周",
        "calendarkit show day 周三",
        "calendarkit show --from 2026-09-20 --to 2026-10-10",
    ),
)
@option("--from", "first", metavar="DATE", words=Text("第一天，默认今天。", "The first day; default today."))
@option("--to", "last", metavar="DATE", words=Text("最后一天（含）；默认共七天。", "The last day; default seven days."))
@json_option
@click.pass_context
def command(context: click.Context, first: str | None, last: str | None, *, as_json: bool) -> None:
    """Show any stretch, or leave it to a subcommand."""
    given = as_json or first is not None or last is not None
    if context.invoked_subcommand is not None:
        if given:
            raise Refusal(_ALONE, fix=_ALONE_FIX)
        return
    if not given:
        click.echo(context.get_help())
        return
    settings = settings_of(context)
    with opened(settings) as world:
        span = read_stretch(first, last, today(world))
        _print(
            world,
            settings,
            *span,
            as_json=as_json,
            draw=lambda programme, width: agenda(programme, settings.language, width),
        )


def read_stretch(first: str | None, last: str | None, today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first day and the day after the last that two words name; both are included.

    Raises:
        Refusal: one is no day, the last lies before the first, or years lie between them (exit code 2).
    """
    begin = parse_day(first, today) if first is not None else today
    end = parse_day(last, today) if last is not None else begin + dt.timedelta(days=6)
    if (end - begin).days >= LONGEST:
        raise Refusal(Text("一次最多看两年", "two years are the most to show at once"))
    if end < begin:
        raise Refusal(
            Text(f"--to {end.isoformat()} 早于 --from {begin.isoformat()}", f"--to {end} lies before --from {begin}"),
            fix=Text(f"--from {end.isoformat()} --to {begin.isoformat()}", f"--from {end} --to {begin}"),
        )
    return begin, end + dt.timedelta(days=1)


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
    """Print the programme of the days that ``span`` makes of ``date``."""
    with opened(settings) as world:
        _print(world, settings, *span(parse_day(date, today(world))), as_json=as_json, draw=draw)


def _print(
    world: World,
    settings: Settings,
    first: dt.date,
    after: dt.date,
    *,
    as_json: bool,
    draw: Callable[[Programme, int | None], list[Line]],
) -> None:
    """Read the programme from ``first`` up to, without, ``after`` and print it as ``draw`` says, or as JSON."""
    programme = read_programme(world, first, after, forecast=not as_json)
    if not as_json:
        show(draw(programme, terminal_width()), settings)
        return
    days = [first + dt.timedelta(days=each) for each in range((after - first).days)]
    show_json(
        {
            "name": programme.name,
            "first": first.isoformat(),
            "last": programme.last.isoformat(),
            "days": [margin_json(day, programme.statutory) for day in days],
            "slots": [each.json() for each in programme.showings],
        }
    )


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
    last = after - dt.timedelta(days=1)
    statutory = statutory_of(world.calendar.workspace.statutory)
    unknown = unknown_years(first, last, statutory)
    return Programme(
        name=world.name,
        first=first,
        last=last,
        today=today(world),
        showings=shown,
        notes=(*notes, unknown) if unknown else notes,
        statutory=statutory,
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
