"""A shop that an operator looks after: a workspace on disk, the program as cron starts it, and what members saw."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from calendarkit_sandbox.faults import parse_faults
from calendarkit_sandbox.robots import Robot
from calendarkit_sandbox.server import Sandbox

PROGRAM = Path(sys.executable).with_name("calendarkit")
DUE = dt.datetime.now(ZoneInfo("Asia/Shanghai")).replace(second=0, microsecond=0)
"""When the deal is due: the minute in which the tests began, so that ``status``, which knows no ``--now``, agrees."""
STAFF = ("hz-001.staff", "hz-002.staff")
CUSTOMERS = ("hz-001.vip", "hz-002.fans")
FILES = {
    "calendarkit.toml": 'name = "鲜果时光"\nchannels = ["wecom", "folder"]\n[plugins.wecom]\n',
    "stores.csv": "id,name\nhz-001,滨江一号店\nhz-002,西溪花园店\n",
    "groups.csv": """\
id,store,title,members,wecom.key
hz-001.staff,hz-001,滨江店导购群,staff,secret:robot/hz-001
hz-001.vip,hz-001,滨江店 VIP 群,customers,
hz-002.staff,hz-002,西溪店导购群,staff,secret:robot/hz-002
hz-002.fans,hz-002,西溪店福利群,customers,
""",
    "calendars/daily.toml": f"""\
[[column]]
id = "deal"
title = "每日特惠"
on = "每天"
at = {{ deal = "{DUE:%H:%M}" }}
late = "3h"
content.text = "{{{{ store.name }}}}：今天的苹果 9.9 元"
""",
}


class Said(NamedTuple):
    """What the program said and how it ended."""

    code: int
    out: str
    err: str


SILENT = Said(0, "", "")
"""How ``publish`` ends when all is well: not a byte."""


@dataclass(frozen=True)
class Running:
    """The program at work."""

    process: subprocess.Popen[bytes]
    out: Path
    err: Path

    def ended(self) -> Said:
        """Wait for its end."""
        code = self.process.wait(60)
        return Said(code, self.out.read_text("utf-8"), self.err.read_text("utf-8"))

    def kill(self) -> None:
        """End it with SIGKILL, as a restart of the machine would."""
        self.process.kill()
        self.process.wait(60)


@dataclass(frozen=True)
class Shop:
    """One workspace, and the sandbox where its two staff groups have their robots.

    Attributes:
        root: the workspace.
        sandbox: shared by all shops; the keys tell them apart.
    """

    root: Path
    sandbox: Sandbox

    @property
    def name(self) -> str:
        """What distinguishes the shop's groups from those of other shops."""
        return self.root.parent.name

    def open(self) -> Shop:
        """Write the workspace and run once before anything is due."""
        for path, text in FILES.items():
            self.write(path, text)
        assert self.tick(-60) == SILENT
        return self

    def copy(self, root: Path) -> Shop:
        """Return another shop with the same past, whose robots the sandbox knows."""
        shutil.copytree(self.root, root)
        shop = Shop(root, self.sandbox)
        shop.write_secrets({store: shop.key(store) for store in ("hz-001", "hz-002")})
        for group in STAFF:
            robot = Robot(key=shop.key(group.partition(".")[0]), group=f"{shop.name}/{group}")
            self.sandbox.world.robots.put(robot)
        return shop

    def key(self, store: str) -> str:
        """Return the key of a store's robot."""
        return f"{self.name}-{store}"

    def write(self, path: str, text: str) -> Path:
        """Write a file of the workspace."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file

    def write_secrets(self, keys: dict[str, str], mode: int = 0o600) -> None:
        """Write the robots' keys."""
        file = self.write("secrets.toml", "[robot]\n" + "".join(f'{name} = "{key}"\n' for name, key in keys.items()))
        file.chmod(mode)

    def start(self, *args: str | Path, before: str = "", closed: str = "<&-", **environ: str) -> Running:
        """Start one command as cron does: by ``sh``, next to no environment, no standard input, output to files.

        Args:
            args: what stands after the workspace.
            before: what the shell does or runs the program with.
            closed: redirections.
            environ: more of the environment.
        """
        bare = {"HOME": str(self.root), "LOGNAME": "shop", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}
        number = time.monotonic_ns()
        out, err = (self.root.parent / f"{number}.{kind}" for kind in ("out", "err"))
        line = ["/bin/sh", "-c", f'{before} "$0" "$@" {closed}', PROGRAM, "-C", self.root, *args]
        if not before:
            line[2] = f"exec {line[2]}"
        with out.open("wb") as stdout, err.open("wb") as stderr:
            process = subprocess.Popen([*map(str, line)], env=bare | environ, stdout=stdout, stderr=stderr)
        return Running(process, out, err)

    def say(self, *args: str | Path, **more: str) -> Said:
        """Run one command as cron does and return what it said."""
        return self.start(*args, **more).ended()

    def tick(self, seconds: int = 5, *args: str, url: str = "", **more: str) -> Said:
        """Run ``publish`` so many seconds after the deal was due."""
        return self.start_tick(seconds, *args, url=url, **more).ended()

    def start_tick(self, seconds: int = 5, *args: str, url: str = "", **more: str) -> Running:
        """Start ``publish`` so many seconds after the deal was due."""
        now = (DUE + dt.timedelta(seconds=seconds)).isoformat()
        return self.start("publish", "--now", now, "--sandbox", url or self.sandbox.url, *args, **more)

    def spoil(self, *faults: dict[str, Any], group: str = "") -> None:
        """Let the sandbox misbehave towards this shop, or one of its groups; without any, no longer."""
        named = [{**fault, "key": self.key(group.partition(".")[0]) if group else ""} for fault in faults]
        self.sandbox.world.faults.arm(parse_faults(named))

    def seen(self) -> dict[str, int]:
        """Return how many messages members of each staff group saw."""
        return {group: len(self.sandbox.truth(f"{self.name}/{group}")) for group in STAFF}

    def packs(self) -> int:
        """Return how many entries the packs for customers' groups hold."""
        return len([*self.root.glob(f"out/{DUE.date()}/*/*/*.txt")])


def key(group: str) -> str:
    """Return the key of a group's delivery."""
    return f"deal/{DUE.date()}/deal/{group}/{'wecom' if group in STAFF else 'folder'}"


def a_minute_on() -> int:
    """Return how many seconds after the deal a minute from now is: what a person did by the machine's clock is past."""
    return int(time.time() - DUE.timestamp()) + 60


def eventually(happened: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something is so.

    Raises:
        TimeoutError: it never was.
    """
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.02)
