"""The records that planning asks: guards, kinds of columns, sources of content, rosters, figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.pool import Item
from calendarkit.calendar.roster import Roster
from calendarkit.extend.lent import PluginContext
from calendarkit.extend.options import NoOptions, Options
from calendarkit.extend.publishing import Traits
from calendarkit.model.delivery import Delivery
from calendarkit.model.guarding import History, Verdict
from calendarkit.model.text import Text


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
    """A rule that protects a group or a price. One that raises withholds the delivery.

    ``looks_back`` says how many seconds of history ``judge`` needs with a calendar's policy and the options of the
    guard; without it the last two days.
    """

    name: str
    title: Text
    judge: Callable[[Candidate, History, Any], Verdict]
    options: type[Options] = NoOptions
    looks_back: Callable[[Calendar, Any], int] | None = None


Worth = Literal["knowledge", "emotion", "benefit", "sale"]
"""What members gain from a column: something to know, something to feel, something they get, something they may buy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnKind:
    """A kind of column: what it is for, and which values a column of this kind starts with.

    Attributes:
        name: what a column writes as ``kind``.
        title: what people call it.
        defaults: values of a column by the name of its field; what the column writes itself beats them.
        facts: further facts that guards of the same plugin read.
        options: model of the column's ``options`` table; templates see it as ``options``.
        summary: one sentence about what it is for.
        worth: what members gain; ``None`` for a column that members never see.
        example: a ``[[column]]`` of this kind, in TOML.
    """

    name: str
    title: Text
    defaults: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    options: type[Options] = NoOptions
    summary: Text = Text("", "")
    worth: Worth | None = None
    example: str = ""


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
