"""The SQLite file: durable transactions that many threads share, and reads that never wait for them."""

from __future__ import annotations

import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, TypeVar

from calendarkit.edges.faultpoint import faultpoint
from calendarkit.edges.ledger.failures import LedgerFull, LedgerUnusable, explain
from calendarkit.edges.ledger.folder import drop_ballast, wake
from calendarkit.errors import LedgerBusy, LedgerError

BUSY_MS = 10_000
T = TypeVar("T")
Operation = Callable[[sqlite3.Connection], T]


class Database:
    """One ledger file, opened by one process.

    Writes of many threads are committed together: whoever comes first commits for everyone who came meanwhile, so one
    flush to the disk makes many intents durable. Each operation may run twice (alone, after it or a neighbour failed)
    and must not touch anything but the connection.
    """

    def __init__(self, path: Path, *, busy_ms: int = BUSY_MS) -> None:
        """Open ``path``; it is made when it is not there.

        Raises:
            LedgerError: it cannot be opened, is damaged or held by someone else.
        """
        self.path = path
        self.folder = path.parent
        self._busy_ms = busy_ms
        self._queue: deque[_Job[Any]] = deque()
        self._queue_lock = threading.Lock()
        self._leading = False
        self._read_lock = threading.Lock()
        self._writer = self._open()
        try:
            self._reader = self._open()
        except LedgerError:
            self._writer.close()
            raise

    def write(self, operation: Operation[T], point: str = "", *, reserve: bool = False) -> T:
        """Run ``operation`` inside a durable transaction and return what it returns.

        Args:
            operation: what to do.
            point: fault points ``before-<point>-commit`` and, after success, ``after-<point>-commit``.
            reserve: whether the ballast may be spent when the disk is full: for results, never for intents.

        Raises:
            LedgerBusy: another process held the ledger too long; nothing was written.
            LedgerFull: there is no space; nothing was written.
            LedgerError: anything else SQLite refused.
        """
        job = _Job(operation, point)
        with self._queue_lock:
            self._queue.append(job)
            lead = not self._leading
            self._leading = True
        if not lead:
            job.turn.acquire()
        if not job.done:
            self._lead()
        if isinstance(job.error, LedgerFull) and reserve:
            drop_ballast(self.folder)
            return self.write(operation, point)
        return job.outcome()

    def read(self, operation: Operation[T]) -> T:
        """Run ``operation`` on one consistent picture of the ledger.

        Raises:
            LedgerError: SQLite refused.
        """
        with self._read_lock:
            try:
                self._reader.execute("BEGIN")
                try:
                    return operation(self._reader)
                finally:
                    self._reader.execute("ROLLBACK")
            except sqlite3.Error as problem:
                raise explain(problem, self.path) from problem

    @contextmanager
    def still(self) -> Iterator[sqlite3.Connection]:
        """Keep every writer out while the block runs, without writing and without waking the fast door."""
        holder = self._open()
        try:
            with _explained(self.path):
                holder.execute("BEGIN IMMEDIATE")
            yield holder
            holder.execute("ROLLBACK")
        finally:
            holder.close()

    def close(self) -> None:
        """Close the file."""
        self._writer.close()
        self._reader.close()

    def _open(self) -> sqlite3.Connection:
        with _explained(self.path):
            connection = sqlite3.connect(
                self.path, timeout=self._busy_ms / 1000, isolation_level=None, check_same_thread=False
            )
        try:
            with _explained(self.path):
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA foreign_keys = ON")
        except LedgerError:
            connection.close()
            raise
        return connection

    def _lead(self) -> None:
        """Commit for everyone in the queue, then hand the lead to the first who came meanwhile."""
        with self._queue_lock:
            jobs = list(self._queue)
            self._queue.clear()
        try:
            self._commit(jobs)
            alone = [job for job in jobs if job.error is not None] if len(jobs) > 1 else []
            for job in alone:
                if not isinstance(job.error, (LedgerBusy, LedgerUnusable)):
                    self._commit([job])
        finally:
            with self._queue_lock:
                heir = self._queue[0] if self._queue else None
                self._leading = heir is not None
            for job in jobs:
                job.done = True
                job.turn.release()
            if heir is not None:
                heir.turn.release()

    def _commit(self, jobs: list[_Job[Any]]) -> None:
        """Run ``jobs`` in one transaction; when one of them fails nothing of any remains."""
        connection = self._writer
        failure: Exception = LedgerError(f"{self.path}: the transaction was abandoned")
        committed = False
        try:
            with _explained(self.path):
                connection.execute("BEGIN IMMEDIATE")
                wake(self.folder)
                for job in jobs:
                    job.run(connection)
                _pass("before", jobs)
                connection.execute("COMMIT")
            committed = True
        except (LedgerError, OSError) as problem:
            failure = problem
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            for job in jobs:
                job.error = None if committed else failure
        if committed:
            _pass("after", jobs)


class _Job(Generic[T]):
    """One operation, and the thread that waits for it."""

    __slots__ = ("_operation", "_value", "done", "error", "point", "turn")

    def __init__(self, operation: Operation[T], point: str) -> None:
        self._operation = operation
        self._value: T | None = None
        self.point = point
        self.error: Exception | None = None
        self.done = False
        self.turn = threading.Semaphore(0)

    def run(self, connection: sqlite3.Connection) -> None:
        self._value = self._operation(connection)

    def outcome(self) -> T:
        if self.error is not None:
            raise self.error
        return self._value  # type: ignore[return-value]  # run() has set it, or error is set


def _pass(when: str, jobs: list[_Job[Any]]) -> None:
    for point in {job.point for job in jobs} - {""}:
        faultpoint(f"{when}-{point}-commit")


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as problem:
        raise explain(problem, path) from problem
