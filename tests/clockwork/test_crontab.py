"""Lines of cron: the cases of two other libraries, both readings of two day fields, and every refusal."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendarkit.clockwork.crontab import CronDay, parse_cron
from calendarkit.clockwork.dates import date_of, number, year_of
from calendarkit.clockwork.days import ALL_DAYS, bits
from calendarkit.clockwork.hatch import Hatch
from calendarkit.clockwork.words import RuleError

VECTORS = [
    line.split(" => ")
    for line in (Path(__file__).parent / "cron_vectors.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]

DIFFERENCES = [
    "0 0 * * *,sat#3",
    "0 0 * * Sun-Sun",
    "0 0 * 1 0-6,sat#3",
    "0 16 */2 * sat ; and",
    "1 1 */100,1-7 * MON ; and",
    "1 1 1-7 * */7 ; and",
    "30 6 1-7 MAY MON#1 ; or",
]
"""A star or a whole range beside the n-th of one weekday, a range of one day, and two day fields, which ask here."""


def unrolled(hatch: Hatch, most: int) -> str:
    """Return the first moments of a hatch from 2020 on."""
    found: list[str] = []
    year = 2020
    while len(found) < most and year < 2060:
        known = bits(hatch.days, year)
        days = (year_of(year)[0] + place for place in range(366) if known >> place & 1)
        found += [f"{date_of(day):%Y%m%d}T{minute // 60:02}{minute % 60:02}" for day in days for minute in hatch.times]
        year += 1
    return " ".join(found[:most]) or "nothing"


def said(line: str, day: CronDay | None) -> str:
    """Return what a line comes to: its first six moments, or the code that refuses it."""
    try:
        return unrolled(parse_cron(line, day), 6)
    except RuleError as error:
        return error.code


def test_vectors_are_equal_or_refused() -> None:
    """Every case of cronsim's and croniter's tests gives cronsim's moments, or is declared refused; none is wrong."""
    wrong = {}
    for written, expected in VECTORS:
        line, _, day = written.partition(" ; ")
        found = said(line, day or None)  # type: ignore[arg-type]
        if found != expected.partition(" | ")[0]:
            wrong[written] = found
    assert wrong == {}


def test_differences_from_croniter_are_few_and_declared() -> None:
    """Where the two libraries disagree, the line is one nobody should write."""
    differing = [written for written, expected in VECTORS if " | croniter: " in expected]
    assert differing == DIFFERENCES


def test_both_day_fields_can_be_read_two_ways() -> None:
    """Friday the 13th, or every Friday and every 13th."""
    both, either = (parse_cron("0 9 13 * fri", day) for day in ("and", "or"))
    days = [number(dt.date(2026, 11, each)) for each in (13, 20)]
    assert [day in both.days for day in days] == [True, False]
    assert [day in either.days for day in days] == [True, True]


def test_a_star_with_a_step_is_a_day_field_too() -> None:
    """Crons disagree about ``*/2`` beside a weekday, so it asks as well."""
    assert said("0 9 */2 * fri", None) == "CK132"
    assert parse_cron("0 9 */2 * fri", "or") != parse_cron("0 9 */2 * fri", "and")


def test_every_day_is_every_day() -> None:
    """Nothing is unrolled for a line that names no day."""
    hatch = parse_cron("30 9,21 * * *")
    assert (hatch.days, hatch.times) == (ALL_DAYS, (570, 1290))


@pytest.mark.parametrize(
    ("line", "code", "word"),
    [
        ("", "CK131", "minute hour day"),
        ("12:30", "CK131", "minute hour day"),
        ("0 30 12 * * mon", "CK131", "seconds"),
        ("0 30 12 ? * mon 2027", "CK131", "seconds"),
        ("@reboot", "CK131", "at ="),
        ("60 12 * * *", "CK131", "minute hour day"),
        ("0 12 ? * mon", "CK131", "* for ?"),
        ("0 12 30 2 *", "CK131", "L"),
        ("0 12 * * 周三", "CK131", "minute hour day"),
        ("0 12 13 * fri", "CK132", "cron_day"),
        ("* * * * *", "CK133", "monitor"),
        ("*/20 * * * *", "CK133", "monitor"),
        ("1 " * 300, "CK131", "minute hour day"),
    ],
)
def test_what_is_refused_says_what_to_write(line: str, code: str, word: str) -> None:
    """Each refusal has its code and what to write instead."""
    with pytest.raises(RuleError) as caught:
        parse_cron(line)
    assert caught.value.code == code
    assert caught.value.fix is not None
    assert word in caught.value.fix.en


def test_thirty_minutes_is_the_most() -> None:
    """Forty-eight slots a day are taken."""
    assert len(parse_cron("*/30 * * * *").times) == 48


months, weekdays = st.integers(1, 12), st.integers(0, 7)


@given(st.integers(1, 28), months, weekdays, st.sampled_from(["or", "and"]), st.integers(2024, 2060))
@settings(max_examples=100, deadline=None)
def test_days_are_those_counted_by_hand(day: int, month: int, weekday: int, how: CronDay, year: int) -> None:
    """A day suits when the calendar on the wall says so."""
    hatch = parse_cron(f"0 9 {day} {month} {weekday}", how)
    for place in range(year_of(year)[1]):
        date = date_of(year_of(year)[0] + place)
        suits = (date.day == day, date.isoweekday() % 7 == weekday % 7)
        expected = date.month == month and (all(suits) if how == "and" else any(suits))
        assert bool(bits(hatch.days, year) >> place & 1) is expected


@given(st.text("0123456789*/,-#L@ monfriw?年", max_size=40))
@settings(max_examples=200, deadline=None)
def test_no_line_breaks_the_reader(line: str) -> None:
    """Whatever is written is read or refused in words."""
    assert said(line, "or")
