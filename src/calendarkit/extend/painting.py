"""The records of painters: ways to draw posters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
