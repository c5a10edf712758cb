"""Mending: what a person probably meant."""

from __future__ import annotations

import pytest

from calendarkit.clockwork.mend import (
    mend_date,
    mend_day,
    mend_duration,
    mend_time,
    mend_zone,
    other_half,
    plain,
)
from calendarkit.clockwork.words import RuleError, parse_time
from calendarkit.model.text import Text


def test_plain_text_has_one_kind_of_everything() -> None:
    """Full-width characters, every dash, every space."""
    assert plain("　２２：００ – ０７：３０\t") == "22:00 - 07:30"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026年1月5日", "2026-01-05"),
        ("2026.1.5", "2026-01-05"),
        ("２０２６/１/５", "2026-01-05"),
        ("2026-13-01", None),
        ("0000/1/1", None),
        ("1月5日", None),
    ],
)
def test_a_date_meant(text: str, expected: str | None) -> None:
    """Only dates that exist."""
    assert mend_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二十三点五十九分", "23:59"),
        ("十点", "10:00"),
        ("下午十二点半", "12:30"),
        ("13pm", "13:00"),
        ("24点", None),
        ("7:5:5:5", None),
    ],
)
def test_a_time_meant(text: str, expected: str | None) -> None:
    """Chinese numbers up to 99; hours of a day."""
    assert mend_time(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("八点", "20:00"),
        ("4点", "16:00"),
        ("8 点半", "20:30"),
        ("十一点一刻", "23:15"),
        ("早上八点", None),
        ("8:00", None),
        ("12点", None),
        ("十八点", None),
        ("点", None),
    ],
)
def test_a_time_that_leaves_its_half_of_the_day_open(text: str, expected: str | None) -> None:
    """Eight o'clock may be the evening's, where neither the words nor the digits say so."""
    assert other_half(text, mend_time(text) or "") == expected


def test_both_halves_are_offered() -> None:
    """Whoever writes 八点 for the evening is not sent to the morning."""
    with pytest.raises(RuleError) as caught:
        parse_time("八点")
    assert caught.value.fix == Text(
        '写成 "08:00"；如果是下午或晚上，写 "20:00"', 'write "08:00", or "20:00" after noon'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一个半小时", "1h30m"),
        ("两天", "2d"),
        ("半天", "12h"),
        ("一刻钟", "15m"),
        ("1小时30分钟", "1h30m"),
        ("45", "45m"),
        ("9" * 40 + "h", None),
        ("0.5", "30s"),
    ],
)
def test_a_duration_meant(text: str, expected: str | None) -> None:
    """A bare number is minutes; nonsense is nothing."""
    assert mend_duration(text) == expected


def test_a_day_meant_is_one_that_is_known() -> None:
    """Synonyms first, then what looks most alike, then nothing."""
    known = ("daily", "wed", "周三")
    assert [mend_day(word, known) for word in ("weekdays", "dayly", "每周三", "zzz")] == [
        "mon-fri",
        "daily",
        "周三",
        None,
    ]


def test_a_zone_meant_is_one_that_is_known() -> None:
    """Spelled as its owners do."""
    known = ("Asia/Tokyo", "America/New_York")
    assert [mend_zone(text, known) for text in ("asia/tokio", "中国时间", "Mars")] == [
        "Asia/Tokyo",
        "Asia/Shanghai",
        None,
    ]
