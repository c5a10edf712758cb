"""Hints on their way: what is in them, where they come from, and what a broker that is away costs."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import redis
import redis_server

from calendarkit.extend import Batch, PluginContext, PluginError, SecretMissing
from calendarkit.testing.fakes import EPOCH, fake_context
from calendarkit_celery import CeleryOptions, serve, start

ROOT = pytest.mark.filterwarnings("ignore:You're running the worker with superuser")


class Listener:
    """Work that remembers what it is asked to do, and has enough of it after one batch."""

    def __init__(self, context: PluginContext) -> None:
        self.context = context
        self.batches: list[Batch] = []

    def __call__(self, batch: Batch, /) -> None:
        self.batches.append(batch)
        os.kill(os.getpid(), signal.SIGTERM)


@pytest.fixture
def listener(tmp_path: Path) -> Listener:
    """Work that knows where the broker is."""
    return Listener(fake_context(tmp_path, secrets={"celery/broker": redis_server.server().url}))


@pytest.fixture
def options() -> CeleryOptions:
    """A queue of the test's own."""
    return CeleryOptions(broker=redis_server.server().url, queue=redis_server.queue())


def give(options: CeleryOptions, listener: Listener, *batches: Batch) -> None:
    """Hint at batches."""
    engine = start(options, listener)
    for batch in batches:
        engine.submit(batch)
    assert engine.drain(0)
    engine.close()


def hint(*ids: int, deadline: int = EPOCH + 60) -> Batch:
    """Return a hint."""
    return Batch(kind="send", scope="robot", ids=ids, deadline=deadline)


def test_a_hint_holds_ids_and_nothing_else(options: CeleryOptions, listener: Listener) -> None:
    """No words, no price, no key of a robot ever reaches the broker."""
    give(options, listener, hint(3, 5))
    with redis.Redis.from_url(options.broker) as broker:
        (raw,) = broker.lrange(options.queue, 0, -1)
    arguments, named, _ = json.loads(base64.b64decode(json.loads(raw)["body"]))
    assert (arguments, named) == (["robot", [3, 5], EPOCH + 60], {})


@ROOT
def test_a_late_hint_is_passed_over(options: CeleryOptions, listener: Listener) -> None:
    """It was given again, or its work done otherwise; the one in time is worked on, and SIGTERM ends the listening."""
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        give(options, listener, hint(1, deadline=EPOCH), hint(2))
        serve(options, listener)
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)
    assert listener.batches == [hint(2)]


@ROOT
def test_the_broker_may_be_a_secret(listener: Listener) -> None:
    """Its address is looked up late, by name."""
    options = CeleryOptions(broker="secret:celery/broker", queue=redis_server.queue())
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        give(options, listener, hint(7))
        serve(options, listener)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert listener.batches == [hint(7)]


def test_a_secret_nobody_knows_is_named(listener: Listener) -> None:
    """Before anything is connected."""
    with pytest.raises(SecretMissing, match="celery/other"):
        start(CeleryOptions(broker="secret:celery/other"), listener)


def test_a_broker_that_is_away_is_told_without_its_address(listener: Listener) -> None:
    """The near end and the far end say so at once; a password in the address stays where it is."""
    options = CeleryOptions(broker=f"redis://:hunter2@127.0.0.1:{redis_server.free_port()}/0")
    engine = start(options, listener)
    with pytest.raises(PluginError, match="out of reach") as near:
        engine.submit(hint(1))
    engine.close()
    with pytest.raises(PluginError, match="out of reach") as far:
        serve(options, listener)
    assert not any("hunter2" in str(each.value) for each in (near, far))


def test_posters_are_not_its_business(options: CeleryOptions, listener: Listener) -> None:
    """Every machine draws what it sends."""
    engine = start(options, listener)
    assert engine.capacity("paint") == 0 < engine.capacity("send")
    engine.close()


def test_the_plugin_is_light() -> None:
    """Most minutes nothing is due: Celery is imported only by who needs it."""
    check = "import sys, calendarkit_celery; sys.exit(any(name in sys.modules for name in ('celery', 'kombu')))"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
