"""The records of publishers: channels that messages can be sent by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from calendarkit.calendar.roster import Members
from calendarkit.extend.lent import PluginContext
from calendarkit.extend.options import NoOptions, Options
from calendarkit.model.message import Kind, Message
from calendarkit.model.receipt import Receipt
from calendarkit.model.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLimit:
    """What a channel takes of one kind of message; sizes in bytes (UTF-8 for text).

    Attributes:
        text_bytes: most bytes of ``text``; ``None`` for no limit.
        title_bytes: most bytes of ``title``.
        url_bytes: most bytes of ``url``.
        media_bytes: most bytes of the file.
        mimes: mime types it takes; empty for any.
        source: which document says so, with its date.
    """

    text_bytes: int | None = None
    title_bytes: int | None = None
    url_bytes: int | None = None
    media_bytes: int | None = None
    mimes: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """At most ``count`` messages in any ``per`` seconds for one scope.

    Attributes:
        name: such as ``robot``.
        by: fields of the target's address that make the scope (``("key",)``); empty: the whole channel.
        count: what calendarkit runs at; a little below the platform's own limit.
        limit: the platform's limit.
        source: which document says so, with its date.
    """

    name: str
    by: tuple[str, ...] = ()
    count: int
    per: float
    limit: int
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a channel takes.

    Attributes:
        kinds: the kinds it understands, the preferred one for words first.
        rates: how fast.
    """

    kinds: Mapping[Kind, KindLimit]
    rates: tuple[Rate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """How a channel behaves; the engine decides by these.

    Attributes:
        dedupe: what makes a repeat safe: ``upsert`` (always), ``window`` (the same bytes within ``window`` seconds),
            ``lookup`` (ask whether it is there), ``none`` (nothing).
        window: seconds, with ``window``.
        settling: seconds to wait before asking ``lookup``.
        receipt: ``none`` (yes without an id), ``id``, ``async`` (a job must finish), ``human`` (a person must act).
        cancel: whether a send can be taken back.
        batch: most messages in one call of ``send``.
        reaches: whom it reaches; ``check`` warns when a group has other members.
        targets: whether it addresses groups or stores.
        address: fields a target's address must have, such as ``("key",)``.
        local: it writes on this machine only; needs no network and no rate.
        rush: most targets of one slot on the hour or half hour, where the platform advises to avoid these moments;
            ``check`` then asks for ``spread``. 0 where it advises nothing.
    """

    dedupe: Literal["none", "window", "lookup", "upsert"]
    window: int = 0
    settling: int = 60
    receipt: Literal["none", "id", "async", "human"] = "none"
    cancel: Literal["no", "partial", "yes"] = "no"
    batch: int = 1
    reaches: tuple[Members, ...] = ("customers", "staff")
    targets: Literal["groups", "stores"] = "groups"
    address: tuple[str, ...] = ()
    local: bool = False
    rush: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a message goes: the group or store, its names and its address for this channel, secrets resolved."""

    id: str
    title: str
    store: str
    store_title: str
    address: Mapping[str, str | Secret] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A message on its way.

    Attributes:
        key: the delivery's key; the receipt must carry it.
        column_title: what people call the column.
        slot_at: instant of the slot, epoch seconds.
        deadline: instant from which it must not go out, epoch seconds.
        attempt: 1 for the first try.
        handle: what an earlier receipt called this send; empty before one.
        zone: IANA name of the slot's zone, for showing ``slot_at`` to people; empty when nobody said.
    """

    key: str
    message: Message
    target: Target
    column_title: str = ""
    slot_at: int = 0
    deadline: int = 0
    attempt: int = 1
    handle: str = ""
    zone: str = ""


class Channel(Protocol):
    """A connected publisher.

    A channel may also offer ``lookup(envelopes)``, ``poll(envelopes)`` and ``cancel(envelopes)`` of the same shape; its
    :class:`Traits` promise which. Whatever it raises becomes ``unknown``; ``None`` is never success.
    """

    def send(self, envelopes: Sequence[Envelope], /) -> Iterable[Receipt]:
        """Send at most ``Traits.batch`` messages and return one receipt for each, in any order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """A channel that messages can be sent by."""

    name: str
    title: str
    limits: Limits
    traits: Traits
    connect: Callable[[Any, PluginContext], Channel]
    """Called once a process with the options and the context; heavy imports belong inside."""
    options: type[Options] = NoOptions
