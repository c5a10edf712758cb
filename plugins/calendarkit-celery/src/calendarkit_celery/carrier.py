"""The near end: gives hints to the broker; what the broker does not take, the tick sends by itself."""

from __future__ import annotations

from typing import Literal

from kombu.exceptions import OperationalError

from calendarkit.extend import Batch, PluginContext
from calendarkit_celery import CeleryOptions
from calendarkit_celery.app import TASK, BrokerAway, make_app


class Carrier:
    """Puts hints into a queue; see :class:`calendarkit.extend.RunningEngine`."""

    def __init__(self, options: CeleryOptions, context: PluginContext) -> None:
        """Name the broker; it is connected by the first hint."""
        self._app = make_app(options, context)

    def capacity(self, kind: Literal["send", "paint"], /) -> int:
        """Return how many batches of this kind it would take now: posters are drawn where they are sent."""
        return 1000 if kind == "send" else 0

    def submit(self, batch: Batch, /) -> None:
        """Give a hint that is worth nothing after its deadline.

        Raises:
            BrokerAway: the broker is out of reach; the message never holds its address.
        """
        try:
            self._app.send_task(TASK, args=(batch.scope, batch.ids, batch.deadline))
        except (OperationalError, OSError) as problem:
            raise BrokerAway(type(problem).__name__) from None

    def drain(self, timeout: float, /) -> bool:  # noqa: ARG002  # what becomes of a hint stands in the ledger
        """Return that every hint was given."""
        return True

    def close(self) -> None:
        """Leave the broker."""
        self._app.close()
