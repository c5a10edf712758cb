"""The local engine: sender threads of this process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent import futures
from typing import Any, Literal

from pydantic import Field

from calendarkit.extend.records import Batch, Engine, Options


class LocalOptions(Options):
    """How many threads send."""

    senders: int = Field(default=64, ge=1, le=256)


class LocalEngine:
    """Runs batches in threads; see :class:`calendarkit.extend.RunningEngine`."""

    def __init__(self, run: Callable[[Batch], None], senders: int) -> None:
        """Start without threads; they appear as work comes."""
        self._run = run
        self._senders = senders
        self._pool = futures.ThreadPoolExecutor(senders, thread_name_prefix="calendarkit-sender")
        self._open: set[futures.Future[None]] = set()
        self._changed = threading.Condition()
        self.failure: BaseException | None = None

    def capacity(self, kind: Literal["send", "paint"], /) -> int:
        """Return how many batches of this kind it would take now."""
        with self._changed:
            return self._senders - len(self._open) if kind == "send" else 0

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        with self._changed:
            return bool(self._open)

    def submit(self, batch: Batch, /) -> None:
        """Take a batch."""
        with self._changed:
            job = self._pool.submit(self._run, batch)
            self._open.add(job)
        job.add_done_callback(self._done)

    def wait(self, seconds: float) -> None:
        """Wait until something was finished, at most ``seconds``."""
        with self._changed:
            before = len(self._open)
            self._changed.wait_for(lambda: len(self._open) < before or not self._open, seconds)

    def drain(self, timeout: float, /) -> bool:
        """Wait until everything taken is done; ``False`` when ``timeout`` seconds passed first."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._open, timeout)

    def close(self) -> None:
        """Finish what runs, forget what waits."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _done(self, job: futures.Future[None]) -> None:
        with self._changed:
            self._open.discard(job)
            if not job.cancelled() and self.failure is None:
                self.failure = job.exception()
            self._changed.notify_all()


def start(options: Any, run: Callable[[Batch], None]) -> LocalEngine:
    """Start the engine that ``options`` describe."""
    return LocalEngine(run, options.senders)


ENGINE = Engine(name="local", title="threads of this process", start=start, options=LocalOptions)
