"""``calendarkit poster lint``: every mistake in layouts, and how they look with the shortest and longest names."""

from __future__ import annotations

from pathlib import Path

import click

from calendarkit.calendar.poster_name import PosterName
from calendarkit.calendar.show_problems import format_text
from calendarkit.cli.bilingual import Command
from calendarkit.cli.codes import Exit
from calendarkit.cli.lines import Line, Span, line, on_terminal, show
from calendarkit.cli.opening import opened
from calendarkit.cli.poster_desk import Desk
from calendarkit.cli.settings import Settings
from calendarkit.model.problem import Problem
from calendarkit.model.text import Text
from calendarkit.poster.layout import find_layout, lint, load_layout
from calendarkit.poster.theme import lint_theme


@click.command(
    "lint",
    cls=Command,
    words=Text(
        "检查版式：先找写错的地方，再按每种尺寸、用最短和最长的店名各画一张，看有没有放不下、看不清、扫不出的。"
        "不写 LAYOUT 就检查工作区自己的版式和主题。",
        "Judge layouts: first what is written wrongly, then every shape drawn for the shortest and the longest store "
        "name: what does not fit, cannot be read or scanned. Without LAYOUT, the workspace's own layouts and themes.",
    ),
    examples=("calendarkit poster lint", "calendarkit poster lint noon_deal flash_sale"),
)
@click.argument("layouts", nargs=-1, metavar="[LAYOUT]...")
@click.pass_obj
def lint_command(settings: Settings, *, layouts: tuple[str, ...]) -> Exit:
    """Judge them."""
    wrong = 0
    with opened(settings) as world:
        desk = Desk(world)
        own = desk.layouts[0]
        paths = [find_layout(each, desk.layouts) for each in layouts] or sorted(own.glob("*.toml"))
        problems = [each for path in paths for each in lint(path.read_text("utf-8-sig"), _shown(path, world.root))]
        for path in () if layouts else sorted(own.glob("themes/*.toml")):
            problems += lint_theme(path.read_text("utf-8-sig"), _shown(path, world.root))
        _tell(problems, settings)
        if not paths:
            words = Text(
                "工作区没有自己的版式；写上名字可以检查自带的",
                "the workspace has no layouts of its own; name a shipped one",
            )
            show([line(Span(settings.say(words), "dim"))], settings)
        broken = {each.file for each in problems}
        sound = [path for path in paths if _shown(path, world.root) not in broken]
        for path in sound:
            found = _drawn(desk, path.stem, settings)
            show(found or [line(Span("✓ ", "good"), path.stem)], settings)
            wrong += len(found)
    return Exit.ATTENTION if problems or wrong else Exit.FINE


def _tell(problems: list[Problem], settings: Settings) -> None:
    if problems:
        colour = settings.colour and on_terminal()
        click.echo(format_text(problems, settings.language, colour=colour), nl=False)


def _drawn(desk: Desk, layout: str, settings: Settings) -> list[Line]:
    """Return what is wrong with a layout once it is drawn, one line a fault."""
    found: dict[Line, None] = {}
    for shape in ("", *load_layout(layout, desk.layouts).shapes):
        name = PosterName(layout, shape)
        for shot in desk.extremes(name):
            for each in shot.trouble:
                found[line(Span("✗ ", "bad"), Span(str(name), "key"), f"  {shot.store}  {settings.say(each)}")] = None
    return list(found)


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
