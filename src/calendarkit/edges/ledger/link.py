"""What the ledger asks of a database: links that run statements, and a backend that hands them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal, Protocol

from calendarkit.errors import LedgerBusy

Values = Mapping[str, Any] | Sequence[Any]
Dialect = Literal["sqlite", "postgres"]


class Unsettled(LedgerBusy):
    """The transaction did not come through, but the same again may: a lost connection, a deadlock."""


class Cursor(Protocol):
    """What a statement came to."""

    @property
    def rowcount(self) -> int:
        """How many rows were written."""
        ...

    def fetchone(self) -> Any:
        """Return the next row, ``None`` when there is none."""
        ...

    def fetchall(self) -> list[Any]:
        """Return every row that is left."""
        ...


class Link(Protocol):
    """A connection inside a transaction.

    Attributes:
        doubtful: whether an earlier try of this very transaction may have been committed all the same, because the
            connection broke before the database could say so.
    """

    doubtful: bool

    def execute(self, sql: str, values: Any = (), /) -> Cursor:
        """Run one statement."""
        ...

    def executemany(self, sql: str, rows: Iterable[Any], /) -> Cursor:
        """Run one statement for each of ``rows``."""
        ...


class Backend(Protocol):
    """A database that holds a ledger.

    Attributes:
        name: what people call it: a path, or host and database; never a password.
        dialect: which SQL it speaks.
    """

    name: str
    dialect: Dialect

    def transaction(self) -> AbstractContextManager[Link]:
        """Make everything in the block durable at its end, or nothing of it.

        Raises:
            Unsettled: the same again may come through.
            LedgerError: anything else.
        """
        ...

    def look(self) -> AbstractContextManager[Link]:
        """Show one consistent picture for the length of the block; one block at a time.

        Raises:
            LedgerError: as for :meth:`transaction`.
        """
        ...

    def still(self) -> AbstractContextManager[Link | None]:
        """Keep every writer out while the block runs; ``None`` where that would not help the fast door."""
        ...

    def pauses(self) -> Iterator[float]:
        """Yield how many seconds to wait after each try that was :class:`Unsettled`; the last try has no pause."""
        ...

    def make_room(self) -> None:
        """Free what was set aside for a full disk."""
        ...

    def version(self, link: Link) -> int:
        """Return the number of the schema, 0 for an empty database."""
        ...

    def upgrade(self, link: Link, steps: Mapping[int, str]) -> int:
        """Apply what is missing of ``steps`` and return the number reached; others wait meanwhile."""
        ...

    def back_up(self, name: str) -> None:
        """Copy the ledger aside, where that is the program's business."""
        ...

    def close(self) -> None:
        """Close every connection."""
        ...
