"""Settling: what follows from an answer, or from none; the transitions of a delivery as pure functions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from calendarkit.extend.publishing import Traits
from calendarkit.model.receipt import Outcome, Receipt
from calendarkit.model.state import State

RETRIES = 5
SEND_SECONDS = 15
"""The longest a send may take; a repeat inside a dedupe window must arrive before the window ends."""
CHANNEL_REST = 600
"""Seconds after which one delivery may probe a channel whose configuration was refused."""
SECRET_REST = 300
"""Seconds after which a target without its secret or address is looked at again."""
TARGET_REST = 12 * 3600
"""Seconds after which one delivery may probe a target that was gone."""
SCOPE_REST = 60
"""Seconds a scope pauses when the platform says "too fast" and not for how long."""
SHORTEST_REST = 60
"""Seconds between two probes of a channel however near the deadline is; one call a minute gets nobody banned."""
LATER = 60
POLL_FIRST, POLL_LAST = 60, 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known about a delivery when an answer is settled.

    Attributes:
        traits: how the channel behaves; ``None`` when its plugin is gone, which counts as "cannot deduplicate".
        on_unknown: the column's wish where the channel has no way to ask.
        now: epoch seconds.
        deadline: the instant from which it must not be sent.
        retries: retries so far.
        first_sent: when the first attempt began that may have had an effect.
        jitter: a random number in [0, 1).
        alone: it was found out here, without asking the channel, and concerns this target only: no secret, no address.
    """

    traits: Traits | None
    on_unknown: Literal["park", "resend"] = "park"
    now: int
    deadline: int
    retries: int = 0
    first_sent: int | None = None
    jitter: float = 0.5
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """The next state of a delivery and what rests because of it.

    Attributes:
        state: the next state.
        attend: when the row needs attention again, ``None`` for never.
        retried: whether this used up one of the retries.
        rest: what must pause: the whole ``channel``, this ``target`` on it, or the ``scope`` of its rates.
        rest_seconds: for how long.
    """

    state: State
    attend: int | None = None
    retried: bool = False
    rest: Literal["", "channel", "target", "scope"] = ""
    rest_seconds: int = 0


def settle(receipt: Receipt, situation: Situation) -> Settlement:  # noqa: PLR0911, PLR0912  # one case for each class
    """Return what follows from the answer to a send.

    >>> from calendarkit.model.receipt import Outcome, Receipt
    >>> asked = Situation(traits=Traits(dedupe="none"), now=100, deadline=3700)
    >>> settle(Receipt(key="k", outcome=Outcome.UNKNOWN), asked).state.name
    'UNKNOWN'
    """
    match receipt.outcome:
        case Outcome.DELIVERED | Outcome.DUPLICATE | Outcome.PARTIAL:
            return Settlement(state=State.DELIVERED)
        case Outcome.WAITING:
            return _waiting(receipt, situation, polls=0)
        case Outcome.RETRY_SHORT if not receipt.code and situation.retries >= RETRIES:
            return _patiently(situation)
        case Outcome.RETRY_SHORT:
            return _again(situation, at_least=receipt.retry_after or 0, base=2)
        case Outcome.RETRY_LATER:
            return _again(situation, at_least=receipt.retry_after or LATER, base=LATER)
        case Outcome.TOKEN_REFRESH:
            return _again(situation, at_least=receipt.retry_after or 0, base=0)
        case Outcome.RATE_WAIT:
            return _rest(situation, "scope", math.ceil(receipt.retry_after or SCOPE_REST))
        case Outcome.BAD_CONFIG if situation.alone:
            return _rest(situation, "target", SECRET_REST)
        case Outcome.BAD_CONFIG:
            return _rest(situation, "channel", math.ceil(receipt.retry_after or _probe_in_time(situation)))
        case Outcome.BAD_TARGET if situation.alone:
            return Settlement(state=State.FAILED)
        case Outcome.BAD_TARGET:
            return Settlement(state=State.FAILED, rest="target", rest_seconds=TARGET_REST)
        case Outcome.BAD_CONTENT | Outcome.MEDIA_EXPIRED:
            return Settlement(state=State.FAILED)
        case Outcome.UNKNOWN:
            return _unknown(situation)


def settle_follow_up(receipt: Receipt, state: State, situation: Situation, polls: int = 0) -> Settlement:
    """Return what follows from asking about a send: polling an ``ACCEPTED`` one, looking an ``UNKNOWN`` one up.

    ``retry_short`` is the answer for "it is not there": proof that nothing happened. An ``ACCEPTED`` send is never sent
    again by itself.
    """
    if receipt.outcome is Outcome.WAITING:
        return _waiting(receipt, situation, polls=polls)
    if receipt.outcome in {Outcome.DELIVERED, Outcome.DUPLICATE, Outcome.PARTIAL}:
        return Settlement(state=State.DELIVERED)
    if state is State.UNKNOWN and receipt.outcome is Outcome.RETRY_SHORT:
        return _again(situation, at_least=0, base=0)
    if state is State.ACCEPTED and receipt.outcome in {Outcome.BAD_TARGET, Outcome.BAD_CONTENT}:
        return Settlement(state=State.FAILED)
    return Settlement(state=state, attend=situation.now + _poll_pause(receipt, polls))


def _waiting(receipt: Receipt, situation: Situation, polls: int) -> Settlement:
    """Wait for a person or a job; without a handle nobody can ask, so a person says how it went."""
    attend = situation.now + _poll_pause(receipt, polls) if receipt.handle else None
    return Settlement(state=State.ACCEPTED, attend=attend)


def _poll_pause(receipt: Receipt, polls: int) -> int:
    return math.ceil(receipt.retry_after or min(POLL_FIRST * 2 ** min(polls, 10), POLL_LAST))


def _again(situation: Situation, *, at_least: float, base: int) -> Settlement:
    """Try again with full jitter, at most five times and never past the deadline; else it is a dead letter."""
    backoff = situation.jitter * min(base * 2**situation.retries, 300)
    attend = situation.now + math.ceil(max(at_least, backoff))
    if situation.retries >= RETRIES or attend >= situation.deadline:
        return Settlement(state=State.FAILED)
    return Settlement(state=State.READY, attend=attend, retried=True)


def _patiently(situation: Situation) -> Settlement:
    """Keep trying what could not even be reached, every one to five minutes, as long as it may still go."""
    attend = situation.now + math.ceil(60 + 240 * situation.jitter)
    if attend >= situation.deadline:
        return Settlement(state=State.FAILED)
    return Settlement(state=State.READY, attend=attend)


def _rest(situation: Situation, rest: Literal["channel", "target", "scope"], seconds: int) -> Settlement:
    """Nothing happened, and it is not this delivery's fault: it stays ready while something rests."""
    return Settlement(state=State.READY, attend=situation.now, rest=rest, rest_seconds=seconds)


def _probe_in_time(situation: Situation) -> int:
    """Return how long a channel rests: half of what is left of the delivery's time, within a minute and ten."""
    return min(max((situation.deadline - situation.now) // 2, SHORTEST_REST), CHANNEL_REST)


def _unknown(situation: Situation) -> Settlement:
    """No proof either way: the channel's trait decides, and only without one the column's wish."""
    traits, now = situation.traits, situation.now
    parked = Settlement(state=State.UNKNOWN)
    resend = Settlement(state=State.READY, attend=now, retried=True)
    spent = situation.retries >= RETRIES or now >= situation.deadline
    match traits.dedupe if traits else "none":
        case "lookup":
            assert traits is not None
            return Settlement(state=State.UNKNOWN, attend=now + max(traits.settling, 1))
        case "upsert":
            return parked if spent else resend
        case "window":
            assert traits is not None
            inside = now + SEND_SECONDS < (situation.first_sent or now) + traits.window
            return resend if inside and not spent else parked
        case _:
            return resend if situation.on_unknown == "resend" and not spent else parked
