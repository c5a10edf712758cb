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
    "days",
    [("2026-11-24",), ("2026-11-18", "2026-11-24"), ("2026-11-24", "2026-11-26")],
    ids=["below", "one-is-a-week-old", "one-comes-later"],
)
def test_allows_what_leaves_room(days):
    """Exactly seven days ago is over, and what comes later is judged when it comes."""
    assert cap_per_week(candidate(TWO), heard(*days), None) == Allow()
