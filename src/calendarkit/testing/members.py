"""Members: rehearsed channels that behave as the real ones promise, and remember what people in the groups saw."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from calendarkit.extend.lent import Clock
from calendarkit.extend.publishing import Envelope, Traits
from calendarkit.model.message import Message
from calendarkit.model.receipt import Outcome, Receipt

FAULTS: Mapping[str, str] = {
    "timeout": "no answer; half of these arrived all the same",
    "kill": "the process is killed while it sends; half of these arrived",
    "429": "the platform says too fast",
    "refused": "no connection, nothing happened",
    "gone": "the robot was taken out of its group",
    "forgot": "the employee who must confirm never does",
}
"""What can be made to go wrong, and what that means."""
_NETWORK = ("timeout", "429", "refused", "gone")
_JOB_SECONDS = 30
_PAUSE = 30.0


class Killed(KeyboardInterrupt):
    """The process was killed while it sent; nothing guards against that but the next run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One message as members saw it; ``at`` in epoch seconds."""

    at: int
    key: str
    target: str
    message: Message


@dataclass(slots=True)
class Members:
    """Everyone in every group, and what goes wrong on the way to them.

    What goes wrong is decided by the seed, the delivery and the attempt, never by the order of things.

    Attributes:
        clock: the time.
        seed: another one makes other things go wrong.
        rates: fault, a name of :data:`FAULTS`, → how often, 0 to 1.
        seen: what arrived, oldest first.
        struck: how often each fault happened.
    """

    clock: Clock
    seed: int = 0
    rates: Mapping[str, float] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    struck: Counter[str] = field(default_factory=Counter)
    _taken: dict[str, int] = field(default_factory=dict)
    """Key of a delivery the platform took → epoch seconds at which members see it, -1 for never."""
    _waiting: dict[str, Envelope] = field(default_factory=dict)

    def channel(self, traits: Traits) -> RehearsedChannel:
        """Return a channel with these traits that leads to these members."""
        return RehearsedChannel(self, traits)

    def fault(self, envelope: Envelope, traits: Traits) -> str:
        """Return what goes wrong with this attempt, mostly nothing; machines on the spot know no network."""
        chance = self.chance(envelope.key, str(envelope.attempt))
        for name in FAULTS:
            if name == "forgot" or (traits.local and name in _NETWORK):
                continue
            chance -= self.rates.get(name, 0.0)
            if chance < 0:
                self.struck[name] += 1
                return name
        return ""

    def arrive(self, envelope: Envelope, traits: Traits) -> None:
        """Let the platform take a message: members see it now, or when a job or a person is done."""
        if envelope.key in self._taken and traits.dedupe in ("upsert", "window"):
            return
        self._taken[envelope.key] = self._visible(envelope.key, traits)
        self._waiting[envelope.key] = envelope
        self.look()

    def taken(self, key: str) -> int | None:
        """Return when members see what the platform took, -1 for never, ``None`` when it has nothing."""
        return self._taken.get(key)

    def look(self) -> None:
        """Let members see what has become visible by now."""
        now = self.clock.now()
        for key, envelope in sorted(self._waiting.items()):
            if 0 <= self._taken[key] <= now:
                del self._waiting[key]
                self.seen.append(
                    Seen(at=self._taken[key], key=key, target=envelope.target.id, message=envelope.message)
                )

    def chance(self, *words: str) -> float:
        """Return a number in [0, 1) that is the same for the same words and seed."""
        digest = hashlib.sha256("\x1f".join((str(self.seed), *words)).encode()).digest()
        return int.from_bytes(digest[:8]) / 2**64

    def _visible(self, key: str, traits: Traits) -> int:
        now = int(self.clock.now())
        if traits.receipt == "human":
            if self.chance(key, "forgot") < self.rates.get("forgot", 0.0):
                self.struck["forgot"] += 1
                return -1
            return now + 120 + int(self.chance(key, "confirm") * 1800)
        return now + _JOB_SECONDS if traits.receipt == "async" else now


class RehearsedChannel:
    """A channel that sends nothing out of this process."""

    def __init__(self, members: Members, traits: Traits) -> None:
        """Lead to ``members`` in the way ``traits`` say."""
        self._members, self._traits = members, traits

    def send(self, envelopes: Sequence[Envelope], /) -> Iterable[Receipt]:
        """Send, unless something goes wrong.

        Raises:
            Killed: the process is killed here.
        """
        return [self._send(each) for each in envelopes]

    def lookup(self, envelopes: Sequence[Envelope], /) -> Iterator[Receipt]:
        """Say whether the platform has each message."""
        for each in envelopes:
            taken = self._members.taken(each.key) is not None
            yield self._answer(each) if taken else Receipt(key=each.key, outcome=Outcome.RETRY_SHORT, detail="absent")

    def poll(self, envelopes: Sequence[Envelope], /) -> Iterator[Receipt]:
        """Say whether members see each message by now."""
        self._members.look()
        for each in envelopes:
            yield self._answer(each)

    def _send(self, envelope: Envelope) -> Receipt:
        fault = self._members.fault(envelope, self._traits)
        lucky = self._members.chance(envelope.key, str(envelope.attempt), "arrived") < 0.5
        if not fault or (fault in ("timeout", "kill") and lucky):
            self._members.arrive(envelope, self._traits)
        match fault:
            case "":
                return self._answer(envelope)
            case "kill":
                raise Killed
            case "429":
                return Receipt(key=envelope.key, outcome=Outcome.RATE_WAIT, code="429", retry_after=_PAUSE)
            case "gone":
                return Receipt(key=envelope.key, outcome=Outcome.BAD_TARGET, code="93000", detail="not in the group")
            case "refused":
                return Receipt(key=envelope.key, outcome=Outcome.RETRY_SHORT, detail="connection refused")
            case _:
                return Receipt(key=envelope.key, outcome=Outcome.UNKNOWN, detail="no answer before the deadline")

    def _answer(self, envelope: Envelope) -> Receipt:
        handle = f"rehearsed-{envelope.key}"
        visible = self._members.taken(envelope.key)
        if self._traits.receipt in ("human", "async") and (
            visible is None or not 0 <= visible <= self._members.clock.now()
        ):
            return Receipt(key=envelope.key, outcome=Outcome.WAITING, handle=handle)
        if self._traits.receipt == "none":
            return Receipt(key=envelope.key, outcome=Outcome.DELIVERED, proof="answer")
        return Receipt(key=envelope.key, outcome=Outcome.DELIVERED, handle=handle, proof="receipt")
