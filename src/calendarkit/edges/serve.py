"""Serving: the far end of an engine that carries hints, in a process of its own, on any machine."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Self

from calendarkit.edges.agreement import agrees
from calendarkit.edges.courier import Courier, OnResult
from calendarkit.edges.engines.bench import Bench
from calendarkit.edges.judges import recheck
from calendarkit.edges.ledger.store import Row
from calendarkit.edges.plugins import Failure, Offered, guarded
from calendarkit.edges.publish import Deliveries
from calendarkit.edges.work import AWAY, REOPEN, ROUND, LocalBook, Tell, Told, disagreement, pause
from calendarkit.edges.world import World
from calendarkit.errors import LedgerError
from calendarkit.extend.lent import PluginContext
from calendarkit.extend.working import Batch, Engine, Notice
from calendarkit.model.delivery import Withheld
from calendarkit.model.guarding import Allow, Postpone
from calendarkit.model.state import State
from calendarkit.model.text import Text


def serve(
    reopen: Callable[[], World],
    *,
    tell: Tell,
    stop: Callable[[], bool],
    watch: Callable[[World], OnResult] | None = None,
    senders: int | None = None,
) -> None:
    """Do the batches that the workspace's engine brings, until it is told to end.

    Args:
        reopen: opens the workspace; again when the documents changed, and now and then for new secrets.
        tell: hears what happens.
        stop: asked between two calls of the engine.
        watch: gives what is told of every delivery that moved here.
        senders: threads; the workspace's by default.

    Raises:
        LedgerBusy: the ledger is out of reach from the start.
    """
    with FarEnd(reopen, tell=tell, watch=watch, senders=senders) as end:
        while not stop():
            outcome = guarded(end.engine.plugin, end.listen)
            if not isinstance(outcome, Failure):
                return
            said = outcome.text or Text(str(outcome), str(outcome))
            tell(Told(kind="away", reason=Text(f"{said.zh}；稍后再试", f"{said.en}; trying again")))
            pause(AWAY, stop)


def serves(world: World) -> bool:
    """Return whether the workspace's engine has a far end."""
    record: Engine | None = world.registry.records("engines").get(world.calendar.workspace.engine.name)
    return record is not None and record.serve is not None


class FarEnd:
    """The work that an engine serves: a bench over the present documents; see :class:`calendarkit.extend.Work`."""

    def __init__(
        self,
        reopen: Callable[[], World],
        *,
        tell: Tell,
        watch: Callable[[World], OnResult] | None = None,
        senders: int | None = None,
    ) -> None:
        """Open the workspace; see :func:`serve`."""
        self._reopen, self._tell, self._watch, self._senders = reopen, tell, watch, senders
        self._lock = threading.Lock()
        self._open = _Open(reopen(), watch, senders)
        self._again = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    @property
    def engine(self) -> Offered[Engine]:
        """The engine, and whose it is."""
        return self._open.world.registry.offered("engines")[self._open.name]

    @property
    def context(self) -> PluginContext:
        """What the core lends the engine."""
        return self._open.world.plugin_context(self._open.name)

    def listen(self) -> None:
        """Let the engine bring batches until it ends."""
        assert self.engine.record.serve is not None
        self.engine.record.serve(self._open.world.registry.options("engines", self._open.name), self)

    def __call__(self, batch: Batch, /) -> None:
        """Do a batch, unless this machine's documents are not those of the last tick, or the ledger is out of reach.

        What is left here is hinted at again, or sent by the tick itself.
        """
        with self._lock:
            try:
                if self._present():
                    self._again = True  # unless this goes well
                    self._open.bench(batch)
                    self._again = False
            except LedgerError as problem:
                self._again = True
                self._tell(Told(kind="away", reason=getattr(problem, "text", Text(str(problem), str(problem)))))

    def _present(self) -> bool:
        """Return whether what is open may be worked with; it is opened anew where it is old or other documents hold."""
        if self._again or self._open.age >= REOPEN or not agrees(self._open.world):
            again = _Open(self._reopen(), self._watch, self._senders)
            self._close()
            self._open, self._again = again, False
        if not agrees(self._open.world):
            self._tell(Told(kind="waits", reason=disagreement(self._open.world)))
            return False
        if self._open.refresh():
            self._report()
        return True

    def _close(self) -> None:
        self._open.close()
        self._report()

    def _report(self) -> None:
        """Tell what was done since it was told last."""
        if moved := self._open.taken():
            self._tell(Told(kind="sent", deliveries=Deliveries(counts=Counter(moved.values()))))


class _Open:
    """The workspace as it is open now, its guards asked anew every round."""

    def __init__(self, world: World, watch: Callable[[World], OnResult] | None, senders: int | None) -> None:
        self.world, self.name = world, world.calendar.workspace.engine.name
        self._began = self._judged = world.clock.now()
        self._judge = recheck(world)
        self._watching = watch(world) if watch else None
        self._moved: dict[str, State] = {}
        self._closing = False
        courier = Courier(
            world.store,
            LocalBook(world),
            clock=world.clock,
            recheck=self._allow,
            on_result=self._note,
            stopping=lambda: self._closing,
        )
        many = senders or world.calendar.workspace.engine.senders
        self.bench = Bench(courier, world.plugin_context(self.name), senders=many)

    @property
    def age(self) -> float:
        """Seconds since it was opened."""
        return self.world.clock.now() - self._began

    def refresh(self) -> bool:
        """Let the guards look at the ledger anew when a round is over; return whether one was."""
        now = self.world.clock.now()
        if now < self._judged + ROUND:
            return False
        self._judge, self._judged = recheck(self.world), now
        return True

    def taken(self) -> dict[str, State]:
        """Return what moved since it was asked last, by key."""
        moved, self._moved = self._moved, {}
        return moved

    def close(self) -> None:
        """Finish what is in flight, give back what is claimed, and close the workspace."""
        self._closing = True
        self.bench.close()
        self.world.close()

    def _allow(self, row: Row) -> Allow | Postpone | Withheld:
        return self._judge(row)

    def _note(self, notice: Notice) -> None:
        self._moved[notice.key] = State[notice.state.upper()]
        if self._watching is not None:
            self._watching(notice)
