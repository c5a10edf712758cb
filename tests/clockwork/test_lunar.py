"""The lunar calendar: dates with a published source, and the laws every date obeys."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.clockwork import almanac, lunar
from calendarkit.clockwork.dates import date_of, number
from calendarkit.clockwork.lunar import LunarDate
from calendarkit.model.text import Text

FIRST_DAY = number(dt.date(lunar.FIRST, 1, 1))
LAST_DAY = number(dt.date(lunar.LAST, 12, 31))
LUNAR_ROWS = [
    "5eb2af19", "4e88e523", "b6dc683c", "1b4e4539", "0d922614", "0d245fd5", "2c3f88b1", "2cbb1efc",
    "775145c8", "83070d1d", "201d2550", "54f2d36f", "ff14d243", "b1476302", "c466e26e", "4eb1e48d",
    "c2ce49eb", "1e900b61", "61d7f576", "3c225f18",
]  # fmt: skip
"""SHA-256 of each decade of the table, its first eight hex digits."""
DAYS = st.integers(FIRST_DAY, LAST_DAY)
YEARS = st.integers(lunar.FIRST, lunar.LAST)


def day(text: str) -> int:
    """Return the number of a day such as ``2026-02-17``."""
    return number(dt.date.fromisoformat(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Until 2056 as sxtwl 2.0.7, lunar_python 1.4.8, cnlunar 0.2.5 and borax 4.1.3 have them; later as computed.
        ("1902-02-08", LunarDate(1902, 1, False, 1)),
        ("1906-04-24", LunarDate(1906, 4, False, 1)),
        ("1933-07-22", LunarDate(1933, 5, True, 30)),
        ("1949-10-01", LunarDate(1949, 8, False, 10)),
        ("1978-09-03", LunarDate(1978, 8, False, 1)),
        ("2000-02-05", LunarDate(2000, 1, False, 1)),
        ("2020-05-23", LunarDate(2020, 4, True, 1)),
        ("2023-03-22", LunarDate(2023, 2, True, 1)),
        ("2025-07-25", LunarDate(2025, 6, True, 1)),
        ("2026-02-17", LunarDate(2026, 1, False, 1)),
        ("2026-11-23", LunarDate(2026, 10, False, 15)),
        ("2027-02-06", LunarDate(2027, 1, False, 1)),
        ("2028-01-26", LunarDate(2028, 1, False, 1)),
        ("2030-02-03", LunarDate(2030, 1, False, 1)),
        ("2033-12-22", LunarDate(2033, 11, True, 1)),
        ("2057-09-29", LunarDate(2057, 9, False, 1)),
        ("2089-09-04", LunarDate(2089, 8, False, 1)),
        ("2097-08-08", LunarDate(2097, 7, False, 1)),
        ("2099-12-31", LunarDate(2099, 11, False, 20)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_dates_with_a_source(text: str, expected: LunarDate) -> None:
    """First days, leap months and the days on which programs are known to differ."""
    assert lunar.of(day(text)) == expected


@pytest.mark.parametrize(
    ("name", "month", "dom", "expected"),
    [
        ("春节", 1, 1, ["2026-02-17", "2027-02-06", "2028-01-26"]),
        ("端午", 5, 5, ["2026-06-19", "2027-06-09", "2028-05-28"]),
        ("七夕", 7, 7, ["2026-08-19", "2027-08-08", "2028-08-26"]),
        ("中秋", 8, 15, ["2026-09-25", "2027-09-15", "2028-10-03"]),
    ],
)
def test_festivals_of_three_years(name: str, month: int, dom: int, expected: list[str]) -> None:
    """As the almanacs on sale print them."""
    found = [date_of(each).isoformat() for year in (2026, 2027, 2028) for each in lunar.days_of(year, month, dom)]
    assert found == expected


@given(DAYS)
def test_there_and_back(number_: int) -> None:
    """A day's lunar date is that day's alone."""
    date = lunar.of(number_)
    assert date is not None
    assert lunar.day_number(date.year, date.month, date.day, leap=date.leap) == number_


@given(st.integers(FIRST_DAY, LAST_DAY - 1))
def test_days_follow_each_other(number_: int) -> None:
    """The next day is the next of the month, or the first of a month after 29 or 30 days."""
    here, following = lunar.of(number_), lunar.of(number_ + 1)
    assert here is not None
    assert following is not None
    assert following == here._replace(day=here.day + 1) or (following.day == 1 and here.day in {29, 30})


@given(YEARS)
def test_a_year_has_twelve_or_thirteen_months(year: int) -> None:
    """Of 29 or 30 days each; the leap month follows the month of its number."""
    months = [(month, leap) for month in range(1, 13) for leap in (False, True)]
    lengths = {each: found for each in months if (found := lunar.month_length(year, each[0], leap=each[1]))}
    leap = lunar.leap_month(year)
    assert set(lengths.values()) <= {29, 30}
    assert len(lengths) == 12 + (leap is not None)
    assert [month for month, extra in lengths if extra] == ([leap] if leap else [])
    assert sum(lengths.values()) in ({383, 384, 385} if leap else {353, 354, 355})


@given(YEARS, st.integers(1, 12), st.integers(1, 30), st.booleans())
def test_days_of_agrees_with_every_day_asked(year: int, month: int, dom: int, leap: bool) -> None:
    """Whether a Gregorian year has the date never, once or twice."""
    found = lunar.days_of(year, month, dom, leap=leap)
    assert sorted(found) == list(found)
    assert all(date_of(each).year == year and lunar.of(each)[1:] == (month, leap, dom) for each in found)


def test_days_of_finds_every_day_of_a_decade() -> None:
    """None is left out, those that come twice a year and those that come in no year among them."""
    asked = [
        each
        for year in range(2030, 2040)
        for month in range(1, 13)
        for dom in range(1, 31)
        for leap in (False, True)
        for each in lunar.days_of(year, month, dom, leap=leap)
    ]
    assert sorted(asked) == list(range(day("2030-01-01"), day("2040-01-01")))


@given(YEARS)
def test_the_eve_is_the_day_before_the_first(year: int) -> None:
    """Whether the twelfth month has 29 days or 30."""
    (eve,) = lunar.eve_days(year)
    assert lunar.of(eve)[:3] == (year - 1, 12, False)
    assert lunar.of(eve + 1) == LunarDate(year, 1, False, 1)


@pytest.mark.parametrize("text", ["1901-12-31", "2100-01-01"])
def test_beyond_the_table_nothing_is_guessed(text: str) -> None:
    """Neither a date, nor a label, nor a day of that year."""
    year = int(text[:4])
    assert (lunar.of(day(text)), lunar.label(day(text))) == (None, None)
    assert lunar.days_of(year, 1, 1) == lunar.eve_days(year) == ()
    assert lunar.day_number(2100, 1, 1) is lunar.leap_month(2100) is lunar.month_length(2100, 1) is None


@pytest.mark.parametrize(
    ("year", "month", "dom", "leap"),
    [(2026, 6, 1, True), (2026, 2, 30, False), (2025, 6, 30, True), (2026, 1, 31, False)],
    ids=["no leap month", "29 days", "leap month of 29 days", "no such day"],
)
def test_a_date_that_is_not(year: int, month: int, dom: int, leap: bool) -> None:
    """T6: a month of 29 days has no 30th, and a leap month comes only in its year."""
    assert lunar.day_number(year, month, dom, leap=leap) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-23", Text("十月十五", "lunar 10-15")),
        ("2026-02-17", Text("正月初一", "lunar 01-01")),
        ("2025-07-25", Text("闰六月初一", "lunar leap 06-01")),
        ("2027-02-05", Text("腊月廿九", "lunar 12-29")),
        ("2026-12-09", Text("冬月初一", "lunar 11-01")),
        ("2026-02-08", Text("腊月廿一", "lunar 12-21")),
        ("2026-03-18", Text("正月三十", "lunar 01-30")),
        ("2026-02-07", Text("腊月二十", "lunar 12-20")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_labels(text: str, expected: Text) -> None:
    """As people say it."""
    assert lunar.label(day(text)) == expected


@given(DAYS)
def test_labels_are_read_back(number_: int) -> None:
    """With 农历 before them or without."""
    date, label = lunar.of(number_), lunar.label(number_)
    assert date is not None
    assert label is not None
    assert lunar.read(label.zh) == lunar.read(f"农历{label.zh}") == (date.month, date.day, date.leap)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("十二月二十三", (12, 23, False)),
        ("一月初一", (1, 1, False)),
        ("阴历闰四月二十", (4, 20, True)),
        ("十三月初一", None),
        ("八月十五日", None),
        ("八月卅一", None),
        ("", None),
    ],
)
def test_other_spellings(words: str, expected: tuple[int, int, bool] | None) -> None:
    """What people write besides, and what is no date."""
    assert lunar.read(words) == expected


def test_the_table_is_the_one_that_was_compared() -> None:
    """Decade by decade the one that ``bench/chinese.py`` found equal to the public libraries."""
    found = [hashlib.sha256(row.encode()).hexdigest()[:8] for row in almanac.LUNAR]
    assert found == LUNAR_ROWS
