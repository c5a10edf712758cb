"""The PostgreSQL server: one ledger for many machines; needs ``calendarkit[postgres]``."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from calendarkit.edges.ledger.failures import LedgerUnusable
from calendarkit.edges.ledger.link import Cursor, Dialect, Link
from calendarkit.edges.ledger.postgres_failures import explain_postgres
from calendarkit.edges.ledger.queries import Statement
from calendarkit.errors import LedgerError
from calendarkit.model.text import Text

if TYPE_CHECKING:
    import psycopg

PATIENCE = 10.0
"""Seconds to keep trying a server that is away."""
CLOCKS_APART = 10.0
"""Seconds; leases last a minute, so machines may not disagree about the time by much more."""
_CONNECTION = {
    "application_name": "calendarkit",
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
}
_SESSION = """
SET lock_timeout = '10s';
SET idle_in_transaction_session_timeout = '5s';
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
"""
"""A sender that is paused inside a transaction loses it before anybody loses patience with its locks."""


class PostgresLink:
    """A connection to the server; see :class:`calendarkit.edges.ledger.link.Link`."""

    __slots__ = ("connection", "doubtful")

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self.doubtful = False

    def execute(self, sql: str, values: Any = (), /) -> Cursor:
        """Run one statement."""
        return self.connection.execute(_text(sql), _clean(values) if values else None)

    def executemany(self, sql: str, rows: Iterable[Any], /) -> Cursor:
        """Run one statement for each of ``rows``, in one go."""
        cursor = self.connection.cursor()
        cursor.executemany(_text(sql), [_clean(each) for each in rows])
        return cursor


class PostgresServer:
    """See :class:`calendarkit.edges.ledger.link.Backend`.

    Several machines write at once. A connection that broke is made anew and the transaction tried again; whether the
    first try was committed after all, nobody may know then, so every operation of the ledger can be repeated.
    """

    dialect: Dialect = "postgres"

    def __init__(self, url: str, *, patience: float = PATIENCE) -> None:
        """Connect to ``url``.

        Args:
            url: ``postgresql://user@host/database``, with whatever else libpq understands.
            patience: seconds to keep trying.

        Raises:
            LedgerUnusable: psycopg is not installed, the address is no address, the clocks disagree.
            LedgerBusy: the server is away.
        """
        self._given = _read_url(url)
        self.name = _name(self._given)
        self._patience = patience
        self._writer: PostgresLink | None = None
        self._reader: PostgresLink | None = None
        with self._explained():
            self._writer = self._connect()
        self._compare_clocks(self._writer)

    @contextmanager
    def transaction(self) -> Iterator[Link]:
        """Make everything in the block durable at its end, or nothing of it."""
        committing = False
        with self._explained():
            doubtful = self._writer is not None and self._writer.doubtful
            link = self._writer = self._alive(self._writer)
            link.doubtful = doubtful
            try:
                link.execute("BEGIN")
                yield link
                committing = True
                link.execute("COMMIT")
                link.doubtful = False
            except BaseException:
                link.doubtful = doubtful or committing
                _undo(link)
                raise

    @contextmanager
    def look(self) -> Iterator[Link]:
        """Show one consistent picture."""
        with self._explained():
            link = self._reader = self._alive(self._reader)
            try:
                link.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                yield link
            finally:
                _undo(link)

    @contextmanager
    def still(self) -> Iterator[None]:
        """Yield nothing: other machines write here too, so no promise about the next minute can hold."""
        yield None

    def pauses(self) -> Iterator[float]:
        """Yield growing, random pauses until the patience is spent."""
        ends, size = time.monotonic() + self._patience, 0.05
        while time.monotonic() < ends:
            yield size * random.uniform(0.5, 1.0)  # noqa: S311  # spreads those who wait, guards nothing
            size = min(size * 2, 2.0)

    def make_room(self) -> None:
        """Do nothing: the server's disk is its operator's."""

    def version(self, link: Link) -> int:
        """Return the number of the schema."""
        if link.execute("SELECT to_regclass('schema_version')").fetchone()[0] is None:
            return 0
        return int(link.execute("SELECT coalesce(max(number), 0) FROM schema_version").fetchone()[0])

    def upgrade(self, link: Link, steps: Mapping[int, str]) -> int:
        """Apply what is missing; other machines wait for the lock and then find it done."""
        link.execute("SELECT pg_advisory_xact_lock(hashtext('calendarkit schema ' || current_schema()))")
        link.execute("CREATE TABLE IF NOT EXISTS schema_version (number INT PRIMARY KEY)")
        for number in sorted(steps):
            if number > self.version(link):
                link.execute(steps[number])
                link.execute("INSERT INTO schema_version VALUES (%s)", (number,))
        return self.version(link)

    def back_up(self, name: str) -> None:
        """Do nothing: a migration is one transaction, and copies are the business of whoever runs the server."""

    def close(self) -> None:
        """Close every connection."""
        for link in (self._writer, self._reader):
            if link is not None:
                link.connection.close()

    def _alive(self, link: PostgresLink | None) -> PostgresLink:
        """Return ``link``, or a new one when it broke."""
        if link is not None and not link.connection.closed:
            return link
        return self._connect()

    def _connect(self) -> PostgresLink:
        import psycopg

        connection = psycopg.connect(autocommit=True, **self._given)
        connection.execute(_SESSION)
        return PostgresLink(connection)

    def _compare_clocks(self, link: PostgresLink) -> None:
        """Refuse to lease and pace by a clock that is not the others'."""
        began = time.time()
        (there,) = link.execute("SELECT extract(epoch FROM clock_timestamp())::float8").fetchone()
        apart = there - (began + time.time()) / 2
        if abs(apart) <= CLOCKS_APART:
            return
        self.close()
        raise LedgerUnusable(
            Text(
                f"这台机器的时钟与台账数据库 {self.name} 相差 {apart:+.0f} 秒（最多 {CLOCKS_APART:.0f} 秒），没有发送",
                f"this machine's clock is {apart:+.0f} s from that of {self.name} (at most {CLOCKS_APART:.0f} s); "
                "nothing was sent",
            ),
            Text("打开自动对时（chrony 或 systemd-timesyncd）", "turn on time synchronisation (chrony, timesyncd)"),
        )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        import psycopg

        try:
            yield
        except psycopg.Error as problem:
            raise explain_postgres(problem, self.name) from problem


def _read_url(url: str) -> dict[str, Any]:
    """Return what the address says, and our own wishes where it says nothing; a fault never repeats the address."""
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as problem:
        raise LedgerUnusable(
            Text(
                "台账在 PostgreSQL 上，但没有安装 psycopg", "the ledger is on PostgreSQL, but psycopg is not installed"
            ),
            Text('pip install "calendarkit[postgres]"', 'pip install "calendarkit[postgres]"'),
        ) from problem
    with suppress(ProgrammingError):
        return {**_CONNECTION, **conninfo_to_dict(url)}
    # Raised here, so that no chained error can carry the address with its password into a traceback.
    raise LedgerUnusable(
        Text("台账的地址不是有效的 PostgreSQL 地址", "the ledger's address is not one of PostgreSQL"),
        Text("例如 postgresql://shop@db.example.com/shop", "such as postgresql://shop@db.example.com/shop"),
    )


def _name(given: Mapping[str, Any]) -> str:
    where = given.get("host") or given.get("hostaddr") or "localhost"
    return f"postgresql://{where}/{given.get('dbname') or given.get('user') or ''}"


def _text(sql: str) -> str:
    return sql.postgres if isinstance(sql, Statement) else sql


def _clean(values: Any) -> Any:
    """Return the values without NUL, which PostgreSQL keeps in no text; neither plain nor inside JSON."""
    if isinstance(values, Mapping):
        return {name: _without_nul(value) for name, value in values.items()}
    return [_without_nul(value) for value in values]


def _without_nul(value: Any) -> Any:
    if isinstance(value, str) and ("\0" in value or "\\u0000" in value):
        return value.replace("\0", "\ufffd").replace("\\u0000", "\ufffd")
    return value


def _undo(link: PostgresLink) -> None:
    """End the transaction; a connection that cannot even do that is closed, and the next one made anew."""
    import psycopg

    with suppress(psycopg.Error):
        link.connection.execute("ROLLBACK")
        return
    with suppress(psycopg.Error, LedgerError):
        link.connection.close()
