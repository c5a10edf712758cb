"""Migrations: numbered, forward only, a backup first, everything in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from importlib import resources
from pathlib import Path

from calendarkit.edges.ledger.database import Database
from calendarkit.edges.ledger.failures import LedgerUnusable, explain
from calendarkit.model.text import Text

BACKUPS = "backups"


def migrate(database: Database, steps: Mapping[int, str] | None = None) -> int:
    """Bring the ledger to the newest schema and return its number; an older ledger is copied to ``backups/`` first.

    Args:
        database: the file.
        steps: number → SQL; by default what is shipped.

    Raises:
        LedgerUnusable: the ledger was written by a newer calendarkit; nothing was changed.
        LedgerError: SQLite refused.
    """
    steps = steps or migrations()
    newest = max(steps)
    found = database.read(_version)
    if found > newest:
        raise LedgerUnusable(
            Text(
                f"台账 {database.path} 由更新版本的 calendarkit 写成（结构 {found}，本版本认识到 {newest}）",
                f"{database.path} was written by a newer calendarkit (schema {found}; this one knows {newest})",
            ),
            Text("请升级 calendarkit，不要改动台账", "upgrade calendarkit; the ledger was not touched"),
        )
    if found == newest:
        return found
    if found:
        back_up(database.path, f"schema-{found}")
    return database.write(lambda connection: _apply(connection, steps))


def migrations() -> dict[int, str]:
    """Return the shipped migrations: number → SQL."""
    folder = resources.files("calendarkit.edges.ledger") / "migrations"
    files = sorted(each.name for each in folder.iterdir() if each.name.endswith(".sql"))
    return {int(name.split("_")[0]): (folder / name).read_text("utf-8") for name in files}


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


def _apply(connection: sqlite3.Connection, steps: Mapping[int, str]) -> int:
    """Apply what is missing; another process may have done it while this one waited for its turn."""
    for number in sorted(steps):
        if number > _version(connection):
            for statement in statements(steps[number]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number:d}")
    return _version(connection)


def statements(script: str) -> list[str]:
    """Split a script into statements; ``executescript`` would commit the transaction."""
    found, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            found.append(current)
            current = ""
    return found


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
