"""An offer is announced only while it can be bought."""

from __future__ import annotations

import datetime as dt

import pytest
from small_shop import APPLE, at, calendar, candidate, delivery

from calendarkit.extend import Allow, History, Withhold
from calendarkit.guards.offer_over import offer_over

NOON = dt.datetime(2026, 11, 25, 12)
MINUTE = dt.timedelta(minutes=1)


def judged(*, now: str = "12:00", sending: bool = False, **changes):
    """Return the verdict on changed apples at noon."""
    shop = calendar(offers={"apple": APPLE.model_copy(update=changes)})
    asked = candidate(shop, delivery=delivery(offer="apple"), now=at(now), sending=sending)
    return offer_over(asked, History(), None)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"stock": 1},
        {"until": NOON + MINUTE},
        {"since": NOON},
        {"until": dt.datetime(2026, 11, 25, 5, tzinfo=dt.UTC)},
    ],
    ids=["no-limits", "one-left", "ends-in-a-minute", "begins-now", "ends-13:00-by-its-own-zone"],
)
def test_allows_what_can_be_bought(changes):
    """The first instant of an offer counts, and a zone that was written is believed."""
    assert judged(**changes) == Allow()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stock": 0}, "苹果 5 斤装 已售罄（stock = 0）"),
        ({"until": NOON}, "苹果 5 斤装 的活动 11-25 12:00 已结束"),
        ({"until": dt.datetime(2026, 11, 25, 4, tzinfo=dt.UTC)}, "苹果 5 斤装 的活动 11-25 12:00 已结束"),
        ({"since": NOON + MINUTE}, "苹果 5 斤装 的活动 11-25 12:01 才开始"),
    ],
    ids=["sold-out", "over", "over-by-its-own-zone", "not-yet"],
)
def test_withholds_what_cannot_be_bought(changes, words):
    """``until`` is the first instant at which it is over."""
    verdict = judged(**changes)
    assert isinstance(verdict, Withhold)
    assert verdict.reason.zh == words


def test_withholds_an_offer_that_is_gone():
    """An offer that was deleted after planning is not announced."""
    asked = candidate(calendar(offers={}), delivery=delivery(offer="apple"))
    assert isinstance(offer_over(asked, History(), None), Withhold)


def test_asks_again_with_the_time_of_sending():
    """Planned in time, but about to leave a minute after its end."""
    ends = {"until": NOON + 5 * MINUTE}
    assert judged(**ends) == Allow()
    assert isinstance(judged(now="12:06", sending=True, **ends), Withhold)


def test_a_delivery_without_offer_is_never_over():
    """Morning tips have no stock."""
    assert offer_over(candidate(calendar()), History(), None) == Allow()
