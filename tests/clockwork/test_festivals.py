"""The festivals: names beside their days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.clockwork import festivals, lunar
from calendarkit.clockwork.dates import number


def names(text: str) -> list[str]:
    """Return the Chinese names of a day."""
    return [name.zh for name in festivals.on(number(dt.date.fromisoformat(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-02-16", ["除夕"]),
        ("2026-02-17", ["春节"]),
        ("2027-02-05", ["除夕"]),
        ("2026-08-19", ["七夕"]),
        ("2020-10-01", ["中秋节", "国庆节"]),
        ("2026-05-10", ["母亲节"]),
        ("2026-06-21", ["父亲节"]),
        ("2026-06-19", ["端午节"]),
        ("2025-07-29", []),
        ("2026-11-11", ["双11"]),
        ("2026-11-12", []),
        ("2150-10-01", ["国庆节"]),
    ],
)
def test_days(text: str, expected: list[str]) -> None:
    """Traditional ones first; two may share a day, and beyond the almanac the fixed ones remain."""
    assert names(text) == expected


@pytest.mark.parametrize("text", ["2025-08-29", "2025-07-31"])
def test_leap_months_have_no_festivals(text: str) -> None:
    """T6: 七夕 of 2025 comes in the seventh month, and nothing comes in the leap sixth."""
    assert names(text) == (["七夕"] if text == "2025-08-29" else [])


@given(st.integers(lunar.FIRST, lunar.LAST))
def test_every_year_has_each_of_them(year: int) -> None:
    """Once, except those of the twelfth month, which the Gregorian year may shift into its neighbours."""
    first = number(dt.date(year, 1, 1))
    found = [name for day in range(first, first + 366) for name in festivals.on(day)]
    for name in (festivals.EVE, *festivals.FIXED.values(), *festivals.SUNDAYS.values()):
        assert found.count(name) >= 1
    for (month, _), name in festivals.LUNAR.items():
        assert found.count(name) == 1 or month == 12
