"""``calendarkit export programme``: the week as members are told it, to paste, to print, to post as a picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from calendarkit import pipeline
from calendarkit.calendar.poster_name import poster_name
from calendarkit.cli.bilingual import Command, option
from calendarkit.cli.codes import Exit, Refusal
from calendarkit.cli.days import parse_day, week_of
from calendarkit.cli.find_target import find_group, find_store
from calendarkit.cli.hearers import addressed, member_columns
from calendarkit.cli.leaflet_page import leaflet_page
from calendarkit.cli.leaflet_poster import LAYOUT, leaflet_posters
from calendarkit.cli.leaflet_text import leaflet_text
from calendarkit.cli.lines import Span, line, show
from calendarkit.cli.opening import days_window, opened, today, zone_of
from calendarkit.cli.poster_desk import Desk
from calendarkit.cli.settings import Settings
from calendarkit.edges.world import World
from calendarkit.model.text import Text
from calendarkit.stages.leaflet import Leaflet, leaflet


@click.command(
    "programme",
    cls=Command,
    words=Text(
        "写给群成员看的一周节目表。哪几天、几点、什么栏目、能得到什么（栏目的 promise）。"
        "只写发到客户群的栏目；员工群的栏目和写了 promise = false 的不在里面。",
        "Write the week as members are told it. Days, times, columns and what to count on (promise of the column). Only"
        " columns that reach customers: those of staff, and those with promise = false, are left out.",
    ),
    examples=(
        "calendarkit export programme --group hz-001.vip",
        "calendarkit export programme --store 滨江一号店 --format html --open",
        "calendarkit export programme --store hz-001 --week 下周 --format png --out week.png",
    ),
)
@option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "png"]),
    default="text",
    words=Text(
        "文字（默认，粘贴到群里）、网页（可打印）或图片。", "Text to paste (default), a page to print, or a picture."
    ),
)
@option("--store", metavar="ID", words=Text("这家店的（id 或店名）。", "Of this store (id or name)."))
@option("--group", metavar="ID", words=Text("这个群会收到的（id 或群名）。", "Of what this group hears (id or title)."))
@option("--week", metavar="DATE", words=Text("那一周的任何一天，默认本周。", "Any day of the week; default this week."))
@option(
    "--layout",
    metavar="NAME",
    words=Text("图片的版式，默认 week_programme。", "Layout of the picture; default week_programme."),
)
@option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    words=Text("写到这个文件；文字默认直接显示。", "Write it here; text is shown by default."),
)
@option("--open", "browse", is_flag=True, words=Text("打开看。", "Open it."))
@click.pass_obj
def programme_command(
    settings: Settings,
    *,
    form: str,
    store: str | None,
    group: str | None,
    week: str | None,
    layout: str | None,
    out: Path | None,
    browse: bool,
) -> Exit:
    """Make it, write it, say where it is."""
    trouble: tuple[Text, ...] = ()
    with opened(settings) as world:
        place, heard = _place(world, store, group)
        made = _leaflet(world, place, heard, week)
        path = out or world.state_dir / "preview" / f"programme-{heard or place or 'all'}-{made.first}.{_ENDINGS[form]}"
        if form == "text" and out is None and not browse:
            click.echo(leaflet_text(made, world.record_language), nl=False)
            return Exit.FINE
        if form == "png":
            pictures, trouble = _pictures(world, made, place, layout or LAYOUT)
        else:
            draw = leaflet_text if form == "text" else leaflet_page
            pictures = [draw(made, world.record_language).encode()]
    paths = _written(path.absolute(), pictures)
    show([line(Span(str(each), "key")) for each in paths], settings)
    show([line(Span(settings.say(each), "warn")) for each in trouble], settings, err=True)
    if browse:
        click.launch(paths[0].as_uri())
    return Exit.ATTENTION if trouble else Exit.FINE


_ENDINGS = {"text": "txt", "html": "html", "png": "png"}


def _place(world: World, store: str | None, group: str | None) -> tuple[str, str]:
    """Return the ids of the store and of the group that are asked for; the only store needs no asking."""
    heard = find_group(world, group) if group is not None else ""
    stores = list(world.roster.stores)
    home = world.roster.groups[heard].store if heard else stores[0] if len(stores) == 1 else ""
    place = find_store(world, store) if store is not None else home
    if heard and place != home:
        raise Refusal(
            Text(f"群 {heard} 不属于门店 {place}", f"group {heard} is not of store {place}"),
            fix=Text(f"--store {home}，或去掉 --store", f"--store {home}, or leave --store out"),
        )
    return place, heard


def _leaflet(world: World, place: str, heard: str, week: str | None) -> Leaflet:
    first, after = week_of(parse_day(week, today(world)) if week is not None else today(world))
    store = world.roster.stores.get(place)
    zone = (store.zone if store else "") or zone_of(world)
    wide = days_window(world, first - dt.timedelta(days=1), after + dt.timedelta(days=1))
    slots = pipeline.programme(world, wide)  # a store elsewhere begins its Monday on another clock
    made = leaflet(
        addressed(world, slots, store=place, group=heard),
        member_columns(world, store=place, group=heard),
        zone=zone,
        shop=world.name,
        first=first,
        store=store.name if store else "",
    )
    if not made.rows:
        whom = heard or place or world.name
        raise Refusal(
            Text(
                f"{first} 这一周没有发到客户群的栏目（{whom}）",
                f"no column reaches customers of {whom} in the week of {first}",
            ),
            fix=Text("calendarkit plan 说明为什么", "calendarkit plan tells why"),
            code=Exit.ATTENTION,
        )
    return made


def _pictures(world: World, made: Leaflet, place: str, layout: str) -> tuple[list[bytes], tuple[Text, ...]]:
    """Draw the sheets as PNG; return them and why they may not be posted."""
    store = world.roster.stores.get(place)
    values: Mapping[str, Any] = {
        "id": place,
        "name": store.name if store else "",
        "join_url": store.join_url or None if store else None,
    }
    name = str(poster_name(layout, world.calendar.workspace.theme))
    zone = ZoneInfo((store.zone if store else "") or zone_of(world))
    desk = Desk(world)
    jobs = leaflet_posters(made, values, world.record_language, layout=name, zone=zone)
    posters = [desk.paint(each) for each in jobs]
    return [each.data for each in posters], tuple(dict.fromkeys(t for each in posters for t in each.faults))


def _written(path: Path, parts: list[bytes]) -> list[Path]:
    """Write every part and return where; several get a number each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    count = len(parts)
    paths = [path if count == 1 else path.with_stem(f"{path.stem}-{number}") for number in range(1, count + 1)]
    for each, data in zip(paths, parts, strict=True):
        each.write_bytes(data)
    return paths
