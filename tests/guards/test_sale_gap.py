"""The pause between offers: two campaigns do not fall on one group at once, and what does not sell may come between."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_shop import VIP, at, calendar, candidate, delivery, history, slot

from calendarkit.calendar.policy import Mix, Policy
from calendarkit.extend import Allow, History, Postpone, Sent, Withhold
from calendarkit.guards.looks_back import sale_pause
from calendarkit.guards.sale_gap import sale_gap

HOUR = calendar(policy=Policy(mix=Mix(sale_gap="1h")), worth={"noon": "sale", "flash": "sale", "tips": "knowledge"})


@pytest.mark.parametrize("clock", ["11:00", "13:00", "09:00"])
def test_allows_an_hour_between(clock):
    """The pause itself is enough, before as well as after."""
    assert sale_gap(candidate(HOUR), history(clock, column="flash"), None) == Allow()


@pytest.mark.parametrize(
    ("clocks", "until"), [(["11:40"], "12:40"), (["11:31"], "12:31"), (["11:01"], "12:01")], ids="-".join
)
def test_waits_where_there_is_time(clocks, until):
    """Half an hour late is allowed, so it goes out when the hour is over."""
    late = delivery(replace(slot(), deadline=at("12:45")))
    verdict = sale_gap(candidate(HOUR, delivery=late), history(*clocks, column="flash"), None)
    assert isinstance(verdict, Postpone)
    assert verdict.until == at(until)
    assert "两次卖货之间至少隔 1h，推迟到 11-25" in verdict.reason.zh


@pytest.mark.parametrize("clock", ["11:30", "12:00", "12:20"])
def test_withholds_what_would_be_too_late(clock):
    """The deadline is half past twelve."""
    verdict = sale_gap(candidate(HOUR), history(clock, column="flash"), None)
    assert isinstance(verdict, Withhold)
    assert verdict.reason.en.endswith("is too late for 11-25 12:30")


def test_what_does_not_sell_may_come_between():
    """A tip a minute before is no competition, a tip itself is never held, and other groups do not count."""
    assert sale_gap(candidate(HOUR), history("11:59", "12:01"), None) == Allow()
    tip = delivery(slot(column="tips"))
    assert sale_gap(candidate(HOUR, delivery=tip), history("11:59", column="flash"), None) == Allow()
    elsewhere = History({"hz-001.staff": (Sent(slot="x", column="flash", at=at("12:00")),)})
    assert sale_gap(candidate(HOUR), elsewhere, None) == Allow()


def test_of_two_promised_at_once_the_first_goes_out():
    """At sending only what comes first counts, so one of them always goes."""
    both = History({VIP.id: (Sent(slot="zoo/2026-11-25/12:00", column="flash", at=at("12:00")),)})
    assert sale_gap(candidate(HOUR, sending=True), both, None) == Allow()


@pytest.mark.parametrize(
    ("policy", "seconds"),
    [(Policy(), 0), (Policy(mix=Mix()), 0), (Policy(mix=Mix(sale_gap="3d")), 3 * 86_400)],
    ids=["no-policy", "no-pause", "three-days"],
)
def test_looks_back_as_far_as_the_pause(policy, seconds):
    """And stays silent without one."""
    shop = calendar(policy=policy, worth=HOUR.worth)
    assert sale_pause(shop, None) == seconds
    assert (sale_gap(candidate(shop), history("12:00", column="flash"), None) == Allow()) == (seconds == 0)
