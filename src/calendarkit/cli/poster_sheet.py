"""``calendarkit poster contact-sheet``: a week's posters on one sheet, as PNG, JPEG or PDF."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from calendarkit import pipeline
from calendarkit.cli.bilingual import Command, option
from calendarkit.cli.codes import Exit, Refusal
from calendarkit.cli.days import parse_day, week_of
from calendarkit.cli.find_target import find_store
from calendarkit.cli.lines import Span, line, show
from calendarkit.cli.opening import days_window, opened, today, zone_of
from calendarkit.cli.poster_desk import Desk, posters_of
from calendarkit.cli.programme import Showing, day_title, showings
from calendarkit.cli.settings import Settings
from calendarkit.edges.world import World
from calendarkit.model.delivery import Delivery
from calendarkit.model.text import Text
from calendarkit.poster.contact_sheet import Day, Print, contact_sheet, saved

ENDINGS = (".png", ".jpg", ".jpeg", ".pdf")


@click.command(
    "contact-sheet",
    cls=Command,
    words=Text(
        "一周的海报排在一张图上，给店长、老板过目。DATE 是那一周的任何一天，默认本周。",
        "A week's posters on one sheet, to be looked over. DATE is any day of that week, this week by default.",
    ),
    examples=(
        "calendarkit poster contact-sheet 2026-11-25 --out week.pdf",
        "calendarkit poster contact-sheet --store hz-001 --open",
    ),
)
@click.argument("date", required=False)
@option("--store", metavar="ID", words=Text("这家店的海报（id 或店名）。", "The posters of this store (id or name)."))
@option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    words=Text("写到这个文件：.png、.jpg 或 .pdf。", "Write it here: .png, .jpg or .pdf."),
)
@option("--open", "browse", is_flag=True, words=Text("打开看。", "Open it."))
@click.pass_obj
def sheet_command(settings: Settings, *, date: str | None, store: str | None, out: Path | None, browse: bool) -> Exit:
    """Draw the sheet and say where it is."""
    if out and out.suffix.lower() not in ENDINGS:
        raise Refusal(Text(f"{out} 要以 .png、.jpg 或 .pdf 结尾", f"{out} must end in .png, .jpg or .pdf"))
    with opened(settings) as world:
        first, _ = week_of(parse_day(date, today(world)) if date else today(world))
        wanted = find_store(world, store) if store else ""
        days = _days(world, first, wanted, settings)
        named = world.roster.stores[wanted].name if wanted else ""
        last = first + dt.timedelta(days=6)
        sheet = contact_sheet(world.name, f"{first:%Y.%m.%d}–{last:%m.%d}  {named}", days)
        path = (out or world.state_dir / "preview" / f"week-{first}.png").absolute()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(saved(sheet, path.suffix.lower()))
    show([line(Span(str(path), "key"))], settings)
    if browse:
        click.launch(path.as_uri())
    broken = any(each.wrong for day in days for each in day.prints)
    return Exit.ATTENTION if broken else Exit.FINE


def _days(world: World, first: dt.date, store: str, settings: Settings) -> list[Day]:
    """Return the seven days with the poster that one store gets of each slot."""
    window = days_window(world, first, first + dt.timedelta(days=7))
    drawn: dict[str, Delivery] = {}
    for each in posters_of(world, window):
        if store in ("", each.store):
            drawn.setdefault(each.slot.key, each)
    slots = pipeline.programme(world, window)
    shown = showings(slots, world.calendar.columns, zone_of(world))
    desk = Desk(world)
    return [
        Day(
            day_title(day, settings.language),
            tuple(_print(desk, each, drawn.get(each.slot.key), settings) for each in shown if each.day == day),
        )
        for day in (first + dt.timedelta(days=number) for number in range(7))
    ]


def _print(desk: Desk, showing: Showing, delivery: Delivery | None, settings: Settings) -> Print:
    if delivery is None:
        return Print(showing.time, showing.title, None, settings.say(Text("只有文字", "words only")))
    shot = desk.shot(delivery)
    if shot.poster is None or shot.trouble:
        return Print(
            showing.time, showing.title, None, "；".join(settings.say(each) for each in shot.trouble), wrong=True
        )
    return Print(showing.time, showing.title, shot.poster.data)
