"""Days of a week in words."""

from __future__ import annotations

import datetime as dt

import pytest

from calendarkit.cli.day_words import day_words, short_days

MONDAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "zh", "en", "short"),
    [
        ("1234567", "每天", "Every day", "每天"),
        ("12345", "周一至周五", "Mon–Fri", "一至五"),
        ("3", "周三", "Wed", "周三"),
        ("37", "周三、日", "Wed, Sun", "周三、日"),
        ("67", "周六、日", "Sat, Sun", "周六、日"),
        ("135", "周一、三、五", "Mon, Wed, Fri", "周一三五"),
        ("1245", "周一、二、四、五", "Mon, Tue, Thu, Fri", "一二四五"),
        ("124567", "除周三外每天", "Every day but Wed", "除三"),
        ("123456", "周一至周六", "Mon–Sat", "一至六"),
        ("234567", "周二至周日", "Tue–Sun", "二至日"),
        ("12367", "周一至周三、周六、周日", "Mon–Wed, Sat, Sun", "除四五"),
    ],
)
def test_days_are_named_as_people_do(days, zh, en, short):
    """In both languages, and in the four characters that a poster has room for."""
    some = [MONDAY + dt.timedelta(int(each) - 1) for each in days]
    assert (day_words(some, "zh"), day_words(some, "en"), short_days(some, "zh")) == (zh, en, short)
    assert (len(short_days(some, "zh")) <= 4, len(short_days(some, "en")) <= 7) == (True, True)
