"""Opening a ledger in a file: private, local, migrated; or a clear sentence why not."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from ledger_shop import NOON, claim, delivery, fill, intend, ledger, report

from calendarkit.edges.ledger import folder as folders
from calendarkit.edges.ledger import open_ledger
from calendarkit.edges.ledger.database import Database
from calendarkit.edges.ledger.failures import LedgerFull, LedgerUnusable
from calendarkit.edges.ledger.migrate import migrate, migrations
from calendarkit.edges.ledger.sqlite_file import SqliteFile, back_up, statements
from calendarkit.edges.ledger.store import Store
from calendarkit.errors import LedgerBusy, LedgerError
from calendarkit.extend import Outcome
from calendarkit.model.delivery import Plan
from calendarkit.model.state import State


@pytest.fixture(autouse=True)
def database_kind() -> str:
    """Only a file; PostgreSQL has its own page."""
    return "sqlite"


def test_a_new_state_folder_is_private(tmp_path: Path) -> None:
    """0700, also when the folder was there with wider permissions."""
    (tmp_path / "state").mkdir(mode=0o755)
    ledger(tmp_path).close()
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700


def test_it_survives_being_closed(tmp_path: Path) -> None:
    """What was planned is there after the process ended."""
    with ledger(tmp_path) as store:
        fill(store, delivery())
    with ledger(tmp_path) as store:
        assert store.counts() == {State.READY: 1}
        assert store.integrity() == ()


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "9p"])
def test_a_network_file_system_is_refused(tmp_path: Path, kind: str) -> None:
    """F49: two machines on one SQLite file would send everything twice."""
    with pytest.raises(LedgerUnusable, match=kind) as caught:
        open_ledger(tmp_path / "state" / "ledger.db", file_system=lambda _: kind)
    assert "PostgreSQL" in (caught.value.fix.zh if caught.value.fix else "")
    assert not (tmp_path / "state" / "ledger.db").exists()


def test_the_mount_table_names_the_file_system(tmp_path: Path) -> None:
    """The root of this machine has a type, and a path that does not exist yet has its parent's."""
    assert folders.mounted_as(tmp_path / "not" / "yet") == folders.mounted_as(tmp_path) != ""


def test_a_newer_schema_is_refused_and_not_touched(tmp_path: Path) -> None:
    """F47: after a downgrade nothing is read, written or sent."""
    ledger(tmp_path).close()
    path = tmp_path / "state" / "ledger.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(LedgerUnusable, match="newer"):
        ledger(tmp_path)
    assert path.read_bytes() == before


def test_an_older_schema_is_backed_up_and_migrated(tmp_path: Path) -> None:
    """The copy in ``backups/`` is the ledger as it was."""
    with ledger(tmp_path) as store:
        fill(store, delivery())
    newer = {**migrations(), 9: "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;"}
    with closing(Database(SqliteFile(tmp_path / "state" / "ledger.db"))) as database:
        assert migrate(database, newer) == 9
        assert migrate(database, newer) == 9
    with closing(sqlite3.connect(tmp_path / "state" / "backups" / f"schema-{max(migrations())}.db")) as copy:
        assert copy.execute("SELECT count(*) FROM deliveries").fetchone() == (1,)
        assert copy.execute("PRAGMA user_version").fetchone() == (max(migrations()),)


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    """F6: one transaction; the old ledger still opens with the old program."""
    ledger(tmp_path).close()
    broken = {**migrations(), 9: "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;\nCREATE TABLE later (x);"}
    with (
        closing(Database(SqliteFile(tmp_path / "state" / "ledger.db"))) as database,
        pytest.raises(LedgerError, match="exists"),
    ):
        migrate(database, broken)
    with ledger(tmp_path) as store:
        assert store.counts() == {}


def test_a_backup_of_an_open_ledger_is_whole(tmp_path: Path) -> None:
    """The copy holds what is still in the write-ahead log."""
    with ledger(tmp_path) as store:
        fill(store, delivery(1), delivery(2))
        copy = back_up(tmp_path / "state" / "ledger.db", "now")
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("SELECT count(*) FROM deliveries").fetchone() == (2,)


def test_a_script_is_split_into_statements() -> None:
    """A trigger with a semicolon inside is one statement."""
    script = "CREATE TABLE a (b);\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM a;\nEND;\n-- the end\n"
    assert [each.split()[1] for each in statements(script)] == ["TABLE", "TRIGGER"]


def test_a_locked_ledger_is_busy(tmp_path: Path) -> None:
    """F11: it waits, then says so; the exit code for that is 75."""
    with ledger(tmp_path) as store:
        fill(store, delivery())
    with closing(sqlite3.connect(tmp_path / "state" / "ledger.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with (
            open_ledger(tmp_path / "state" / "ledger.db", busy_ms=50) as store,
            pytest.raises(LedgerBusy, match="another process"),
        ):
            store.claim([1], NOON)


def test_a_lock_that_ends_is_waited_for(tmp_path: Path) -> None:
    """F2: "database is locked" under load is no error, only a pause."""
    path = tmp_path / "state" / "ledger.db"
    with ledger(tmp_path) as store, closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as db:
        rows = fill(store, delivery())
        db.execute("BEGIN IMMEDIATE")
        end = threading.Timer(0.2, db.execute, ("ROLLBACK",))
        end.start()
        assert len(claim(store, *rows)) == 1
        end.join()


def test_an_answer_is_brought_again_to_a_busy_ledger(tmp_path: Path) -> None:
    """F11: an intent gives up after the timeout, an answer does not, because losing it would make doubt."""
    path = tmp_path / "state" / "ledger.db"
    with ledger(tmp_path) as store:
        (attempt,) = intend(store, *fill(store, delivery()))
    with (
        open_ledger(path, busy_ms=150) as store,
        closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as db,
    ):
        db.execute("BEGIN IMMEDIATE")
        end = threading.Timer(0.3, db.execute, ("ROLLBACK",))
        end.start()
        assert store.record([report(attempt, Outcome.DELIVERED)], NOON) == (State.DELIVERED,)
        end.join()


@pytest.mark.parametrize("offset", [0, 100], ids=["header", "first-page"])
def test_a_damaged_file_is_refused(tmp_path: Path, offset: int) -> None:
    """F13: nothing is sent on the word of a damaged ledger."""
    with ledger(tmp_path) as store:
        fill(store, *(delivery(n) for n in range(50)))
    path = tmp_path / "state" / "ledger.db"
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(os.urandom(2000))
    with pytest.raises(LedgerError, match="damaged"):
        _use(tmp_path)


def test_a_damaged_page_is_found_by_the_check(tmp_path: Path) -> None:
    """``doctor`` finds what no query has touched yet."""
    with ledger(tmp_path) as store:
        fill(store, *(delivery(n) for n in range(300)))
    path = tmp_path / "state" / "ledger.db"
    with path.open("r+b") as file:
        file.seek(-8192, os.SEEK_END)
        file.write(b"\xff" * 8192)
    with ledger(tmp_path) as store:
        found: tuple[str, ...] = ()
        try:
            found = store.integrity()
        except LedgerError as problem:
            found = (str(problem),)
        assert found


def test_a_folder_without_permission_is_named() -> None:
    """F10: a ledger that lies in a read-only folder is refused before anything is sent."""
    with tempfile.TemporaryDirectory() as folder, ledger(Path(folder)) as store:
        fill(store, delivery())
        store.close()
        with _read_only(Path(folder)), pytest.raises(LedgerUnusable, match="cannot be opened or written"):
            _use(Path(folder))


@contextmanager
def _read_only(folder: Path) -> Iterator[None]:
    """Take the permission to write away; root, who needs none, becomes nobody for the time."""
    state = folder / "state"
    root = os.geteuid() == 0
    for each in (folder, *folder.rglob("*")):
        os.chown(each, 65534, 65534) if root else None
        each.chmod(0o500 if each.is_dir() else 0o400)
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o700)
        state.chmod(0o700)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """F10: a clear sentence with the path and what to do."""
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(LedgerUnusable, match="cannot be made") as caught:
        open_ledger(tmp_path / "file" / "state" / "ledger.db")
    assert str(tmp_path) in caught.value.text.zh


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    """F10: the same for the file itself."""
    (tmp_path / "state" / "ledger.db").mkdir(parents=True)
    with pytest.raises(LedgerUnusable, match="cannot be opened"):
        ledger(tmp_path)


@contextmanager
def _small_disk(store: Store) -> Iterator[None]:
    """Let SQLite find no further page, as on a full disk, until the ballast is dropped."""
    db = store._db.backend._writer  # type: ignore[attr-defined]
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}")
    yield
    db.execute("PRAGMA max_page_count = 1073741823")


def test_a_full_disk_stops_intents_and_nothing_is_half_written(tmp_path: Path) -> None:
    """F7: no intent, no send; reads go on; the class of the error means exit code 5."""
    with ledger(tmp_path) as store:
        rows = fill(store, *(delivery(n) for n in range(20)))
        with _small_disk(store), pytest.raises(LedgerFull, match="no space"):
            store.admit(Plan(deliveries=tuple(delivery(n) for n in range(100, 400))), missed={}, mark=NOON, now=NOON)
        assert len(store.rows()) == len(rows)
        assert store.integrity() == ()


def test_results_are_recorded_with_the_reserve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F7: the ballast is freed for answers, because a lost answer is an unknown delivery."""
    with ledger(tmp_path) as store:
        rows = fill(store, *(delivery(n) for n in range(300)))
        attempts = intend(store, *rows)
        reports = [report(each, Outcome.DELIVERED, detail="x" * 2000) for each in attempts]
        ballast = tmp_path / "state" / folders.BALLAST
        assert ballast.stat().st_size == folders.BALLAST_BYTES
        db = store._db.backend._writer  # type: ignore[attr-defined]
        monkeypatch.setattr(
            "calendarkit.edges.ledger.sqlite_file.drop_ballast",
            lambda folder: folders.drop_ballast(folder) and db.execute("PRAGMA max_page_count = 1073741823"),
        )
        with _small_disk(store):
            assert set(store.record(reports, NOON)) == {State.DELIVERED}
        assert not ballast.exists()
    ledger(tmp_path).close()
    assert ballast.exists()


def test_a_quiet_moment_keeps_writers_out_and_the_wake_file_alone(tmp_path: Path) -> None:
    """The wake file is written under the lock; the next transaction removes it."""
    wake = tmp_path / "state" / "wake"
    seen: list[int | None] = []

    def write(moment: int | None) -> None:
        seen.append(moment)
        wake.write_text("sleep")

    with ledger(tmp_path) as store:
        store.quiescent(write)
        assert (seen, wake.exists()) == ([None], True)
        fill(store, delivery())
    assert not wake.exists()


def _use(tmp_path: Path) -> None:
    with ledger(tmp_path) as store:
        store.rows()
