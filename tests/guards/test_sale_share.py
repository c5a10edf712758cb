"""The share of selling: a group hears more than offers."""

from __future__ import annotations

import pytest
from small_shop import STAFF, VIP, at, calendar, candidate, delivery

from calendarkit.calendar.policy import Mix, Policy
from calendarkit.extend import Allow, History, Sent, Withhold
from calendarkit.guards.sale_share import sale_share

HALF = calendar(policy=Policy(mix=Mix(max_sale=0.5)), worth={"noon": "sale", "tips": "knowledge"})


def heard(columns: str, day: str = "2026-11-24") -> History:
    """Return that the VIP group got one slot for each letter: s sells, t tells."""
    names = {"s": "noon", "t": "tips"}
    sends = [
        Sent(slot=f"{names[each]}/{day}/{hour}", column=names[each], at=at(f"{hour + 8:02}:00", day))
        for hour, each in enumerate(columns)
    ]
    return History({VIP.id: tuple(sends)})


@pytest.mark.parametrize("columns", ["", "s", "ss", "tss", "ttttsss", "tttttsss"])
def test_allows_up_to_the_share(columns):
    """Half of what a group hears may sell; of a quiet group at least one slot a day is counted."""
    assert sale_share(candidate(HALF), heard(columns), None) == Allow()


@pytest.mark.parametrize("columns", ["sss", "tsss", "tttsss"])
def test_withholds_above_the_share(columns):
    """The reason counts what the group would hear."""
    verdict = sale_share(candidate(HALF), heard(columns), None)
    assert isinstance(verdict, Withhold)
    assert f"的 {len(columns) + 1} 条会有 {columns.count('s') + 1} 条是卖货，超过 50%" in verdict.reason.zh


def test_looks_back_only_so_far():
    """Offers of eight days ago are forgotten."""
    assert sale_share(candidate(HALF), heard("sss", "2026-11-17"), None) == Allow()


def test_a_column_that_tells_is_never_stopped():
    """Only selling is limited."""
    telling = calendar(policy=Policy(mix=Mix(max_sale=0.1)), worth={"noon": "knowledge"})
    assert sale_share(candidate(telling), heard("sss"), None) == Allow()


def test_staff_are_not_customers():
    """A staff group gets what is to be forwarded, however much of it sells."""
    selling = History({STAFF.id: heard("ssssss").sends[VIP.id]})
    assert sale_share(candidate(HALF, delivery=delivery(target=STAFF.id)), selling, None) == Allow()
