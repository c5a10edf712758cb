"""The real program as the world runs it: cron, pipes, closed descriptors, foreign locales, Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cli_shop import make_shop, open_at, program

PROGRAM = [sys.executable, "-m", "calendarkit"]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a shop that has run once."""
    shop = make_shop(tmp_path_factory.mktemp("shop"))
    assert program("-C", shop, "publish") == (0, "", "")
    return shop


def test_cron_hears_nothing(shop: Path) -> None:
    """No PATH, no HOME, no LANG, no TZ."""
    assert program("-C", shop, "publish") == (0, "", "")


@pytest.mark.parametrize(
    "env",
    [{}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
     {"LANG": "zh_CN.GBK", "PYTHONIOENCODING": "gbk"}],
    ids=["empty", "POSIX without coercion", "GBK"],
)  # fmt: skip
def test_output_is_utf_8_in_the_workspaces_language(shop: Path, env: dict[str, str]) -> None:
    """Whatever the locale claims."""
    said = program("-C", shop, "show", "week", "2025-11-26", env=env)
    assert said.out == (Path(__file__).with_name("golden") / "shop-week.txt").read_text("utf-8")


def test_the_host_s_zone_means_nothing(shop: Path) -> None:
    """The calendar's does."""
    days = [
        program("-C", shop, "show", "day", "2025-11-26", "--json", env={"TZ": zone}).out
        for zone in ("UTC", "America/New_York")
    ]
    assert days[0] == days[1]
    assert json.loads(days[0])["slots"][0]["at"] == 1764113400


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["-C", "{shop}", "chek"], 2),
        (["-C", "{shop}", "publish", "--now", "12:00"], 2),
        (["-C", "/nowhere", "publish"], 3),
    ],
    ids=["usage", "another time", "no workspace"],
)
def test_exit_codes(shop: Path, args: list[str], code: int) -> None:
    """As documented; never a traceback."""
    said = program(*(each.replace("{shop}", str(shop)) for each in args))
    assert said.code == code
    assert "Traceback" not in said.err


def test_a_state_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A file stands in its place; nothing is sent, and the ledger's code says why."""
    shop = make_shop(tmp_path)
    (shop / "state").write_text("")
    said = program("-C", shop, "publish")
    assert said.code in {3, 5}
    assert (said.out, "Traceback" in said.err, "state" in said.err) == ("", False, True)


@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-"], ids=["stdout", "all"])
def test_closed_descriptors_do_no_harm(tmp_path: Path, closed: str) -> None:
    """The ledger is not opened as standard output, and stays sound."""
    shop = make_shop(tmp_path)
    line = f'exec "$0" -m calendarkit -C "$1" plan {closed}'
    done = subprocess.run(
        ["/bin/sh", "-c", line, sys.executable, str(shop)], check=False, env={}, timeout=60, capture_output=True
    )
    assert done.returncode == 0
    with open_at(shop) as world:
        assert world.store.integrity() == ()


def test_a_reader_that_goes_away_is_no_error(shop: Path) -> None:
    """As with ``| head -1``: no traceback, no complaint."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*PROGRAM, "-C", str(shop), "show", "month"], stdout=write, stderr=subprocess.PIPE, check=False, timeout=60
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


def test_no_colours_and_no_bars_in_a_pipe(shop: Path) -> None:
    """Not one escape sequence."""
    said = program("-C", shop, "plan", env={"TERM": "xterm-256color", "COLORTERM": "truecolor"})
    assert "早安贴士" in said.out
    assert "\x1b" not in said.out + said.err


def test_the_workspace_is_found_from_below(shop: Path) -> None:
    """Without -C."""
    assert program("check", cwd=shop / "calendars").code == 0


def test_ctrl_c_is_130(shop: Path) -> None:
    """In one word, without a traceback."""
    code = (
        "import calendarkit.cli.app as a, calendarkit.pipeline as p, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)  # background jobs begin with it ignored\n"
        "p.forecast = lambda *_: signal.raise_signal(signal.SIGINT)\n"
        "sys.exit(a.main(['-C', sys.argv[1], 'plan']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(shop)], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr.strip()) == (130, "已中断")
    assert signal.SIGINT == 2


def test_a_defect_is_one_line(shop: Path) -> None:
    """With the place, and without a traceback unless it is asked for."""
    code = (
        "import calendarkit.cli.app as a, calendarkit.pipeline as p, sys\n"
        "p.forecast = lambda *_: 1 / 0\n"
        "sys.exit(a.main([*sys.argv[2:], '-C', sys.argv[1], 'plan']))"
    )
    command = [sys.executable, "-c", code, str(shop)]
    quiet = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    loud = subprocess.run([*command, "--debug"], capture_output=True, text=True, check=False, timeout=60)
    assert (quiet.returncode, loud.returncode) == (1, 1)
    assert len(quiet.stderr.splitlines()) == 1
    assert "ZeroDivisionError" in quiet.stderr
    assert "Traceback" in loud.stderr
