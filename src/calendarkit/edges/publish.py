"""Publishing: hands out what is due to an engine until nothing is left or the time is over."""

from __future__ import annotations

import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from calendarkit.edges.courier import Book, Courier, OnResult, Recheck
from calendarkit.edges.engines.inline import InlineEngine
from calendarkit.edges.engines.local import LocalEngine
from calendarkit.edges.ledger.store import LEASE, Hold, Store
from calendarkit.errors import PluginError
from calendarkit.extend.lent import Clock
from calendarkit.extend.working import Batch, Notice
from calendarkit.model.state import State
from calendarkit.model.text import Text

TIDY_SECONDS = 5
"""How often what others left behind is looked for."""
StartEngine = Callable[[Callable[[Batch], None], int], LocalEngine | InlineEngine]
"""Starts an engine, given the function that does one batch and how many may run at once."""
BATCH = 32
"""Most ids in one batch of a channel that sends one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """What one run of :func:`deliver` did.

    Attributes:
        counts: rows by the state they ended in; ``READY`` are those that go again later.
        holds: channels and targets that rest because of their configuration or address.
        notes: what else the operator should know, such as an engine that is out of reach.
    """

    counts: Mapping[State, int] = field(default_factory=dict)
    holds: tuple[Hold, ...] = ()
    notes: tuple[Text, ...] = ()

    def count(self, *states: State) -> int:
        """Return how many rows ended in any of ``states``."""
        return sum(self.counts.get(state, 0) for state in states)


def deliver(
    store: Store,
    book: Book,
    *,
    clock: Clock,
    until: int,
    senders: int = 64,
    recheck: Recheck | None = None,
    on_result: OnResult | None = None,
    stop: Callable[[], bool] = lambda: False,
    engine: StartEngine = LocalEngine,
    chance: Callable[[], float] | None = None,
) -> Deliveries:
    """Deliver what is ready and due, and return what became of it.

    Several processes may do this at once. On SIGTERM nothing more is claimed, what is in flight is finished, what is
    claimed is given back.

    Args:
        store: the ledger.
        book: channels and addresses.
        clock: the time.
        until: epoch seconds at which to stop handing out; what remains goes with the next run.
        senders: threads.
        recheck: the guards' last word on each row.
        on_result: told of every row that moved, one call at a time.
        stop: asked often; ``True`` ends the run early.
        engine: where batches are done.
        chance: gives the random numbers in [0, 1) that spread retries; the machine's by default.

    Raises:
        LedgerError: the ledger failed; nothing was sent without a durable intent.
    """
    states: dict[str, State] = {}

    def note(notice: Notice) -> None:
        states[notice.key] = State[notice.state.upper()]
        if on_result is not None:
            on_result(notice)

    with terminated() as ended:
        courier = Courier(
            store,
            book,
            clock=clock,
            recheck=recheck,
            on_result=note,
            stopping=lambda: ended.is_set() or stop(),
            chance=chance,
        )
        office = _Office(store, book, courier, lambda run: engine(run, senders))
        try:
            _hand_out_all(office, clock, until)
        finally:
            ended.set()
            office.engine.close()
    if office.engine.failure is not None:
        raise office.engine.failure
    return Deliveries(counts=Counter(states.values()), holds=store.holds())


@contextmanager
def terminated() -> Iterator[threading.Event]:
    """Give an event that SIGTERM sets while the block runs; outside the main thread nobody but the caller sets it.

    Blocks nest: the signal ends all of them.
    """
    ended = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield ended
        return
    before = signal.getsignal(signal.SIGTERM)

    def end(number: int, frame: FrameType | None) -> None:
        ended.set()
        if callable(before):
            before(number, frame)

    signal.signal(signal.SIGTERM, end)
    try:
        yield ended
    finally:
        signal.signal(signal.SIGTERM, before)


def _hand_out_all(office: _Office, clock: Clock, until: int) -> None:
    """Hand out until nothing may go before ``until``; between batches, tidy up and ask about earlier sends."""
    tidied = 0
    while (now := int(clock.now())) < until and not office.courier.stopping() and office.engine.failure is None:
        if now - tidied >= TIDY_SECONDS:
            office.courier.reap()
            tidied = now
        busy = office.engine.busy
        if office.hand_out(now) or busy:
            office.engine.wait(0.2)
            continue
        if office.courier.follow_up():
            continue
        moment = office.store.next_ready(now)
        if moment is None or moment >= until:
            return
        clock.sleep(max(min(moment - clock.now(), 1.0), 0.01))


class _Office:
    """Hands out batches, remembers what is out, and lets an unproven channel try one delivery first."""

    def __init__(
        self,
        store: Store,
        book: Book,
        courier: Courier,
        start: Callable[[Callable[[Batch], None]], LocalEngine | InlineEngine],
    ) -> None:
        self.store, self.book, self.courier = store, book, courier
        self.engine = start(self._run)
        self._under_way: Counter[str] = Counter()
        self._unclaimed: set[int] = set()
        self._lock = threading.Lock()

    def hand_out(self, now: int) -> bool:
        """Give every channel its share of the free threads, the least busy first; return whether anything went out."""
        with self._lock:
            under_way = self._under_way.copy()
        channels = sorted(self.store.channels_due(now), key=lambda channel: (under_way[channel], channel))
        handed = False
        for left, channel in zip(range(len(channels), 0, -1), channels, strict=True):
            room = -(-self.engine.capacity("send") // left)
            if channel not in self.courier.proven:
                room = min(room, 1 - under_way[channel])
            if room > 0:
                handed |= self._hand_out(channel, now, room)
        return handed

    def _hand_out(self, channel: str, now: int, room: int) -> bool:
        """Submit at most ``room`` batches of one channel."""
        together = self._together(channel)
        most = 1 if channel not in self.courier.proven else max(BATCH, together)
        with self._lock:
            unclaimed = set(self._unclaimed)
        wanted = room * most
        ready = self.store.due(channel, now, wanted + len(unclaimed))
        found = [each for each in ready if each not in unclaimed][:wanted]
        size = min(max(-(-len(found) // room), together), most)
        for start in range(0, len(found), size or 1):
            ids = tuple(found[start : start + size])
            with self._lock:
                self._unclaimed.update(ids)
                self._under_way[channel] += len(ids)
            self.engine.submit(Batch(kind="send", scope=channel, ids=ids, deadline=now + LEASE))
        return bool(found)

    def _together(self, channel: str) -> int:
        """Return how many messages the channel takes in one call."""
        try:
            return max(self.book.publisher(channel).traits.batch, 1)
        except PluginError:
            return 1

    def _run(self, batch: Batch) -> None:
        try:
            rows = self.courier.claim(batch)
            with self._lock:
                self._unclaimed.difference_update(batch.ids)
            self.courier.carry(batch.scope, rows)
        finally:
            with self._lock:
                self._unclaimed.difference_update(batch.ids)
                self._under_way[batch.scope] -= len(batch.ids)
