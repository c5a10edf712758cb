"""Turns: everyone's own moment in a stretch of time, the same for ever, on the sharp hours or beside them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

_HALF_HOUR = 1800
_SHARP = 60
"""Seconds from each hour and half hour on that platforms are busiest."""


def turn(key: str, start: int, spread: int, *, beside: bool = False) -> int:
    """Return how many seconds after ``start`` the turn of ``key`` comes: the same for ever, and even over keys.

    Args:
        key: whose turn.
        start: epoch seconds.
        spread: seconds; 0 for everyone at once.
        beside: leave out the first minute of every hour and half hour, unless there is nothing else.

    >>> turn("a", 0, 0), turn("a", 0, 600), turn("a", 0, 600, beside=True)
    (0, 507, 447)
    """
    if not spread:
        return 0
    number = zlib.crc32(key.encode())
    free = tuple(_beside(start, spread)) if beside else ()
    left = number % (sum(end - begin for begin, end in free) or spread)
    for begin, end in free:
        if left < end - begin:
            return begin + left
        left -= end - begin
    return left


def _beside(start: int, spread: int) -> Iterator[tuple[int, int]]:
    """Yield the half-open stretches between the sharp minutes, in seconds after ``start``."""
    hour = start - start % _HALF_HOUR
    while hour < start + spread:
        begin, end = max(hour + _SHARP, start), min(hour + _HALF_HOUR, start + spread)
        if begin < end:
            yield begin - start, end - start
        hour += _HALF_HOUR
