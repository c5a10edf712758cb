"""A forecast: the messages that wait for a rate, and when they will have left."""

from __future__ import annotations

from dataclasses import dataclass

from calendarkit.model.slot import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One rate of one scope, which messages wait for.

    Attributes:
        rate: name of the rate, such as ``robot``.
        scope: whose it is, such as ``wecom/robot/hz-001``; names secrets, never holds them.
        interval_ms: milliseconds between two messages at the steady rate.
        burst: messages that may go at once after a pause.
        shared: whether there is only one for the whole channel.
    """

    rate: str
    scope: str
    interval_ms: int
    burst: int = 1
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Messages of one slot that wait in queues that are alike.

    Attributes:
        slot: what they belong to.
        channel: what they leave by.
        queue: one of the queues; ``None`` where nothing holds them back.
        at: epoch seconds from which they may go.
        spread: seconds over which they are spread evenly from then on.
        each: how many wait in each queue.
        queues: how many queues are alike.
        parts: the most messages one target gets.
    """

    slot: Slot
    channel: str
    queue: Queue | None = None
    at: int
    spread: int = 0
    each: int
    queues: int = 1
    parts: int = 1

    @property
    def count(self) -> int:
        """How many messages that is in all queues."""
        return self.each * self.queues

    @property
    def rate(self) -> str:
        """Name of the rate, empty for none."""
        return self.queue.rate if self.queue else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What the machine that sends can do.

    Attributes:
        prepares: messages planned and rendered a second, before the first of them leaves.
        sends: messages sent and recorded a second.
        run: seconds of every minute in which it sends; 60 where workers run all the time.
    """

    prepares: int
    sends: int
    run: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """When the messages of one slot will have left by one channel.

    Attributes:
        slot: the slot.
        channel: the channel.
        messages: how many there are.
        late: how many of them could leave only after the deadline, so that they expire.
        finish: epoch seconds at which the last one leaves that leaves in time; the slot's instant when none does.
        needs: epoch seconds at which the last one of all would leave if the deadline did not count.
        tightest: the queues that are over last.
        fit: how many messages pass each of these queues in time.
    """

    slot: Slot
    channel: str
    messages: int
    late: int
    finish: int
    needs: int
    tightest: Load
    fit: int
