"""The Celery application: early acknowledgement, no result, no retry, no delay, because the ledger does all of that."""

from __future__ import annotations

from celery import Celery

from calendarkit.extend import PluginContext, PluginError, Text
from calendarkit_celery import CeleryOptions

TASK = "calendarkit.send"
"""Name of the only task; its arguments are a scope, ids and a deadline in epoch seconds."""
REFERENCE = "secret:"
CONNECT_SECONDS = 3.0
"""How long the broker may take to answer a tick, which then sends by itself."""


class BrokerAway(PluginError):
    """The broker cannot be reached; its address is never told, for it may hold a password."""

    def __init__(self, why: str) -> None:
        """Take the kind of error."""
        super().__init__(f"the broker is out of reach ({why})")
        self.text = Text(f"连不上 Celery 的消息队列（{why}）", f"Celery's broker is out of reach ({why})")


def make_app(options: CeleryOptions, context: PluginContext) -> Celery:
    """Return the application for the broker that ``options`` name.

    Raises:
        SecretMissing: nobody knows the secret that holds the address.
    """
    app = Celery("calendarkit", broker=address(options.broker, context), set_as_current=False)
    app.conf.update(
        accept_content=["json"],
        broker_connection_retry_on_startup=False,
        broker_connection_timeout=CONNECT_SECONDS,
        broker_transport_options=_transport(app.conf.broker_url),
        task_acks_late=False,
        task_default_queue=options.queue,
        task_ignore_result=True,
        task_publish_retry=False,
        task_serializer="json",
        worker_hijack_root_logger=False,
        worker_prefetch_multiplier=1,
        worker_redirect_stdouts=False,
    )
    return app


def address(written: str, context: PluginContext) -> str:
    """Return the broker's address, from the secret where one is named.

    Raises:
        SecretMissing: nobody knows the secret.
    """
    if not written.startswith(REFERENCE):
        return written
    return context.secret(written.removeprefix(REFERENCE)).reveal()


def _transport(url: str) -> dict[str, object]:
    """Return how a connection is made: in one try, since others do the work meanwhile; Redis may never answer."""
    once: dict[str, object] = {"max_retries": 1, "interval_start": 0, "interval_step": 0}
    return {**once, "socket_connect_timeout": CONNECT_SECONDS} if url.startswith("redis") else once
