"""Work: one machine's share of the sending, over a ledger that any number of machines share."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from calendarkit.edges.agreement import agrees
from calendarkit.edges.courier import OnResult, Verb
from calendarkit.edges.judges import recheck
from calendarkit.edges.ledger.store import Row
from calendarkit.edges.publish import Deliveries, deliver
from calendarkit.edges.world import World
from calendarkit.errors import LedgerBusy, PluginError
from calendarkit.extend.publishing import Channel, Envelope, Publisher
from calendarkit.model.message import Message
from calendarkit.model.receipt import Receipt
from calendarkit.model.text import Text
from calendarkit.stages.render import render

ROUND = 15
"""Seconds after which the guards look at the ledger anew."""
IDLE = 1.0
"""Seconds between two looks while nothing is ready."""
REOPEN = 300
"""Seconds after which secrets are read anew."""
AWAY = 5.0
"""Seconds to wait for a ledger that is out of reach, or for documents that are not here yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something a worker has to say.

    Attributes:
        kind: ``sent`` after a round that moved something, ``waits`` while its documents differ, ``away`` while the
            ledger is out of reach.
        deliveries: what the round did.
        reason: why it waits.
    """

    kind: Literal["sent", "waits", "away"]
    deliveries: Deliveries = Deliveries()
    reason: Text = Text("", "")


Tell = Callable[[Told], None]


def work(
    reopen: Callable[[], World],
    *,
    tell: Tell,
    stop: Callable[[], bool],
    watch: Callable[[World], OnResult] | None = None,
    senders: int | None = None,
    once: bool = False,
) -> None:
    """Claim, send, record, follow up and reap, until ``stop`` says so; planning and rendering stay with ``publish``.

    A worker whose documents are not those of the last tick sends nothing: its groups, guards and prices are not the
    present ones. It reads them again until they are.

    Args:
        reopen: opens the workspace; again when the documents changed, and now and then for new secrets.
        tell: hears what happens.
        stop: asked often.
        watch: gives what is told of every delivery that moved here.
        senders: threads; the workspace's by default.
        once: return when nothing is ready any more.

    Raises:
        LedgerBusy: the ledger is out of reach, and ``once``.
    """
    again = True
    while again and not stop():
        try:
            with reopen() as world:
                again = _serve(world, tell, stop, watch=watch, senders=senders, once=once)
        except LedgerBusy as problem:
            if once:
                raise
            tell(Told(kind="away", reason=getattr(problem, "text", Text(str(problem), str(problem)))))
            pause(AWAY, stop)


def _serve(
    world: World,
    tell: Tell,
    stop: Callable[[], bool],
    *,
    watch: Callable[[World], OnResult] | None,
    senders: int | None,
    once: bool,
) -> bool:
    """Work with one opened workspace; return whether to open it again."""
    began, book, on_result = world.clock.now(), LocalBook(world), watch(world) if watch else None
    while not stop() and world.clock.now() < began + REOPEN:
        if not agrees(world):
            tell(Told(kind="waits", reason=disagreement(world)))
            if not once:
                pause(AWAY, stop)
            return not once
        done = deliver(
            world.store,
            book,
            clock=world.clock,
            until=int(world.clock.now()) + ROUND,
            senders=senders or world.calendar.workspace.engine.senders,
            recheck=recheck(world),
            on_result=on_result,
            stop=stop,
        )
        if done.counts:
            tell(Told(kind="sent", deliveries=done))
        elif once:
            return False
        else:
            pause(IDLE, stop)
    return True


def disagreement(world: World) -> Text:
    """Say why this machine sends nothing: its documents are not those of the last tick."""
    if world.store.mark() is None:
        return Text("台账还是空的：等 publish 先运行", "the ledger is empty: publish has to run first")
    return Text(
        "这台机器上的日历与 publish 用的不同，先不发送：同步文件后自动继续",
        "the calendar here is not the one publish planned with; nothing is sent until the files are the same",
    )


def pause(seconds: float, stop: Callable[[], bool]) -> None:
    """Wait about so long, in small steps, and never in step with other machines."""
    ends = time.monotonic() + seconds * random.uniform(0.5, 1.0)  # noqa: S311  # spreads machines, guards nothing
    while time.monotonic() < ends and not stop():
        time.sleep(0.1)


class LocalBook:
    """The book of channels, with posters that another machine drew drawn again here."""

    def __init__(self, world: World) -> None:
        """Stand before the book of ``world``."""
        self._world = world

    def publisher(self, channel: str) -> Publisher:
        """Return the publisher's record."""
        return self._world.book.publisher(channel)

    def channel(self, channel: str) -> Channel:
        """Return the connected channel."""
        return self._world.book.channel(channel)

    def call(self, channel: str, envelopes: Sequence[Envelope], verb: Verb = "send") -> tuple[Receipt, ...]:
        """Call the plugin, guarded."""
        return self._world.book.call(channel, envelopes, verb)

    def envelope(self, row: Row, message: Message) -> Envelope:
        """Return the envelope, its posters on this machine's disk.

        Raises:
            PluginError: a poster is not here and cannot be drawn the same.
        """
        return self._world.book.envelope(row, self._here(row, message))

    def _here(self, row: Row, message: Message) -> Message:
        if all(Path(each.path).is_file() for each in message.media):
            return message
        world, delivery = self._world, row.delivery
        limits = self.publisher(delivery.channel).limits
        drawn: Any = render(delivery, world.calendar, world.roster, accepts=limits, draw=world.drawing)
        if isinstance(drawn, Message) and [each.sha256 for each in drawn.media] == [m.sha256 for m in message.media]:
            return drawn
        raise PluginError(
            "这台机器上没有这张海报，重画的也不一样：字体和素材要与 publish 的机器相同\n"
            "the poster is not on this machine and comes out differently: fonts and assets must be those of publish"
        )
