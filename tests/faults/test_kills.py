"""A tick is killed, stopped or starved at every point where it matters; the next tick makes it good."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from faults.tick_process import tick
from faults.world import seen
from ledger_shop import NOON, delivery, fill, ledger

from calendarkit.edges.faultpoint import POINTS, VARIABLE
from calendarkit.edges.ledger.store import LEASE
from calendarkit.model.state import State
from calendarkit.testing.invariants import broken_promises

SCRIPT = Path(__file__).with_name("tick_process.py")
COUNT = 6
DOUBTFUL = {
    "before-claim-commit": 0,
    "after-claim-commit": 0,
    "before-intent-commit": 0,
    "after-intent-commit": 1,
    "after-send": 1,
    "before-exchange-commit": 1,
    "after-exchange-commit": 1,
    "before-record-commit": 1,
    "after-record-commit": 0,
}
"""How many deliveries nobody can know about after a kill there, with one sender and a channel that cannot say."""


def start(folder: Path, trait: str, fault: str, *more: str, senders: int = 1) -> subprocess.Popen[bytes]:
    """Start a tick at noon in a process of its own."""
    command = [sys.executable, str(SCRIPT), str(folder), trait, str(NOON), str(senders), *more]
    return subprocess.Popen(command, env={**os.environ, VARIABLE: fault}, stdout=subprocess.PIPE)


def prepare(folder: Path, count: int = COUNT) -> None:
    """Fill a ledger with deliveries that are ready."""
    with ledger(folder) as store:
        fill(store, *(delivery(n) for n in range(count)))


def test_every_point_has_a_case() -> None:
    """A fault point without an expectation would be a hole in the sweep."""
    assert set(DOUBTFUL) == set(POINTS)


@pytest.mark.parametrize(
    ("point", "trait"),
    [*((point, trait) for point in POINTS for trait in ("none", "lookup")), ("after-intent-commit", "upsert")],
)
def test_a_killed_tick_loses_and_repeats_nothing(tmp_path: Path, point: str, trait: str) -> None:
    """F1-F5, N2: kill -9 there; two ticks later everything is delivered once, or unknown where it must be."""
    prepare(tmp_path)
    with start(tmp_path, trait, f"{point}:kill") as child:
        assert child.wait(30) == -signal.SIGKILL
    tick(tmp_path, trait, NOON + LEASE)
    tick(tmp_path, trait, NOON + 3 * LEASE)
    with ledger(tmp_path) as store:
        doubtful = DOUBTFUL[point] if trait == "none" else 0
        expected = {State.DELIVERED: COUNT - doubtful, State.UNKNOWN: doubtful}
        assert store.counts() == {state: count for state, count in expected.items() if count}
        promises = broken_promises(
            store, now=NOON + 3 * LEASE, seen=seen(tmp_path / "truth"), repeats=trait == "upsert"
        )
        assert promises == ()


@contextmanager
def stopped(folder: Path, point: str) -> Iterator[subprocess.Popen[bytes]]:
    """Hold a tick that stands still at ``point``; whatever happens, it does not outlive the test."""
    with start(folder, "none", f"{point}:stop") as child:
        os.waitpid(child.pid, os.WUNTRACED)
        try:
            yield child
        finally:
            child.kill()


def test_a_paused_claimer_is_fenced_off(tmp_path: Path) -> None:
    """F33: asleep past the lease, another tick took over; awake again it sends nothing of what it held."""
    prepare(tmp_path, 1)
    with stopped(tmp_path, "after-claim-commit") as child:
        tick(tmp_path, "none", NOON + LEASE)
        child.send_signal(signal.SIGCONT)
        assert child.wait(30) == 0
    with ledger(tmp_path) as store:
        assert store.counts() == {State.DELIVERED: 1}
        assert broken_promises(store, now=NOON + LEASE, seen=seen(tmp_path / "truth")) == ()


def test_a_paused_sender_is_believed_when_it_comes_back(tmp_path: Path) -> None:
    """F33: unknown while it sleeps, delivered when its answer arrives; the world saw it once."""
    prepare(tmp_path, 1)
    with stopped(tmp_path, "after-send") as child:
        tick(tmp_path, "none", NOON + LEASE)
        with ledger(tmp_path) as store:
            assert store.counts() == {State.UNKNOWN: 1}
        child.send_signal(signal.SIGCONT)
        assert child.wait(30) == 0
    with ledger(tmp_path) as store:
        assert store.counts() == {State.DELIVERED: 1}
        assert broken_promises(store, now=NOON + LEASE, seen=seen(tmp_path / "truth")) == ()


def test_ticks_of_eight_processes_share_the_work(tmp_path: Path) -> None:
    """N1, F12: eight ticks start in the same second on 300 due deliveries; each goes out once, every tick ends well."""
    prepare(tmp_path, 300)
    children = [start(tmp_path, "none", "", senders=4) for _ in range(8)]
    assert [child.wait(60) for child in children] == [0] * 8
    for child in children:
        child.communicate()
    assert set(seen(tmp_path / "truth").values()) == {1}
    with ledger(tmp_path) as store:
        assert store.counts() == {State.DELIVERED: 300}
        assert broken_promises(store, now=NOON, seen=seen(tmp_path / "truth")) == ()


@pytest.mark.soak
@pytest.mark.parametrize("nth", range(2, 12))
@pytest.mark.parametrize("point", POINTS)
def test_kills_at_every_passage(tmp_path: Path, point: str, nth: int) -> None:
    """R2: the n-th passage, four senders; nothing twice, nothing lost, and no more unknown than was in flight."""
    prepare(tmp_path, 60)
    with start(tmp_path, "none", f"{point}:kill:{nth}", senders=4) as child:
        assert child.wait(30) in {0, -signal.SIGKILL}
    tick(tmp_path, "none", NOON + LEASE, 4)
    with ledger(tmp_path) as store:
        assert store.counts().get(State.UNKNOWN, 0) <= 4
        assert store.counts()[State.DELIVERED] >= 56
        assert broken_promises(store, now=NOON + LEASE, seen=seen(tmp_path / "truth")) == ()
