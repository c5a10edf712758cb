"""Parity (价格一致): how the price in a group stands to the other prices of the same product."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from calendarkit.calendar.offer import Offer
from calendarkit.calendar.policy import OtherPrice, Prices
from calendarkit.model.text import Text

OTHERS: Mapping[OtherPrice, Text] = {
    "mall": Text("商城价", "the mall's price"),
    "shelf": Text("门店价", "the shelf price"),
    "member": Text("会员价", "the members' price"),
}
"""What people call the other prices."""


def breach(offer: Offer, prices: Prices) -> tuple[OtherPrice, Decimal] | None:
    """Return the lowest other price that ``offer`` breaks the rule against, and whose it is; ``None`` for none."""
    given: dict[OtherPrice, Decimal | None] = {
        "mall": offer.mall_price,
        "shelf": offer.shelf_price,
        "member": offer.member_price,
    }
    broken = [
        (other, where)
        for where in prices.compare
        if (other := given[where]) is not None
        and (offer.price > other or (prices.against == "below" and offer.price == other))
    ]
    if not broken:
        return None
    lowest, where = min(broken)
    return where, lowest
