"""Hints to an engine elsewhere: every due delivery gets one, and gets it again when nobody followed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from ledger_shop import NOON, claim, delivery, fill, ledger

from calendarkit.edges.engines.hand_over import AGAIN, HINT, hand_over
from calendarkit.edges.ledger.store import Store
from calendarkit.extend import Batch
from calendarkit.testing.fakes import FakeClock


class Carrier:
    """Takes hints and claims what they are about, or is deaf."""

    def __init__(self, store: Store, *, deaf: bool) -> None:
        self.batches: list[Batch] = []
        self.closed = False
        self._store, self._deaf = store, deaf

    def capacity(self, kind: Literal["send", "paint"], /) -> int:
        return 1

    def submit(self, batch: Batch, /) -> None:
        self.batches.append(batch)
        if not self._deaf:
            self._store.claim(batch.ids, NOON)

    def drain(self, timeout: float, /) -> bool:
        return True

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty ledger."""
    with ledger(tmp_path) as opened:
        yield opened


def test_every_delivery_gets_a_hint_of_a_bearable_size(store: Store) -> None:
    """201 deliveries are two hints; once they are claimed it is over."""
    rows = fill(store, *(delivery(n) for n in range(HINT + 1)))
    carrier = Carrier(store, deaf=False)
    assert hand_over(store, carrier, clock=FakeClock(NOON), until=NOON + 50) == 2
    assert sorted(number for batch in carrier.batches for number in batch.ids) == sorted(row.id for row in rows)
    assert [len(batch.ids) for batch in carrier.batches] == [HINT, 1]
    assert carrier.closed


def test_a_hint_that_nobody_followed_is_given_again(store: Store) -> None:
    """Every ten seconds, until the time is over; what is not followed then goes with the next run."""
    fill(store, delivery())
    carrier, clock = Carrier(store, deaf=True), FakeClock(NOON)
    assert hand_over(store, carrier, clock=clock, until=NOON + 3 * AGAIN) == 3
    assert clock.now() == NOON + 3 * AGAIN


def test_nothing_due_is_no_hint(store: Store) -> None:
    """Neither what another sender holds nor what has time."""
    rows = fill(store, delivery(1), delivery(2, not_before=NOON + 60))
    claim(store, rows[0])
    assert hand_over(store, Carrier(store, deaf=True), clock=FakeClock(NOON), until=NOON + 50) == 0
