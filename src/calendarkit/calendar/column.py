"""A column (栏目): what goes out, when, to whom, and by which channels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from calendarkit.calendar.fields import DayWords, Duration, Moment, Moments, Slug, Strings, Times, Word, Zone, listed
from calendarkit.calendar.noun import Noun
from calendarkit.calendar.policy import Quiet

Part = Literal["text", "poster", "link"]
Parts = Annotated[tuple[Part, ...], BeforeValidator(listed)]


class LinkCard(Noun):
    """A link card; every string is a Jinja2 template."""

    title: str
    url: str
    description: str = ""
    cover_url: str = ""


class Variant(Noun):
    """Other words for one channel."""

    text: str | None = None
    markdown: str | None = None
    link: LinkCard | None = None
    poster: str | None = None
    parts: Parts | None = None


class Content(Noun):
    """What a column says.

    ``text`` and ``markdown`` name a template file below ``templates/`` (anything that ends in ``.txt``, ``.md`` or
    ``.j2``) or are the template itself.
    """

    pool: str | None = None
    """Id of the content pool (素材库): the file name without its ending."""
    pick: Literal["in-order", "shuffled", "by-date"] = "in-order"
    seed: int = 0
    """Seed of ``shuffled``."""
    no_repeat: Duration | None = None
    """``"30d"``: an item is not shown again within this time."""
    offer: str | None = None
    """Id of the offer; an item's own ``offer`` beats it."""
    text: str | None = None
    markdown: str | None = None
    link: LinkCard | None = None
    poster: str | None = None
    """Name of a poster layout below ``posters/`` or one that is shipped."""
    parts: Parts | None = None
    """What goes out and in which order; by default every part that is given: poster, text, link."""
    mentions: Strings = ()
    values: Mapping[str, str] = Field(default_factory=dict)
    """More values for the templates, as ``{{ values.NAME }}``."""
    variants: Mapping[str, Variant] = Field(default_factory=dict)
    """By channel."""


class Column(Noun):
    """One column of the programme.

    The rule fields (``on`` … ``until``) are read by the clockwork; ``docs/reference/rules.md`` lists the words.
    """

    id: Slug
    title: str
    kind: str = ""
    owner: str = ""
    star: bool = False
    """Shown with ★ on the programme."""
    on: DayWords = ("daily",)
    at: Times = ()
    """``"07:30"``, ``["10:00", "20:00"]`` or ``{ noon = "12:00" }``; names are the identity of the slots."""
    skip: DayWords = ()
    also: Moments = ()
    move: Mapping[Moment, Moment] = Field(default_factory=dict)
    since: dt.date | None = Field(default=None, alias="from")
    until: dt.date | None = None
    timezone: Zone | None = None
    late: Duration | None = None
    """How late a slot may still go out, ``"30m"``; default 1 h."""
    valid_for: Duration | None = None
    """How long what it says stays true; beats a longer ``late``."""
    missed: Literal["skip", "latest", "all"] = "skip"
    spread: Duration | None = None
    quiet: Quiet | Literal[False] | None = None
    """Beats the workspace's quiet hours; ``false`` switches them off for this column."""
    audience: str = ""
    """Expression over the fields and tags of group and store; empty means every group."""
    channels: Strings = ()
    """Publishers; empty means the workspace's."""
    to: Literal["groups", "stores"] = "groups"
    on_unknown: Literal["park", "resend"] = "park"
    content: Content = Content()


class Anchor(Noun):
    """A day that columns count from: a festival, an opening, a big sale."""

    id: Slug
    title: str = ""
    on: Word | None = None
    dates: Mapping[str, Word] = Field(default_factory=dict)
    """By year, where the rule has none."""


class CalendarDocument(Noun):
    """One file of ``calendars/``."""

    column: tuple[Column, ...] = ()
    anchor: tuple[Anchor, ...] = ()
    quiet: Quiet | None = None
    """Quiet hours of the columns in this file."""
