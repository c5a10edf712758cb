"""The ledger (台账): the only memory of what was promised, sent and answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from calendarkit.edges.ledger.database import BUSY_MS, Database
from calendarkit.edges.ledger.folder import load_ballast, prepare_folder
from calendarkit.edges.ledger.migrate import migrate
from calendarkit.edges.ledger.sqlite import SqliteStore
from calendarkit.edges.ledger.store import Store
from calendarkit.errors import LedgerError
from calendarkit.extend.lent import Clock


def open_ledger(
    path: Path,
    clock: Clock | None = None,  # noqa: ARG001  # other databases will ask for the time
    *,
    file_system: Callable[[Path], str] | None = None,
    busy_ms: int = BUSY_MS,
) -> Store:
    """Open the ledger, making its folder (0700), its file and its newest schema where they are missing.

    Args:
        path: such as ``state/ledger.db``.
        clock: the time.
        file_system: names the file system a path is on; for tests.
        busy_ms: how long to wait for another process.

    Raises:
        LedgerUnusable: a network file system, a damaged file, a newer schema, no permission.
        LedgerBusy: another process holds it for longer than ``busy_ms``.
        LedgerFull: there is no space.
    """
    prepare_folder(path.parent, file_system)
    database = Database(path, busy_ms=busy_ms)
    try:
        migrate(database)
    except LedgerError:
        database.close()
        raise
    load_ballast(path.parent)
    return SqliteStore(database)
