"""Many threads, one flush; and one thread's mistake stays its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from calendarkit.edges.ledger.database import Database
from calendarkit.edges.ledger.link import Link
from calendarkit.edges.ledger.sqlite_file import SqliteFile
from calendarkit.errors import LedgerError


@pytest.fixture(autouse=True)
def database_kind() -> str:
    """A file is enough: sharing a transaction is the same over PostgreSQL."""
    return "sqlite"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A file with one empty table."""
    with closing(Database(SqliteFile(tmp_path / "ledger.db"))) as opened:
        opened.write(lambda db: db.execute("CREATE TABLE kept (value INTEGER PRIMARY KEY)"))
        yield opened


def insert(db: Link, values: list[int]) -> list[int]:
    """Insert values one by one and return them negated."""
    db.executemany("INSERT INTO kept VALUES (?)", [(value,) for value in values])
    return [-value for value in values]


def kept(database: Database) -> list[int]:
    """Return what is in the table."""
    return [value for (value,) in database.read(lambda db: db.execute("SELECT value FROM kept").fetchall())]


def test_each_thread_gets_its_own_results(database: Database) -> None:
    """Merged operations return to everyone what belongs to them, and everything is there."""
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda n: database.write_all(insert, [2 * n, 2 * n + 1]), range(200)))
    assert [list(each) for each in answers] == [[-2 * n, -2 * n - 1] for n in range(200)]
    assert kept(database) == list(range(400))


def test_writers_that_wait_share_a_transaction(database: Database) -> None:
    """While one commit lasts, everyone who comes is committed together by the next."""
    inside, go = threading.Event(), threading.Event()
    sizes: list[int] = []

    def slow(db: Link) -> None:
        inside.set()
        go.wait(10)

    def count(db: Link, values: list[int]) -> list[int]:
        sizes.append(len(values))
        return insert(db, values)

    with ThreadPoolExecutor(9) as pool:
        first = pool.submit(database.write, slow)
        inside.wait(10)
        others = [pool.submit(database.write_all, count, [n]) for n in range(8)]
        while len(database._queue) < 8:
            pass
        go.set()
        assert [list(each.result()) for each in others] == [[-n] for n in range(8)]
        first.result()
    assert sizes == [8]


def test_a_mistake_fails_alone(database: Database) -> None:
    """Who breaks a constraint gets the error; the neighbours in the same transaction do not."""
    database.write_all(insert, [7])
    with ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(database.write_all, insert, [n]) for n in range(16)]
        failed = [n for n, job in enumerate(jobs) if isinstance(job.exception(), LedgerError)]
    assert failed == [7]
    assert kept(database) == list(range(16))


def test_a_read_sees_one_picture(database: Database) -> None:
    """Between two queries of one read no other thread's commit appears."""

    def look(db: Link) -> tuple[int, int]:
        before = db.execute("SELECT count(*) FROM kept").fetchone()[0]
        database.write_all(insert, [1])
        return before, db.execute("SELECT count(*) FROM kept").fetchone()[0]

    assert database.read(look) == (0, 0)


def test_an_interrupted_writer_leaves_nobody_waiting(database: Database) -> None:
    """Ctrl-C inside a transaction undoes it, and the next writer works."""

    def interrupt(db: Link) -> None:
        db.execute("INSERT INTO kept VALUES (1)")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        database.write(interrupt)
    database.write_all(insert, [2])
    assert kept(database) == [2]


def test_a_commit_is_on_the_disk(database: Database) -> None:
    """Write-ahead log, flushed at every commit: what was promised survives a power cut."""

    def settings(db: Link) -> tuple[str, int]:
        return db.execute("PRAGMA journal_mode").fetchone()[0], db.execute("PRAGMA synchronous").fetchone()[0]

    assert database.write(settings) == ("wal", 2)
