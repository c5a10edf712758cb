"""What a person at a terminal sees: colours, tables that fit, one line from publish."""

from __future__ import annotations

import os
import pty
import re
import struct
import subprocess
import sys
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

import pytest
from cli_shop import make_shop, settle_noon

from calendarkit.cli import cells
from calendarkit.model.state import State


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the starter shop."""
    return make_shop(tmp_path_factory.mktemp("shop"))


def see(shop: Path, *args: str, width: int = 80, env: dict[str, str] | None = None) -> str:
    """Run the program in a terminal of its own and return what it wrote."""
    ours, theirs = pty.openpty()
    ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    command = [sys.executable, "-m", "calendarkit", "--lang", "zh", *args]
    environ = {"TERM": "xterm-256color", **(env or {})}
    running = subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=theirs, env=environ, cwd=shop)
    os.close(theirs)
    written = b""
    try:
        while chunk := os.read(ours, 65536):
            written += chunk
    except OSError:  # Linux says EIO when the other side of a terminal is closed
        pass
    os.close(ours)
    assert running.wait(60) == 0
    return written.decode().replace("\r\n", "\n")


def bare(text: str) -> str:
    """Return what remains without escape sequences."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)


@pytest.mark.parametrize("width", [80, 140])
def test_the_week_fits_and_lines_up(shop: Path, width: int) -> None:
    """Every cell of a column begins below its heading."""
    seen = see(shop, "show", "week", "2025-11-26", width=width)
    rows = bare(seen).splitlines()
    sale = next(row for row in rows if "周三秒杀" in row)
    starts = [cells.width(rows[1][: rows[1].index("周三")]), cells.width(sale[: sale.index("周三秒杀")])]
    assert "\x1b[1m" in seen
    assert starts[0] == starts[1]
    assert max(map(cells.width, rows)) <= width


@pytest.mark.parametrize(
    ("args", "env"), [(["--no-color"], {}), ([], {"NO_COLOR": "1"})], ids=["option", "environment"]
)
def test_colours_can_be_forbidden(shop: Path, args: list[str], env: dict[str, str]) -> None:
    """Then there is not one escape sequence, in lines or in tables."""
    seen = see(shop, *args, "plan", "--from", "2030-11-27", "--to", "2030-11-28", env=env)
    assert "周三秒杀" in seen
    assert "\x1b" not in seen


def test_publish_says_one_line(shop: Path) -> None:
    """To a person who watches; a bar that came is gone again."""
    assert "没有到期的内容；下一档" in bare(see(shop, "publish")).splitlines()[-1]


def test_a_table_is_never_wider_than_the_terminal(shop: Path) -> None:
    """Long keys are folded, nothing is cut off."""
    seen = bare(see(shop, "plan", "--from", "2030-11-27", "--to", "2030-11-28", width=60))
    assert max(map(cells.width, seen.splitlines())) <= 60
    assert "…" not in seen


def test_a_key_can_be_copied_from_a_narrow_terminal(tmp_path: Path) -> None:
    """Whole, on one line."""
    shop = make_shop(tmp_path)
    key = settle_noon(shop, State.DELIVERED)[0]
    seen = bare(see(shop, "ledger", "list", "--day", "2026-11-25", width=40))
    assert [key] == [word for word in seen.split() if word == key]
