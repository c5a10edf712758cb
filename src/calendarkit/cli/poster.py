"""``calendarkit poster``: look at layouts while they are made, draw a slot's posters, see a week on one sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from calendarkit.calendar.decode import suggest
from calendarkit.calendar.poster_name import PosterName, poster_name
from calendarkit.cli.bilingual import Command, Group, json_option, option
from calendarkit.cli.codes import Exit, Refusal
from calendarkit.cli.find_slot import find_slot
from calendarkit.cli.find_target import find_store
from calendarkit.cli.lines import Span, line, show, show_json
from calendarkit.cli.opening import opened
from calendarkit.cli.poster_bench import bench_command
from calendarkit.cli.poster_desk import Desk, Shot, named_poster
from calendarkit.cli.poster_lint import lint_command
from calendarkit.cli.poster_sheet import sheet_command
from calendarkit.cli.poster_watch import watch, write_page
from calendarkit.cli.settings import Settings
from calendarkit.cli.sheet import Head, show_sheet
from calendarkit.edges.world import World
from calendarkit.model.slot import Slot
from calendarkit.model.text import Text
from calendarkit.poster.layout import layout_names, load_layout
from calendarkit.poster.theme import theme_names

ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png"}
_STORE = option("--store", metavar="ID", words=Text("这家店（id 或店名）。", "This store (id or name)."))


@click.group(
    cls=Group,
    name="poster",
    words=Text(
        "做版式、看海报：边改边看、批量出图、一周一张总览。从不发送。",
        "Make layouts and look at posters: while editing, in batches, a week on one sheet. Never sends anything.",
    ),
)
def command() -> None:
    """Hold the subcommands."""


@command.command(
    "list",
    cls=Command,
    words=Text("列出全部版式、各自的尺寸，和全部主题。", "List every layout with its shapes, and every theme."),
    examples=("calendarkit poster list",),
)
@json_option
@click.pass_obj
def list_command(settings: Settings, *, as_json: bool) -> Exit:
    """List them."""
    with opened(settings) as world:
        desk = Desk(world)
        layouts = {name: load_layout(name, desk.layouts) for name in layout_names(desk.layouts)}
        themes = theme_names(desk.layouts)
    if as_json:
        found = {name: {"title": each.poster.title, "shapes": list(each.shapes)} for name, each in layouts.items()}
        show_json({"layouts": found, "themes": list(themes)})
        return Exit.FINE
    heads = (Head(Text("版式", "layout")), Head(Text("名称", "title")), Head(Text("尺寸", "shapes")))
    rows = [
        (Span(name, "key"), each.poster.title, "  ".join((_size(each.poster.size), *_shapes(each.shapes))))
        for name, each in layouts.items()
    ]
    show_sheet(heads, rows, settings)
    words = settings.say(Text("主题：", "themes: "))
    show([(), line(Span(words, "dim"), "  ".join(f"@{each}" for each in themes))], settings)
    return Exit.FINE


@command.command(
    "preview",
    cls=Command,
    words=Text(
        "画一张看看。WHAT 是版式（如 flash_sale.square@double11），用虚构的一天来画；"
        "或是档期、栏目，用它的真实内容来画。",
        "Draw one and look at it. WHAT is a layout such as flash_sale.square@double11, drawn with a made-up day; or a "
        "slot or a column, drawn with its real content.",
    ),
    examples=(
        "calendarkit poster preview flash_sale.square@double11 --open",
        "calendarkit poster preview 周三秒杀 --store hz-001 --watch --open",
    ),
)
@click.argument("what")
@click.argument("date", required=False)
@_STORE
@option("--shape", metavar="NAME", words=Text("换一种尺寸，如 square。", "Another shape, such as square."))
@option("--theme", metavar="NAME", words=Text("换一个主题，如 double11。", "Another theme, such as double11."))
@option("--open", "browse", is_flag=True, words=Text("在浏览器里打开。", "Open it in the browser."))
@option(
    "--watch",
    "watching",
    is_flag=True,
    words=Text("版式、素材一改就重画，Ctrl-C 结束。", "Draw again whenever a layout or picture changes, until Ctrl-C."),
)
@option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    words=Text(
        "图片写到这个文件，默认在 state/preview 里。", "Write the picture here; by default below state/preview."
    ),
)
@click.pass_obj
def preview_command(
    settings: Settings,
    *,
    what: str,
    date: str | None,
    store: str | None,
    shape: str | None,
    theme: str | None,
    browse: bool,
    watching: bool,
    out: Path | None,
) -> Exit:
    """Draw it, say where it is and what is wrong with it."""

    def draw() -> tuple[Path, Shot]:
        with opened(settings) as world:
            shot = _shot(world, what, date, store=store or "", shape=shape, theme=theme)
            if shot.poster is None:
                raise Refusal(shot.trouble[0], code=Exit.ATTENTION)
            words = "-".join(filter(None, (what, shape, theme)))
            name = re.sub(r"[^\w.@-]+", "-", words) + ENDINGS.get(shot.poster.mime, "")
            path = out or world.state_dir / "preview" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(shot.poster.data)
            return path.absolute(), shot

    path, shot = draw()
    _tell(path, shot, settings)
    if browse:
        page = write_page(path) if watching else path
        click.launch(page.as_uri())
    if watching:
        watch(settings, lambda: _tell(*draw(), settings))
    return Exit.ATTENTION if shot.trouble else Exit.FINE


@command.command(
    "batch",
    cls=Command,
    words=Text(
        "把一档的海报全部画成文件，每家店（或每个群）一张。有一张不合格，退出码为 1。",
        "Draw all posters of a slot into files, one for each store or group. Exits with 1 when one may not be sent.",
    ),
    examples=("calendarkit poster batch 周三秒杀 2026-11-25 --out posters-out",),
)
@click.argument("slot")
@click.argument("date", required=False)
@_STORE
@option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="DIR",
    words=Text("写到这个文件夹。", "Write them into this folder."),
)
@click.pass_obj
def batch_command(settings: Settings, *, slot: str, date: str | None, store: str | None, out: Path) -> Exit:
    """Draw them."""
    written = failed = 0
    with opened(settings) as world:
        found = find_slot(world, slot, date)
        out.mkdir(parents=True, exist_ok=True)
        for shot in Desk(world).shots(found, store=find_store(world, store) if store else ""):
            target = shot.delivery.target if shot.delivery else ""
            if shot.trouble:
                failed += 1
                why = "；".join(settings.say(each) for each in shot.trouble)
                show([line(Span("✗ ", "bad"), Span(target, "key"), f"  {why}")], settings)
            elif shot.poster:
                name = re.sub(r"[^\w.-]+", "-", f"{target}-{shot.store}") + ENDINGS.get(shot.poster.mime, "")
                (out / name).write_bytes(shot.poster.data)
                written += 1
    if not written and not failed:
        raise Refusal(Text("这一档没有海报", "this slot has no poster"))
    said = Text(f"{written} 张海报 → {out}", f"{written} posters → {out}")
    more = Text(f"，{failed} 张不合格", f", {failed} that may not be sent") if failed else Text("", "")
    show(
        [line(Span("✗ " if failed else "✓ ", "bad" if failed else "good"), settings.say(said) + settings.say(more))],
        settings,
    )
    return Exit.ATTENTION if failed else Exit.FINE


def _shot(world: World, what: str, date: str | None, *, store: str, shape: str | None, theme: str | None) -> Shot:
    desk = Desk(world)
    wanted = find_store(world, store) if store else ""
    written = poster_name(what)
    if written.layout in layout_names(desk.layouts):
        own = theme or written.theme or world.calendar.workspace.theme
        return desk.sample(PosterName(written.layout, shape or written.shape, own), wanted)
    slot = _slot(world, what, date, layout_names(desk.layouts))
    named = named_poster(world, slot)
    name = PosterName(named.layout, shape or named.shape, theme or named.theme)
    shot = next(desk.shots(slot, store=wanted, name=name, most=1), None)
    if shot is None:
        raise Refusal(Text("这一档没有海报", "this slot has no poster"))
    return shot


def _slot(world: World, what: str, date: str | None, layouts: Sequence[str]) -> Slot:
    """Return the slot that ``what`` means; whoever mistyped a layout hears of layouts, not of columns."""
    try:
        return find_slot(world, what, date)
    except Refusal as refused:
        close = suggest(poster_name(what).layout, layouts)
        if not close:
            raise
        words = Text(f"没有“{what}”这个版式或栏目", f"there is no layout or column {what!r}")
        raise Refusal(words, fix=Text(f"是不是 {close}？", f"did you mean {close}?")) from refused


def _tell(path: Path, shot: Shot, settings: Settings) -> None:
    """Say what was drawn and what is wrong with it."""
    assert shot.poster is not None
    size = f"{shot.poster.width}×{shot.poster.height} · {len(shot.poster.data) // 1000} KB · {shot.store}"
    rows = [line(Span(str(path), "key")), line(Span(f"  {size}", "dim"))]
    rows += [line(Span("  ✗ ", "bad"), settings.say(each)) for each in shot.trouble]
    show(rows, settings)


def _size(size: tuple[int, int]) -> str:
    return f"{size[0]}×{size[1]}"


def _shapes(shapes: Mapping[str, tuple[int, int]]) -> list[str]:
    return [f".{name} {_size(size)}" for name, size in shapes.items()]


for _each in (lint_command, sheet_command, bench_command):
    command.add_command(_each)
