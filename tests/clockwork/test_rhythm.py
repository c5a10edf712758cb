"""The rhythm of days: what it says is what dateutil reads out of it."""

from __future__ import annotations

import datetime as dt

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from calendarkit.clockwork.dates import date_of, number
from calendarkit.clockwork.rhythm import Rhythm, rhythm

START = number(dt.date(2026, 1, 1))
YEAR = range(START, START + 365)


def read(found: Rhythm) -> list[int]:
    """Return the days that dateutil makes of a rhythm."""
    text = ";".join(f"{key}={','.join(values)}" for key, values in found.rule.items())
    until = f"{date_of(found.last):%Y%m%d}T000000"
    first = dt.datetime.combine(date_of(found.first), dt.time())
    said = {number(each.date()) for each in rrulestr(f"{text};UNTIL={until}", dtstart=first)}
    return sorted((said - set(found.less)) | set(found.more))


def when(holds) -> list[int]:
    """Return the days of 2026 on which ``holds`` does."""
    return [day for day in YEAR if holds(date_of(day))]


@pytest.mark.parametrize(
    ("days", "rule"),
    [
        pytest.param(when(lambda _: True), "FREQ=DAILY", id="daily"),
        pytest.param(when(lambda each: each.weekday() < 5), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", id="workweek"),
        pytest.param(when(lambda each: each.weekday() == 2), "FREQ=WEEKLY;BYDAY=WE", id="wednesday"),
        pytest.param(list(YEAR[4::14]), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", id="fortnight"),
        pytest.param(list(YEAR[::3]), "FREQ=DAILY;INTERVAL=3", id="third-day"),
        pytest.param(when(lambda each: each.day == 18), "FREQ=MONTHLY;BYMONTHDAY=18", id="day-18"),
        pytest.param(when(lambda each: each.day in {8, 18, 28}), "FREQ=MONTHLY;BYMONTHDAY=8,18,28", id="eights"),
        pytest.param(when(lambda each: (each + dt.timedelta(1)).day == 1), "FREQ=MONTHLY;BYMONTHDAY=-1", id="last-day"),
        pytest.param(
            when(lambda each: each.weekday() == 6 and 8 <= each.day <= 14), "FREQ=MONTHLY;BYDAY=2SU", id="second-sunday"
        ),
        pytest.param(
            when(lambda each: each.weekday() == 4 and (each + dt.timedelta(7)).month != each.month),
            "FREQ=MONTHLY;BYDAY=-1FR",
            id="last-friday",
        ),
    ],
)
def test_a_year_is_said_in_one_rule(days, rule):
    """A year of a plain rhythm has a plain rule and no exception."""
    found = rhythm(days)
    assert found is not None
    assert ";".join(f"{key}={','.join(values)}" for key, values in found.rule.items()) == rule
    assert (found.more, found.less, read(found)) == ((), (), days)


def test_days_off_are_exceptions():
    """A holiday is taken out, a working Saturday put in."""
    usual = when(lambda each: each.weekday() < 5)
    days = sorted({*usual, number(dt.date(2026, 2, 14))} - {number(dt.date(2026, 2, 16))})
    found = rhythm(days)
    assert found is not None
    assert [date_of(day).isoformat() for day in (*found.more, *found.less)] == ["2026-02-14", "2026-02-16"]


@pytest.mark.parametrize(
    "days",
    [
        pytest.param([], id="none"),
        pytest.param([START, START + 7], id="two"),
        pytest.param([START + each for each in (0, 1, 5, 40, 90, 200, 203, 360)], id="no-rhythm"),
    ],
)
def test_days_without_rhythm_have_none(days):
    """Few days, or days without a pattern, are told one by one."""
    assert rhythm(days) is None


@settings(max_examples=150, deadline=None)
@given(
    kept=st.sets(st.integers(0, 6), min_size=1),
    holes=st.sets(st.integers(0, 120), max_size=6),
    extra=st.sets(st.integers(0, 120), max_size=4),
)
def test_rule_and_exceptions_are_exactly_the_days(kept, holes, extra):
    """Whatever is taken out of a weekly rhythm or put into it: dateutil reads the same days back."""
    days = sorted(
        ({START + day for day in range(120) if day % 7 in kept} - {START + each for each in holes})
        | {START + each for each in extra}
    )
    found = rhythm(days)
    assert found is None or read(found) == days


@settings(max_examples=100, deadline=None)
@given(days=st.sets(st.integers(START, START + 60), min_size=3, max_size=60))
def test_any_days_are_kept(days):
    """A rhythm that is found for arbitrary days says them and no others."""
    found = rhythm(days)
    assert found is None or read(found) == sorted(days)
