"""The soak: two workers on one ledger, killed and stopped at random while new work comes; the promises hold."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from faults.engine_process import carry
from faults.world import seen
from ledger_shop import HELLO, NOON, delivery, ledger, slot

from calendarkit.edges.ledger.store import LEASE
from calendarkit.model.delivery import Plan
from calendarkit.model.state import State
from calendarkit.testing.invariants import broken_promises

SCRIPT = Path(__file__).with_name("engine_process.py")
SECONDS = int(os.environ.get("CALENDARKIT_SOAK_SECONDS", "900"))
"""How long each database is soaked: half an hour for both."""
SEED = int(os.environ.get("CALENDARKIT_SOAK_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
GROUPS = 150
IN_FLIGHT = 4
"""Sends that one worker may have under way when it dies."""


@pytest.mark.soak
def test_workers_that_die_at_random_keep_every_promise(tmp_path: Path, database_kind: str) -> None:
    """R2, I1-I8: nothing twice, nothing lost, and no more unknown than was in flight at each kill."""
    print(f"soak over {database_kind}: seed {SEED}, {SECONDS} s")
    chance, ends, rounds, strikes = random.Random(SEED), time.monotonic() + SECONDS, 0, 0
    while time.monotonic() < ends:
        now = NOON + rounds * 3 * LEASE
        plan(tmp_path, rounds, now)
        strikes += strike(tmp_path, now, chance)
        carry(tmp_path, "worker", now + 2 * LEASE)
        rounds += 1
    with ledger(tmp_path) as store:
        counts, after = store.counts(), NOON + rounds * 3 * LEASE
        print(f"{rounds} rounds, {strikes} strikes, {dict(counts)}")
        assert broken_promises(store, now=after, seen=seen(tmp_path / "truth")) == ()
        assert counts.get(State.UNKNOWN, 0) <= strikes * IN_FLIGHT
        assert set(counts) <= {State.DELIVERED, State.UNKNOWN}


def plan(folder: Path, rounds: int, now: int) -> None:
    """Admit one more slot."""
    when = slot(f"column-{rounds}", at=now, late=100 * LEASE)
    with ledger(folder) as store:
        store.admit(Plan(deliveries=tuple(delivery(n, when) for n in range(GROUPS))), missed={}, mark=now, now=now)
        store.freeze([(row.id, HELLO) for row in store.to_render(now, 1000)], now)


def strike(folder: Path, now: int, chance: random.Random) -> int:
    """Let two workers start, and kill or pause each of them at some moment; return how many were hit."""
    command = [sys.executable, str(SCRIPT), str(folder), "worker", str(now)]
    slowly = {**os.environ, "CALENDARKIT_TEST_DELAY": "0.02"}
    workers = [subprocess.Popen(command, env=slowly) for _ in range(2)]
    hits = 0
    for worker in workers:
        wait_for_sends(folder, worker, chance.randrange(1, GROUPS // 3))
        hits += worker.poll() is None
        if chance.random() < 0.3:
            worker.send_signal(signal.SIGSTOP)
            time.sleep(chance.uniform(0, 0.3))
            worker.send_signal(signal.SIGCONT)
        worker.send_signal(signal.SIGKILL)
        worker.wait(30)
    return hits


def wait_for_sends(folder: Path, worker: subprocess.Popen[bytes], count: int) -> None:
    """Wait until members saw so many more messages, or the worker is done, however slow the machine is."""
    truth = folder / "truth"
    size = truth.stat().st_size if truth.exists() else 0
    line = len("column-0/2026-11-25/noon/hz-001.vip/robot\n")
    while worker.poll() is None and (truth.stat().st_size if truth.exists() else 0) < size + count * line:
        time.sleep(0.005)
