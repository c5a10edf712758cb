"""``calendarkit doctor``: whether this machine and this workspace can send on time, and what to mend."""

from __future__ import annotations

import os
import platform
import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import click

from calendarkit.cli import cells
from calendarkit.cli.bilingual import Command, json_option, option
from calendarkit.cli.codes import Exit, sentence_of
from calendarkit.cli.lines import Line, Span, hang, line, show, show_json, terminal_width
from calendarkit.cli.opening import errors_words, local, zone_of
from calendarkit.cli.settings import Settings, find_root
from calendarkit.edges.rebuild import rebuild as rebuild_computed
from calendarkit.edges.world import World, open_world
from calendarkit.errors import CalendarkitError, LedgerError
from calendarkit.model.text import Language, Text

SPACE = 200 * 1024 * 1024
"""Bytes free below which a day of posters may not fit."""
EARLIEST = 1_760_000_000
"""Epoch seconds; a clock that stands before October 2025 was never set."""
_MINUTE = 60

Health = Literal["good", "bad", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the doctor looked at, what was found, and how to mend it where it is bad."""

    title: Text
    health: Health
    found: Text
    fix: Text | None = None


@click.command(
    cls=Command,
    name="doctor",
    words=Text(
        "检查这台机器和工作区能否按时发送：版本、字体、时区、台账、权限、时钟、密钥、cron。有问题时退出码为 1。",
        "Check whether this machine and workspace can send on time: versions, fonts, zones, ledger, permissions, "
        "clock, secrets, cron. Exits with 1 when something is wrong.",
    ),
)
@option(
    "--rebuild",
    is_flag=True,
    words=Text(
        "先删掉能从文件重新算出来的（索引、海报缓存），重新编译；台账不动，不会重发。",
        "First throw away what can be computed anew (index, poster caches) and compile; the ledger stays as it is.",
    ),
)
@json_option
@click.pass_obj
def command(settings: Settings, *, rebuild: bool, as_json: bool) -> Exit:
    """Examine and report."""
    root = find_root(settings.directory)
    findings = [*(_rebuilt(root) if rebuild and root else ()), *examine(root, settings.language)]
    if as_json:
        show_json([_plain(each, settings.language) for each in findings])
    else:
        show(finding_lines(findings, settings.language, terminal_width()), settings)
    return Exit.ATTENTION if any(each.health == "bad" for each in findings) else Exit.FINE


def finding_lines(findings: list[Finding], language: Language, most: int | None = None) -> list[Line]:
    """Return a line a finding, and one for the fix of a bad one; those longer than ``most`` cells are broken."""
    marks = {"good": Span("✓", "good"), "bad": Span("✗", "bad"), "note": Span("·", "dim")}
    size = max(cells.width(each.title.to(language)) for each in findings)
    lines: list[Line] = []
    for each in findings:
        found = Span(each.found.to(language), "bad" if each.health == "bad" else "")
        lines += hang(line(marks[each.health], f" {cells.pad(each.title.to(language), size)}  "), found, most)
        if each.fix is not None and each.health != "good":
            lines.append(line(" " * (size + 4), f"→ {each.fix.to(language)}"))
    return lines


def examine(root: Path | None, language: Language) -> Iterator[Finding]:
    """Yield what was found, the machine first, then the workspace in ``root`` where there is one."""
    yield _versions()
    yield _fonts()
    yield _zones()
    if root is None:
        words = Text("这里没有工作区，只检查了机器", "no workspace here; only the machine was examined")
        yield Finding(_WORKSPACE, "note", words, Text("calendarkit -C DIR doctor", "calendarkit -C DIR doctor"))
        return
    with open_world(root, language=language) as world:
        yield _documents(world)
        if world.validated.calendar is None:
            return
        yield _plugins(world)
        yield from _state(world)
        yield from _ledger(world)
        yield _secrets(world)


_WORKSPACE = Text("工作区", "workspace")


def _rebuilt(root: Path) -> Iterator[Finding]:
    """Rebuild what was computed and say what that was."""
    with open_world(root) as world:
        if world.validated.calendar is None:
            return
        gone = rebuild_computed(world)
    names = Text("、".join(gone) or "没有旧的", ", ".join(gone) or "nothing was there")
    yield Finding(Text("重建", "rebuilt"), "good", names)


def _versions() -> Finding:
    found = f"Python {platform.python_version()}（{sys.executable}），calendarkit {version('calendarkit')}"
    return Finding(Text("版本", "versions"), "good", Text(found, found.replace("（", " (").replace("），", "), ")))


def _fonts() -> Finding:
    from calendarkit.poster.shipped import shipped_fonts

    title = Text("字体", "fonts")
    names = sorted(each.name for each in shipped_fonts().glob("*.otf"))
    if names:
        return Finding(title, "good", Text("、".join(names), ", ".join(names)))
    missing = Text(
        f"{shipped_fonts()} 里没有字体，海报画不出来", f"no fonts in {shipped_fonts()}: no poster can be drawn"
    )
    return Finding(title, "bad", missing, Text("重新安装 calendarkit", "install calendarkit again"))


def _zones() -> Finding:
    from calendarkit.edges.zone_data import zone_version

    return Finding(Text("时区数据", "zone data"), "good", Text(zone_version(), zone_version()))


def _documents(world: World) -> Finding:
    wrong = errors_words(world)
    if wrong is not None:
        return Finding(_WORKSPACE, "bad", wrong)
    return Finding(_WORKSPACE, "good", Text(f"{world.name}（{world.root}）", f"{world.name} ({world.root})"))


def _plugins(world: World) -> Finding:
    title = Text("插件", "plugins")
    loaded = ", ".join(world.registry.loaded().values())
    if not world.registry.failures:
        return Finding(title, "good", Text(loaded, loaded))
    broken = "; ".join(str(each) for each in world.registry.failures)
    return Finding(title, "bad", Text(broken, broken), Text("calendarkit plugins list", "calendarkit plugins list"))


def _state(world: World) -> Iterator[Finding]:
    """Look at the state folder: whether we may write, whether others may read, how much space is left."""
    title, folder = Text("状态文件夹", "state folder"), world.state_dir
    if not os.access(folder, os.W_OK | os.X_OK):
        owner = Text(f"不能写 {folder}", f"{folder} cannot be written")
        yield Finding(
            title, "bad", owner, Text(f"用 cron 的那个用户拥有它：chown -R USER {folder}", f"chown -R USER {folder}")
        )
    elif (mode := stat.S_IMODE(folder.stat().st_mode)) & 0o077:
        words = Text(f"其他人也能进 {folder}（{mode:04o}）", f"others may enter {folder} ({mode:04o})")
        yield Finding(title, "bad", words, Text(f"chmod 700 {folder}", f"chmod 700 {folder}"))
    else:
        yield Finding(title, "good", Text(str(folder), str(folder)))
    free = shutil.disk_usage(folder).free
    words = Text(f"剩余 {free // 2**20:,} MiB", f"{free // 2**20:,} MiB free")
    fix = Text("清理磁盘；写不进台账就不会发送", "free space: what cannot be recorded is not sent")
    yield Finding(Text("磁盘", "disk"), "bad" if free < SPACE else "good", words, fix)


def _ledger(world: World) -> Iterator[Finding]:
    """Look into the ledger; where it cannot be opened, say why and go on."""
    title = Text("台账", "ledger")
    try:
        faults = world.store.integrity()
        now = int(world.clock.now())
        mark, run = world.store.mark(), world.store.last_run()
    except LedgerError as error:
        text, fix = sentence_of(error)
        yield Finding(title, "bad", text, fix)
        return
    if faults:
        words = "; ".join(faults[:3])
        restore = Text("从备份恢复，或 init --adopt 新建", "restore a backup, or begin anew with init --adopt")
        yield Finding(title, "bad", Text(words, words), restore)
    else:
        count = sum(world.store.counts().values())
        yield Finding(title, "good", Text(f"完好，{count:,} 条", f"sound, {count:,} rows"))
    yield _clock(world, now, mark.instant if mark else None)
    yield _cron(world, now, run.started if run else None)


def _clock(world: World, now: int, mark: int | None) -> Finding:
    title, shown = Text("时钟", "clock"), f"{local(world, now, 'YYYY-MM-DD HH:mm:ss')} {zone_of(world)}"
    fix = Text("校准时间：timedatectl set-ntp true", "set the time: timedatectl set-ntp true")
    if now < EARLIEST or (mark is not None and mark - now > _MINUTE):
        late = Text(f"{shown}，比上次运行还早", f"{shown}, before the last run") if mark else Text(shown, shown)
        return Finding(title, "bad", late, fix)
    return Finding(title, "good", Text(shown, shown))


def _cron(world: World, now: int, started: int | None) -> Finding:
    from calendarkit.edges.wake import heartbeat

    alive = max((int(each) for each in (started, heartbeat(world.state_dir)) if each is not None), default=None)
    fix = Text("calendarkit cron print，放进 crontab -e", "calendarkit cron print, into crontab -e")
    if alive is None:
        return Finding(Text("cron", "cron"), "note", Text("publish 还没有运行过", "publish has not run yet"), fix)
    when = local(world, alive, "MM-DD HH:mm:ss")
    late = now - alive > 3 * _MINUTE
    words = Text(f"publish 上次运行 {when}", f"publish last ran {when}")
    return Finding(Text("cron", "cron"), "bad" if late else "good", words, fix)


def _secrets(world: World) -> Finding:
    from calendarkit.cli.secrets import missing, used_secrets

    title = Text("密钥", "secrets")
    complaint = world.secrets.complaint()
    if complaint is not None:
        return Finding(title, "bad", complaint, Text("chmod 600 secrets.toml", "chmod 600 secrets.toml"))
    try:
        lost, total = missing(world), len(used_secrets(world))
    except CalendarkitError as error:
        return Finding(title, "bad", *sentence_of(error))
    words = Text(f"{total} 个，缺 {len(lost)} 个", f"{total}, {len(lost)} missing")
    return Finding(
        title, "bad" if lost else "good", words, Text("calendarkit secrets check", "calendarkit secrets check")
    )


def _plain(finding: Finding, language: Language) -> dict[str, str]:
    return {
        "title": finding.title.en,
        "health": finding.health,
        "found": finding.found.to(language),
        "fix": finding.fix.to(language) if finding.fix is not None and finding.health != "good" else "",
    }
