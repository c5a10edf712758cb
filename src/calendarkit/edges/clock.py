"""The only clock: the system's, or one that stands where it was put."""

from __future__ import annotations

import time


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """Return epoch seconds (UTC)."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class ShiftedClock:
    """A clock that runs at the machine's speed from another instant; for ``--now`` and rehearsals."""

    def __init__(self, start: float) -> None:
        """Begin at ``start`` (epoch seconds)."""
        self._shift = start - time.time()

    def now(self) -> float:
        """Return the shifted epoch seconds (UTC)."""
        return time.time() + self._shift

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
