"""One contract for every engine and every database: lost hints, repeated hints, kills and pauses change nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis_server
from faults.engine_process import BROKER, SENDERS, carry
from faults.test_kills import prepare
from faults.world import seen
from ledger_shop import NOON, ledger

from calendarkit.edges.faultpoint import VARIABLE
from calendarkit.edges.ledger.store import LEASE
from calendarkit.model.state import State
from calendarkit.testing.invariants import broken_promises

SCRIPT = Path(__file__).with_name("engine_process.py")
ALL = ("inline", "local", "worker", "celery")
HINTED = ("inline", "local", "celery")
NEXT = {"celery": "worker"}
"""Who makes good what an engine left, where that is not the engine itself: a tick sends what nobody took."""


@pytest.fixture(autouse=True)
def broker(tmp_path: Path) -> None:
    """Give every test a queue of its own."""
    (tmp_path / BROKER).write_text(f"{redis_server.server().url} {redis_server.queue()}")


@contextmanager
def followed(folder: Path, engine: str) -> Iterator[None]:
    """Let the far end of ``celery`` follow the hints that were given meanwhile, until everything is sent."""
    yield
    if engine != "celery":
        return
    with start(folder, engine, NOON) as child:
        wait_until(lambda: set(counted(folder)) == {State.DELIVERED})
        child.terminate()
        assert child.wait(60) == 0


def wait_until(ready: Callable[[], bool]) -> None:
    """Wait until it is so, or for so long that it never will be."""
    for _ in range(600):
        if ready():
            return
        time.sleep(0.05)
    raise AssertionError("it never was")


def counted(folder: Path) -> Mapping[State, int]:
    """Return the ledger's rows by state."""
    with ledger(folder) as store:
        return store.counts()


def start(folder: Path, engine: str, now: int, fault: str = "", hints: str = "") -> subprocess.Popen[bytes]:
    """Start a carrier in a process of its own."""
    command = [sys.executable, str(SCRIPT), str(folder), engine, str(now), hints]
    return subprocess.Popen(command, env={**os.environ, VARIABLE: fault})


def give_hints(folder: Path, engine: str) -> None:
    """Fill the queue before a far end is there to look into it."""
    if engine == "celery":
        carry(folder, engine, NOON)


def end(child: subprocess.Popen[bytes], engine: str) -> None:
    """Ask a far end to end when it has done what it holds; the others end by themselves."""
    if engine == "celery":
        child.terminate()


@pytest.mark.parametrize("engine", HINTED)
def test_lost_hints_are_given_again(tmp_path: Path, engine: str) -> None:
    """F43: one hint in ten never arrives; everything goes out, once."""
    prepare(tmp_path, 60)
    with followed(tmp_path, engine):
        assert carry(tmp_path, engine, NOON, "lost") > 0
    assert set(seen(tmp_path / "truth").values()) == {1}
    with ledger(tmp_path) as store:
        assert store.counts() == {State.DELIVERED: 60}
        assert broken_promises(store, now=NOON, seen=seen(tmp_path / "truth")) == ()


@pytest.mark.parametrize("engine", HINTED)
def test_repeated_hints_send_nothing_twice(tmp_path: Path, engine: str) -> None:
    """F43: every hint arrives twice; the ledger hands each row out once."""
    prepare(tmp_path, 60)
    with followed(tmp_path, engine):
        carry(tmp_path, engine, NOON, "repeated")
    assert set(seen(tmp_path / "truth").values()) == {1}
    with ledger(tmp_path) as store:
        assert store.counts() == {State.DELIVERED: 60}


def test_two_workers_share_what_is_due(tmp_path: Path) -> None:
    """S8: both get work, no delivery goes out twice."""
    prepare(tmp_path, 120)
    with start(tmp_path, "worker", NOON) as one, start(tmp_path, "worker", NOON) as other:
        assert (one.wait(60), other.wait(60)) == (0, 0)
    assert set(seen(tmp_path / "truth").values()) == {1}
    with ledger(tmp_path) as store:
        assert store.counts() == {State.DELIVERED: 120}


@pytest.mark.parametrize("engine", ALL)
def test_a_killed_carrier_is_made_good_by_the_next(tmp_path: Path, engine: str) -> None:
    """R2, R11: killed with sends in flight; what nobody can know about is unknown, no more than was in flight."""
    prepare(tmp_path, 30)
    give_hints(tmp_path, engine)
    with start(tmp_path, engine, NOON, "after-send:kill:9") as child:
        assert child.wait(60) == -signal.SIGKILL
    carry(tmp_path, NEXT.get(engine, engine), NOON + 2 * LEASE)
    with ledger(tmp_path) as store:
        counts = store.counts()
        assert 1 <= counts[State.UNKNOWN] <= SENDERS
        assert counts[State.DELIVERED] == 30 - counts[State.UNKNOWN]
        assert broken_promises(store, now=NOON + 2 * LEASE, seen=seen(tmp_path / "truth")) == ()


@pytest.mark.parametrize("engine", ALL)
def test_a_paused_carrier_is_fenced_off(tmp_path: Path, engine: str) -> None:
    """F33, R11: stopped past its lease while another took over; awake again it sends nothing of what it held."""
    prepare(tmp_path, 12)
    give_hints(tmp_path, engine)
    with start(tmp_path, engine, NOON, "after-claim-commit:stop:3") as child:
        os.waitpid(child.pid, os.WUNTRACED)
        try:
            carry(tmp_path, NEXT.get(engine, engine), NOON + 2 * LEASE)
            child.send_signal(signal.SIGCONT)
            end(child, engine)
            assert child.wait(60) == 0
        finally:
            child.kill()
    assert set(seen(tmp_path / "truth").values()) == {1}
    with ledger(tmp_path) as store:
        assert store.counts() == {State.DELIVERED: 12}
        assert broken_promises(store, now=NOON + 2 * LEASE, seen=seen(tmp_path / "truth")) == ()
