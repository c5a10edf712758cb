"""The lines of the ledger: what it hands out and what it takes, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from calendarkit.model.delivery import Delivery
from calendarkit.model.receipt import Outcome, Proof, Receipt
from calendarkit.model.state import State
from calendarkit.model.text import Text
from calendarkit.stages.pace import Pace
from calendarkit.stages.settle import Settlement


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the ledger; instants in epoch seconds.

    Attributes:
        id: number inside this ledger; batches carry it.
        delivery: what was promised, as it was planned.
        state: where it stands.
        attend: when it needs attention again, ``None`` when only a person can move it.
        fence: grows with every claim; a sender that lost its lease holds an older one.
        lease_until: end of the lease while ``LEASED`` or ``SENDING``, else ``None``.
        attempt: how many sends were begun.
        retries: how many of them were retries.
        first_sent: when the first attempt began that may have had an effect.
        revision: which message is frozen for it; empty before.
        outcome: the class of the last answer, ``""`` before one.
        code: the platform's code, or the code of what was broken or missed.
        detail: the sentence that came with it.
        handle: the platform's id of it.
        proof: how sure ``DELIVERED`` is.
        guard: who withheld it.
        reason: why it was withheld or missed, ``None`` otherwise.
        updated: when it last changed.
    """

    id: int
    delivery: Delivery
    state: State
    attend: int | None = None
    fence: int = 0
    lease_until: int | None = None
    attempt: int = 0
    retries: int = 0
    first_sent: int | None = None
    revision: str = ""
    outcome: str = ""
    code: str = ""
    detail: str = ""
    handle: str = ""
    proof: Proof = "none"
    guard: str = ""
    reason: Text | None = None
    updated: int = 0

    @property
    def key(self) -> str:
        """The delivery's key."""
        return self.delivery.key

    @property
    def at(self) -> int:
        """The slot's instant."""
        return self.delivery.slot.at

    @property
    def deadline(self) -> int:
        """The instant from which it must not be sent."""
        return self.delivery.slot.deadline

    @property
    def not_before(self) -> int:
        """The instant it was planned for."""
        return self.delivery.not_before

    @property
    def message_revision(self) -> str:
        """The same as ``revision``."""
        return self.revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The high-water mark: everything due before ``instant`` was admitted; ``created`` is when the ledger was begun."""

    instant: int
    created: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """How many rows an admission added; all zero when it was a repetition."""

    new: int = 0
    withheld: int = 0
    missed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A claimed row that is about to be sent, and the rates it counts for."""

    row: Row
    paces: tuple[Pace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A durable intent: bytes may leave now."""

    id: int
    row: Row
    number: int
    started: int
    paces: tuple[Pace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """No intent was written and nothing may be sent; ``until`` is when it may be asked again, where that is known."""

    row: Row
    why: Literal["lost", "expired", "held", "rate"]
    until: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an attempt came to, and what follows from it."""

    attempt: Attempt
    receipt: Receipt
    settlement: Settlement


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One attempt as the ledger remembers it; ``outcome`` is ``None`` while nothing is known."""

    id: int
    number: int
    started: int
    ended: int | None
    outcome: Outcome | None
    code: str = ""
    detail: str = ""
    handle: str = ""
    proof: Proof = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Why a channel (``target`` empty) or one target on it rests, and when one delivery may probe it."""

    channel: str
    target: str
    until: int
    since: int
    outcome: str
    code: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of ``publish``; ``took`` in seconds, ``None`` while it runs or when it was killed."""

    id: int
    started: int
    took: float | None = None
    due: int = 0
    sent: int = 0
    failed: int = 0
    unknown: int = 0
    expired: int = 0
    withheld: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What an operator did to the ledger."""

    at: int
    who: str
    verb: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The ledger in numbers, for ``status``.

    Attributes:
        states: rows by state, over everything that is kept.
        attend: the earliest instant at which something needs attention, ``None`` when nothing is open.
        overdue: rows that should have gone already and may still go.
        holds: what rests, and why.
        run: the last run.
        mark: the high-water mark.
    """

    states: Mapping[State, int] = field(default_factory=dict)
    attend: int | None = None
    overdue: int = 0
    holds: tuple[Hold, ...] = ()
    run: Run | None = None
    mark: Mark | None = None
