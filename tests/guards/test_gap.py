"""The pause between two slots of one group."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_shop import VIP, at, calendar, candidate, delivery, history, slot

from calendarkit.calendar.policy import Caps
from calendarkit.extend import Allow, History, Postpone, Sent, Withhold
from calendarkit.guards.gap import gap

TEN = calendar(caps=Caps(gap="10m"))


@pytest.mark.parametrize(
    "others", [(), ("11:50",), ("12:10",), ("11:50", "12:10")], ids=["alone", "before", "after", "both"]
)
def test_allows_what_keeps_the_pause(others):
    """Exactly the pause is enough."""
    assert gap(candidate(TEN), history(*others), None) == Allow()


@pytest.mark.parametrize(
    ("others", "until"),
    [(("11:51",), "12:01"), (("12:09",), "12:19"), (("11:55", "12:06"), "12:16"), (("11:56", "12:15"), "12:25")],
    ids=["before", "after", "two-around", "the-gap-between-is-too-small"],
)
def test_postpones_to_the_first_free_minute(others, until):
    """It waits until it keeps the pause from everything else."""
    verdict = gap(candidate(TEN), history(*others), None)
    assert isinstance(verdict, Postpone)
    assert verdict.until == at(until)


def test_says_what_is_in_the_way():
    """The reason names the other slot and the pause."""
    verdict = gap(candidate(TEN), history("11:55"), None)
    assert isinstance(verdict, Postpone)
    assert verdict.reason.zh == "滨江一号店 VIP 群 在 11-25 11:55 有 早安贴士，两条之间至少隔 10m，推迟到 11-25 12:05"


def test_withholds_when_the_first_free_minute_is_too_late():
    """A free minute at the deadline does not help."""
    verdict = gap(candidate(TEN), history("12:00", "12:10", "12:20"), None)
    assert isinstance(verdict, Withhold)
    assert "最晚发送时间 11-25 12:30" in verdict.reason.zh


def test_stores_and_calendars_without_a_gap_are_free():
    """Without ``gap`` nothing is asked, and a store's page is no group."""
    assert gap(candidate(calendar()), history("12:00"), None) == Allow()
    crowded = History({"hz-001": history("12:00").of(VIP.id)})
    assert gap(candidate(TEN, delivery=delivery(target="hz-001")), crowded, None) == Allow()


def test_at_sending_only_earlier_ones_are_in_the_way():
    """Of two side by side the first goes out; a retry of the first is not stopped by the second."""
    assert gap(candidate(TEN, sending=True), history("12:05"), None) == Allow()
    assert isinstance(gap(candidate(TEN, sending=True), history("11:55"), None), Postpone)


@given(st.lists(st.integers(min_value=0, max_value=600), max_size=12, unique=True))
def test_whatever_is_planned_keeps_the_pause(minutes):
    """Planned one after the other, moved where it says so, no two slots come closer than the pause."""
    kept: tuple[Sent, ...] = ()
    for minute in minutes:
        start = at("08:00") + 60 * minute
        asked = replace(slot(), name=str(minute), at=start, deadline=start + 1800)
        verdict = gap(candidate(TEN, delivery=delivery(asked)), History({VIP.id: kept}), None)
        if not isinstance(verdict, Withhold):
            moment = verdict.until if isinstance(verdict, Postpone) else start
            kept = tuple(sorted((*kept, Sent(slot=asked.key, column="noon", at=moment)), key=lambda each: each.at))
    assert all(later.at - earlier.at >= 600 for earlier, later in itertools.pairwise(kept))
