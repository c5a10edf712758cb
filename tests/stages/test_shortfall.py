"""Shortfall: groups that hear too little, or too little that does not sell, are found days ahead."""

from __future__ import annotations

import datetime as dt

import pytest
from small_shop import VIP, calendar, delivery, roster, slot

from calendarkit.calendar.finding import Finding
from calendarkit.calendar.policy import Mix, Policy
from calendarkit.model.delivery import Delivery, Plan
from calendarkit.stages.shortfall import shortfall

FIRST = dt.date(2026, 11, 25)
WORTH = {"tips": "knowledge", "noon": "sale"}


def heard(letters: str, target: str = VIP.id) -> tuple[Delivery, ...]:
    """Return one slot a day for each letter: t tells, s sells, a dot is a day without anything."""
    columns = {"t": "tips", "s": "noon"}
    return tuple(
        delivery(slot(day=str(FIRST + dt.timedelta(days=place)), column=columns[letter]), target=target)
        for place, letter in enumerate(letters)
        if letter in columns
    )


def found(letters: str, mix: Mix, *more: Delivery, days: int | None = None, counts: int = 1) -> tuple[Finding, ...]:
    """Return what the VIP group lacks with these days."""
    shop = calendar(policy=Policy(mix=mix), worth=WORTH)
    plan = Plan(deliveries=(*heard(letters), *more))
    span = len(letters) if days is None else days
    return shortfall(plan, shop, roster(), counts={VIP.id: counts}, first=FIRST, days=span, policy="policy.toml")


@pytest.mark.parametrize("letters", ["t.t", "tts", "ttttt", "t.tt.tt.t", "..", "t"])
def test_enough_that_does_not_sell(letters: str) -> None:
    """Two in any three days; fewer planned days than that prove nothing."""
    assert found(letters, Mix(min_brand_posts=2, days=3)) == ()


@pytest.mark.parametrize(
    ("letters", "span", "heard_then"),
    [("tss", "11-25 to 11-27", 1), ("t.t..t", "11-26 to 11-28", 1), ("ttsss", "11-27 to 11-29", 0), ("...", "", 0)],
)
def test_too_little_that_does_not_sell(letters: str, span: str, heard_then: int) -> None:
    """The worst stretch is told, the first of equals, and what is asked for."""
    (short,) = found(letters, Mix(min_brand_posts=2, days=3))
    assert (short.code, short.document, short.path) == ("CK536", "policy.toml", ("mix", "min_brand_posts"))
    assert f"only {heard_then} from {span}" in short.message.en
    assert "at least 2 are wanted" in short.message.en


def test_a_column_without_a_kind_does_not_count() -> None:
    """Nobody said that it does not sell."""
    other = delivery(slot(column="other"))
    assert len(found("...", Mix(min_brand_posts=1, days=3), other)) == 1


@pytest.mark.parametrize("letters", ["s..s", "..s..", "ssss"])
def test_a_short_silence(letters: str) -> None:
    """Two days are allowed."""
    assert found(letters, Mix(max_silence=2)) == ()


@pytest.mark.parametrize(
    ("letters", "span", "days"), [("s...", "11-26 to 11-28", 3), ("....s...", "11-25 to 11-28", 4)]
)
def test_a_long_silence(letters: str, span: str, days: int) -> None:
    """The longest is told, and the number that would allow it."""
    (short,) = found(letters, Mix(max_silence=2))
    assert (short.code, short.path) == ("CK537", ("mix", "max_silence"))
    assert f"nothing at all from {span}, {days} days in a row; at most 2 are allowed" in short.message.en
    assert short.fix is not None
    assert short.fix.en.endswith(f"write max_silence = {days}")


def test_all_groups_that_a_profile_stands_for_are_counted() -> None:
    """One warning, not one a group."""
    (short,) = found("...", Mix(max_silence=0), counts=12)
    assert "滨江一号店 VIP 群等 12 个群" in short.message.zh


def test_parts_of_a_slot_are_one_post_and_a_postponed_one_counts_when_it_goes_out() -> None:
    """A poster and its words are one; what waits until after midnight is heard the next day."""
    parts = [delivery(slot(column="tips"), sequence=each) for each in range(2)]
    assert len(found("...", Mix(min_brand_posts=2, days=3), *parts)) == 1
    late = delivery(slot("23:59", column="tips"), not_before=slot("00:30", day="2026-11-26").at)
    (short,) = found("...", Mix(max_silence=0), late)
    assert "11-25 to 11-25" in short.message.en


def test_staff_groups_are_no_audience_to_be_kept_warm() -> None:
    """Only customers' groups have floors, and only with a policy."""
    assert found("ttt", Mix(max_silence=0)) == ()
    assert shortfall(Plan(), calendar(), roster(), counts={}, first=FIRST, days=7, policy="") == ()
