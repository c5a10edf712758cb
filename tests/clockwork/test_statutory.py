"""Statutory days: every announced day, 调休, overrides, and silence beyond what is known."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.clockwork.dates import date_of, number, place_of
from calendarkit.clockwork.statutory import CHINA, Statutory, bits
from calendarkit.clockwork.statutory_days import HOLIDAYS, NOTICES

ROWS = "22343e2235e23ec7b35e1787b134d86454047199379ff9f44f1ef25d023bb06e"
"""SHA-256 of ``2026-10-01 off`` … of all notices, sorted, as they were typed off the papers."""
DAYS = st.integers(number(dt.date(2006, 1, 1)), number(dt.date(2029, 12, 31)))


def day(text: str) -> int:
    """Return the number of a day such as ``2026-02-17``."""
    return number(dt.date.fromisoformat(text))


def test_all_678_rows() -> None:
    """C2: each announced day answers as announced; none is missing, none is added."""
    written = sorted((*CHINA.offdays, *CHINA.workdays))
    rows = sorted(f"{date_of(each)} {'off' if CHINA.is_offday(each) else 'work'}" for each in written)
    assert len(rows) == len(set(rows)) == 678
    assert hashlib.sha256("\n".join(rows).encode()).hexdigest() == ROWS
    assert set(CHINA.names) == set(written)


@pytest.mark.parametrize(
    ("text", "off"),
    [
        ("2026-10-10", False),  # a Saturday, worked for the long week
        ("2026-09-20", False),  # a Sunday
        ("2026-10-17", True),
        ("2026-10-01", True),
        ("2026-10-08", False),
        ("2025-10-06", True),  # 中秋 within the long week
        ("2025-10-08", True),
        ("2020-01-31", True),  # prolonged by the amendment of 2020-01-27
        ("2020-02-03", False),
        ("2015-09-03", True),  # once
        ("2016-09-03", True),  # a Saturday
        ("2018-09-03", False),
        ("2006-12-30", False),  # announced with 2007
        ("2022-12-31", True),
    ],
)
def test_working_saturdays_and_moved_holidays(text: str, off: bool) -> None:
    """T6: 调休 as the notices say, plain weekends and weekdays elsewhere."""
    assert (CHINA.is_offday(day(text)), CHINA.is_workday(day(text))) == (off, not off)


@given(DAYS)
def test_beyond_coverage_every_answer_flags(number_: int) -> None:
    """C2: a day is known when its year was announced or the day itself was; else nobody extrapolates."""
    written = number_ in CHINA.offdays or number_ in CHINA.workdays
    known = written or date_of(number_).year in NOTICES
    assert (CHINA.is_offday(number_) is not None) == (CHINA.is_workday(number_) is not None) == known


@given(DAYS)
def test_bitmaps_say_what_questions_say(number_: int) -> None:
    """Bit by bit, and no day is both."""
    year, place = place_of(number_)
    work, off = bits(CHINA, year)
    assert work & off == 0
    assert (bool(work >> place & 1), bool(off >> place & 1)) == (
        CHINA.is_workday(number_) is True,
        CHINA.is_offday(number_) is True,
    )


@pytest.mark.parametrize("year", sorted(NOTICES))
def test_announced_years_are_whole(year: int) -> None:
    """Each day is a workday or an offday, and people work some 250 of them."""
    work, off = bits(CHINA, year)
    length = (dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days
    assert work | off == (1 << length) - 1
    assert 245 <= work.bit_count() <= 253


def test_plain_weekends() -> None:
    """A country without a single holiday, in a year that begins with each weekday."""
    plain = Statutory(years=tuple(range(2017, 2029)))
    whole = range(day("2017-01-01"), day("2028-12-31") + 1)
    assert [each for each in whole if plain.is_offday(each)] == [each for each in whole if date_of(each).weekday() >= 5]


def test_coverage_says_where_it_ends() -> None:
    """So that a warning can come before the day does."""
    assert (CHINA.first, CHINA.last) == (day("2007-01-01"), day("2026-12-31"))
    assert CHINA.known_until(day("2026-11-22")) == day("2026-12-31")
    assert CHINA.known_until(day("2027-01-01")) is None
    gap = CHINA.with_overrides(years=[2028])
    assert gap.known_until(day("2026-11-22")) == day("2026-12-31")
    assert (Statutory().first, Statutory().last) == (None, None)


def test_a_workspace_gives_a_year() -> None:
    """Which is then complete, its weekends included; the year after it stays unknown."""
    more = CHINA.with_overrides(offdays=[day("2027-01-01")], workdays=[day("2027-02-14")], years=[2027])
    asked = ["2027-01-01", "2027-01-02", "2027-02-14", "2027-02-15", "2028-01-01"]
    assert [more.is_offday(day(each)) for each in asked] == [True, True, False, False, None]


def test_single_days_extend_nothing() -> None:
    """A shop's own day off in a year that nobody announced tells of that day alone."""
    more = CHINA.with_overrides(offdays=[day("2027-03-08")])
    assert [more.is_offday(day(each)) for each in ("2027-03-08", "2027-03-09")] == [True, None]
    assert more.last == CHINA.last


def test_overrides_beat_what_was_announced() -> None:
    """In both directions; the rest stays, and equal changes make equal values."""
    change = {"offdays": [day("2026-10-10")], "workdays": [day("2026-10-07")]}
    mine = CHINA.with_overrides(**change)
    assert (mine.is_offday(day("2026-10-10")), mine.is_offday(day("2026-10-07"))) == (True, False)
    assert mine.is_offday(day("2026-10-06")) is True
    assert (mine == CHINA.with_overrides(**change), hash(mine) == hash(CHINA.with_overrides(**change))) == (True, True)
    assert day("2026-10-10") not in mine.names


def test_a_day_cannot_be_both() -> None:
    """Whoever reads the file tells its writer first."""
    with pytest.raises(ValueError, match="both off and a workday"):
        CHINA.with_overrides(offdays=[0], workdays=[0])


def test_every_notice_names_its_paper() -> None:
    """And only holidays that have a name in both languages."""
    assert all(notice.papers and notice.days for notice in NOTICES.values())
    assert {name for notice in NOTICES.values() for name, _ in notice.days} == set(HOLIDAYS)
    assert sorted(NOTICES) == list(range(2007, 2027))
