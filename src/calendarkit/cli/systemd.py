"""``calendarkit systemd``: the service and the timer that send what is due, every minute, with little else allowed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from calendarkit.cli.bilingual import Command, Group, option
from calendarkit.cli.cron import program
from calendarkit.cli.lines import line, show
from calendarkit.cli.opening import opened
from calendarkit.cli.secrets import used_secrets
from calendarkit.cli.settings import Settings
from calendarkit.edges.watch.action_log import STDERR
from calendarkit.edges.world import World
from calendarkit.model.text import Text

FOLDER = Path("/etc/systemd/system")
HARDENING = (
    "NoNewPrivileges=yes",
    "CapabilityBoundingSet=",
    "ProtectSystem=strict",
    "ProtectHome=read-only",
    "PrivateTmp=yes",
    "PrivateDevices=yes",
    "ProtectClock=yes",
    "ProtectHostname=yes",
    "ProtectKernelLogs=yes",
    "ProtectKernelModules=yes",
    "ProtectKernelTunables=yes",
    "ProtectControlGroups=yes",
    "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6",
    "RestrictNamespaces=yes",
    "RestrictRealtime=yes",
    "RestrictSUIDSGID=yes",
    "LockPersonality=yes",
    "SystemCallArchitectures=native",
)
"""What a run never needs (systemd.exec(5), systemd 252)."""
_COLON = Text("：", ": ")


@click.group(
    cls=Group,
    name="systemd",
    words=Text("打印 systemd 的 service 和 timer。", "Print the service and the timer for systemd."),
)
def command() -> None:
    """Hold the subcommands."""


@command.command(
    "print",
    cls=Command,
    words=Text(
        "打印两个单元文件：每分钟发送一次，只能写工作区，别的几乎都不许做。",
        "Print two unit files: they send every minute, may write to the workspace and to little else.",
    ),
    examples=(
        "calendarkit -C /opt/shop systemd print",
        "calendarkit -C /opt/shop systemd print --out /etc/systemd/system",
    ),
)
@option(
    "--user",
    metavar="NAME",
    words=Text("以谁的身份运行；默认为工作区的所有者。", "Whom it runs as; by default who owns the workspace."),
)
@option(
    "--credentials",
    type=click.Path(path_type=Path),
    metavar="DIR",
    words=Text(
        "密钥由 systemd 从这个文件夹交给程序：每个密钥一行 LoadCredential。",
        "Secrets are handed over by systemd from this folder: a LoadCredential line for each.",
    ),
)
@option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    words=Text("写到文件夹，默认打印。", "Write the files there instead of printing."),
)
@click.pass_obj
def print_command(settings: Settings, *, user: str | None, credentials: Path | None, out: Path | None) -> None:
    """Print the units, or write them."""
    with opened(settings, reading=True) as world:
        name = unit_name(world.root)
        units = {
            f"{name}.service": service(world, program(), user=user or owner(world.root), credentials=credentials),
            f"{name}.timer": timer(world),
        }
    if out is None:
        click.echo("\n".join(f"# {FOLDER / file}\n{text}" for file, text in units.items()), nl=False)
        return
    for file, text in units.items():
        (out / file).write_text(text, "utf-8")
    enable = f"systemctl enable --now {name}.timer"
    words = Text(f"已写好 {len(units)} 个文件", f"wrote {len(units)} files")
    show([line(settings.say(words), settings.say(_COLON), str(out)), line(f"  → {enable}")], settings)


def service(world: World, words: Sequence[str], *, user: str, credentials: Path | None = None) -> str:
    """Return the unit that runs ``publish`` once.

    Args:
        world: the workspace.
        words: how calendarkit is started.
        user: whom it runs as.
        credentials: folder that holds one file a secret, named like ``robot__hz-001``.
    """
    run = " ".join(_word(each).replace("$", "$$") for each in (*words, "-C", str(world.root), "publish"))
    hidden = world.root.resolve().is_relative_to("/tmp") or world.root.resolve().is_relative_to("/var/tmp")  # noqa: S108
    lines = [
        "[Unit]",
        f"Description={_escaped(world.name)}: send what is due (calendarkit)",
        "Wants=network-online.target",
        "After=network-online.target",
        "",
        "[Service]",
        "Type=oneshot",
        f"User={user}",
        f"ExecStart={run}",
        "TimeoutStartSec=5min",
        *(f"LoadCredential={each}" for each in _credentials(world, credentials)),
        f"ReadWritePaths={' '.join(_word(str(each)) for each in writable(world))}",
        *(each for each in HARDENING if not (hidden and each.startswith("PrivateTmp"))),
    ]
    return "\n".join(lines) + "\n"


def timer(world: World) -> str:
    """Return the unit that starts the service every minute, on the second: what was missed calendarkit knows itself."""
    return (
        f"[Unit]\nDescription={_escaped(world.name)}: every minute (calendarkit)\n\n"
        "[Timer]\nOnCalendar=*-*-* *:*:00\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n"
    )


def writable(world: World) -> tuple[Path, ...]:
    """Return the folders a run writes to: the workspace, and wherever else it was told to keep state, figures, logs."""
    watch = world.calendar.workspace.watch
    files = [world.root / each for each in (watch.metrics, watch.log) if each not in ("", STDERR)]
    folders = [world.root, world.state_dir, *(each.parent for each in files)]
    outside = [each for each in folders[1:] if not each.resolve().is_relative_to(world.root.resolve())]
    return (world.root, *sorted(set(outside)))


def unit_name(root: Path) -> str:
    """Return what the units of a workspace are called.

    >>> unit_name(Path("/opt/Shop 1"))
    'calendarkit-shop-1'
    """
    word = re.sub(r"[^a-z0-9]+", "-", root.name.lower()).strip("-")
    return f"calendarkit-{word}" if word else "calendarkit"


def owner(path: Path) -> str:
    """Return who owns ``path``: a name, or a number where nobody has one."""
    import pwd

    number = path.stat().st_uid
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _credentials(world: World, folder: Path | None) -> Iterator[str]:
    if folder is not None:
        for name in used_secrets(world):
            file = name.replace("/", "__")
            yield f"{file}:{_escaped(os.path.abspath(folder / file))}"  # noqa: PTH100  # resolve would follow links


def _word(word: str) -> str:
    """Return a word of a command line or of a list of paths as systemd reads it back (systemd.syntax(7))."""
    plain = re.fullmatch(r"[\w@+./:=-]+", word, re.ASCII)
    escaped = _escaped(word)
    return escaped if plain else '"' + escaped.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _escaped(text: str) -> str:
    """Return ``text`` without the specifiers that a percent sign begins."""
    return text.replace("%", "%%").replace("\n", " ")
