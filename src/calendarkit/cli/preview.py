"""``calendarkit preview``: a slot's words and poster as members will see them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

import click

from calendarkit import pipeline
from calendarkit.cli.bilingual import Command, option
from calendarkit.cli.codes import Exit, Refusal
from calendarkit.cli.find_slot import find_slot
from calendarkit.cli.find_target import find_group, find_store
from calendarkit.cli.lines import Span, line, on_terminal, show
from calendarkit.cli.opening import local, opened
from calendarkit.cli.phone import Screen, bubble_lines, merged, phone_page
from calendarkit.cli.settings import Settings
from calendarkit.edges.world import World
from calendarkit.model.message import Broken
from calendarkit.model.slot import Slot
from calendarkit.model.text import Text

_COLON = Text("：", ": ")


@click.command(
    cls=Command,
    name="preview",
    words=Text(
        "像群成员那样看一档：终端里是气泡，另写一个手机样子的网页，含海报。只看，不发送。"
        "SLOT 是编号 column/2026-11-25/noon，或栏目的 id、名称（指它的下一档）；DATE 指定哪一天。",
        "See a slot as members will: bubbles in the terminal, and a page that looks like a phone, with the poster. "
        "Sends nothing. SLOT is a key such as column/2026-11-25/noon, or a column's id or title, which means its next "
        "slot; DATE picks the day.",
    ),
    examples=("calendarkit preview 周三秒杀 --open", "calendarkit preview noon-deals 明天 --store hz-001"),
)
@click.argument("slot")
@click.argument("date", required=False)
@option(
    "--store",
    metavar="ID",
    words=Text("这家店的群（id 或店名）。", "The groups of this store (id or name)."),
)
@option("--group", metavar="ID", words=Text("这个群（id 或群名）。", "This group (id or title)."))
@option("--open", "browse", is_flag=True, words=Text("在浏览器里打开网页。", "Open the page in the browser."))
@option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    words=Text("网页写到这个文件夹，默认 state/preview。", "Write the page here; default state/preview."),
)
@click.pass_obj
def command(
    settings: Settings,
    *,
    slot: str,
    date: str | None,
    store: str | None,
    group: str | None,
    out: Path | None,
    browse: bool,
) -> Exit:
    """Print the bubbles, write the page, and open it when asked."""
    with opened(settings) as world:
        found = find_slot(world, slot, date)
        screens = read_screens(
            world,
            found,
            store=find_store(world, store) if store else "",
            target=find_group(world, group) if group else "",
        )
        heading = f"{world.calendar.columns[found.column].title} · {local(world, found.at, 'YYYY-MM-DD HH:mm')}"
        page = write_page(
            out or world.state_dir / "preview", found, phone_page(screens, settings.language, heading=heading)
        )
    for screen in merged(screens):
        show([*bubble_lines(screen, settings.language), ()], settings)
    show([line(Span(settings.say(Text("网页：", "page: ")), "dim"), str(page))], settings, err=not on_terminal())
    if browse and not open_page(page):
        words = Text(
            "这台机器上打不开浏览器，请把网页拷到电脑上看", "no browser opens here: copy the page to a desktop"
        )
        show([line(Span(f"{settings.say(words)}{_COLON.to(settings.language)}{page}", "warn"))], settings, err=True)
    broken = any(isinstance(message, Broken) for screen in screens for message in screen.messages)
    return Exit.ATTENTION if broken else Exit.FINE


def open_page(page: Path, environ: Mapping[str, str] = os.environ) -> bool:
    """Open a page in the browser; return whether there is one. A browser of the terminal does not count: no poster."""
    import webbrowser

    windows = {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"}
    if sys.platform.startswith(("linux", "freebsd")) and not windows.intersection(environ):
        return False
    try:
        return webbrowser.open(page.as_uri())
    except webbrowser.Error:
        return False


def read_screens(world: World, slot: Slot, *, store: str = "", target: str = "") -> tuple[Screen, ...]:
    """Return what each group sees of ``slot``, in the order of their ids.

    Without a store and a group it is the first few groups that the slot really goes to.

    Raises:
        Refusal: nobody named is in the slot's audience (exit code 2).
    """
    if not store and not target:
        return _screens(world, slot, pipeline.preview(world, slot, target=_first_target(world, slot)))
    found = pipeline.preview(world, slot, target=target, store=store)
    if not found:
        raise _nobody(world, slot)
    return _screens(world, slot, found)


def _first_target(world: World, slot: Slot) -> str:
    """Return the first target that hears ``slot``; one that is withheld when there is no other."""
    from calendarkit.model.slot import Window

    plan = pipeline.forecast(world, Window(slot.at, slot.at + 1))
    going = [each.target for each in plan.deliveries if each.slot.key == slot.key]
    held = [each.delivery.target for each in plan.withheld if each.delivery.slot.key == slot.key]
    if not going and not held:
        raise _nobody(world, slot)
    return sorted(going or held)[0]


def _screens(world: World, slot: Slot, previews: tuple[pipeline.Preview, ...]) -> tuple[Screen, ...]:
    screens = []
    for target, parts in groupby(previews, key=lambda each: each.delivery.target):
        listed = list(parts)
        roster = world.roster
        store = roster.stores.get(listed[0].delivery.store)
        group = roster.groups.get(target)
        screens.append(
            Screen(
                title=(group.title if group else store.name if store else "") or target,
                subtitle=store.name if store else listed[0].delivery.store,
                sender=world.calendar.columns[slot.column].title,
                time=local(world, listed[0].delivery.not_before or slot.at),
                messages=tuple(each.message for each in listed),
                withheld=next((each.withheld for each in listed if each.withheld is not None), None),
            )
        )
    return tuple(screens)


def write_page(folder: Path, slot: Slot, page: str) -> Path:
    """Write the page of ``slot`` below ``folder`` and return its absolute path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (re.sub(r"[^\w.-]+", "-", slot.key) + ".html")
    path.write_text(page, "utf-8")
    return path.absolute()


def _nobody(world: World, slot: Slot) -> Refusal:
    column = world.calendar.columns[slot.column]
    words = column.audience or "—"
    return Refusal(
        Text(
            f"“{column.title}”的人群里没有它（audience = {words}）",
            f"not in the audience of {column.title!r} ({words})",
        ),
        fix=Text("calendarkit why SLOT GROUP 说明原因", "calendarkit why SLOT GROUP explains it"),
    )
