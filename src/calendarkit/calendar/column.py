"""A column (栏目): what goes out, when, to whom, and by which channels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from calendarkit.calendar.fields import (
    ColumnZone,
    DayWords,
    Duration,
    Interval,
    Moment,
    Moments,
    PhaseName,
    Seasons,
    Slug,
    Strings,
    Times,
    Word,
    Year,
    dated,
    listed,
    yearly,
)
from calendarkit.calendar.noun import Noun
from calendarkit.calendar.policy import Quiet

Part = Literal["text", "poster", "link"]
Parts = Annotated[tuple[Part, ...], BeforeValidator(listed)]


class LinkCard(Noun):
    """A link card; every string is a Jinja2 template."""

    title: str
    """The card's title."""
    url: str
    """Where the card leads."""
    description: str = ""
    """The line below the title."""
    cover_url: str = ""
    """Address of the picture beside it."""


class Variant(Noun):
    """Other words for one channel."""

    text: str | None = None
    """Instead of the column's text."""
    markdown: str | None = None
    """Instead of the column's markdown."""
    link: LinkCard | None = None
    """Instead of the column's link card."""
    poster: str | None = None
    """Instead of the column's poster layout."""
    parts: Parts | None = None
    """Instead of the column's parts."""


class Content(Noun):
    """What a column says.

    ``text`` and ``markdown`` name a template file below ``templates/`` (anything that ends in ``.txt``, ``.md`` or
    ``.j2``) or are the template itself.
    """

    pool: str | None = None
    """Id of the content pool (素材库): the file name without its ending."""
    pick: Literal["in-order", "shuffled", "by-date"] = "in-order"
    """Which item comes next: as written, shuffled by ``seed``, or the one of the day."""
    seed: int = 0
    """Seed of ``shuffled``."""
    no_repeat: Duration | None = None
    """``"30d"``: an item is not shown again within this time."""
    offer: str | None = None
    """Id of the offer; an item's own ``offer`` beats it."""
    text: str | None = None
    """A template, or the name of a file below ``templates/``."""
    markdown: str | None = None
    """The same with markdown, for channels that prefer it."""
    link: LinkCard | None = None
    """A link card."""
    poster: str | None = None
    """Name of a poster layout below ``posters/`` or one that is shipped."""
    parts: Parts | None = None
    """What goes out and in which order; by default every part that is given: poster, text, link."""
    mentions: Strings = ()
    """Ids of people to mention, or ``@all``; each is a template."""
    values: Mapping[str, str] = Field(default_factory=dict)
    """More values for the templates, as ``{{ values.NAME }}``."""
    variants: Mapping[str, Variant] = Field(default_factory=dict)
    """By channel."""


class Follow(Noun):
    """When a column goes out after events: once, ``delay`` after each, or ``times`` times ``every`` so many days."""

    event: str
    """What happened, as ``events.csv`` calls it: ``"purchase"``."""
    sku: str = ""
    """Only events of this product."""
    every: Duration | None = None
    """Whole days from the event to the first reminder, and from one to the next: ``"28d"``."""
    times: int | None = Field(default=None, ge=1, le=400)
    """How many reminders, with ``every``."""
    delay: Duration | None = None
    """Whole days from the event to the one reminder: ``"3d"``."""
    stop_on: str = ""
    """A later event of this name, of the same customer and product, ends the reminders."""


class Column(Noun):
    """One column of the programme.

    The rule fields (``on`` … ``until``) are read by the clockwork; ``docs/reference/rules.md`` lists the words.
    """

    id: Slug
    """Stable identity; slots and deliveries are named after it."""
    title: str
    """What people call it."""
    kind: str = ""
    """Kind of column, such as ``flash_sale``."""
    options: Mapping[str, Any] = Field(default_factory=dict)
    """Options of its kind; templates see them as ``options``."""
    owner: str = ""
    """Who looks after it."""
    star: bool = False
    """Shown with ★ on the programme."""
    promise: str | Literal[False] = ""
    """What members may count on, in one line, on the programme they are shown; ``false`` keeps the column off it."""
    on: DayWords = ("daily",)
    """The days: ``"daily"``, ``["wed", "day 18"]``, ``"workday"``; left out, what ``every`` or ``anchor`` says."""
    every: Interval | None = None
    """Only every so many: ``"2 weeks"``, counted from ``from``, which is then due."""
    season: Seasons = ()
    """Only in this part of every year: ``"11-20..02-10"``."""
    anchor: Word | None = None
    """Id or title of the anchor that ``"T-3"`` counts from."""
    during: Strings = ()
    """Only in a phase of an anchor, ``"618.预热"``, or in all of its span, ``"618"``."""
    at: Times = ()
    """``"07:30"``, ``["10:00", "20:00"]`` or ``{ noon = "12:00" }``; names are the identity of the slots."""
    rrule: str | None = None
    """Instead of ``on``, ``every`` and ``at``: an RRULE, ``"FREQ=WEEKLY;BYDAY=WE;BYHOUR=20;BYMINUTE=0"``."""
    cron: str | None = None
    """Instead of them: a line of cron, ``"30 12 * * mon-fri"``."""
    cron_day: Literal["or", "and"] | None = None
    """Whether a day must suit one day field of ``cron`` or both; needed when neither is ``*``."""
    after: Follow | None = None
    """Instead of ``on``: some days after an event of ``events.csv``, at the time of ``at``, for whom it happened to."""
    skip: DayWords = ()
    """Days taken out."""
    also: Moments = ()
    """Moments added, ``["2026-11-11T00:00"]``."""
    move: Mapping[Moment, Moment] = Field(default_factory=dict)
    """Slots moved: original moment to new moment."""
    since: dt.date | None = Field(default=None, alias="from")
    """First day."""
    until: dt.date | None = None
    """Last day."""
    timezone: ColumnZone | None = None
    """IANA name, the workspace's by default; ``"audience"``: each store's own ``zone``."""
    late: Duration | None = None
    """How late a slot may still go out, ``"30m"``; default 1 h."""
    valid_for: Duration | None = None
    """How long what it says stays true; beats a longer ``late``."""
    missed: Literal["skip", "latest", "all"] = "skip"
    """What happens to slots that were missed; every miss is reported."""
    spread: Duration | None = None
    """Spread the deliveries of a slot over this time."""
    quiet: Quiet | Literal[False] | None = None
    """Beats the workspace's quiet hours; ``false`` switches them off for this column."""
    audience: str = ""
    """Expression over the fields and tags of group and store; empty means every group."""
    channels: Strings = ()
    """Publishers; empty means the workspace's."""
    to: Literal["groups", "stores"] = "groups"
    """Whether each group or each store gets it."""
    on_unknown: Literal["park", "resend"] = "park"
    """When nobody can know whether it arrived: ask a person, or send again."""
    content: Content = Content()
    """What it says."""


class Phase(Noun):
    """Some days around an anchor."""

    name: PhaseName
    """What it is called, as in ``during = "618.预热"``."""
    first: int = Field(alias="from", ge=-366, le=366)
    """First day, counted from the anchor; negative before it."""
    last: int = Field(alias="to", ge=-366, le=366)
    """Last day, likewise and included."""


class Anchor(Noun):
    """A day that columns count from: a festival, an opening, a big sale. One of a shipped id takes its place."""

    id: Slug
    """Stable identity."""
    title: str = ""
    """What people call it; columns may name it so."""
    on: Annotated[Word, AfterValidator(yearly)] | None = None
    """The day, once a year at most: ``"06-18"``, ``"lunar 08-15"``, ``"2nd sun of may"``, ``"term 冬至"``."""
    dates: Mapping[Year, Annotated[Word, AfterValidator(dated)]] = Field(default_factory=dict)
    """By year, instead of the rule: ``dates = { 2027 = 2027-09-01 }``."""
    phases: tuple[Phase, ...] = ()
    """The days around it, as ``{ name = "预热", from = -18, to = -4 }``."""


class CalendarDocument(Noun):
    """One file of ``calendars/``."""

    column: tuple[Column, ...] = ()
    """The columns, one ``[[column]]`` each."""
    anchor: tuple[Anchor, ...] = ()
    """The anchors, one ``[[anchor]]`` each."""
    quiet: Quiet | None = None
    """Quiet hours of the columns in this file."""
