"""Forewarning: one warning for each time of a column, with its place, its days, its groups and the smallest edit."""

from __future__ import annotations

import datetime as dt

import pytest
from small_shop import VIP, at, calendar, delivery, roster, slot

from calendarkit.calendar.finding import Finding
from calendarkit.calendar.policy import Caps
from calendarkit.model.delivery import Plan, Withheld
from calendarkit.model.text import Text
from calendarkit.stages.forewarn import FORETOLD, forewarn

PLACES = {"column.noon.at": "calendars/a.toml:5", "column.noon": "calendars/a.toml:1"}
WHY = Text("原因", "the reason")
WEEK = [(dt.date(2026, 11, 25) + dt.timedelta(days=each)).isoformat() for each in range(7)]


def held(guard: str = "gap", *, day: str = WEEK[0], **more: object) -> Withheld:
    """Return the noon of one day, withheld from the VIP group."""
    return Withheld(delivery=delivery(slot(day=day, name="noon"), **more), guard=guard, reason=WHY)


def told(*rows: Withheld, counts: dict[str, int] | None = None, since: int = 0, **more: object) -> tuple[Finding, ...]:
    """Return the warnings about a plan that withholds ``rows``."""
    shop = calendar(caps=Caps(per_day=1, per_week=1), places=PLACES)
    policy = {"caps": "policy.toml", "prices": "policy.toml", "mix": "policy.toml"}
    plan = Plan(withheld=rows, **more)
    return forewarn(plan, shop, roster(), counts=counts or {}, since=since, policy=policy)


@pytest.mark.parametrize("guard", sorted(FORETOLD))
def test_every_guard_has_a_code_a_place_and_a_mend(guard: str) -> None:
    """Those that go by a rule of the policy name it too."""
    when = slot(name="noon", origin="also" if guard == "quiet_hours" else "rule")
    (found,) = told(Withheld(delivery=delivery(when), guard=guard, reason=WHY))
    assert (found.code, found.severity) == (FORETOLD[guard], "warning")
    assert (found.document, found.line) == ("calendars/a.toml", 5 if guard not in NOT_TIMES else 1)
    assert found.fix is not None
    assert bool(found.related) == (guard not in ("quiet_hours", "offer_over", "content"))


NOT_TIMES = ("quiet_hours", "offer_over", "content")
"""Guards whose place is not the time: here it is not written, and the column stands in."""


def test_days_are_told_together() -> None:
    """The first and the last of many, and how many."""
    (found,) = told(*(held(day=each) for each in WEEK))
    assert found.message.en == "午间特惠 11-25 to 12-01 (7 days) 12:00 will be withheld: the reason"
    (few,) = told(held(), held(day=WEEK[2]))
    assert few.message.zh.startswith("午间特惠 11-25、11-27 12:00 会被挡下")


def test_groups_of_other_days_are_counted() -> None:
    """The days of the most groups are told, and that others have theirs."""
    rows = (held(), held(day=WEEK[1], target="hz-001.staff"))
    (found,) = told(*rows, counts={VIP.id: 7, "hz-001.staff": 2})
    assert found.message.en == (
        "午间特惠 11-25 12:00 will be withheld: the reason (7 groups); 2 more groups on other days"
    )


def test_a_week_cap_names_the_number_that_is_enough() -> None:
    """Everything counts that the group would get in seven days, or is kept from."""
    sent = tuple(delivery(slot(day=each, name="noon")) for each in WEEK[:3])
    (found,) = told(held("cap_per_week", day=WEEK[3]), deliveries=sent)
    assert found.fix is not None
    assert found.fix.en == "write per_week = 4, or fewer days (on, every)"


@pytest.mark.parametrize(
    "row",
    [held("quiet_hours"), held("reach"), held("price_parity"), held(sequence=1)],
    ids=["regular-time-in-quiet-hours", "told-elsewhere", "told-elsewhere-too", "further-part"],
)
def test_what_is_told_elsewhere_is_not_told_again(row: Withheld) -> None:
    """A rule in quiet hours, an unreachable group, and every part but the first."""
    assert told(row) == ()


def test_what_is_past_is_not_told() -> None:
    """Nobody can mend this morning."""
    assert told(held(), since=at("12:01")) == ()
    assert len(told(held(), since=at("12:00"))) == 1
