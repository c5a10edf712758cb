"""The fast door: what passes it, what it costs, and that it never hides work."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from calendarkit import __main__ as door
from calendarkit.edges.wake import write_wake

LIGHT = {"calendarkit", "calendarkit.__main__", "calendarkit.edges", "calendarkit.edges.wake", "__future__"}
"""Every module the door may import beyond what a bare interpreter has."""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a workspace that sleeps for an hour."""
    (tmp_path / "state").mkdir()
    (tmp_path / "deep/er").mkdir(parents=True)
    (tmp_path / "calendarkit.toml").write_text('name = "小店"\n')
    soon = int(time.time()) + 1000
    assert write_wake(tmp_path / "state", wake=soon + 3600, sources=["calendarkit.toml"], now=soon)
    wake = tmp_path / "state/wake"
    wake.write_text(wake.read_text().replace(f"written {soon}", f"written {soon - 1000}"))
    return tmp_path


def knock(monkeypatch: pytest.MonkeyPatch, *args: str) -> str:
    """Return ``asleep`` when the arguments end at the door, ``open`` when the command line is asked."""
    monkeypatch.setattr(sys, "argv", ["calendarkit", *args])
    monkeypatch.setattr("calendarkit.cli.app.main", lambda: 42)
    return {0: "asleep", 42: "open"}[door.main()]


@pytest.mark.parametrize("folder", [".", "deep/er"])
def test_publish_with_nothing_due_ends_at_the_door(shop: Path, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the workspace or anywhere below."""
    monkeypatch.chdir(shop / folder)
    assert knock(monkeypatch, "publish") == "asleep"


def test_the_folder_may_be_named(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As cron does; with or without a slash at its end."""
    assert knock(monkeypatch, "-C", str(shop), "publish") == "asleep"
    assert knock(monkeypatch, "-C", f"{shop}/", "publish") == "asleep"


@pytest.mark.parametrize(
    "args",
    [(), ("publish", "--dry-run"), ("publish", "--help"), ("--lang", "en", "publish"), ("status",),
     ("-C", ".", "status"), ("-C", "/nowhere", "publish"), ("-C", "deep", "publish"), ("-C.", "publish"),
     ("-C", ".", "-C", ".", "publish")],
    ids=" ".join,
)  # fmt: skip
def test_everything_else_opens_the_command_line(
    shop: Path, args: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the two forms that cron uses are answered here."""
    monkeypatch.chdir(shop)
    assert knock(monkeypatch, *args) == "open"


def test_outside_any_workspace_the_command_line_explains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The door has no messages of its own."""
    monkeypatch.chdir(tmp_path)
    assert knock(monkeypatch, "publish") == "open"


def test_a_state_folder_elsewhere_does_not_use_the_door(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Naming another one changes calendarkit.toml, and that alone wakes."""
    (shop / "calendarkit.toml").write_text('name = "小店"\nstate = "/var/lib/shop"\n')
    assert knock(monkeypatch, "-C", str(shop), "publish") == "open"


def test_the_door_imports_nothing_heavy(shop: Path) -> None:
    """No third-party module, hardly any of the standard library."""
    code = (
        "import sys; before = set(sys.modules); sys.argv = ['calendarkit', '-C', sys.argv[1], 'publish']\n"
        "from calendarkit.__main__ import main\n"
        "code = main(); print(code, *sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(shop)], capture_output=True, text=True, check=True)
    exit_code, *modules = done.stdout.split()
    assert exit_code == "0"
    assert set(modules) <= LIGHT


def test_the_module_itself_runs_as_a_program(shop: Path) -> None:
    """``python -m calendarkit`` is the same door; it says nothing and works with an empty environment."""
    command = [sys.executable, "-m", "calendarkit", "-C", str(shop), "publish"]
    environ = {key: value for key, value in os.environ.items() if key == "PYTHONPATH"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environ)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
