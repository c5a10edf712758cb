"""Price parity: groups never pay more than elsewhere, or always less, as the policy says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_shop import APPLE, calendar, candidate, delivery

from calendarkit.calendar.policy import Policy, Prices
from calendarkit.extend import Allow, History, Withhold
from calendarkit.guards.price_parity import price_parity


def judged(prices, **others):
    """Judge an apple at 9.9 yuan against other prices."""
    offer = APPLE.model_copy(update={name: Decimal(value) for name, value in others.items()})
    of = calendar(policy=Policy(prices=Prices(**prices)), offers={"apple": offer})
    return price_parity(candidate(of, delivery=delivery(offer="apple")), History(), None)


@pytest.mark.parametrize(
    ("prices", "others", "reason"),
    [
        ({}, {"mall_price": "9.8"}, "苹果 5 斤装 群价 9.9 元，高于商城价 9.8 元"),
        ({}, {"mall_price": "9.8", "member_price": "9.5"}, "苹果 5 斤装 群价 9.9 元，高于会员价 9.5 元"),
        ({"against": "below"}, {"shelf_price": "9.9"}, "苹果 5 斤装 群价 9.9 元，没有低于门店价 9.9 元"),
    ],
    ids=["mall-is-cheaper", "the-lowest-is-named", "must-be-below"],
)
def test_withholds_what_is_cheaper_elsewhere(prices, others, reason):
    """A price that the mall lowered after approval stops the post at noon."""
    verdict = judged(prices, **others)
    assert isinstance(verdict, Withhold)
    assert verdict.reason.zh == reason


@pytest.mark.parametrize(
    ("prices", "others"),
    [
        ({}, {"mall_price": "9.9"}),
        ({}, {}),
        ({"against": "below"}, {"shelf_price": "10"}),
        ({"compare": ("mall",)}, {"member_price": "5"}),
    ],
    ids=["the-same", "nothing-known", "really-below", "not-compared"],
)
def test_allows_what_keeps_the_promise(prices, others):
    """Only the prices that are compared and known count."""
    assert judged(prices, **others) == Allow()
