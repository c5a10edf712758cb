"""The wake file: it lets a tick sleep only while everything it rests on is what it was."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

import calendarkit
from calendarkit.edges.wake import heartbeat, remove_wake, sleeps, stamp, write_wake

SOURCES = ("calendarkit.toml", "calendars", "calendars/noon.toml", "policy.toml")
LATER = int(time.time()) + 1000
"""The tick began; a thousand seconds after the files of this test were made, so none of them counts as fresh."""
WAKE = LATER + 600


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace that sleeps from LATER until WAKE."""
    (tmp_path / "calendars").mkdir()
    (tmp_path / "state").mkdir()
    for name in ("calendarkit.toml", "calendars/noon.toml"):
        (tmp_path / name).write_text("# 小店\n")
    assert write_wake(tmp_path / "state", wake=WAKE, sources=SOURCES, now=LATER)
    return tmp_path


def asleep(root: Path, now: float = LATER) -> bool:
    """Return whether a tick at ``now`` may end at the door."""
    return sleeps(str(root / "state"), now)


@pytest.mark.parametrize(
    ("now", "expected"),
    [(LATER - 1, False), (LATER, True), (WAKE - 0.5, True), (WAKE, False), (WAKE + 86400, False)],
    ids=["clock went back", "at once", "just before", "time to wake", "long after"],
)
def test_a_tick_sleeps_from_writing_to_waking(root: Path, now: float, expected: bool) -> None:
    """The wake itself is no longer asleep."""
    assert asleep(root, now) is expected


def edit(root: Path) -> None:
    """Change a calendar."""
    (root / "calendars/noon.toml").write_text("# 大店\n")


def edit_keeping_time(root: Path) -> None:
    """Change a calendar as tools do that restore times."""
    before = (root / "calendars/noon.toml").stat()
    edit(root)
    os.utime(root / "calendars/noon.toml", ns=(before.st_atime_ns, before.st_mtime_ns))


def replace(root: Path) -> None:
    """Save a calendar as most editors do."""
    (root / "new").write_text("# 小店\n")
    (root / "new").replace(root / "calendars/noon.toml")


@pytest.mark.parametrize(
    "change",
    [
        edit,
        edit_keeping_time,
        replace,
        lambda root: (root / "calendars/flash.toml").write_text(""),
        lambda root: (root / "calendars/noon.toml").unlink(),
        lambda root: (root / "policy.toml").write_text(""),
        lambda root: (root / "calendarkit.toml").write_text("# 大店\n"),
        lambda root: shutil.rmtree(root / "calendars"),
        lambda root: remove_wake(root / "state"),
    ],
    ids=[
        "edit",
        "edit keeping its time",
        "replace",
        "add",
        "remove",
        "policy appears",
        "root",
        "folder",
        "ledger wrote",
    ],
)
def test_any_change_wakes(root: Path, change: object) -> None:
    """Whatever happens to a source, or to the ledger."""
    assert asleep(root)
    change(root)
    assert not asleep(root)


def test_a_copied_workspace_does_not_sleep(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Its files are other files."""
    copy = tmp_path_factory.mktemp("copies") / "shop"
    shutil.copytree(root, copy)
    assert not asleep(copy)


def test_an_upgrade_wakes(root: Path) -> None:
    """The program itself and the zones' data are among the sources."""
    package = Path(calendarkit.__file__).parent
    lines = (root / "state/wake").read_text().splitlines()
    assert {f"{stamp(str(path))} {path}" for path in (package, package / "__main__.py")} <= set(lines)
    assert any("tzdata" in line for line in lines)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[:-1],
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("calendarkit wake 1", "calendarkit wake 2"),
        lambda text: text.replace("written ", "written x"),
        lambda text: text.replace("wake ", "woke ", 2),
        lambda text: "\n".join(text.splitlines()[:-2] + text.splitlines()[-1:]) + "\n",
        lambda text: "\x00" * 100,
    ],
    ids=["empty", "no end of line", "half", "other format", "no number", "other key", "a line lost", "zeros"],
)
def test_a_damaged_file_wakes(root: Path, damage: object) -> None:
    """What cannot be read is not believed."""
    path = root / "state/wake"
    path.write_text(damage(path.read_text()))
    assert not asleep(root)


def test_every_cut_of_the_file_wakes(root: Path) -> None:
    """A disk that lost the end of it is noticed."""
    whole = (root / "state/wake").read_bytes()
    for length in range(len(whole)):
        (root / "state/wake").write_bytes(whole[:length])
        assert not asleep(root)


def test_sleeping_leaves_a_heartbeat(root: Path) -> None:
    """Only a tick that may sleep beats, and the beat outlives the promise."""
    os.utime(root / "state/heartbeat", (1, 1))
    asleep(root, WAKE + 1)
    assert heartbeat(root / "state") == 1
    asleep(root)
    beat = heartbeat(root / "state")
    assert beat is not None
    assert beat > LATER - 2000
    remove_wake(root / "state")
    assert heartbeat(root / "state") == beat


def test_without_a_heartbeat_nobody_sleeps(root: Path) -> None:
    """A state folder that lost it gets it back from the full tick."""
    (root / "state/heartbeat").unlink()
    assert not asleep(root)
    assert write_wake(root / "state", wake=WAKE, sources=SOURCES, now=LATER)
    assert asleep(root)


def test_before_the_first_tick_there_is_no_heartbeat(tmp_path: Path) -> None:
    """And removing what is not there is nothing."""
    remove_wake(tmp_path)
    assert heartbeat(tmp_path) is None
    assert not sleeps(str(tmp_path), LATER)


@pytest.mark.parametrize(
    ("wake", "now"),
    [(LATER, LATER), (LATER - 1, LATER), (WAKE, int(time.time()))],
    ids=["due now", "overdue", "a source changed while it was read"],
)
def test_no_promise_that_cannot_be_kept(root: Path, wake: int, now: int) -> None:
    """Nothing is written, and an older promise goes."""
    (root / "calendarkit.toml").write_text("# 小店\n")
    assert not write_wake(root / "state", wake=wake, sources=SOURCES, now=now)
    assert not (root / "state/wake").exists()


def test_a_file_that_cannot_be_touched_wakes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a heartbeat nobody could tell a sleeping tick from a dead one."""

    def refuse(_: str) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "utime", refuse)
    assert not asleep(root)


def test_odd_names_are_fine(root: Path) -> None:
    """Spaces, Chinese and bytes that are no UTF-8 are names of files too."""
    odd = os.fsdecode("calendars/周三 秒杀 ".encode() + b"\xff.toml")
    (root / odd).write_text("")
    later = LATER + 2
    assert write_wake(root / "state", wake=WAKE, sources=[*SOURCES, odd], now=later)
    assert asleep(root, later)
    (root / odd).write_text("# changed")
    assert not asleep(root, later)
