"""The ledger over any database that speaks SQL: a SQLite file, or a PostgreSQL server."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from calendarkit.edges.ledger.database import Database
from calendarkit.edges.ledger.desk import SqlDesk
from calendarkit.edges.ledger.planning import SqlPlanning
from calendarkit.edges.ledger.sending import SqlSending
from calendarkit.edges.ledger.store import Figures


class SqlStore(SqlPlanning, SqlSending, SqlDesk):
    """See :class:`calendarkit.edges.ledger.store.Store`; usable from any thread."""

    def __init__(self, database: Database) -> None:
        """Speak for a database that is migrated."""
        self._db = database

    def figures(self, now: int) -> Figures:
        """Return the ledger in numbers."""
        return Figures(
            states=self.counts(),
            attend=self.attend(),
            overdue=self.overdue(now),
            holds=self.holds(),
            run=self.last_run(),
            mark=self.mark(),
        )

    def close(self) -> None:
        """Close every connection."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
