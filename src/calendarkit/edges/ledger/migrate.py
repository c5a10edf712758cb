"""Migrations: numbered, forward only, a backup first, everything in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

from calendarkit.edges.ledger.database import Database
from calendarkit.edges.ledger.failures import LedgerUnusable
from calendarkit.edges.ledger.link import Dialect
from calendarkit.model.text import Text


def migrate(database: Database, steps: Mapping[int, str] | None = None) -> int:
    """Bring the ledger to the newest schema and return its number; an older file is copied to ``backups/`` first.

    Args:
        database: the ledger.
        steps: number → SQL; by default what is shipped.

    Raises:
        LedgerUnusable: the ledger was written by a newer calendarkit; nothing was changed.
        LedgerError: the database refused.
    """
    backend = database.backend
    steps = steps or migrations(backend.dialect)
    newest = max(steps)
    found = database.read(backend.version)
    if found > newest:
        raise LedgerUnusable(
            Text(
                f"台账 {database.name} 由更新版本的 calendarkit 写成（结构 {found}，本版本认识到 {newest}）",
                f"{database.name} was written by a newer calendarkit (schema {found}; this one knows {newest})",
            ),
            Text("请升级 calendarkit，不要改动台账", "upgrade calendarkit; the ledger was not touched"),
        )
    if found == newest:
        return found
    if found:
        backend.back_up(f"schema-{found}")
    return database.write(lambda link: backend.upgrade(link, steps))


def migrations(dialect: Dialect = "sqlite") -> dict[int, str]:
    """Return the shipped migrations of one kind of database: number → SQL."""
    folder = resources.files("calendarkit.edges.ledger") / "migrations" / dialect
    files = sorted(each.name for each in folder.iterdir() if each.name.endswith(".sql"))
    return {int(name.split("_")[0]): (folder / name).read_text("utf-8") for name in files}
