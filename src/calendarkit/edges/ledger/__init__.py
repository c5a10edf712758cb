"""The ledger (台账): the only memory of what was promised, sent and answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from calendarkit.edges.ledger.database import Database
from calendarkit.edges.ledger.folder import load_ballast, prepare_folder
from calendarkit.edges.ledger.link import Backend
from calendarkit.edges.ledger.migrate import migrate
from calendarkit.edges.ledger.sql_store import SqlStore
from calendarkit.edges.ledger.sqlite_file import BUSY_MS, SqliteFile
from calendarkit.edges.ledger.store import Store
from calendarkit.errors import LedgerError


def open_ledger(
    path: Path,
    *,
    url: str = "",
    file_system: Callable[[Path], str] | None = None,
    busy_ms: int = BUSY_MS,
) -> Store:
    """Open the ledger, making its folder (0700), its file and its newest schema where they are missing.

    Args:
        path: such as ``state/ledger.db``; its folder is private and local wherever the ledger is.
        url: ``postgresql://…`` of the server that holds the ledger instead of the file.
        file_system: names the file system a path is on; for tests.
        busy_ms: how long to wait for another process.

    Raises:
        LedgerUnusable: a network file system, a damaged file, a newer schema, no permission, no psycopg.
        LedgerBusy: another process holds it for longer than ``busy_ms``, or the server is away.
        LedgerFull: there is no space.
    """
    backend: Backend
    if url:
        from calendarkit.edges.ledger.postgres_server import PostgresServer

        backend = PostgresServer(url)
    else:
        prepare_folder(path.parent, file_system)
        backend = SqliteFile(path, busy_ms=busy_ms)
    database = Database(backend)
    try:
        migrate(database)
    except LedgerError:
        database.close()
        raise
    if not url:
        load_ballast(path.parent)
    return SqlStore(database)
