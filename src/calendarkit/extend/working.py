"""The records of engines, commands and observers: where work runs and who is told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from calendarkit.extend.options import NoOptions, Options
from calendarkit.model.receipt import Receipt
from calendarkit.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A hint that work is waiting: ids only, no payload, no secret; losing or repeating one changes nothing."""

    kind: Literal["send", "paint"]
    scope: str
    ids: tuple[int, ...]
    deadline: int


class RunningEngine(Protocol):
    """An engine at work."""

    def capacity(self, kind: Literal["send", "paint"], /) -> int:
        """Return how many batches of this kind it would take now."""
        ...

    def submit(self, batch: Batch, /) -> None:
        """Take a batch; it may be lost, repeated or delayed."""
        ...

    def drain(self, timeout: float, /) -> bool:
        """Wait until everything taken is done; ``False`` when ``timeout`` seconds passed first."""
        ...

    def close(self) -> None:
        """Stop."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A place where work runs; ``start`` gets the options and the function that does one batch."""

    name: str
    title: str
    start: Callable[[Any, Callable[[Batch], None]], RunningEngine]
    options: type[Options] = NoOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command of the command line; ``run`` gets the arguments after its name and returns the exit code.

    ``options`` checks its table in ``calendarkit.toml``, which the command reads itself. While it runs, the variable
    ``CALENDARKIT_LANG`` of the environment is ``zh`` or ``en``: the language chosen on the command line.
    """

    name: str
    summary: Text
    run: Callable[[Sequence[str], Path], int]
    options: type[Options] = NoOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that was recorded: which delivery, and what became of it."""

    key: str
    state: str
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observer:
    """Someone who wants to know what was recorded."""

    name: str
    notice: Callable[[Notice], None]
