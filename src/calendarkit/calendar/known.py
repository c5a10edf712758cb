"""What validation knows of the plugins: names, options and what channels can do; silence is not judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from calendarkit.calendar.noun import Noun
from calendarkit.calendar.roster import Members
from calendarkit.model.text import Text


class ChannelTraits(Protocol):
    """The part of a publisher's traits that a calendar can be checked against."""

    @property
    def reaches(self) -> tuple[Members, ...]:
        """Whom it reaches."""
        ...

    @property
    def targets(self) -> Literal["groups", "stores"]:
        """Whether it addresses groups or stores."""
        ...

    @property
    def address(self) -> tuple[str, ...]:
        """Fields a target's address must have."""
        ...

    @property
    def rush(self) -> int:
        """Most targets on the hour or half hour without ``spread``; 0 for any number."""
        ...


class KnownChannel(Protocol):
    """A publisher's record, as far as checks look at it."""

    @property
    def name(self) -> str:
        """Its name in ``channels``."""
        ...

    @property
    def traits(self) -> ChannelTraits:
        """What it can do."""
        ...


class KnownKind(Protocol):
    """A kind of column, as far as a calendar looks at it."""

    @property
    def worth(self) -> str | None:
        """What members gain."""
        ...

    @property
    def defaults(self) -> Mapping[str, Any]:
        """What a column of this kind starts with, by the name of its field."""
        ...

    @property
    def options(self) -> type[Noun]:
        """Model of the column's options."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Names and options of records; ``None`` or an empty mapping means nobody asked the plugins.

    Attributes:
        channels: publishers by name; a publisher's own record will do.
        kinds: kinds of columns by name; a kind's own record will do.
        options: options model by the name of the ``[plugins.NAME]`` table.
        layouts: poster layouts that are shipped: name → text of its TOML, or an empty text.
        themes: names of the poster themes that are shipped.
        engines: names of the engines there are.
        rates: the platforms' documented limits, by channel and name of the rate.
        picture: says why a picture, named below the assets, cannot be shown; nothing where it can.
        secret: tells whether somebody knows a secret by this name.
    """

    channels: Mapping[str, KnownChannel] = field(default_factory=dict)
    kinds: Mapping[str, KnownKind] = field(default_factory=dict)
    options: Mapping[str, type[Noun]] = field(default_factory=dict)
    layouts: Mapping[str, str] = field(default_factory=dict)
    themes: frozenset[str] = frozenset()
    engines: frozenset[str] = frozenset()
    rates: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    picture: Callable[[str], Text | None] | None = None
    secret: Callable[[str], bool] | None = None


NOTHING_KNOWN = Known()
