"""Pacing: whether one more message fits a rate, and the state of that rate afterwards (GCRA)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """A rate of one scope.

    Attributes:
        scope: such as ``wecom/robot/robot/hz-001``; names secrets, never holds them.
        interval_ms: milliseconds between two messages at the steady rate.
        burst: messages that may go at once after a pause.
    """

    scope: str
    interval_ms: int
    burst: int = 1


def pace(rate: Pace, *, arrival_ms: int, now_ms: int) -> tuple[bool, int]:
    """Return whether a message may go now, and the new theoretical arrival time or else the instant it may go.

    In any 60 s at most ``burst + 60000 // interval_ms`` messages pass (generic cell rate algorithm, ITU-T I.371).

    Args:
        rate: the rate.
        arrival_ms: theoretical arrival time left by the last message, epoch milliseconds; 0 for a fresh scope.
        now_ms: epoch milliseconds.

    >>> pace(Pace(scope="robot", interval_ms=3000), arrival_ms=0, now_ms=10_000)
    (True, 13000)
    >>> pace(Pace(scope="robot", interval_ms=3000), arrival_ms=13_000, now_ms=11_000)
    (False, 13000)
    """
    allowed_from = arrival_ms - (rate.burst - 1) * rate.interval_ms
    if now_ms < allowed_from:
        return False, allowed_from
    return True, max(arrival_ms, now_ms) + rate.interval_ms
