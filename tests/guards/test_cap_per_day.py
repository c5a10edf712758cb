"""The daily cap: slots count, parts and stores do not, and nobody gets more than the cap."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_shop import VIP, at, calendar, candidate, delivery, history, slot

from calendarkit.calendar.policy import Caps
from calendarkit.extend import Allow, History, Sent, Withhold
from calendarkit.guards.cap_per_day import cap_per_day

THREE = calendar(caps=Caps(per_day=3))


def test_allows_the_last_one_below_the_cap():
    """Two before it leave room for a third."""
    assert cap_per_day(candidate(THREE), history("07:30", "10:00"), None) == Allow()


def test_withholds_one_too_many_and_names_the_others():
    """The reason says how many there are, which they are, and the cap."""
    verdict = cap_per_day(candidate(THREE), history("07:30", "10:00", "20:00"), None)
    assert isinstance(verdict, Withhold)
    expected = "滨江一号店 VIP 群 11-25 当天已计划 3 条，上限 3（07:30 早安贴士、10:00 早安贴士、20:00 早安贴士）"
    assert verdict.reason.zh == expected


def test_parts_of_one_slot_count_once():
    """A poster and its words are one interruption, and a slot's own first part does not count against its second."""
    own = Sent(slot=slot().key, column="noon", at=at("12:00"))
    twice = history("07:30", "10:00").of(VIP.id)
    assert cap_per_day(candidate(THREE), History({VIP.id: (*twice, *twice, own)}), None) == Allow()


@pytest.mark.parametrize("day", ["2026-11-24", "2026-11-26"], ids=["yesterday", "tomorrow"])
def test_other_days_do_not_count(day):
    """The day is the local one: 23:59 and 00:00 are neighbours of another day."""
    clocks = ["23:57", "23:58", "23:59"] if day < "2026-11-25" else ["00:00", "00:01", "00:02"]
    sends = tuple(Sent(slot=f"tips/{day}/{each}", column="tips", at=at(each, day)) for each in clocks)
    assert cap_per_day(candidate(THREE), History({VIP.id: sends}), None) == Allow()


def test_stores_and_other_groups_have_no_cap():
    """The cap protects the members of one group."""
    full = history("07:30", "10:00", "20:00")
    assert cap_per_day(candidate(THREE, delivery=delivery(target="hz-001")), full, None) == Allow()
    assert cap_per_day(candidate(THREE, delivery=delivery(target="hz-001.staff")), full, None) == Allow()
    assert cap_per_day(candidate(calendar()), full, None) == Allow()


def test_of_two_promised_at_once_only_the_later_is_stopped_at_sending():
    """Two ticks that planned side by side cannot both fill the last place, nor stop each other."""
    both = History({VIP.id: (*history("07:30", "10:00").of(VIP.id), *history("12:00").of(VIP.id))})
    first, second = delivery(), delivery(replace(slot(), column="zoo"))
    assert cap_per_day(candidate(THREE, delivery=first, sending=True), both, None) == Allow()
    assert isinstance(cap_per_day(candidate(THREE, delivery=second, sending=True), both, None), Withhold)


def test_what_leaves_after_midnight_counts_for_the_new_day():
    """A late one from yesterday takes a place of today."""
    late = delivery(slot("23:50", "2026-11-24"))
    asked = candidate(THREE, delivery=late, now=at("00:05"), sending=True)
    assert cap_per_day(asked, history("00:01", "00:02", "00:03"), None) != Allow()
    assert cap_per_day(asked, history("00:01", "00:02", "08:00"), None) == Allow()


@given(st.lists(st.integers(min_value=0, max_value=3 * 1440 - 1), unique=True), st.integers(min_value=1, max_value=4))
def test_no_sequence_of_plans_exceeds_the_cap(minutes, cap):
    """Whatever is planned in whatever order, no local day holds more slots than the cap."""
    kept: tuple[Sent, ...] = ()
    for minute in minutes:
        start = at("00:00") + 60 * minute
        asked = replace(slot(), name=str(minute), at=start, deadline=start + 60)
        verdict = cap_per_day(
            candidate(calendar(caps=Caps(per_day=cap)), delivery=delivery(asked)), History({VIP.id: kept}), None
        )
        if verdict == Allow():
            kept = (*kept, Sent(slot=asked.key, column="noon", at=start))
    days = [(each.at - at("00:00")) // 86400 for each in kept]
    wished = [minute // 1440 for minute in minutes]
    assert all(days.count(day) == min(cap, wished.count(day)) for day in range(3))
