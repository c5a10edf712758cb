"""The sandbox's clock: real time plus an offset that a test may set."""

from __future__ import annotations

import time
from collections.abc import Callable


class SandboxClock:
    """Real time moved by ``offset`` seconds; every rate, expiry and instant of the sandbox is read from it."""

    def __init__(self, source: Callable[[], float] = time.time) -> None:
        """Start at real time; ``source`` returns epoch seconds."""
        self._source = source
        self.offset = 0.0

    def now_ms(self) -> int:
        """Return the sandbox's time in epoch milliseconds."""
        return int((self._source() + self.offset) * 1000)

    def set_to(self, instant: float) -> None:
        """Make it ``instant`` (epoch seconds) now; the clock keeps running from there."""
        self.offset = instant - self._source()

    def advance(self, seconds: float) -> None:
        """Move it on by ``seconds``."""
        self.offset += seconds
