"""The local engine: batches run at once, failures come out, and what hangs is left behind."""

from __future__ import annotations

import threading

import pytest

from calendarkit.edges.engines import local
from calendarkit.edges.engines.local import LocalEngine
from calendarkit.extend import Batch


def batch(number):
    """Return a hint with one id."""
    return Batch(kind="send", scope="wecom", ids=(number,), deadline=0)


def test_every_batch_runs_once():
    """A hundred batches on four threads: each is run, none twice."""
    done = []
    engine = LocalEngine(lambda each: done.append(each.ids[0]), 4)
    for number in range(100):
        engine.submit(batch(number))
    assert engine.drain(10)
    engine.close()
    assert sorted(done) == list(range(100))


def test_batches_run_side_by_side():
    """Four batches that wait for each other all finish."""
    meeting = threading.Barrier(4)
    engine = LocalEngine(lambda each: meeting.wait(10), 4)
    for number in range(4):
        engine.submit(batch(number))
    assert engine.drain(10)
    assert engine.failure is None
    engine.close()


def test_a_failure_comes_out_and_the_others_go_on():
    """What a batch raises is kept for the one who drains."""
    done = []

    def run(each):
        if each.ids[0] == 1:
            raise OSError("disk")
        done.append(each.ids[0])

    engine = LocalEngine(run, 2)
    for number in range(4):
        engine.submit(batch(number))
    engine.drain(10)
    engine.close()
    assert isinstance(engine.failure, OSError)
    assert sorted(done) == [0, 2, 3]


def test_what_hangs_is_left_behind(monkeypatch: pytest.MonkeyPatch):
    """F15: a plugin that never returns holds its thread, not the process; the others finish."""
    monkeypatch.setattr(local, "GRACE", 0.05)
    done, gate = [], threading.Event()
    engine = LocalEngine(lambda each: gate.wait(30) if each.ids[0] == 0 else done.append(each.ids[0]), 2)
    for number in range(3):
        engine.submit(batch(number))
    engine.close()
    assert engine.busy
    gate.set()
    assert engine.drain(10)
    assert sorted(done) == [1, 2]
