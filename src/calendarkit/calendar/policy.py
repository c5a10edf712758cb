"""``policy.toml``: what protects groups and prices."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from calendarkit.calendar.fields import DateWords, Duration, Hours, Strings
from calendarkit.calendar.noun import Noun

Yuan = Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)]


class Quiet(Noun):
    """免打扰: no message goes out inside these hours."""

    hours: Hours = ""
    """``"22:00-07:30"``: local times in the column's zone; the end is open; may cross midnight."""
    dates: DateWords = ()
    """Whole days without messages, as ``2026-12-24`` or ``2026-12-24..2026-12-26``."""


class Caps(Noun):
    """频控: how much one group may receive."""

    per_day: int | None = Field(default=None, ge=1)
    """Slots a group may receive in one local day; parts of one slot count once."""
    per_week: int | None = Field(default=None, ge=1)
    """Slots a group may receive in any seven days."""
    gap: Duration | None = None
    """Smallest pause between two slots of one group, such as ``"30m"``."""


OtherPrice = Literal["mall", "shelf", "member"]


class Mix(Noun):
    """内容配比: how much of what one group hears may be selling, and how little of the rest it may be."""

    max_sale: float | None = Field(default=None, gt=0, le=1)
    """Largest share of selling slots in a customers' group, such as ``0.5``; which columns sell is said by their
    ``kind``, and of a quiet group at least one slot a day is counted."""
    min_brand_posts: int | None = Field(default=None, ge=1)
    """Slots that do not sell which every customers' group is to hear in any ``days`` days; a column without a ``kind``
    does not count. ``check`` proves it."""
    max_silence: int | None = Field(default=None, ge=0)
    """Most days in a row on which a customers' group hears nothing. ``check`` proves it."""
    sale_gap: Duration | None = None
    """Smallest pause between two selling slots of one group, such as ``"2h"``; ``caps.gap`` is one between any two."""
    days: int = Field(default=7, ge=1, le=31)
    """Over how many days ``max_sale`` and ``min_brand_posts`` are counted."""


class Prices(Noun):
    """价格管控: how prices in groups stand to other prices, and how often one product may be offered."""

    against: Literal["not_above", "below"] = "not_above"
    """Whether a group's price must not be above the other prices of the same offer, or must be below them."""
    compare: tuple[OtherPrice, ...] = ("mall", "shelf", "member")
    """Which other prices count: ``mall_price``, ``shelf_price`` and ``member_price`` of the offer, where given."""
    rest: Duration | None = None
    """``"7d"``: the same product is not offered to one group again within this time."""


class Words(Noun):
    """用词: words that must not stand in front of customers."""

    forbid: Strings = ()
    """Words of the shop's own that nothing may go out with."""
    ad_law: bool = True
    """Whether the absolute terms of the Advertising Law are looked for: what the law names stops a message, what means
    the same is a warning of ``check``."""
    allow: Strings = ()
    """Phrases in which such a word is fine, such as ``第一时间``."""


class Floor(Noun):
    """折扣管控: the lowest price one product may be sold at."""

    sku: str
    """Number of the product."""
    floor: Yuan
    """The lowest price, in yuan."""
    approved_by: str = ""
    """Who approved an exception below the usual floor."""


class Policy(Noun):
    """The document ``policy.toml``; what stands here beats the same table of ``calendarkit.toml``."""

    quiet: Quiet | None = None
    """Quiet hours."""
    caps: Caps | None = None
    """How much one group may receive."""
    mix: Mix | None = None
    """How much may be selling."""
    prices: Prices | None = None
    """How prices stand to each other."""
    words: Words | None = None
    """Which words must not be used."""
    floor: tuple[Floor, ...] = ()
    """Floors, one ``[[floor]]`` each."""
