"""``calendarkit init``: a new workspace that works at once, from the starter or from an example shop."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import click

from calendarkit.cli.bilingual import Command, option
from calendarkit.cli.codes import Refusal
from calendarkit.cli.settings import ROOT_FILE, Settings
from calendarkit.model.text import Language, Text

STARTER = Path(__file__).with_name("starter")
STARTERS: Mapping[Language, Path] = {"zh": STARTER, "en": Path(__file__).with_name("starter_en")}
_PRIVATE = {"state", "secrets.toml", "out", "__pycache__"}
_RENAMED = {"gitignore": ".gitignore"}
_NAME_LINE = re.compile(r'^name = ".*"$', re.MULTILINE)
_NEXT = (
    ("check", Text("检查全部文件", "check every file")),
    ("show week", Text("看这一周的节目表", "see this week's programme")),
    ("plan", Text("未来 24 小时发什么", "what goes out in the next 24 hours")),
    ("publish --dry-run", Text("演练：现在会发什么", "rehearse: what would go out now")),
    ("cron print", Text("每分钟自动发送的 crontab 行", "the crontab line that sends every minute")),
)


@click.command(
    cls=Command,
    name="init",
    words=Text(
        "新建工作区：写好一家小店的栏目、话术和名单，马上能看能发。已有的文件从不覆盖。",
        "Make a new workspace: a small shop with columns, words and rosters that works at once. "
        "A file that exists is never overwritten.",
    ),
    examples=("calendarkit init my-shop --name 鲜果时光", "calendarkit init demo --example fresh-market"),
)
@click.argument("directory", type=click.Path(path_type=Path), default=".", metavar="[DIR]")
@option("--name", words=Text("店名，写进 calendarkit.toml。", "The shop's name, for calendarkit.toml."))
@option(
    "--example",
    metavar="NAME",
    words=Text("改为复制一个完整的示例店；list 列出全部。", "Copy an example shop instead; list names them all."),
)
@option(
    "--adopt",
    is_flag=True,
    words=Text(
        "台账丢失后，为现有工作区新建台账。此刻以前到期的一律不发。",
        "For a workspace that lost its ledger: start a new one. Nothing that was due before now is sent.",
    ),
)
@click.pass_obj
def command(settings: Settings, directory: Path, name: str | None, example: str | None, *, adopt: bool) -> None:
    """Write the workspace and say what to try next."""
    if adopt:
        from calendarkit.cli.adopt import adopt_ledger

        adopt_ledger(settings, directory)
        return
    if example == "list":
        for each in example_names():
            click.echo(each)
        return
    place = directory if settings.directory is None or directory.is_absolute() else settings.directory / directory
    written = write_workspace(_source(example, settings.language), place, name)
    _say_next(settings, place, len(written))


def write_workspace(source: Path, place: Path, name: str | None = None) -> tuple[Path, ...]:
    """Copy the workspace ``source`` to ``place`` and return the files written, sorted.

    Ledgers, secrets and what was rendered stay behind.

    Raises:
        Refusal: something of the same name is there already; then nothing is written.
    """
    files = {
        place / _target(each.relative_to(source)): each for each in sorted(source.rglob("*")) if _belongs(each, source)
    }
    taken = sorted(str(each.relative_to(place)) for each in files if os.path.lexists(each))
    if ROOT_FILE in taken:
        raise Refusal(Text(f"{place} 已经是工作区", f"{place} is a workspace already"), fix=_OTHER_PLACE)
    if taken:
        names = ", ".join(taken[:5])
        raise Refusal(
            Text(f"{place} 里已有 {names}，没有写任何文件", f"{place} holds {names}; nothing was written"),
            fix=_OTHER_PLACE,
        )
    for target, origin in files.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(origin, target)
    if name:
        root = place / ROOT_FILE
        line = f"name = {json.dumps(name, ensure_ascii=False)}"
        root.write_text(_NAME_LINE.sub(lambda _: line, root.read_text("utf-8"), count=1), "utf-8")
    return tuple(sorted(files))


def example_names() -> tuple[str, ...]:
    """Return the names of the example shops, sorted."""
    return tuple(sorted(each.parent.name for each in examples_folder().glob(f"*/{ROOT_FILE}")))


def examples_folder() -> Path:
    """Return where the example shops lie: inside the installed package, or beside the sources."""
    package = Path(__file__).parents[1]
    installed = package / "examples"
    return installed if installed.is_dir() else package.parents[1] / "calendars"


_OTHER_PLACE = Text("换一个文件夹", "choose another folder")


def _source(example: str | None, language: Language) -> Path:
    if example is None:
        return STARTERS[language]
    names = example_names()
    if example not in names:
        listed = ", ".join(names)
        raise Refusal(Text(f"没有 {example} 这个示例；有：{listed}", f"no example {example}; there are: {listed}"))
    return examples_folder() / example


def _belongs(path: Path, source: Path) -> bool:
    return path.is_file() and not _PRIVATE.intersection(path.relative_to(source).parts)


def _target(relative: Path) -> Path:
    return relative.with_name(_RENAMED.get(relative.name, relative.name))


def _say_next(settings: Settings, place: Path, count: int) -> None:
    click.echo(settings.say(Text(f"已写好 {count} 个文件：{place}", f"wrote {count} files: {place}")))
    click.echo(settings.say(Text("接下来：", "next:")))
    prefix = "calendarkit" if place == Path() else f"calendarkit -C {place}"
    size = max(len(words) for words, _ in _NEXT)
    for words, meaning in _NEXT:
        click.echo(f"  {prefix} {words.ljust(size)}  # {settings.say(meaning)}")
