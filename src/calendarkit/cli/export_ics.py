"""``calendarkit export ics``: iCalendar feeds of the whole programme, of each column and of each store."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from calendarkit import pipeline
from calendarkit.calendar.column import Column
from calendarkit.calendar.follow import AUDIENCE
from calendarkit.cli.bilingual import Command, option
from calendarkit.cli.codes import Exit, Refusal
from calendarkit.cli.days import parse_day
from calendarkit.cli.find_slot import find_column
from calendarkit.cli.find_target import find_store
from calendarkit.cli.hearers import Hearers, addressed, hearers
from calendarkit.cli.lines import Span, line, show
from calendarkit.cli.opening import days_window, opened, today
from calendarkit.cli.settings import Settings
from calendarkit.cli.show import read_stretch
from calendarkit.cli.words import PARTS, counted
from calendarkit.clockwork.words import parse_duration
from calendarkit.edges.world import World
from calendarkit.model.slot import Slot
from calendarkit.model.text import Text
from calendarkit.stages.feed import Note, feed
from calendarkit.stages.plan import parts_of

LASTS = 1800
"""Seconds an appointment takes in a calendar when its column has no ``valid_for``."""
_NAMED = 4
"""Groups that a description names; more are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Feed:
    """One file: where it goes, what it is called, which columns and store it holds."""

    path: str
    name: str
    columns: tuple[Column, ...]
    store: str = ""


@click.command(
    "ics",
    cls=Command,
    words=Text(
        "写 ics 日历文件，给同事导入或订阅。全部一份，每个栏目一份，每家店一份。"
        "写明什么时候、发文字还是海报、发给谁；不含文案和价格。",
        "Write ics files that colleagues import or subscribe to. One of everything, one for each column, one for each"
        " store. They tell when, in which parts and to whom, not what a message says.",
    ),
    examples=(
        "calendarkit export ics --out feeds",
        "calendarkit export ics --store 滨江一号店 --out feeds",
        "calendarkit export ics --column 周三秒杀 --from 2026-11-01 --to 2026-12-31",
    ),
)
@option("--store", metavar="ID", words=Text("只要这家店的（id 或店名）。", "Only this store's (id or name)."))
@option("--column", metavar="ID", words=Text("只要这个栏目的（id 或名称）。", "Only this column's (id or title)."))
@option("--from", "first", metavar="DATE", words=Text("第一天，默认今天。", "The first day; default today."))
@option("--to", "last", metavar="DATE", words=Text("最后一天（含），默认共一年。", "The last day; default one year."))
@option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    words=Text("写到这个文件夹，默认 state/export。", "Write them into this folder; default state/export."),
)
@click.pass_obj
def ics_command(
    settings: Settings,
    *,
    store: str | None,
    column: str | None,
    first: str | None,
    last: str | None,
    out: Path | None,
) -> Exit:
    """Write the feeds and say where they are."""
    _require_icalendar()
    with opened(settings) as world:
        begin, after = _stretch(first, last, today(world))
        slots = pipeline.programme(world, days_window(world, begin, after))
        folder = (out or world.state_dir / "export").absolute()
        feeds = list(_feeds(world, store=store, column=column))
        kept = [(each, some) for each in feeds if (some := _slots(world, each, slots))]
        if not kept:
            end = after - dt.timedelta(days=1)
            raise Refusal(
                Text(f"{begin} 到 {end} 没有档期", f"there is no slot from {begin} to {end}"),
                fix=Text("换一段日子，或 calendarkit show week 看节目表", "other days, or calendarkit show week"),
                code=Exit.ATTENTION,
            )
        for each, some in kept:
            path = folder / each.path
            path.parent.mkdir(parents=True, exist_ok=True)
            notes = _notes(world, each)
            path.write_bytes(feed(some, notes, name=each.name, shop=world.name, since=begin))
    _tell(folder, kept, settings)
    return Exit.FINE


def _require_icalendar() -> None:
    try:
        import icalendar  # noqa: F401  # only whether it is there
    except ImportError:
        raise Refusal(
            Text("没有安装 icalendar", "icalendar is not installed"),
            fix=Text('pip install "calendarkit[ics]"', 'pip install "calendarkit[ics]"'),
            code=Exit.PLUGIN,
        ) from None


def _stretch(first: str | None, last: str | None, now: dt.date) -> tuple[dt.date, dt.date]:
    begin = parse_day(first, now) if first is not None else now
    return read_stretch(begin.isoformat(), last or (begin + dt.timedelta(days=364)).isoformat(), now)


def _feeds(world: World, *, store: str | None, column: str | None) -> Iterator[_Feed]:
    """Yield the one feed that is asked for, or all."""
    columns = tuple(world.calendar.columns.values())
    some = (find_column(world, column),) if column is not None else columns
    if store is not None:
        yield _store_feed(world, find_store(world, store), some, ending=f".{some[0].id}" if column is not None else "")
        return
    if column is None:
        yield _Feed(
            path="programme.ics", name=f"{world.name} · {_PROGRAMME.to(world.record_language)}", columns=columns
        )
        for each in world.roster.stores:
            yield _store_feed(world, each, columns)
    for one in some:
        yield _Feed(path=f"columns/{one.id}.ics", name=f"{world.name} · {one.title}", columns=(one,))


_BEHIND = Text("→ 事件所在的群或门店", "→ the group or store of the event")
_PROGRAMME = Text("节目表", "programme")


def _store_feed(world: World, store: str, columns: Sequence[Column], *, ending: str = "") -> _Feed:
    heard = tuple(each for each in columns if hearers(world, each, store=store))
    path = re.sub(r"[^\w.-]+", "-", f"{store}{ending}")
    return _Feed(
        path=f"stores/{path}.ics", name=f"{world.name} · {world.roster.stores[store].name}", columns=heard, store=store
    )


def _slots(world: World, wanted: _Feed, slots: Sequence[Slot]) -> tuple[Slot, ...]:
    names = {each.id for each in wanted.columns}
    return addressed(world, (each for each in slots if each.column in names), store=wanted.store)


def _notes(world: World, wanted: _Feed) -> Mapping[str, Note]:
    return {each.id: _note(world, each, wanted.store) for each in wanted.columns}


def _note(world: World, column: Column, store: str) -> Note:
    heard = hearers(world, column, store=store)
    said = [_what(world, column), _whom(heard) if column.after is None else _BEHIND, *_more(column)]
    lasts = parse_duration(column.valid_for) if column.valid_for else LASTS
    title = f"{column.title} ★" if column.star else column.title
    words = "\n".join(each.to(world.record_language) for each in said if each.zh)
    return Note(title=title, words=words, lasts=lasts, by_zone=column.timezone == AUDIENCE)


def _what(world: World, column: Column) -> Text:
    """Say which parts go out: ``海报、文字``."""
    channels = column.channels or world.calendar.workspace.channels
    parts = {part: PARTS[part] for channel in channels[:1] for part in parts_of(column.content, channel)}
    return Text("、".join(each.zh for each in parts.values()), ", ".join(each.en for each in parts.values()))


def _whom(heard: Hearers) -> Text:
    """Say who gets it: ``→ 滨江店尝鲜群、滨江店 VIP 群`` or ``→ 12 个群``."""
    names = [each.title or each.id for each in heard.groups] or [each.name for each in heard.stores]
    if not names:
        return Text("→ 现在没有能收到的群", "→ no group gets it at present")
    if len(names) <= _NAMED:
        return Text(f"→ {'、'.join(names)}", f"→ {', '.join(names)}")
    if heard.groups:
        stores = len({each.store for each in heard.groups})
        return Text(f"→ {stores} 家店的 {len(names)} 个群", f"→ {len(names)} groups of {stores} stores")
    return Text(f"→ {len(names)} 家店", f"→ {len(names)} stores")


def _more(column: Column) -> Iterator[Text]:
    if column.promise:
        yield Text(column.promise, column.promise)
    if column.owner:
        yield Text(f"负责人：{column.owner}", f"Owner: {column.owner}")


def _tell(folder: Path, kept: Sequence[tuple[_Feed, tuple[Slot, ...]]], settings: Settings) -> None:
    """Print the one file, or the folder and how many there are of each kind."""
    if len(kept) == 1:
        path, slots = folder / kept[0][0].path, len(kept[0][1])
        words = Text(f"{slots} 档", counted(slots, "slot", "slots"))
        show([line(Span(str(path), "key"), "  ", settings.say(words))], settings)
        return
    columns = sum(each.path.startswith("columns/") for each, _ in kept)
    stores = sum(bool(each.store) for each, _ in kept)
    words = Text(
        f"全部 1 份 programme.ics，栏目 {columns} 份 columns/，门店 {stores} 份 stores/",
        f"everything in programme.ics, {counted(columns, 'column', 'columns')} in columns/,"
        f" {counted(stores, 'store', 'stores')} in stores/",
    )
    show([line(Span(str(folder), "key")), line(settings.say(words))], settings)
