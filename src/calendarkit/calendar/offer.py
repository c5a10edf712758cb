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
    title: str
    sku: str = ""
    price: Yuan
    list_price: Yuan | None = None
    floor: Yuan | None = None
    """The lowest price it may be sold at; a floor in ``policy.toml`` for the same ``sku`` counts too."""
    unit: str = ""
    """What the price is for: ``500g``, ``盒``."""
    stock: int | None = Field(default=None, ge=0)
    limit: str = ""
    """Limit per person, as people say it: ``每人限 2 份``."""
    since: dt.datetime | None = Field(default=None, alias="from")
    until: dt.datetime | None = None
    """From this instant it is over; local to the workspace when it names no zone."""
    photo: str = ""
    url: str = ""
    words: Mapping[str, str] = Field(default_factory=dict)
    """More words for templates and posters."""

    @property
    def saving(self) -> Decimal | None:
        """How many yuan it is below the list price, ``None`` without one."""
        return None if self.list_price is None else self.list_price - self.price


class OffersDocument(Noun):
    """One file of offers: ``offers.toml`` or one below ``offers/``."""

    offer: tuple[Offer, ...] = ()
