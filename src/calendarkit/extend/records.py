"""The records a plugin hands over: frozen, typed, and everything a plugin ever needs to name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.noun import Noun
from calendarkit.calendar.pool import Item
from calendarkit.calendar.roster import Members, Roster
from calendarkit.model.delivery import Delivery
from calendarkit.model.guarding import History, Verdict
from calendarkit.model.message import Kind, Media, Message
from calendarkit.model.receipt import Receipt
from calendarkit.model.secret import Secret
from calendarkit.model.text import Text


class Options(Noun):
    """The options of a plugin: subclass it; its docstrings become the reference page."""


class NoOptions(Options):
    """For a record that takes no options."""


# ---------------------------------------------------------------------------------------------- what the core lends


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer over HTTP; ``body`` is at most 1 MiB after decompression."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the decoded body.

        Raises:
            ValueError: the body is not JSON.
        """
        import json

        return json.loads(self.body)


class Http(Protocol):
    """The only way out: wall deadlines, no redirects, no retries, secrets redacted from every error."""

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str | Secret] | None = None,
        headers: Mapping[str, str | Secret] | None = None,
        json: Any = None,
        body: bytes | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
        deadline: float = 15.0,
    ) -> Response:
        """Send one request and return its answer within ``deadline`` seconds of wall time.

        Args:
            method: ``GET``, ``POST`` ….
            url: absolute; a query inside it is kept.
            params: added to the query; a :class:`Secret` is revealed here and nowhere else.
            headers: added to the request.
            json: sent as UTF-8 JSON, not escaped.
            body: sent as it is.
            files: multipart, field name → (file name, bytes, mime).
            deadline: seconds.

        Raises:
            HttpFailure: no answer; its ``sent`` tells whether bytes may have reached the other side.
        """
        ...


class Clock(Protocol):
    """The only time."""

    def now(self) -> float:
        """Return epoch seconds (UTC)."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginContext:
    """What the core lends a plugin.

    Attributes:
        http: the HTTP client.
        clock: the time.
        folder: a folder of the plugin's own below the state folder; exists, mode 0700.
        workspace: root folder of the workspace.
        language: ``zh`` or ``en``.
        secret: resolves a secret's name; raises ``SecretMissing``.
    """

    http: Http
    clock: Clock
    folder: Path
    workspace: Path
    language: Literal["zh", "en"] = "zh"
    secret: Callable[[str], Secret]


# ---------------------------------------------------------------------------------------------------- publishers


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


# ------------------------------------------------------------------------------------------------------- painters


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterJob:
    """One poster to draw.

    Attributes:
        layout: name of the layout.
        context: what the templates of the layout see: ``column``, ``slot``, ``store``, ``group``, ``item``, ``offer``,
            ``values``; plain mappings, strings, numbers and dates only.
        max_bytes: what the channel takes.
        mimes: what the channel takes; empty for any.
    """

    layout: str
    context: Mapping[str, Any]
    max_bytes: int | None = None
    mimes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """A drawn poster; ``faults`` is empty for one that may be sent."""

    data: bytes
    mime: str
    width: int
    height: int
    faults: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PainterContext:
    """Where a painter finds its layouts and files; ``cache`` is a folder it may fill."""

    layouts: tuple[Path, ...]
    assets: tuple[Path, ...]
    fonts: tuple[Path, ...]
    cache: Path | None = None


class Painting(Protocol):
    """A connected painter."""

    def paint(self, job: PosterJob, /) -> Poster:
        """Draw one poster.

        Raises:
            CalendarkitError: it cannot be drawn; the message says why.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Painter:
    """A way to draw posters."""

    name: str
    title: str
    connect: Callable[[Any, PainterContext], Painting]
    options: type[Options] = NoOptions


# ------------------------------------------------------------------------------------------- planning: guards, kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A delivery a guard is asked about, at planning and again just before it is sent; parts are judged together."""

    delivery: Delivery
    calendar: Calendar
    roster: Roster
    now: int
    sending: bool = False
    """Whether it is about to leave (``True``) or only planned."""
    traits: Traits | None = None
    """How the delivery's channel behaves; ``None`` when the caller does not know, and guards about it then allow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """A rule that protects a group or a price. One that raises withholds the delivery."""

    name: str
    title: Text
    judge: Callable[[Candidate, History, Any], Verdict]
    options: type[Options] = NoOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnKind:
    """A kind of column: what it is called and which values a column of this kind starts with."""

    name: str
    title: Text
    defaults: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    options: type[Options] = NoOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source of content items."""

    name: str
    title: str
    items: Callable[[Any, PluginContext], Iterable[Item]]
    options: type[Options] = NoOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterSource:
    """A source of stores and groups."""

    name: str
    title: str
    read: Callable[[Any, PluginContext], Roster]
    options: type[Options] = NoOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One figure a platform reports: what, of which target, for which day."""

    name: str
    target: str
    day: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackSource:
    """A source of signals."""

    name: str
    title: str
    collect: Callable[[Any, PluginContext], Iterable[Signal]]
    options: type[Options] = NoOptions


# ---------------------------------------------------------------------------------------- engines, commands, observers


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A hint that work is waiting: ids only, no payload, no secret; losing or repeating one changes nothing."""

    kind: Literal["send", "paint"]
    scope: str
    ids: tuple[int, ...]
    deadline: int


class RunningEngine(Protocol):
    """An engine at work."""

    def capacity(self, kind: Literal["send", "paint"], /) -> int:
        """Return how many batches of this kind it would take now."""
        ...

    def submit(self, batch: Batch, /) -> None:
        """Take a batch; it may be lost, repeated or delayed."""
        ...

    def drain(self, timeout: float, /) -> bool:
        """Wait until everything taken is done; ``False`` when ``timeout`` seconds passed first."""
        ...

    def close(self) -> None:
        """Stop."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A place where work runs; ``start`` gets the options and the function that does one batch."""

    name: str
    title: str
    start: Callable[[Any, Callable[[Batch], None]], RunningEngine]
    options: type[Options] = NoOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command of the command line; ``run`` gets the arguments after its name and returns the exit code.

    ``options`` checks its table in ``calendarkit.toml``, which the command reads itself.
    """

    name: str
    summary: Text
    run: Callable[[Sequence[str], Path], int]
    options: type[Options] = NoOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that was recorded: which delivery, and what became of it."""

    key: str
    state: str
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observer:
    """Someone who wants to know what was recorded."""

    name: str
    notice: Callable[[Notice], None]


__all__ = [
    "Batch", "Candidate", "Channel", "Clock", "ColumnKind", "Command", "Engine", "Envelope", "FeedbackSource", "Guard",
    "Http", "KindLimit", "Limits", "Media", "NoOptions", "Notice", "Observer", "Options", "Painter", "PainterContext",
    "Painting", "PluginContext", "Poster", "PosterJob", "Publisher", "Rate", "Response", "RosterSource",
    "RunningEngine", "Signal", "Source", "Target", "Traits",
]  # fmt: skip
