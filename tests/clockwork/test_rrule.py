"""RRULEs: the vectors of another library's tests, decades of random rules, and every refusal."""

from __future__ import annotations

import datetime as dt
from itertools import takewhile
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from calendarkit.clockwork.dates import date_of, number, place_of, year_of
from calendarkit.clockwork.days import bits
from calendarkit.clockwork.hatch import Hatch
from calendarkit.clockwork.rrule import parse_rrule
from calendarkit.clockwork.words import RuleError

START = dt.date(2026, 11, 26)
VECTORS = [
    line.split(" => ")
    for line in (Path(__file__).parent / "rrule_vectors.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def unrolled(hatch: Hatch, years: int) -> list[str]:
    """Return the moments of a hatch from its first year on, in local time."""
    first = place_of(hatch.since)[0]
    found = list(hatch.also)
    for year in range(first, min(first + years, 10_000)):
        known = bits(hatch.days, year)
        days = (year_of(year)[0] + place for place in range(366) if known >> place & 1)
        found += [day * 1440 + minute for day in days if hatch.since <= day <= hatch.until for minute in hatch.times]
    return [f"{date_of(each // 1440):%Y%m%d}T{each % 1440 // 60:02}{each % 60:02}" for each in sorted(found)]


def said(rule: str, years: int, most: int | None = None) -> str:
    """Return what a rule comes to: its first moments, or the code that refuses it."""
    try:
        hatch = parse_rrule(rule)
    except RuleError as error:
        return error.code
    found = unrolled(hatch, years)
    return " ".join(found[:most]) + (" ..." if most and len(found) > most else "")


def test_vectors_are_equal_or_refused() -> None:
    """Every rule of dateutil's tests gives its moments to the minute, or is declared refused; none is wrong."""
    years = {"INTERVAL=100": 210, "BYDAY=+13": 30}
    wrong = {}
    for rule, expected in VECTORS:
        span = next((each for part, each in years.items() if part in rule), 45)
        found = said(rule.replace(" ", "\n"), span, 12)
        if found != expected:
            wrong[rule] = found
    assert wrong == {}
    assert sum(expected.startswith("CK") for _, expected in VECTORS) == 166
    assert len(VECTORS) == 254


rules = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 40)),
    st.builds("FREQ=DAILY;INTERVAL={};BYMONTH={};BYDAY={}".format, st.integers(1, 6), st.integers(1, 12),
              st.sampled_from(DAYS)),
    st.builds("FREQ=WEEKLY;INTERVAL={};BYDAY={},{};WKST={}".format, st.integers(1, 9), *[st.sampled_from(DAYS)] * 3),
    st.builds("FREQ=WEEKLY;INTERVAL={}".format, st.integers(1, 9)),
    st.builds("FREQ=MONTHLY;INTERVAL={};BYMONTHDAY={},-1".format, st.integers(1, 15), st.integers(-31, -1)),
    st.builds("FREQ=MONTHLY;INTERVAL={};BYDAY={}{}".format, st.integers(1, 15), st.sampled_from((-2, -1, 1, 5)),
              st.sampled_from(DAYS)),
    st.builds("FREQ=MONTHLY;INTERVAL={};BYDAY=MO,TU,WE,TH,FR;BYSETPOS={}".format, st.integers(1, 5),
              st.sampled_from((-1, 1, 3))),
    st.builds("FREQ=MONTHLY;INTERVAL={}".format, st.integers(1, 15)),
    st.builds("FREQ=YEARLY;INTERVAL={};BYMONTH={}".format, st.integers(1, 5), st.sampled_from((1, 3, 12))),
    st.builds("FREQ=YEARLY;INTERVAL={};BYDAY={}{}".format, st.integers(1, 5), st.sampled_from((-1, 20)),
              st.sampled_from(DAYS)),
    st.builds("FREQ=YEARLY;INTERVAL={};BYYEARDAY={},-1".format, st.integers(1, 5), st.integers(1, 366)),
)  # fmt: skip
starts = st.datetimes(dt.datetime(1996, 1, 1), dt.datetime(2031, 12, 31)).map(lambda each: each.replace(second=0))
ends = st.one_of(
    st.just(""),
    st.builds(";COUNT={}".format, st.integers(1, 400)),
    st.builds(";UNTIL={:%Y%m%dT%H%M%S}".format, st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2040, 1, 1))),
)
clocks = st.sampled_from(["", ";BYHOUR=8,20;BYMINUTE=0", ";BYHOUR=12;BYMINUTE=0,30"])


@given(rules, starts, ends, clocks)
@settings(max_examples=60, deadline=None)
def test_decades_are_those_of_the_library(rule: str, start: dt.datetime, end: str, clock: str) -> None:
    """Unrolled a year at a time, a rule of any phase and end is what the library counts up from its start."""
    if "BYSETPOS" in rule:
        clock = ""
    text = f"{rule}{clock}{end}"
    last = dt.datetime(start.year + 30, 1, 1)
    peer = rrulestr(text if end else f"{text};UNTIL={last:%Y%m%d}", dtstart=start.replace(microsecond=0))
    expected = [f"{each:%Y%m%dT%H%M}" for each in takewhile(last.__gt__, peer)]
    found = unrolled(parse_rrule(f"DTSTART:{start:%Y%m%dT%H%M%S}\nRRULE:{text}"), 30)
    found = [each for each in found if each < f"{last:%Y%m%d}"]
    assert found == expected


def test_the_start_may_be_the_first_day_of_the_column() -> None:
    """Every second Tuesday from the week of ``from`` on, at the time the rule names."""
    hatch = parse_rrule("freq=weekly;interval=2;byday=tu;byhour=20;byminute=0", START)
    assert unrolled(hatch, 1)[:2] == ["20261208T2000", "20261222T2000"]


def test_a_rule_without_a_phase_needs_no_start() -> None:
    """The second Saturday of every month is the same whoever counts, in 2026 as in 2056."""
    hatch = parse_rrule("RRULE:FREQ=MONTHLY;BYDAY=2SA;BYHOUR=10;BYMINUTE=0")
    assert number(dt.date(2026, 12, 12)) in hatch.days
    assert number(dt.date(2056, 12, 9)) in hatch.days
    assert hatch.times == (600,)


def test_a_day_that_never_comes_ends_the_search() -> None:
    """Every second week from a Thursday on there is no Friday: looked for once, and never found."""
    hatch = parse_rrule("FREQ=DAILY;INTERVAL=14;BYDAY=FR;BYHOUR=9;BYMINUTE=0;COUNT=3", START)
    assert unrolled(hatch, 40) == []


@pytest.mark.parametrize(
    ("rule", "code", "word"),
    [
        ("", "CK126", "FREQ=WEEKLY"),
        ("every tuesday", "CK126", "FREQ=WEEKLY"),
        ("FREQ=WEEKLY;FREQ=DAILY", "CK126", "FREQ=WEEKLY"),
        ("FREQ=FORTNIGHTLY", "CK126", "FREQ=WEEKLY"),
        ("FREQ=WEEKLY;BYDAY=XX", "CK126", "FREQ=WEEKLY"),
        ("FREQ=WEEKLY;INTREVAL=2", "CK126", "INTERVAL"),
        ("FREQ=DAILY;BYHOUR=24", "CK126", "0 to 23"),
        ("FREQ=DAILY;INTERVAL=0", "CK126", "1 to 1000"),
        ("FREQ=DAILY;COUNT=1,2", "CK126", "FREQ=WEEKLY"),
        ("FREQ=DAILY;BYHOUR=9;BYMINUTE=0;UNTIL=20270230", "CK126", "UNTIL=2026"),
        ("FREQ=DAILY;" + "BYHOUR=1;" * 60, "CK126", None),
        ("FREQ=DAILY;BYMONTH=2,4;BYMONTHDAY=31", "CK126", "BYMONTHDAY=-1"),
        ("FREQ=YEARLY;BYWEEKNO=20", "CK127", "every"),
        ("FREQ=YEARLY;BYMONTHDAY=1", "CK127", "FREQ=MONTHLY"),
        ("FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1", "CK127", "last workday"),
        ("FREQ=MONTHLY;BYSETPOS=1", "CK127", "last workday"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1;BYHOUR=9,12;BYMINUTE=0", "CK127", "last workday"),
        ("FREQ=WEEKLY;BYDAY=1MO", "CK127", "1st fri"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "CK127", "FREQ=MONTHLY"),
        ("FREQ=MONTHLY;BYYEARDAY=1", "CK127", "FREQ=YEARLY"),
        ("FREQ=HOURLY", "CK127", "at"),
        ("FREQ=DAILY;BYSECOND=30", "CK127", "minute"),
        ("FREQ=YEARLY;BYEASTER=0", "CK127", "anchor"),
        ("RSCALE=CHINESE;FREQ=YEARLY", "CK127", "lunar"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101", "CK127", "one of them"),
        ("FREQ=DAILY;UNTIL=20270101T000000Z", "CK127", "local time"),
        ("DTSTART:20261126T120000Z\nRRULE:FREQ=DAILY", "CK127", "local time"),
        ("DTSTART;TZID=Asia/Shanghai:20261126T120000\nRRULE:FREQ=DAILY", "CK127", "local time"),
        ("DTSTART:20261126T120030\nRRULE:FREQ=DAILY", "CK127", "minute"),
        ("DTSTART:20261126T120000\nRRULE:FREQ=DAILY;UNTIL=20261201", "CK127", "T235959"),
        ("RRULE:FREQ=DAILY\nEXDATE:20261201T120000", "CK127", "skip"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "CK128", "from"),
        ("FREQ=DAILY;COUNT=3", "CK128", "from"),
        ("FREQ=MONTHLY;BYHOUR=9;BYMINUTE=0", "CK128", "from"),
        ("FREQ=DAILY", "CK129", "BYHOUR=12"),
        ("FREQ=DAILY;BYHOUR=12", "CK129", "BYMINUTE"),
        ("FREQ=DAILY;BYHOUR=9,10,11,12,13;BYMINUTE=0,5,10,15,20,25,30,35,40,45", "CK133", "monitor"),
    ],
)
def test_what_is_refused_says_what_to_write(rule: str, code: str, word: str | None) -> None:
    """No rule is guessed at; each refusal has its code and, where there is one, the word to use instead."""
    with pytest.raises(RuleError) as caught:
        parse_rrule(rule)
    fix = caught.value.fix
    assert (caught.value.code, fix and word and word in fix.en) == (code, word and True)
    assert caught.value.message.zh != caught.value.message.en


def test_a_date_for_until_includes_its_day() -> None:
    """With a first day and no time of day, UNTIL names a day as ``until`` does."""
    hatch = parse_rrule("FREQ=DAILY;BYHOUR=9,20;BYMINUTE=0;UNTIL=20261127", START)
    assert unrolled(hatch, 1) == ["20261126T0900", "20261126T2000", "20261127T0900", "20261127T2000"]
