"""Handing over: an engine elsewhere gets hints about what is ready; the ledger tells what became of it."""

from __future__ import annotations

from calendarkit.edges.ledger.store import LEASE, Store
from calendarkit.extend.lent import Clock
from calendarkit.extend.working import Batch, RunningEngine

HINT = 200
"""Ids in one hint."""
AGAIN = 10
"""Seconds after which a hint that nobody followed is given again: it may have been lost."""
LOOK = 0.5
"""Seconds between two looks into the ledger."""


def hand_over(store: Store, engine: RunningEngine, *, clock: Clock, until: int) -> int:
    """Hint at everything that is ready and due until nothing is left or the time is over; return how many hints.

    Args:
        store: the ledger, which alone decides who sends what.
        engine: may lose, repeat or delay what it is given.
        clock: the time.
        until: epoch seconds.
    """
    hinted: dict[int, int] = {}
    count = 0
    try:
        while (now := int(clock.now())) < until:
            ready = {channel: _fresh(store, channel, hinted, now) for channel in store.channels_due(now)}
            count += sum(_hint(engine, channel, ids, now) for channel, ids in ready.items())
            if not any(store.due(channel, now, 1) for channel in ready):
                break
            clock.sleep(LOOK)
        engine.drain(max(until - clock.now(), 0.0))
    finally:
        engine.close()
    return count


def _fresh(store: Store, channel: str, hinted: dict[int, int], now: int) -> tuple[int, ...]:
    """Return what no hint was given about lately, and note that one is."""
    found = store.due(channel, now, 100_000)
    fresh = tuple(each for each in found if hinted.get(each, 0) + AGAIN <= now)
    hinted.update(dict.fromkeys(fresh, now))
    return fresh


def _hint(engine: RunningEngine, channel: str, ids: tuple[int, ...], now: int) -> int:
    batches = [
        Batch(kind="send", scope=channel, ids=ids[n : n + HINT], deadline=now + LEASE) for n in range(0, len(ids), HINT)
    ]
    for batch in batches:
        engine.submit(batch)
    return len(batches)
