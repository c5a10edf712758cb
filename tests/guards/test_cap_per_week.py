"""The weekly cap: any seven days, not the calendar's week."""

from __future__ import annotations

import pytest
from small_shop import VIP, at, calendar, candidate

from calendarkit.calendar.policy import Caps
from calendarkit.extend import Allow, History, Sent, Withhold
from calendarkit.guards.cap_per_week import cap_per_week

TWO = calendar(caps=Caps(per_week=2))


def heard(*days: str) -> History:
    """Return that the VIP group got a tip at noon of each day."""
    return History({VIP.id: tuple(Sent(slot=f"tips/{day}/am", column="tips", at=at("12:00", day)) for day in days)})


def test_withholds_the_third_in_seven_days():
    """The reason says since when it counts."""
    verdict = cap_per_week(candidate(TWO), heard("2026-11-20", "2026-11-24"), None)
    assert isinstance(verdict, Withhold)
    assert verdict.reason.zh == "滨江一号店 VIP 群 七天内（11-20 起）已有 2 条，上限 2"


@pytest.mark.parametrize(
    "days", [("2026-11-24", "2026-11-26"), ("2026-11-26", "2026-12-01")], ids=["one-before-one-after", "both-after"]
)
def test_what_is_promised_for_later_counts_too(days):
    """An edit may put a slot before it, and any seven days hold no more than the cap; at sending the first one goes."""
    verdict = cap_per_week(candidate(TWO), heard(*days), None)
    assert isinstance(verdict, Withhold)
    assert f"七天内（{days[0][5:]} 起）已有 2 条，上限 2" in verdict.reason.zh
    assert cap_per_week(candidate(TWO, sending=True), heard(*days), None) == Allow()


@pytest.mark.parametrize(
    "days",
    [("2026-11-24",), ("2026-11-18", "2026-11-24"), ("2026-11-24", "2026-12-03")],
    ids=["below", "one-is-a-week-old", "one-is-in-a-week"],
)
def test_allows_what_leaves_room(days):
    """Exactly seven days ago is over, and what comes in more than seven days is another week's."""
    assert cap_per_week(candidate(TWO), heard(*days), None) == Allow()
