"""The local engine: sender threads of this process."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any, Literal

from pydantic import Field

from calendarkit.extend.options import Options
from calendarkit.extend.working import Batch, Engine

GRACE = 20.0
"""Seconds that senders get to finish; above the 15 s of one request."""


class LocalOptions(Options):
    """How many threads send."""

    senders: int = Field(default=64, ge=1, le=256)


class LocalEngine:
    """Runs batches in threads; see :class:`calendarkit.extend.RunningEngine`.

    The threads are daemons: one that hangs inside a plugin is left behind when the process ends, and its lease says
    what becomes of the row it held.
    """

    def __init__(self, run: Callable[[Batch], None], senders: int) -> None:
        """Start without threads; they appear as work comes."""
        self._run = run
        self._senders = senders
        self._queue: queue.SimpleQueue[Batch | None] = queue.SimpleQueue()
        self._threads = self._open = 0
        self._changed = threading.Condition()
        self.failure: BaseException | None = None

    def capacity(self, kind: Literal["send", "paint"], /) -> int:
        """Return how many batches of this kind it would take now."""
        with self._changed:
            return self._senders - self._open if kind == "send" else 0

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        with self._changed:
            return self._open > 0

    def submit(self, batch: Batch, /) -> None:
        """Take a batch."""
        with self._changed:
            self._open += 1
            if self._open > self._threads and self._threads < self._senders:
                self._threads += 1
                threading.Thread(target=self._work, name=f"calendarkit-sender-{self._threads}", daemon=True).start()
        self._queue.put(batch)

    def wait(self, seconds: float) -> None:
        """Wait until something was finished, at most ``seconds``."""
        with self._changed:
            before = self._open
            self._changed.wait_for(lambda: self._open < before or not self._open, seconds)

    def drain(self, timeout: float, /) -> bool:
        """Wait until everything taken is done; ``False`` when ``timeout`` seconds passed first."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._open, timeout)

    def close(self) -> None:
        """Finish what runs, but leave behind what hangs for longer than any send may take."""
        self.drain(GRACE)
        for _ in range(self._threads):
            self._queue.put(None)

    def _work(self) -> None:
        while (batch := self._queue.get()) is not None:
            try:
                self._run(batch)
            except BaseException as problem:  # noqa: BLE001  # handed to the thread that drains, which raises it
                self.failure = self.failure or problem
            finally:
                with self._changed:
                    self._open -= 1
                    self._changed.notify_all()


def start(options: Any, run: Callable[[Batch], None]) -> LocalEngine:
    """Start the engine that ``options`` describe."""
    return LocalEngine(run, options.senders)


ENGINE = Engine(name="local", title="threads of this process", start=start, options=LocalOptions)
