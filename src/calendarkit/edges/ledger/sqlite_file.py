"""The SQLite file: one ledger on one machine, shared by any number of its processes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from calendarkit.edges.ledger.failures import explain
from calendarkit.edges.ledger.folder import drop_ballast, wake
from calendarkit.edges.ledger.link import Dialect, Link
from calendarkit.errors import LedgerError

BUSY_MS = 10_000
BACKUPS = "backups"
CACHE_KIB = 16_384
"""A noon of 50,000 deliveries touches 30 MB; SQLite's own 2 MB would read every page again and again."""
CHECKPOINT_PAGES = 4_000
"""Pages of 4 KiB in the log before they are copied into the file, which costs two flushes."""


class SqliteLink(sqlite3.Connection):
    """A connection to the file; see :class:`calendarkit.edges.ledger.link.Link`."""

    doubtful = False


class SqliteFile:
    """See :class:`calendarkit.edges.ledger.link.Backend`."""

    dialect: Dialect = "sqlite"

    def __init__(self, path: Path, *, busy_ms: int = BUSY_MS) -> None:
        """Open ``path``; it is made when it is not there.

        Raises:
            LedgerError: it cannot be opened, is damaged or held by someone else.
        """
        self.path = path
        self.name = str(path)
        self._busy_ms = busy_ms
        self._writer = self._open()
        try:
            self._reader = self._open()
        except LedgerError:
            self._writer.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[Link]:
        """Make everything in the block durable at its end, or nothing of it; removes the fast door's promise."""
        try:
            with _explained(self.path):
                self._writer.execute("BEGIN IMMEDIATE")
                wake(self.path.parent)
                yield self._writer
                self._writer.execute("COMMIT")
        finally:
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")

    @contextmanager
    def look(self) -> Iterator[Link]:
        """Show one consistent picture."""
        with _explained(self.path):
            self._reader.execute("BEGIN")
            try:
                yield self._reader
            finally:
                self._reader.execute("ROLLBACK")

    @contextmanager
    def still(self) -> Iterator[Link]:
        """Keep every writer out while the block runs, without writing and without waking the fast door."""
        with closing(self._open()) as holder:
            with _explained(self.path):
                holder.execute("BEGIN IMMEDIATE")
            yield holder
            holder.execute("ROLLBACK")

    def pauses(self) -> Iterator[float]:
        """Yield nothing: SQLite waits by itself, and what it refuses it will refuse again."""
        return iter(())

    def make_room(self) -> None:
        """Free the ballast."""
        drop_ballast(self.path.parent)

    def version(self, link: Link) -> int:
        """Return the number of the schema."""
        return int(link.execute("PRAGMA user_version").fetchone()[0])

    def upgrade(self, link: Link, steps: Mapping[int, str]) -> int:
        """Apply what is missing; another process may have done it while this one waited for its turn."""
        for number in sorted(steps):
            if number > self.version(link):
                for statement in statements(steps[number]):
                    link.execute(statement)
                link.execute(f"PRAGMA user_version = {number:d}")
        return self.version(link)

    def back_up(self, name: str) -> None:
        """Copy the ledger to ``backups/<name>.db``."""
        back_up(self.path, name)

    def close(self) -> None:
        """Close the file."""
        self._writer.close()
        self._reader.close()

    def _open(self) -> SqliteLink:
        with _explained(self.path):
            connection = sqlite3.connect(
                self.path,
                timeout=self._busy_ms / 1000,
                isolation_level=None,
                check_same_thread=False,
                factory=SqliteLink,
            )
        try:
            with _explained(self.path):
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute(f"PRAGMA cache_size = -{CACHE_KIB:d}")
                connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES:d}")
        except LedgerError:
            connection.close()
            raise
        return connection


def back_up(path: Path, name: str) -> Path:
    """Copy the ledger, in whatever state other processes hold it, to ``backups/<name>.db`` and return that path."""
    folder = path.parent / BACKUPS
    folder.mkdir(mode=0o700, exist_ok=True)
    copy, unfinished = folder / f"{name}.db", folder / f"{name}.part"
    unfinished.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
    except sqlite3.Error as problem:
        raise explain(problem, path) from problem
    return unfinished.replace(copy)


def statements(script: str) -> list[str]:
    """Split a script into statements; ``executescript`` would commit the transaction."""
    found, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            found.append(current)
            current = ""
    return found


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as problem:
        raise explain(problem, path) from problem
