"""The book of channels: connects publishers, addresses envelopes, and gets a receipt for every send."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.roster import Roster
from calendarkit.calendar.secret_shape import parse_reference
from calendarkit.edges.ledger.store import Row
from calendarkit.edges.plugins import Failure, Registry, guarded, receipts
from calendarkit.errors import CalendarkitError, PluginError
from calendarkit.extend.lent import PluginContext
from calendarkit.extend.publishing import Channel, Envelope, Publisher, Target
from calendarkit.model.message import Message
from calendarkit.model.receipt import Outcome, Receipt
from calendarkit.model.secret import Secret
from calendarkit.model.text import Text


class TargetGone(CalendarkitError):
    """The roster no longer holds this target."""


class Book:
    """Every channel of one workspace, connected once."""

    def __init__(
        self,
        registry: Registry,
        calendar: Calendar,
        roster: Roster,
        *,
        secrets: Callable[[str], Secret],
        redact: Callable[[str], str],
        lend: Callable[[str], PluginContext],
    ) -> None:
        """Connect nothing yet.

        Args:
            registry: who offers channels.
            calendar: what columns are called.
            roster: where targets are.
            secrets: resolves the name of a secret, or raises ``SecretMissing``.
            redact: masks secrets in a text.
            lend: makes what the core lends the publisher of that name.
        """
        self._registry = registry
        self._calendar = calendar
        self._roster = roster
        self._secrets = secrets
        self._redact = redact
        self._lend = lend
        self._channels: dict[str, Channel] = {}
        self._lock = threading.Lock()

    def publisher(self, channel: str) -> Publisher:
        """Return the record of a channel.

        Raises:
            PluginError: no enabled plugin offers it.
        """
        record = self._registry.records("publishers").get(channel)
        if not isinstance(record, Publisher):
            raise PluginError(self._say(Text(f"没有启用渠道 {channel}", f"channel {channel} is not enabled")))
        return record

    def channel(self, channel: str) -> Channel:
        """Return the connected channel.

        Raises:
            PluginError: it is not offered, its options are wrong, or connecting failed.
        """
        with self._lock:
            if channel not in self._channels:
                record = self.publisher(channel)
                options = self._registry.options("publishers", channel)
                connected = guarded(self._owner(channel), record.connect, options, self._lend(channel))
                if isinstance(connected, Failure) or connected is None:
                    raise PluginError(str(connected or f"{self._owner(channel)}: connect returned nothing"))
                self._channels[channel] = connected
            return self._channels[channel]

    def envelope(self, row: Row, message: Message) -> Envelope:
        """Address a message, its secrets resolved now.

        Raises:
            TargetGone: the target is no longer in the roster.
            SecretMissing: its address names a secret nobody knows.
        """
        delivery = row.delivery
        column = self._calendar.columns.get(delivery.slot.column)
        return Envelope(
            key=delivery.key,
            message=message,
            target=self._target(delivery.target, delivery.store, delivery.channel),
            column_title=column.title if column else delivery.slot.column,
            slot_at=delivery.slot.at,
            deadline=delivery.slot.deadline,
            attempt=max(1, row.attempt),
            handle=row.handle,
            zone=delivery.slot.zone,
        )

    def call(self, channel: str, envelopes: Sequence[Envelope], verb: str = "send") -> tuple[Receipt, ...]:
        """Send (or ``lookup``, ``poll``, ``cancel``) and return one receipt per envelope, whatever the plugin does."""
        owner = self._owner(channel)
        try:
            function: Callable[[Sequence[Envelope]], object] = getattr(self.channel(channel), verb)
        except (PluginError, AttributeError) as problem:
            return tuple(_refused(each.key, f"{owner}: {problem}") for each in envelopes)
        answer = guarded(owner, lambda: _read(function(envelopes)))
        return tuple(replace(each, detail=self._redact(each.detail)) for each in receipts(owner, envelopes, answer))

    def _say(self, text: Text) -> str:
        """Return what the ledger keeps of ``text``: the workspace's language."""
        return text.to("en" if self._calendar.workspace.language == "en" else "zh")

    def _owner(self, channel: str) -> str:
        offered = self._registry.offered("publishers").get(channel)
        return offered.plugin if offered else channel

    def _target(self, target: str, store_id: str, channel: str) -> Target:
        roster = self._roster
        found: Any = roster.groups.get(target) or roster.stores.get(target)
        if found is None:
            raise TargetGone(self._say(Text(f"{target} 已不在通讯录里", f"{target} is no longer in the roster")))
        store = roster.stores.get(store_id)
        return Target(
            id=target,
            title=getattr(found, "title", "") or getattr(found, "name", "") or target,
            store=store_id,
            store_title=store.name if store else store_id,
            address=self._address(found.address.get(channel, {})),
        )

    def _address(self, written: Mapping[str, str]) -> dict[str, str | Secret]:
        return {field: self._resolved(value) for field, value in written.items()}

    def _resolved(self, value: str) -> str | Secret:
        name = parse_reference(value)
        return value if name is None else self._secrets(name)


def _read(answer: object) -> object:
    """Read a plugin's generator inside the guarded call."""
    return list(answer) if hasattr(answer, "__iter__") else answer


def _refused(key: str, detail: str) -> Receipt:
    return Receipt(key=key, outcome=Outcome.BAD_CONFIG, detail=detail)
