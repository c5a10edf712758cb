"""The day book of a workspace: which anchors and statutory days the words of a column refer to."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from calendarkit.calendar.column import Anchor, Column
from calendarkit.calendar.daybook import Books, statutory_of
from calendarkit.calendar.workspace import StatutoryDays, Workspace
from calendarkit.clockwork.dates import date_of, number, year_of
from calendarkit.clockwork.days import bits
from calendarkit.clockwork.rule import Rule
from calendarkit.clockwork.words import RuleError


def rule(*anchors: dict[str, object], **column: object) -> Rule:
    """Return the rule of one column beside some anchors."""
    books = Books(Workspace(name="小店"), [Anchor.model_validate(each) for each in anchors])
    return books.rule(Column.model_validate({"id": "c", "title": "栏目", "at": "12:00", **column}))


def days(found: Rule, year: int) -> list[str]:
    """Return the days of a rule in one year."""
    first, active = year_of(year)[0], bits(found.on, year) & ~bits(found.skip, year)
    return [f"{date_of(first + place):%m-%d}" for place in range(366) if active >> place & 1]


@pytest.mark.parametrize("name", ["mid-autumn", "Mid-Autumn", "中秋"])
def test_a_shipped_anchor_goes_by_id_and_title(name: str) -> None:
    """In any case."""
    assert days(rule(anchor=name, on="T-1"), 2027) == ["09-14"]


def test_an_anchor_of_the_workspace_takes_the_place_of_a_shipped_one() -> None:
    """A shop whose 618 begins on the first keeps its own."""
    own = {"id": "618", "on": "06-01", "phases": [{"name": "预热", "from": -2, "to": -1}]}
    assert days(rule(own, during="618"), 2026) == ["05-30", "05-31"]


def test_a_written_date_beats_the_rule_in_its_year_only() -> None:
    """2027 is celebrated a week later."""
    birthday = {"id": "birthday", "on": "2nd sat of september", "dates": {"2027": dt.date(2027, 9, 18)}}
    assert [days(rule(birthday, anchor="birthday"), year) for year in (2026, 2027, 2028)] == [
        ["09-12"], ["09-18"], ["09-09"],
    ]  # fmt: skip


def test_an_anchor_of_written_dates_has_no_others() -> None:
    """No rule, no guess."""
    opening = {"id": "opening", "dates": {"2026": "2026-12-05"}}
    assert [days(rule(opening, anchor="opening"), year) for year in (2026, 2027)] == [["12-05"], []]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ({"every": "2 weeks", "from": dt.date(2026, 12, 3)}, ["12-03", "12-17", "12-31"]),
        ({"every": "2 months", "from": dt.date(2026, 11, 18)}, ["07-18", "09-18", "11-18"]),
        ({"anchor": "双12"}, ["12-12"]),
        ({"anchor": "双12", "during": "双12.返场"}, ["12-13", "12-14"]),
    ],
    ids=["weekday of from", "day of from", "the anchor itself", "the phase"],
)
def test_a_column_without_days_has_those_it_implies(column: dict[str, object], expected: list[str]) -> None:
    """Daily only when nothing else says otherwise."""
    found = days(rule(**column), 2026)
    assert found[-len(expected) :] == expected


def test_days_that_are_named_beat_what_is_implied() -> None:
    """``on`` beside ``every`` is taken at its word."""
    found = rule(on=["mon", "thu"], every="2 weeks", **{"from": dt.date(2026, 11, 26)})
    assert days(found, 2026)[-3:] == ["12-10", "12-21", "12-24"]


def test_an_empty_list_of_days_is_no_day() -> None:
    """Not every day."""
    assert days(rule(on=[]), 2026) == []


def test_an_unknown_anchor_is_an_error() -> None:
    """Validation says so at its place."""
    with pytest.raises(RuleError, match="619"):
        rule(anchor="619", on="T-3")


@pytest.mark.parametrize(
    "on", ["周六", "每月18日", "06-18..06-20", "2026-06-18..2026-06-19", "workday", "农历十五", "last fri"]
)
def test_an_anchor_is_one_day_a_year(on: str) -> None:
    """Whatever comes more often is refused."""
    with pytest.raises(ValidationError):
        Anchor(id="a", on=on)


def test_a_workspace_changes_statutory_days() -> None:
    """A day off, a workday, and a year of its own; a day that is both is off."""
    found = statutory_of(
        StatutoryDays(offday=("2026-11-27..2026-11-28",), workday=("2026-11-28..2026-11-29",), years=(2027,))
    )
    told = [found.is_workday(number(dt.date(2026, 11, day))) for day in (26, 27, 28, 29)]
    assert told == [True, False, False, True]
    assert found.is_workday(number(dt.date(2027, 3, 1))) is True
