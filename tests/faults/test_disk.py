"""A disk that is full: nothing leaves that is not recorded."""

from __future__ import annotations

from pathlib import Path

import pytest
from faults.test_kills import prepare, start
from faults.tick_process import tick
from faults.world import seen
from ledger_shop import NOON, ledger

from calendarkit.edges.ledger.store import LEASE
from calendarkit.model.state import State
from calendarkit.testing.invariants import broken_promises


@pytest.fixture(autouse=True)
def database_kind() -> str:
    """The disk of a server is its own affair; its error is told apart in the tests of PostgreSQL."""
    return "sqlite"


@pytest.mark.parametrize("limit", [250_000, 400_000], ids=["at-once", "later"])
def test_a_file_that_may_not_grow_sends_nothing_unrecorded(tmp_path: Path, limit: int) -> None:
    """F8: the tick ends with the disk-full error; the next one, with space, finishes; nothing went twice."""
    prepare(tmp_path, 100)
    with start(tmp_path, "none", "", str(limit), senders=4) as child:
        assert child.wait(30) == 5
    tick(tmp_path, "none", NOON + LEASE, 4)
    with ledger(tmp_path) as store:
        assert store.integrity() == ()
        assert set(store.counts()) <= {State.DELIVERED, State.UNKNOWN}
        assert store.counts()[State.DELIVERED] >= 90
        assert broken_promises(store, now=NOON + LEASE, seen=seen(tmp_path / "truth")) == ()
