"""A ledger that cannot be written, read or found: what cannot be recorded is not sent."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from operator_shop import CUSTOMERS, SILENT, STAFF, Shop

ONCE = dict.fromkeys(STAFF, 1)
NEVER = dict.fromkeys(STAFF, 0)
WITHOUT_OVERRIDE = "" if os.geteuid() else "exec setpriv --bounding-set -dac_override"


@pytest.fixture
def tiny_disk(shop: Shop) -> Iterator[Path]:
    """Put the state folder on a disk of one megabyte, and yield the file that fills it."""
    state = shop.root / "state"
    kept = state.rename(shop.root.parent / "kept")
    state.mkdir(mode=0o700)
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=0700", "none", str(state)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small disk needs root")
    for file in kept.iterdir():
        if file.is_file() and file.name != "ballast":
            shutil.copy2(file, state)
    yield state / "filler"
    subprocess.run(["umount", str(state)], check=True)


def test_a_full_disk_sends_nothing(shop: Shop, tiny_disk: Path) -> None:
    """F7: no intent, no message; exit 5 with what to do; with space everything goes out, once."""
    space = os.statvfs(tiny_disk.parent)
    tiny_disk.write_bytes(bytes(space.f_bavail * space.f_frsize))
    said = shop.tick()
    assert (said.code, said.out) == (5, "")
    assert "磁盘已满" in said.err
    assert (shop.seen(), shop.packs()) == (NEVER, 0)
    tiny_disk.unlink()
    assert shop.tick(65) == SILENT
    assert (shop.seen(), shop.packs()) == (ONCE, len(CUSTOMERS))


@pytest.mark.parametrize("blocks", [8, 120], ids=["at once", "later"])
def test_a_file_that_may_not_grow_sends_nothing_unrecorded(shop: Shop, blocks: int) -> None:
    """F8: wherever the limit strikes, exit 5 and nobody sees anything twice; without it the next run finishes."""
    said = shop.tick(before=f"ulimit -f {blocks};")
    assert (said.code, said.out) == (5, "")
    assert said.err.startswith("calendarkit: 磁盘已满或无法写入，台账 ")
    assert "没有记入台账的内容没有发送" in said.err
    assert max(shop.seen().values()) <= 1
    shop.tick(75)
    assert (shop.seen(), shop.packs()) == (ONCE, len(CUSTOMERS))


def test_a_state_folder_that_cannot_be_written(shop: Shop) -> None:
    """F10: exit 5 and which file; with the right again everything goes out, once."""
    state = shop.root / "state"
    assert shop.tick(-30) == SILENT
    state.chmod(0o500)
    for file in state.iterdir():
        file.chmod(0o500 if file.is_dir() else 0o400)
    said = shop.tick(before=WITHOUT_OVERRIDE)
    assert (said.code, said.out, "Traceback" in said.err) == (5, "", False)
    assert str(state) in said.err
    assert shop.seen() == NEVER
    for each in (state, *state.iterdir()):
        each.chmod(0o700)
    assert shop.tick(65, before=WITHOUT_OVERRIDE) == SILENT
    assert shop.seen() == ONCE


def scribble(ledger: Path) -> None:
    """Write over the first bytes."""
    with ledger.open("r+b") as file:
        file.write(b"not a database")


def age(ledger: Path) -> None:
    """Let it be of a version that is not there yet."""
    with closing(sqlite3.connect(ledger)) as database:
        database.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [(scribble, "ledger.db 已损坏"), (age, "由更新版本的 calendarkit 写成（结构 99")],
    ids=["corrupt", "newer"],
)
def test_a_ledger_that_cannot_be_read_is_left_alone(shop: Shop, spoil: object, words: str) -> None:
    """F13, F47: publish, status and doctor name it; nothing is sent and not a byte of it is changed."""
    assert callable(spoil)
    ledger = shop.root / "state/ledger.db"
    spoil(ledger)
    before = ledger.read_bytes()
    said, status, doctor = shop.tick(), shop.say("status"), shop.say("doctor")
    assert (said.code, status.code, doctor.code) == (5, 5, 1)
    assert (said.out, words in said.err, words in status.err, words in doctor.out) == ("", True, True, True)
    assert "已损坏" not in words or "state/backups" in said.err
    assert (shop.seen(), ledger.read_bytes() == before) == (NEVER, True)


def test_a_lost_ledger_is_told(shop: Shop) -> None:
    """N5: what was due before is never sent from memory, and cron hears once that it was not."""
    state = shop.root / "state"
    (state / "heartbeat").touch()  # as cron's runs leave it
    (state / "ledger.db").unlink()
    said = shop.tick()
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("✗ 台账不见了，已新建：从现在起发送，之前到期的一律不发")
    assert shop.seen() == NEVER
    assert shop.tick(65) == SILENT
