"""The watchdog: one thread that ends every call at its wall deadline, whatever the other side does."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable


class Watch:
    """One call under watch; ``fired`` tells whether its deadline came first."""

    __slots__ = ("ends", "fired", "shut")

    def __init__(self, ends: float, shut: Callable[[], None]) -> None:
        self.ends = ends
        self.shut = shut
        self.fired = False


class Watchdog:
    """Runs what a call gave it when that call is not over in time.

    Socket timeouts start anew with every byte that arrives, so a server that drips one byte a second holds an ordinary
    client for as long as it likes. The watchdog looks at the wall clock instead. Its thread sleeps until the earliest
    deadline it knows; it starts with the first call and ends with :meth:`close`.
    """

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._live: set[Watch] = set()
        self._wake = math.inf
        self._thread: threading.Thread | None = None
        self._closed = False

    def watch(self, ends: float, shut: Callable[[], None]) -> Watch:
        """Run ``shut`` at ``ends`` (seconds of ``time.monotonic``) unless :meth:`release` comes first.

        ``shut`` runs in the watchdog's thread and must neither block nor raise.
        """
        watch = Watch(ends, shut)
        with self._condition:
            self._live.add(watch)
            if self._thread is None:
                self._closed = False
                self._thread = threading.Thread(target=self._run, name="calendarkit-watchdog", daemon=True)
                self._thread.start()
            if ends < self._wake:
                self._wake = ends
                self._condition.notify()
        return watch

    def release(self, watch: Watch) -> bool:
        """End the watch and tell whether it fired; after this ``shut`` is neither running nor going to run."""
        with self._condition:
            self._live.discard(watch)
            return watch.fired

    def close(self) -> None:
        """Stop the thread."""
        with self._condition:
            self._closed = True
            self._condition.notify()
            thread, self._thread = self._thread, None
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        with self._condition:
            while not self._closed:
                now = time.monotonic()
                for watch in [each for each in self._live if each.ends <= now]:
                    self._live.discard(watch)
                    watch.fired = True
                    watch.shut()
                self._wake = min((each.ends for each in self._live), default=math.inf)
                self._condition.wait(None if self._wake == math.inf else max(0.0, self._wake - now))
