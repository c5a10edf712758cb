"""The discount floor: no price below what somebody allowed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_shop import APPLE, calendar, candidate, delivery

from calendarkit.calendar.policy import Floor, Policy
from calendarkit.extend import Allow, History, Withhold
from calendarkit.guards.discount_floor import discount_floor


def judged(own: str | None = None, *floors: Floor):
    """Return the verdict on apples at 9.9 with a floor of their own and floors of the policy."""
    offer = APPLE.model_copy(update={"floor": None if own is None else Decimal(own)})
    shop = calendar(offers={"apple": offer}, policy=Policy(floor=floors))
    return discount_floor(candidate(shop, delivery=delivery(offer="apple")), History(), None)


def floor(price: str, sku: str = "A5", approved_by: str = "") -> Floor:
    """Return a floor of the policy."""
    return Floor(sku=sku, floor=Decimal(price), approved_by=approved_by)


@pytest.mark.parametrize(
    ("own", "floors"),
    [(None, ()), ("9.9", ()), ("9.89", ()), (None, (floor("9.90"),)), ("5", (floor("20", sku="B1"),))],
    ids=["no-floor", "at-the-floor", "a-fen-above", "at-the-policys", "another-product"],
)
def test_allows_a_price_at_or_above_its_floor(own, floors):
    """A price equal to the floor is fair."""
    assert judged(own, *floors) == Allow()


@pytest.mark.parametrize(
    ("own", "floors"),
    [("9.91", ()), (None, (floor("11"),)), ("5", (floor("11"),)), ("11", (floor("5"),))],
    ids=["a-fen-below", "policy", "policy-higher", "own-higher"],
)
def test_withholds_a_price_below_the_highest_floor(own, floors):
    """The stricter of two floors holds."""
    assert isinstance(judged(own, *floors), Withhold)


def test_says_the_prices_and_where_the_floor_is_written():
    """A content person sees both numbers and the place."""
    verdict = judged("11.0")
    assert isinstance(verdict, Withhold)
    assert verdict.reason.zh == "苹果 5 斤装 售价 9.9 元，低于底价 11.0 元（商品 apple 的 floor）"
    assert verdict.reason.en == "苹果 5 斤装 costs 9.9 yuan, below its floor of 11.0 yuan (floor of offer apple)"


def test_an_approved_exception_beats_the_offers_own_floor():
    """``approved_by`` in the policy lets one product go lower, and no lower than it says."""
    assert judged("11", floor("9.5", approved_by="店长 王芳")) == Allow()
    assert isinstance(judged("11", floor("10", approved_by="店长 王芳")), Withhold)


def test_an_offer_without_sku_is_no_product_of_the_policy():
    """Two empty product numbers are not the same product."""
    shop = calendar(offers={"apple": APPLE.model_copy(update={"sku": ""})}, policy=Policy(floor=(floor("99", sku=""),)))
    assert discount_floor(candidate(shop, delivery=delivery(offer="apple")), History(), None) == Allow()


def test_a_delivery_without_offer_has_no_price():
    """Morning tips cost nothing."""
    assert discount_floor(candidate(calendar()), History(), None) == Allow()
