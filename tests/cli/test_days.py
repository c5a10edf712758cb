"""Days and moments as people say them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_shop import at

from calendarkit.cli.codes import Refusal
from calendarkit.cli.days import month_of, parse_day, parse_moment, week_of

SUNDAY = dt.date(2026, 11, 22)
NOW = at("10:00", "2026-11-22")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("今天", "2026-11-22"), ("tomorrow", "2026-11-23"), ("后天", "2026-11-24"), ("昨天", "2026-11-21"),
        ("周三", "2026-11-25"), ("星期日", "2026-11-22"), ("周天", "2026-11-22"), ("wed", "2026-11-25"),
        ("Thursday", "2026-11-26"),
        ("下周三", "2026-11-25"), ("本周三", "2026-11-18"), ("上周日", "2026-11-15"), ("next wed", "2026-11-25"),
        ("下周", "2026-11-23"), ("this week", "2026-11-16"), ("下个月", "2026-12-01"), ("last month", "2026-10-01"),
        ("2026-11-25", "2026-11-25"), ("2026/1/5", "2026-01-05"), ("11-25", "2026-11-25"), ("11月25日", "2026-11-25"),
        ("2026年11月25日", "2026-11-25"), ("2026-12", "2026-12-01"), ("12月", "2026-12-01"), ("2026-W48", "2026-11-23"),
        ("2026-W48-3", "2026-11-25"), ("+3", "2026-11-25"), ("3天后", "2026-11-25"), ("-1d", "2026-11-21"),
    ],
)  # fmt: skip
def test_days(words: str, day: str) -> None:
    """Seen from Sunday, 22 November 2026."""
    assert parse_day(words, SUNDAY).isoformat() == day


@pytest.mark.parametrize(
    "words", ["", "foo", "2026-02-30", "2026-13-01", "11-25 12:00", "25", "周八", "2026-W60", "12:00"]
)
def test_what_is_no_day_is_refused(words: str) -> None:
    """With examples of what is one."""
    with pytest.raises(Refusal, match="no date") as refused:
        parse_day(words, SUNDAY)
    assert "2026-11-25" in refused.value.fix.zh


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)))
def test_a_written_date_is_itself(day: dt.date, today: dt.date) -> None:
    """Whatever day it is read on."""
    assert parse_day(day.isoformat(), today) == day


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.sampled_from("一二三四五六日"))
def test_a_weekday_is_the_next_one(today: dt.date, name: str) -> None:
    """Within seven days, today included."""
    found = parse_day(f"周{name}", today)
    assert 0 <= (found - today).days < 7
    assert "一二三四五六日"[found.weekday()] == name


@pytest.mark.parametrize(
    ("words", "day", "clock"),
    [
        ("12:00", "2026-11-22", "12:00"), ("12：00", "2026-11-22", "12:00"), ("明天 07:30", "2026-11-23", "07:30"),
        ("周三20:00", "2026-11-25", "20:00"), ("2026-11-25T12:00", "2026-11-25", "12:00"),
        ("2026-11-25", "2026-11-25", "00:00"),
        ("2026-11-25 12:00:05", "2026-11-25", "12:00:05"), ("2026-11-25T12:00+08:00", "2026-11-25", "12:00"),
        ("2026-11-25T04:00:00Z", "2026-11-25", "12:00"), ("now", "2026-11-22", "10:00"), ("+2h", "2026-11-22", "12:00"),
        ("+30m", "2026-11-22", "10:30"), ("+3小时", "2026-11-22", "13:00"),
    ],
)  # fmt: skip
def test_moments(words: str, day: str, clock: str) -> None:
    """On Shanghai's clocks, unless an offset is written."""
    assert parse_moment(words, NOW, "Asia/Shanghai") == at(clock, day)


@pytest.mark.parametrize("words", ["25:00", "12:60", "x 12:00", "2026-11-25T99:00Z", ""])
def test_what_is_no_moment_is_refused(words: str) -> None:
    """In both languages."""
    with pytest.raises(Refusal) as refused:
        parse_moment(words, NOW, "Asia/Shanghai")
    assert refused.value.text.zh != refused.value.text.en


def test_weeks_begin_on_monday_and_months_on_the_first() -> None:
    """The end is the first day that no longer belongs to it."""
    assert week_of(SUNDAY) == (dt.date(2026, 11, 16), dt.date(2026, 11, 23))
    assert month_of(dt.date(2026, 12, 31)) == (dt.date(2026, 12, 1), dt.date(2027, 1, 1))
