"""Watching one run of ``publish``: its actions are logged while it runs, its outcome is told when it ends."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from typing import Any

from calendarkit.calendar.secret_shape import parse_reference
from calendarkit.calendar.workspace import WatchChoice
from calendarkit.clockwork.index import next_instant
from calendarkit.edges.ledger.store import Figures
from calendarkit.edges.plugins import Failure, guarded
from calendarkit.edges.watch.action_log import ActionLog, action_log
from calendarkit.edges.watch.metrics import Reading, write_metrics
from calendarkit.edges.watch.ping import ping
from calendarkit.edges.world import World
from calendarkit.errors import LedgerError, SecretMissing
from calendarkit.extend.working import Notice
from calendarkit.model.text import Text

WELL = ("delivered", "accepted", "ready", "cancelled")
"""States of a delivery that nobody needs to look at."""


@contextmanager
def watching(world: World) -> Iterator[Watch]:
    """Yield what watches a run; when the block ends, however it ends, the outcome is told to those outside.

    A rehearsal in a sandbox is logged and told to nobody. Nothing here raises or holds the ledger.
    """
    calendar = world.validated.calendar
    choice = calendar.workspace.watch if calendar is not None else WatchChoice()
    with ExitStack() as stack:
        log = stack.enter_context(action_log(choice.log, world.redactor, root=world.root))
        watch = Watch(world, choice, log)
        try:
            yield watch
        finally:
            watch.close(sys.exc_info()[1])


class Watch:
    """Watches one run.

    Attributes:
        troubles: what those outside could not be told, once the run is over; a ping that found nobody is only logged,
            because the service that misses it raises the alarm.
    """

    def __init__(self, world: World, choice: WatchChoice, log: ActionLog) -> None:
        """Say that the run began."""
        self.troubles: tuple[Text, ...] = ()
        self._world, self._choice, self._log = world, choice, log
        self._began = time.monotonic()
        self._figures: Mapping[str, Any] | None = None
        self._well = False
        log("run.begin", version=version("calendarkit"), sandbox=world.sandbox)

    def note(self, notice: Notice) -> None:
        """Log what became of a delivery and tell the observers; whatever those do is ignored."""
        receipt = notice.receipt
        told = {"outcome": receipt.outcome.value, "code": receipt.code, "detail": receipt.detail} if receipt else {}
        self._log(f"delivery.{notice.state}", well=notice.state in WELL, delivery=notice.key, **told)
        for name, offered in self._world.registry.offered("observers").items():
            failure = guarded(offered.plugin, offered.record.notice, notice)
            if isinstance(failure, Failure):
                self._log("observer.failed", well=False, observer=name, detail=failure.detail)

    def ended(self, figures: Mapping[str, Any], *, well: bool) -> None:
        """Take what the run came to; a run that never says so has failed."""
        self._figures, self._well = figures, well

    def close(self, error: BaseException | None) -> None:
        """Log the outcome, write the figures, ping; in this order, for the last may take seconds."""
        why = {} if error is None else {"error": type(error).__name__, "detail": str(error)}
        took = round(time.monotonic() - self._began, 3)
        self._log("run.end", well=self._well, took=took, **(self._figures or {}), **why)
        if not self._world.sandbox:
            self._measure(took, readable=not isinstance(error, LedgerError))
            self._ping()
        if self._log.trouble:
            self._complain("watch.log", self._choice.log, self._log.trouble)

    def _measure(self, took: float, *, readable: bool) -> None:
        """Write the figures; a ledger that just failed is not asked again."""
        if not self._choice.metrics:
            return
        try:
            reading = self._reading(took, self._figures_of_ledger() if readable else None)
            write_metrics(self._world.root / self._choice.metrics, reading)
        except OSError as problem:
            self._complain("watch.metrics", self._choice.metrics, problem.strerror or str(problem))

    def _figures_of_ledger(self) -> Figures | None:
        try:
            return self._world.store.figures(int(self._world.clock.now()))
        except LedgerError:
            return None

    def _reading(self, took: float, figures: Figures | None) -> Reading:
        world, now = self._world, self._world.clock.now()
        return Reading(
            workspace=world.name,
            version=version("calendarkit"),
            ended=now,
            took=took,
            well=self._well,
            errors=sum(each.severity == "error" for each in world.problems),
            figures=figures,
            upcoming=next_instant(world.index, int(now) + 1),
        )

    def _ping(self) -> None:
        if not self._choice.ping:
            return
        try:
            trouble = ping(self._world.http, self._address(), well=self._well)
        except SecretMissing as problem:
            trouble = str(problem)
        self._log("ping.failed" if trouble else "ping.sent", well=not trouble, detail=trouble)

    def _address(self) -> str:
        written = self._choice.ping
        name = parse_reference(written)
        return self._world.secrets.resolve(name).reveal() if name else written

    def _complain(self, key: str, place: str, why: str) -> None:
        text = Text(f"{key} 写不进 {place}：{why}", f"{key} cannot be written to {place}: {why}")
        self.troubles = (*self.troubles, text)
