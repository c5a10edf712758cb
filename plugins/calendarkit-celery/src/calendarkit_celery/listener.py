"""The far end: a Celery worker that does nothing but pass hints on to the work."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from celery import Celery
from celery.apps.worker import Worker
from celery.worker import state
from kombu.exceptions import OperationalError

from calendarkit.extend import Batch, Work
from calendarkit_celery import CeleryOptions
from calendarkit_celery.app import TASK, BrokerAway, make_app


def listen(options: CeleryOptions, work: Work) -> None:
    """Pass on hints until SIGTERM; one thread listens, the senders of ``work`` send.

    Raises:
        BrokerAway: the broker is out of reach; the message never holds its address.
        SecretMissing: nobody knows the secret that holds the address.
    """
    app = make_app(options, work.context)

    def pass_on(scope: str, ids: Sequence[int], deadline: int) -> None:
        """Do one batch, unless it waited for so long that it was given again or done otherwise."""
        if work.context.clock.now() < deadline:
            work(Batch(kind="send", scope=scope, ids=tuple(ids), deadline=deadline))

    app.task(name=TASK, shared=False)(pass_on)
    with app:
        _knock(app)
        _run(app)


def _knock(app: Celery) -> None:
    """Connect once; Celery itself would answer a closed door with a page of log."""
    try:
        with app.connection_for_read() as connection:
            connection.ensure_connection(max_retries=1, interval_start=0)
    except (OperationalError, OSError) as problem:
        raise BrokerAway(type(problem).__name__) from None


def _run(app: Celery) -> None:
    """Work until a signal ends it."""
    with _ended_by_signals():
        worker = _Listener(
            app=app,
            pool="solo",
            concurrency=1,
            quiet=True,
            loglevel=logging.ERROR,
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
        )
        worker.start()
    if worker.exitcode:
        raise BrokerAway("connection lost")


class _Listener(Worker):  # type: ignore[misc]  # celery has no types
    """A worker that leaves the signals to whoever runs it."""

    def install_platform_tweaks(self, worker: Worker) -> None:
        """Install nothing."""


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let SIGTERM, and Ctrl-C, end the worker after the hint it is at; the handler from before is called too."""
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}

    def end(number: int, frame: FrameType | None) -> None:
        state.should_stop = 0
        earlier = before[signal.Signals(number)]
        if number == signal.SIGTERM and callable(earlier):
            earlier(number, frame)

    try:
        for each in before:
            signal.signal(each, end)
        yield
    finally:
        for each, earlier in before.items():
            signal.signal(each, earlier)
        state.should_stop = None
