"""Days as bitmaps: membership, counting and the next one, against plain dates."""

from __future__ import annotations

import datetime as dt

import pytest

from calendarkit.clockwork.dates import LAST_DAY, date_of, number
from calendarkit.clockwork.days import NO_DAYS, Days, bits, count, next_day


def day(text: str) -> int:
    """Return the number of an ISO date."""
    return number(dt.date.fromisoformat(text))


def members(days: Days, year: int) -> list[dt.date]:
    """Return the days of one year, one by one."""
    first = dt.date(year, 1, 1)
    return [each for step in range(366) if (each := first + dt.timedelta(step)).year == year and number(each) in days]


@pytest.mark.parametrize("year", [2023, 2024, 2026, 2100])
@pytest.mark.parametrize("weekday", range(7))
def test_weekdays_fall_where_the_calendar_says(year: int, weekday: int) -> None:
    """Bit n is the n-th weekday, in every kind of year."""
    found = members(Days(week=1 << weekday), year)
    assert {each.weekday() for each in found} == {weekday}
    assert len(found) in {52, 53}


def test_the_31st_skips_short_months() -> None:
    """A month without that day has none."""
    assert [each.month for each in members(Days(month=1 << 31), 2026)] == [1, 3, 5, 7, 8, 10, 12]


def test_the_last_day_knows_leap_years() -> None:
    """Bit 0 is the last day, 29 February included."""
    found = members(Days(month=1), 2028)
    assert len(found) == 12
    assert dt.date(2028, 2, 29) in found


def test_a_span_reaches_over_new_year() -> None:
    """Each year holds its own part of it."""
    span = Days(spans=((day("2026-12-30"), day("2027-01-02")),))
    assert [str(each) for each in members(span, 2026)] == ["2026-12-30", "2026-12-31"]
    assert [str(each) for each in members(span, 2027)] == ["2027-01-01", "2027-01-02"]
    assert bits(span, 2028) == 0


def test_a_union_joins_spans_that_touch() -> None:
    """Equal sets are equal values, in whatever order they were written."""
    first, second, third = (Days(spans=((low, high),)) for low, high in ((1, 3), (4, 6), (10, 12)))
    assert first | second | third == third | second | first == Days(spans=((1, 6), (10, 12)))


@pytest.mark.parametrize(
    ("first", "end"), [("2026-01-01", "2026-01-01"), ("2026-03-05", "2026-04-01"), ("2025-12-31", "2029-01-01")]
)
def test_counting_agrees_with_looking_at_each_day(first: str, end: str) -> None:
    """Within a month, over years, over nothing."""
    on, skip = Days(week=0b0010101, month=1), Days(week=0b0000100, spans=((day("2026-03-09"), day("2026-03-20")),))
    expected = sum(each in on and each not in skip for each in range(day(first), day(end)))
    assert count(on, skip, day(first), day(end)) == expected
    assert count(on, skip, day(end), day(first)) == -expected


@pytest.mark.parametrize(
    ("on", "after", "expected"),
    [
        (Days(week=1), "2026-11-22", "2026-11-23"),
        (Days(week=1), "2026-11-23", "2026-11-23"),
        (Days(month=1 << 31), "2026-09-01", "2026-10-31"),
        (Days(spans=((day("2041-05-01"), day("2041-05-01")),)), "2026-01-01", "2041-05-01"),
        (Days(week=1, spans=((day("2041-05-01"), day("2041-05-01")),)), "2026-11-24", "2026-11-30"),
        (NO_DAYS, "2026-01-01", None),
        (Days(spans=((day("2020-05-01"), day("2020-05-01")),)), "2026-01-01", None),
    ],
    ids=["tomorrow", "today", "short months", "far away", "the nearer of two", "none", "all past"],
)
def test_the_next_day(on: Days, after: str, expected: str | None) -> None:
    """The earliest day from a day on, itself included."""
    found = next_day(on, NO_DAYS, day(after), LAST_DAY)
    assert (None if found is None else str(date_of(found))) == expected


def test_the_next_day_respects_its_end_and_what_is_skipped() -> None:
    """Nothing beyond the last day; skipped days are passed over."""
    mondays = Days(week=1)
    assert next_day(mondays, Days(spans=((day("2026-11-23"),) * 2,)), day("2026-11-22"), LAST_DAY) == day("2026-11-30")
    assert next_day(mondays, NO_DAYS, day("2026-11-24"), day("2026-11-29")) is None
    assert next_day(mondays, NO_DAYS, day("2026-11-24"), day("2026-11-20")) is None
