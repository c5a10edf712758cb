"""``calendarkit sandbox``: run the sandbox until Ctrl-C."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from calendarkit.extend import CalendarkitError, Text
from calendarkit_sandbox import SandboxOptions
from calendarkit_sandbox.robots import RATE_COUNT, read_robots
from calendarkit_sandbox.server import Sandbox, serve
from calendarkit_sandbox.settings import choose_language, default_folder, read_options, read_zone

Say = Callable[[Text], str]

_HELP = {
    "": Text(
        "在本机模拟企业微信群机器人；每个群实际收到的消息都记入日志，并在网页上显示成手机聊天。",
        "Answer as WeCom group robots do; what every group received is logged and shown as a phone chat.",
    ),
    "port": Text("本机端口；0 表示任选一个空闲端口。", "Port on this machine; 0 takes a free one."),
    "folder": Text("日志和图片存放的文件夹。", "Where the log and the pictures are kept."),
    "open": Text("接受任何机器人 key，每个 key 一个群。", "Accept every robot key, each in a group of its own."),
    "robots": Text("机器人名册（TOML 或 JSON）。", "Roster of robots (TOML or JSON)."),
    "rate": Text("每个机器人每分钟最多几条；0 表示不限。", "Messages a minute for each robot; 0 for no limit."),
    "ready": Text("可以接受请求时，把网址写进这个文件。", "Write the base URL here once requests are accepted."),
}


def run(args: Sequence[str], workspace: Path) -> int:
    """Run the sandbox until Ctrl-C; the exit code is 0, 1 when it could not start, 2 for a wrong argument."""
    language = choose_language(workspace, os.environ)
    try:
        command = make_command(read_options(workspace), workspace, say=lambda text: text.to(language))
        command.main(list(args), "calendarkit sandbox", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (CalendarkitError, OSError) as error:
        click.echo(str(error), err=True)
        return 1
    return 0


def make_command(options: SandboxOptions, workspace: Path, *, say: Say) -> click.Command:
    """Return the click command; what the command line leaves out comes from ``options``."""
    path = click.Path(path_type=Path)

    def option(flag: str, word: str, kind: click.ParamType[Any] | None = None, *, default: Any = None) -> click.Option:
        return click.Option([flag], type=kind, default=default, show_default=default is not None, help=say(_HELP[word]))

    return click.Command(
        "sandbox",
        help=say(_HELP[""]),
        params=[
            option("--port", "port", click.IntRange(0, 65535), default=options.port),
            option("--folder", "folder", path, default=default_folder(workspace)),
            option("--open/--no-open", "open", default=options.open),
            option("--robots", "robots", path),
            option("--rate", "rate", click.IntRange(0), default=RATE_COUNT),
            option("--ready-file", "ready", path),
        ],
        callback=lambda **given: _sandbox(say=say, zone=read_zone(workspace), **given),
    )


def _sandbox(*, say: Say, folder: Path, robots: Path | None, ready_file: Path | None, **given: Any) -> None:
    known = read_robots(robots) if robots else ()
    sandbox = Sandbox(folder, robots=known, **given)
    click.echo(say(_welcome(sandbox, folder)))
    serve(sandbox, lambda: _announce(ready_file, sandbox.url))
    click.echo(say(Text("沙箱已停止。", "The sandbox has stopped.")))


def _welcome(sandbox: Sandbox, folder: Path) -> Text:
    robots = sandbox.world.robots
    who = Text(f"名册里有 {len(robots)} 个机器人", f"{len(robots)} robots in the roster")
    if robots.open:
        who = Text("接受任何机器人 key", "Every robot key works")
    elif not len(robots):
        who = Text("还没有机器人：加上 --open 或 --robots 文件", "No robots yet: add --open or --robots FILE")
    return Text(
        f"沙箱网页  {sandbox.url}/\n机器人    {who.zh}\n日志      {folder}\n按 Ctrl-C 停止。",
        f"Pages   {sandbox.url}/\nRobots  {who.en}\nLog     {folder}\nCtrl-C stops it.",
    )


def _announce(ready_file: Path | None, url: str) -> None:
    """Write the base URL so that a reader never sees half of it."""
    if ready_file is None:
        return
    fresh = ready_file.with_name(ready_file.name + ".new")
    fresh.write_text(url, "utf-8")
    fresh.replace(ready_file)
