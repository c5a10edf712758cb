"""The inline engine: does each batch at once in the caller's thread, so that the same run always goes the same way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from calendarkit.extend.working import Batch


class InlineEngine:
    """Runs batches one by one; see :class:`calendarkit.extend.RunningEngine`. ``submit`` raises what a batch raises."""

    busy = False
    failure: BaseException | None = None

    def __init__(self, run: Callable[[Batch], None], senders: int) -> None:  # noqa: ARG002  # as every engine is made
        """Take the function that does one batch; there is one sender, whatever ``senders`` says."""
        self._run = run

    def capacity(self, kind: Literal["send", "paint"], /) -> int:
        """Return how many batches of this kind it would take now."""
        return 1 if kind == "send" else 0

    def submit(self, batch: Batch, /) -> None:
        """Do a batch."""
        self._run(batch)

    def wait(self, seconds: float) -> None:
        """Wait for nothing: everything is done."""

    def drain(self, timeout: float, /) -> bool:  # noqa: ARG002  # nothing can be left
        """Return that everything taken is done."""
        return True

    def close(self) -> None:
        """Stop."""
