"""The solar terms: days with a published source, and the order of the sun."""

from __future__ import annotations

import datetime as dt
import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.clockwork import almanac, terms
from calendarkit.clockwork.dates import date_of, number
from calendarkit.clockwork.lunar import FIRST, LAST

NAMES = list(terms.NAMES)
ROWS = [
    "310352c8", "25c48b6f", "eaae1df6", "d08dd3eb", "6dbc4094", "3efc3e05", "4fc69fce", "ebaafda6",
    "f2cd6b67", "515f05b9", "ad743f55", "369e99c7", "f48bc668", "ec2e4ac9", "d0416d13", "3db147e5",
    "136bdc13", "e08f8dc6", "7e05132a", "60135dc3",
]  # fmt: skip
"""SHA-256 of each decade of the table, its first eight hex digits."""


@pytest.mark.parametrize(
    ("name", "day"),
    [
        # As sxtwl 2.0.7, lunar_python 1.4.8 and, but for 1979, cnlunar 0.2.5 have them; the first three lie within a
        # minute of midnight, and almanacs of 1979 printed the day after.
        ("大寒", "1979-01-20"),
        ("小满", "2008-05-21"),
        ("冬至", "2021-12-21"),
        ("立春", "2021-02-03"),
        ("立春", "2025-02-03"),
        ("春分", "2026-03-20"),
        ("清明", "2026-04-05"),
        ("夏至", "2026-06-21"),
        ("秋分", "2026-09-23"),
        ("冬至", "2026-12-22"),
        ("小寒", "2027-01-05"),
    ],
)
def test_days_with_a_source(name: str, day: str) -> None:
    """Found by name and found by day."""
    date = dt.date.fromisoformat(day)
    assert terms.day_of(date.year, name) == number(date)
    assert terms.on(number(date)) == name


@given(st.integers(FIRST, LAST))
def test_a_year_has_twenty_four_in_order(year: int) -> None:
    """Two in each month, 14 to 16 days apart, and no others."""
    days = [terms.day_of(year, name) for name in NAMES]
    assert [date_of(day).month for day in days] == [month for month in range(1, 13) for _ in range(2)]
    assert {after - before for before, after in pairwise(days)} <= {14, 15, 16}
    whole = range(number(dt.date(year, 1, 1)), number(dt.date(year, 12, 31)) + 1)
    assert [name for day in whole if (name := terms.on(day))] == NAMES


def test_names_are_in_both_languages() -> None:
    """And no two are equal."""
    assert all(name == text.zh for name, text in terms.NAMES.items())
    assert len({text.en for text in terms.NAMES.values()}) == len(NAMES) == 24


def test_an_unknown_name_is_an_error_of_the_caller() -> None:
    """Words for people are judged elsewhere."""
    with pytest.raises(KeyError, match="夏天"):
        terms.day_of(2026, "夏天")


@pytest.mark.parametrize("year", [FIRST - 1, LAST + 1])
def test_beyond_the_table_nothing_is_guessed(year: int) -> None:
    """As if there were none."""
    assert terms.day_of(year, "冬至") is None
    assert not any(terms.on(number(dt.date(year, 12, day))) for day in range(20, 25))


def test_the_table_is_the_one_that_was_compared() -> None:
    """Decade by decade the one that ``bench/chinese.py`` found equal to the public libraries."""
    decades = ["".join(almanac.TERMS[place : place + 2]) for place in range(0, len(almanac.TERMS), 2)]
    assert [hashlib.sha256(decade.encode()).hexdigest()[:8] for decade in decades] == ROWS
