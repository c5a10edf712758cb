"""The database of the ledger: durable transactions that many threads share, and reads that never wait for them."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Generic, TypeVar

from calendarkit.edges.faultpoint import faultpoint
from calendarkit.edges.ledger.failures import LedgerFull, LedgerUnusable
from calendarkit.edges.ledger.link import Backend, Link, Unsettled
from calendarkit.errors import LedgerBusy, LedgerError

PRECIOUS = 3
"""How often an answer is brought again to a ledger that somebody holds."""
I = TypeVar("I")  # noqa: E741  # an item
T = TypeVar("T")
Operation = Callable[[Link], T]
Together = Callable[[Link, Sequence[I]], Sequence[T]]
"""Does something with many items at once and returns one result for each, in order."""


class Database:
    """One ledger, opened by one process.

    Writes of many threads are committed together: whoever comes first commits for everyone who came meanwhile, so one
    flush to the disk makes many intents durable. Each operation may run again (alone, after it or a neighbour failed;
    or as it was, after the connection broke) and must not touch anything but the link; after a failure nothing of it
    remains.
    """

    def __init__(self, backend: Backend) -> None:
        """Speak for ``backend``."""
        self.backend = backend
        self._queue: deque[_Job[object, object]] = deque()
        self._queue_lock = threading.Lock()
        self._leading = False
        self._read_lock = threading.Lock()

    @property
    def name(self) -> str:
        """What people call this ledger."""
        return self.backend.name

    def write(self, operation: Operation[T], point: str = "", *, precious: int = 0) -> T:
        """Run ``operation`` inside a durable transaction and return what it returns.

        Args:
            operation: what to do.
            point: fault points ``before-<point>-commit`` and, after success, ``after-<point>-commit``.
            precious: for answers, never for intents: the ballast may be spent when the disk is full, and a ledger that
                is held by someone else is asked so many times more, because a lost answer is an unknown delivery.

        Raises:
            LedgerBusy: another process held the ledger too long, or it was out of reach; nothing was written.
            LedgerFull: there is no space; nothing was written.
            LedgerError: anything else the database refused.
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
            self._queue.append(job)  # type: ignore[arg-type]  # jobs of every kind share the queue
            lead = not self._leading
            self._leading = True
        if not lead:
            job.turn.acquire()
        if not job.done:
            self._lead()
        if isinstance(job.error, LedgerFull) and precious:
            self.backend.make_room()
            return self.write_all(operation, items, point)
        if isinstance(job.error, LedgerBusy) and precious:
            return self.write_all(operation, items, point, precious=precious - 1)
        if job.error is not None:
            raise job.error
        return job.results

    def read(self, operation: Operation[T]) -> T:
        """Run ``operation`` on one consistent picture of the ledger.

        Raises:
            LedgerError: the database refused.
        """

        def look() -> T:
            with self.backend.look() as link:
                return operation(link)

        with self._read_lock:
            return self._patiently(look)

    @contextmanager
    def still(self) -> Iterator[Link | None]:
        """Keep every writer out while the block runs, without writing; ``None`` where other machines write too."""
        with self.backend.still() as link:
            yield link

    def close(self) -> None:
        """Close every connection."""
        self.backend.close()

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

    def _commit(self, jobs: list[_Job[object, object]]) -> None:
        """Run ``jobs`` in one transaction; when one of them fails nothing of any remains."""
        failure: Exception = LedgerError(f"{self.name}: the transaction was abandoned")
        committed = False
        try:
            self._patiently(lambda: self._transact(jobs))
            committed = True
        except (LedgerError, OSError) as problem:
            failure = problem
        finally:
            for job in jobs:
                job.error = None if committed else failure
        if committed:
            _pass("after", jobs)

    def _transact(self, jobs: list[_Job[object, object]]) -> None:
        with self.backend.transaction() as link:
            _run(link, jobs)
            _pass("before", jobs)

    def _patiently(self, work: Callable[[], T]) -> T:
        """Do ``work``, and again after each pause of the backend while it does not come through."""
        for pause in self.backend.pauses():
            try:
                return work()
            except Unsettled:
                time.sleep(pause)
        return work()


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


def _run(link: Link, jobs: list[_Job[object, object]]) -> None:
    """Run the jobs in the order they came, those that follow each other with the same operation as one."""
    for operation, group in groupby(jobs, key=lambda job: job.operation):
        together = list(group)
        results = operation(link, [item for job in together for item in job.items])
        start = 0
        for job in together:
            job.results = results[start : start + len(job.items)]
            start += len(job.items)


def _each(operation: Operation[T]) -> Together[None, T]:
    return lambda link, items: [operation(link) for _ in items]


def _pass(when: str, jobs: list[_Job[object, object]]) -> None:
    for point in {job.point for job in jobs} - {""}:
        faultpoint(f"{when}-{point}-commit")
