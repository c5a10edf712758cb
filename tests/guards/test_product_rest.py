"""The rest of a product: by its number, whatever offer it comes in."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_shop import APPLE, VIP, at, calendar, candidate, delivery

from calendarkit.calendar.offer import Offer
from calendarkit.calendar.policy import Policy, Prices
from calendarkit.extend import Allow, History, Sent, Withhold
from calendarkit.guards.product_rest import product_rest

BOX = Offer(id="apple-box", sku=APPLE.sku, title="苹果礼盒", price=Decimal("39.9"))
PEAR = Offer(id="pear", title="雪梨", price=Decimal(5))
WEEK = calendar(policy=Policy(prices=Prices(rest="7d")), offers={each.id: each for each in (APPLE, BOX, PEAR)})
ASK = candidate(WEEK, delivery=delivery(offer="apple"))


def offered(offer: str, day: str) -> History:
    """Return that the VIP group was offered something at noon."""
    return History({VIP.id: (Sent(slot=f"tips/{day}/am", column="tips", at=at("12:00", day), offer=offer),)})


@pytest.mark.parametrize(
    ("offer", "day"),
    [("apple", "2026-11-24"), ("apple-box", "2026-11-19"), ("apple", "2026-11-27")],
    ids=["the-same", "another-offer-of-it", "promised-soon"],
)
def test_withholds_the_same_product_too_soon(offer, day):
    """A product is known by its number; what is promised counts as what was sent."""
    verdict = product_rest(ASK, offered(offer, day), None)
    assert isinstance(verdict, Withhold)
    assert verdict.reason.zh == f"滨江一号店 VIP 群 在 {day[5:]} 12:00 有过 苹果 5 斤装，同一商品 7d 内不再推"


@pytest.mark.parametrize(
    ("offer", "day"),
    [("apple", "2026-11-18"), ("pear", "2026-11-24"), ("", "2026-11-24"), ("gone", "2026-11-24")],
    ids=["a-week-ago", "another-product", "no-offer", "an-offer-that-is-gone"],
)
def test_allows_what_rested_or_is_another(offer, day):
    """Exactly the rest is enough."""
    assert product_rest(ASK, offered(offer, day), None) == Allow()
