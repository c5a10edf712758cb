"""An offer: a product at a price for a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from pydantic import Field

from calendarkit.calendar.fields import Slug
from calendarkit.calendar.noun import Noun
from calendarkit.calendar.policy import Yuan


class Offer(Noun):
    """What is sold; prices in yuan with at most two decimals."""

    id: Slug
    """Stable identity."""
    title: str
    """What people call the product."""
    sku: str = ""
    """Number of the product, which ``policy.toml`` names floors by."""
    price: Yuan
    """What it costs now, in yuan."""
    list_price: Yuan | None = None
    """What it costs otherwise, in yuan."""
    mall_price: Yuan | None = None
    """What it costs in the online mall, in yuan."""
    shelf_price: Yuan | None = None
    """What it costs in the store, in yuan."""
    member_price: Yuan | None = None
    """What members pay everywhere, in yuan."""
    floor: Yuan | None = None
    """The lowest price it may be sold at; a floor in ``policy.toml`` for the same ``sku`` counts too."""
    unit: str = ""
    """What the price is for: ``500g``, ``盒``."""
    stock: int | None = Field(default=None, ge=0)
    """How many there are; 0 is sold out."""
    limit: str = ""
    """Limit per person, as people say it: ``每人限 2 份``."""
    since: dt.datetime | None = Field(default=None, alias="from")
    """From this instant it may be announced."""
    until: dt.datetime | None = None
    """From this instant it is over; local to the workspace when it names no zone."""
    photo: str = ""
    """Path of a picture below ``assets/``."""
    url: str = ""
    """Where it is bought."""
    words: Mapping[str, str] = Field(default_factory=dict)
    """More words for templates and posters."""

    @property
    def saving(self) -> Decimal | None:
        """How many yuan it is below the list price, ``None`` without one."""
        return None if self.list_price is None else self.list_price - self.price


class OffersDocument(Noun):
    """One file of offers: ``offers.toml`` or one below ``offers/``."""

    offer: tuple[Offer, ...] = ()
    """The offers, one ``[[offer]]`` each."""
