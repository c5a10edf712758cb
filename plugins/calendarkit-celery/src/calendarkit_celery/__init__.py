"""Celery as a carrier of hints: a broker carries which deliveries are ready; all else stays in the ledger."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from calendarkit.extend import Engine, Options, RunningEngine, Work, hookimpl


class CeleryOptions(Options):
    """``[plugins.celery]``: where the broker is."""

    broker: str
    """Address of Redis or RabbitMQ, such as ``redis://10.0.0.5:6379/0``; with a password it is ``secret:NAME``."""
    queue: str = Field(default="calendarkit", min_length=1, max_length=100, pattern=r"^[\w.-]+$")
    """Name of the queue; workspaces that share a broker need one each."""


@hookimpl
def calendarkit_engines() -> Iterable[Engine]:
    """Offer the engine ``celery``."""
    yield Engine(name="celery", title="Celery", start=start, serve=serve, options=CeleryOptions)


def start(options: CeleryOptions, work: Work) -> RunningEngine:
    """Start giving hints; everything heavy is imported here."""
    from calendarkit_celery.carrier import Carrier

    return Carrier(options, work.context)


def serve(options: CeleryOptions, work: Work) -> None:
    """Listen to hints until SIGTERM; everything heavy is imported here."""
    from calendarkit_celery.listener import listen

    listen(options, work)
