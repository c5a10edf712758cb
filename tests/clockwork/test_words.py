"""The words of a rule besides those for days: what each one means, and what a wrong one is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from calendarkit.clockwork.words import (
    RuleError,
    parse_dates,
    parse_duration,
    parse_hours,
    parse_moment,
    parse_time,
    parse_zone,
)


@pytest.mark.parametrize(("text", "minute"), [("00:00", 0), ("07:30", 450), ("12:30", 750), ("23:59", 1439)])
def test_a_time_is_a_minute_of_the_day(text: str, minute: int) -> None:
    """Two digits, a colon, two digits."""
    assert parse_time(text) == minute


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("9:30", "09:30"),
        ("12点半", "12:30"),
        ("12：30", "12:30"),
        ("１２:３０", "12:30"),
        ("十二点一刻", "12:15"),
        ("下午3点", "15:00"),
        ("晚上八点半", "20:30"),
        ("中午1点", "13:00"),
        ("凌晨12点", "00:00"),
        ("早上7点05分", "07:05"),
        ("二十点整", "20:00"),
        ("12.30", "12:30"),
        ("0930", "09:30"),
        ("9 pm", "21:00"),
        ("12am", "00:00"),
        ("12:30:00", "12:30"),
    ],
)
def test_a_wrong_time_is_told_the_right_one(text: str, mended: str) -> None:
    """What people write for a time is understood well enough to name the fix, and refused."""
    with pytest.raises(RuleError) as caught:
        parse_time(text)
    assert caught.value.code == "CK103"
    assert caught.value.fix is not None
    assert caught.value.fix.zh == f'写成 "{mended}"'


@pytest.mark.parametrize("text", ["", "noon", "25:00", "12:60", "１２:30x", "12:3０"])
def test_a_time_that_cannot_be_guessed_is_shown_an_example(text: str) -> None:
    """No fix is invented; digits that are not ASCII are no times."""
    with pytest.raises(RuleError) as caught:
        parse_time(text)
    assert caught.value.fix is not None
    assert caught.value.fix.en.endswith('"12:30"')


def test_midnight_at_the_end_of_a_day_names_the_next_day() -> None:
    """24:00 is a time of no day."""
    with pytest.raises(RuleError) as caught:
        parse_time("24:00")
    assert caught.value.fix is not None
    assert caught.value.fix.zh == '写成第二天的 "00:00"'


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("30m", 1800), ("1h", 3600), ("2h30m", 9000), ("1d", 86400), ("1d12h", 129600), ("90s", 90), ("0m", 0)],
)
def test_a_duration_is_seconds(text: str, seconds: int) -> None:
    """Days, hours, minutes, seconds, in this order."""
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("30", 'write "30m"'),
        ("30分钟", 'write "30m"'),
        ("半小时", 'write "30m"'),
        ("1.5h", 'write "1h30m"'),
        ("1h 30m", 'write "1h30m"'),
        ("两小时", 'write "2h"'),
        ("90 minutes", 'write "1h30m"'),
        ("一天", 'write "1d"'),
        ("soon", 'such as "30m", "1h", "2h30m", "1d"'),
        ("", 'such as "30m", "1h", "2h30m", "1d"'),
        ("-30m", 'such as "30m", "1h", "2h30m", "1d"'),
    ],
)
def test_a_wrong_duration_is_told_the_right_one(text: str, fix: str) -> None:
    """A bare number is minutes; nothing is guessed silently."""
    with pytest.raises(RuleError) as caught:
        parse_duration(text)
    assert (caught.value.code, caught.value.fix and caught.value.fix.en) == ("CK104", fix)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22:00-07:30", (1320, 450)),
        ("12:00-13:30", (720, 810)),
        ("22:00–07:30", (1320, 450)),
        ("22：00～07：30", (1320, 450)),
        ("22:00至07:30", (1320, 450)),
        ("22:00-24:00", (1320, 0)),
    ],
)
def test_hours_are_two_minutes_of_the_day(text: str, expected: tuple[int, int]) -> None:
    """Every dash people type is a dash; 24:00 is a fine end."""
    assert parse_hours(text) == expected


@pytest.mark.parametrize(
    ("text", "code"), [("22:00", "CK105"), ("", "CK105"), ("12:00-12:00", "CK105"), ("10点-11点", "CK103")]
)
def test_wrong_hours_are_refused(text: str, code: str) -> None:
    """Half a stretch, an empty one, or one of no times."""
    with pytest.raises(RuleError) as caught:
        parse_hours(text)
    assert caught.value.code == code


def test_a_moment_is_a_date_and_a_minute() -> None:
    """As it stands in also and move."""
    assert parse_moment("2026-10-07T12:00") == (dt.date(2026, 10, 7), 720)


@pytest.mark.parametrize(
    ("text", "code", "fix"),
    [
        ("2026-10-07 12:00", "CK106", 'write "2026-10-07T12:00"'),
        ("2026/10/7 12点半", "CK106", 'write "2026-10-07T12:30"'),
        ("2026-10-07", "CK106", 'write "2026-10-07T12:00"'),
        ("noon", "CK106", 'such as "2026-10-07T12:00"'),
        ("2026-02-30T12:00", "CK107", 'write "2026-02-28"'),
        ("2026-10-07T9:00", "CK103", 'write "09:00"'),
    ],
)
def test_a_wrong_moment_is_told_the_right_one(text: str, code: str, fix: str) -> None:
    """The date, the time or the joint between them."""
    with pytest.raises(RuleError) as caught:
        parse_moment(text)
    assert (caught.value.code, caught.value.fix and caught.value.fix.en) == (code, fix)


def test_dates_take_no_other_words() -> None:
    """Quiet dates are dates: a weekday is refused."""
    with pytest.raises(RuleError, match="not a date"):
        parse_dates("wed")


@pytest.mark.parametrize("name", ["Asia/Shanghai", "America/New_York", "UTC"])
def test_a_zone_is_its_own_name(name: str) -> None:
    """IANA names pass unchanged."""
    assert parse_zone(name) == name


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("北京时间", 'write "Asia/Shanghai"'),
        ("Asia/Beijing", 'write "Asia/Shanghai"'),
        ("UTC+8", 'write "Asia/Shanghai"'),
        ("Asia/Shangha", 'write "Asia/Shanghai"'),
        ("america/new york", 'write "America/New_York"'),
        ("../etc/passwd", 'such as "Asia/Shanghai"'),
        ("", 'such as "Asia/Shanghai"'),
        ("Asia", None),
    ],
)
def test_a_wrong_zone_is_told_the_right_one(text: str, fix: str | None) -> None:
    """All of China's names for its one time, near misses, and paths that are none."""
    with pytest.raises(RuleError) as caught:
        parse_zone(text)
    assert caught.value.code == "CK112"
    assert fix is None or (caught.value.fix and caught.value.fix.en == fix)


@pytest.mark.parametrize("parse", [parse_dates, parse_time, parse_duration, parse_hours, parse_moment, parse_zone])
def test_what_is_too_long_to_be_a_word_is_not_searched(parse: Callable[[str], object]) -> None:
    """A hundred thousand characters are refused at once, and not repeated whole."""
    with pytest.raises(RuleError) as caught:
        parse("至" * 100_000)
    assert len(caught.value.message.zh) < 40
