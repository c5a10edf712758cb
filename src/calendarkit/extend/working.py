"""The records of engines, commands and observers: where work runs and who is told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from calendarkit.extend.lent import PluginContext
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


class Work(Protocol):
    """What an engine is for: call it with a batch, and what is still free of it is claimed and sent in this process.

    It may return before all of that is sent, and waits while its senders are busy; it raises nothing that a batch
    brings about.
    """

    @property
    def context(self) -> PluginContext:
        """What the core lends the engine, such as secrets."""
        ...

    def __call__(self, batch: Batch, /) -> None:
        """Do a batch; one whose work is claimed, done, over or not known here does no harm."""
        ...


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
    """A place where work runs.

    Attributes:
        start: called by every ``publish`` with the options and what does a batch in this very process. Whatever the
            engine raises, or does not do, ``publish`` sends by itself what nobody has taken after a while.
        serve: the far end of an engine that carries hints to other processes: called by ``calendarkit worker`` in the
            main thread with the options and the work. It does the batches that arrive, ends on SIGTERM, and raises
            when it cannot reach what it listens to; then it is called again.
    """

    name: str
    title: str
    start: Callable[[Any, Work], RunningEngine]
    options: type[Options] = NoOptions
    serve: Callable[[Any, Work], None] | None = None


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
