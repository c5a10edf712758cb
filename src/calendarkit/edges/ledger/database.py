"""The SQLite file: durable transactions that many threads share, and reads that never wait for them."""

from __future__ import annotations

import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any, Generic, TypeVar

from calendarkit.edges.faultpoint import faultpoint
from calendarkit.edges.ledger.failures import LedgerFull, LedgerUnusable, explain
from calendarkit.edges.ledger.folder import drop_ballast, wake
from calendarkit.errors import LedgerBusy, LedgerError

BUSY_MS = 10_000
PRECIOUS = 3
"""How often an answer is brought again to a ledger that somebody holds."""
I = TypeVar("I")  # noqa: E741  # an item
T = TypeVar("T")
Operation = Callable[[sqlite3.Connection], T]
Together = Callable[[sqlite3.Connection, Sequence[I]], Sequence[T]]
"""Does something with many items at once and returns one result for each, in order."""


class Database:
    """One ledger file, opened by one process.

    Writes of many threads are committed together: whoever comes first commits for everyone who came meanwhile, so one
    flush to the disk makes many intents durable. Each operation may run twice (alone, after it or a neighbour failed)
    and must not touch anything but the connection; after a failure nothing of it remains.
    """

    def __init__(self, path: Path, *, busy_ms: int = BUSY_MS) -> None:
        """Open ``path``; it is made when it is not there.

        Raises:
            LedgerError: it cannot be opened, is damaged or held by someone else.
        """
        self.path = path
        self.folder = path.parent
        self._busy_ms = busy_ms
        self._queue: deque[_Job[Any, Any]] = deque()
        self._queue_lock = threading.Lock()
        self._leading = False
        self._read_lock = threading.Lock()
        self._writer = self._open()
        try:
            self._reader = self._open()
        except LedgerError:
            self._writer.close()
            raise

    def write(self, operation: Operation[T], point: str = "", *, precious: int = 0) -> T:
        """Run ``operation`` inside a durable transaction and return what it returns.

        Args:
            operation: what to do.
            point: fault points ``before-<point>-commit`` and, after success, ``after-<point>-commit``.
            precious: for answers, never for intents: the ballast may be spent when the disk is full, and a ledger that
                is held by someone else is asked so many times more, because a lost answer is an unknown delivery.

        Raises:
            LedgerBusy: another process held the ledger too long; nothing was written.
            LedgerFull: there is no space; nothing was written.
            LedgerError: anything else SQLite refused.
        """
        return self.write_all(_each(operation), (None,), point, precious=precious)[0]

    def write_all(
        self, operation: Together[I, T], items: Sequence[I], point: str = "", *, precious: int = 0
    ) -> Sequence[T]:
        """Run ``operation`` on ``items`` and those that other threads brought meanwhile; return one result an item.

        Raises:
            LedgerError: as for :meth:`write`.
        """
        job = _Job(operation, items, point)
        with self._queue_lock:
            self._queue.append(job)
            lead = not self._leading
            self._leading = True
        if not lead:
            job.turn.acquire()
        if not job.done:
            self._lead()
        if isinstance(job.error, LedgerFull) and precious:
            drop_ballast(self.folder)
            return self.write_all(operation, items, point)
        if isinstance(job.error, LedgerBusy) and precious:
            return self.write_all(operation, items, point, precious=precious - 1)
        if job.error is not None:
            raise job.error
        return job.results

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

    def _commit(self, jobs: list[_Job[Any, Any]]) -> None:
        """Run ``jobs`` in one transaction; when one of them fails nothing of any remains."""
        connection = self._writer
        failure: Exception = LedgerError(f"{self.path}: the transaction was abandoned")
        committed = False
        try:
            with _explained(self.path):
                connection.execute("BEGIN IMMEDIATE")
                wake(self.folder)
                _run(connection, jobs)
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


class _Job(Generic[I, T]):
    """Items, what to do with them, and the thread that waits for it."""

    __slots__ = ("done", "error", "items", "operation", "point", "results", "turn")

    def __init__(self, operation: Together[I, T], items: Sequence[I], point: str) -> None:
        self.operation = operation
        self.items = items
        self.point = point
        self.results: Sequence[T] = ()
        self.error: Exception | None = None
        self.done = False
        self.turn = threading.Lock()
        self.turn.acquire()


def _run(connection: sqlite3.Connection, jobs: list[_Job[Any, Any]]) -> None:
    """Run the jobs in the order they came, those that follow each other with the same operation as one."""
    for operation, group in groupby(jobs, key=lambda job: job.operation):
        together = list(group)
        results = operation(connection, [item for job in together for item in job.items])
        start = 0
        for job in together:
            job.results = results[start : start + len(job.items)]
            start += len(job.items)


def _each(operation: Operation[T]) -> Together[None, T]:
    return lambda connection, items: [operation(connection) for _ in items]


def _pass(when: str, jobs: list[_Job[Any, Any]]) -> None:
    for point in {job.point for job in jobs} - {""}:
        faultpoint(f"{when}-{point}-commit")


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as problem:
        raise explain(problem, path) from problem
