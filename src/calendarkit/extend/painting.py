"""The records of painters: ways to draw posters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from calendarkit.extend.options import NoOptions, Options
from calendarkit.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterJob:
    """One poster to draw.

    Attributes:
        layout: name of the layout, with the shape and theme a column asks for: ``flash_sale.square@double11``.
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
    """A drawn poster.

    Attributes:
        data: the file.
        mime: such as ``image/jpeg``.
        width: px.
        height: px.
        faults: why it must not be sent; empty for one that may.
        sha256: hex digest of ``data``, from a painter that knows it already; empty otherwise.
    """

    data: bytes
    mime: str
    width: int
    height: int
    faults: tuple[Text, ...] = ()
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerKind:
    """A kind of layer for layouts: ``type = "plugin"``, ``kind = NAME``.

    Attributes:
        name: what layouts call it.
        draw: called with the layer's rendered ``data`` and its width and height in px; returns a PNG of that size,
            see-through where it likes. Equal arguments must give equal pictures.
        version: to be changed when the same data gives another picture; posters kept on disk are told apart by it.
        options: of the plugin's table in ``calendarkit.toml``.

    Example::

        @hookimpl
        def calendarkit_painters():
            yield LayerKind(name="bars", draw=bars)
    """

    name: str
    draw: Callable[[str, int, int], bytes]
    version: str = "1"
    options: type[Options] = NoOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class PainterContext:
    """Where a painter finds its layouts and files.

    Attributes:
        layouts: folders of layouts.
        assets: folders of pictures.
        fonts: folders of fonts.
        cache: a folder it may fill.
        layers: kinds of layers that plugins offer, by name; each call is survived, whatever the plugin does, and what
            is no ``bytes`` says what went wrong.
    """

    layouts: tuple[Path, ...]
    assets: tuple[Path, ...]
    fonts: tuple[Path, ...]
    cache: Path | None = None
    layers: Mapping[str, LayerKind] = field(default_factory=dict)


class Painting(Protocol):
    """A connected painter."""

    def paint(self, job: PosterJob, /) -> Poster:
        """Draw one poster.

        Raises:
            CalendarkitError: it cannot be drawn; the message says why.
        """
        ...


@runtime_checkable
class Foretelling(Painting, Protocol):
    """A painter that knows beforehand which jobs give the same poster, so that each is drawn once and kept."""

    def key(self, job: PosterJob, /) -> str:
        """Return a digest of everything the poster depends on, files and the painter's own version included.

        Jobs of one key give the same poster; it is asked for every delivery, so it must cost little.

        Raises:
            CalendarkitError: the poster cannot be drawn; the message says why.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Painter:
    """A way to draw posters."""

    name: str
    title: str
    connect: Callable[[Any, PainterContext], Painting]
    options: type[Options] = NoOptions
