"""The words for days: what each one means in Chinese and in English, and what a wrong one is told."""

from __future__ import annotations

import datetime as dt

import pytest

from calendarkit.clockwork.dates import date_of, number, year_of
from calendarkit.clockwork.day_words import parse_days
from calendarkit.clockwork.daybook import Anchor, DayBook
from calendarkit.clockwork.days import Days, bits
from calendarkit.clockwork.interval_words import parse_every
from calendarkit.clockwork.month_words import parse_season
from calendarkit.clockwork.statutory import Statutory
from calendarkit.clockwork.words import RuleError

CHRISTMAS = number(dt.date(2026, 12, 24))
SALE = Anchor(id="618", title="年中大促", days=parse_days("06-18"), phases=(("预热", -18, -4), ("返场", 3, 5)))
BOOK = DayBook(anchors={"618": SALE}, own="618")


def days_of(word: str, year: int, book: DayBook = BOOK) -> list[str]:
    """Return the days of a word in one year, as ``MM-DD``."""
    found, first = bits(parse_days(word, book), year), year_of(year)[0]
    return [f"{date_of(first + place):%m-%d}" for place in range(366) if found >> place & 1]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("daily", "每天", "Daily"), Days(week=0b1111111)),
        (("wed", "wednesday", "周三", "星期三", "礼拜三", "每周三", " Wed "), Days(week=0b0000100)),
        (("sun", "周日", "星期天"), Days(week=0b1000000)),
        (
            (
                "mon-fri",
                "monday-friday",
                "周一至周五",
                "周一到周五",
                "周一-周五",
                "周一~周五",
                "周一—周五",
                "每周一至周五",
            ),
            Days(week=0b0011111),
        ),
        (("weekend", "周末", "sat-sun"), Days(week=0b1100000)),
        (("fri-mon", "周五至周一"), Days(week=0b1110001)),
        (("day 18", "每月18日", "每月18号", "每月十八号"), Days(month=1 << 18)),
        (("last day", "月末", "每月最后一天"), Days(month=1)),
        (("1st fri", "每月第一个周五", "每个月第1个周五"), Days(nth=(14,))),
        (("last fri", "每月最后一个周五"), Days(nth=(4,))),
        (("2nd sun of may", "5月第二个周日", "五月第二个周日", "母亲节"), Days(nth=(526,))),
        (("06-18", "6月18日", "6-18", "每年6月18号"), Days(yearly=((618, 618),))),
        (("11-20..02-10", "11月20日..2月10日"), Days(yearly=((1120, 210),))),
        (("lunar 08-15", "农历八月十五", "八月十五", "农历8月15", "中秋", "中秋节"), Days(lunar=(815,))),
        (("lunar leap 06-15", "农历闰六月十五", "闰六月十五"), Days(lunar=(10615,))),
        (("lunar day 15", "农历十五", "农历每月十五"), Days(lunar=(15,))),
        (("除夕", "大年三十", "lunar eve"), Days(lunar=(1300,))),
        (("term 冬至", "冬至", "节气冬至", "term winter solstice"), Days(terms=1 << 23)),
        (("2026-12-24", "2026-12-24..2026-12-24"), Days(spans=((CHRISTMAS, CHRISTMAS),))),
        (("2026-12-24..2026-12-26",), Days(spans=((CHRISTMAS, CHRISTMAS + 2),))),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_days_mean_the_same_in_both_languages(words: tuple[str, ...], expected: Days) -> None:
    """Every way to write some days gives the same set."""
    assert [parse_days(word) for word in words] == [expected] * len(words)


@pytest.mark.parametrize(
    "words",
    [
        ("workday", "工作日", "每个工作日"), ("offday", "休息日"), ("last workday", "每月最后一个工作日"),
        ("1st workday", "每月第一个工作日"), ("T-3", "t-3", "前3天", "提前3天", "节前3天"), ("T+2", "后2天", "节后2天"),
        ("T+0", "T", "当天"), ("T-3wd", "前3个工作日"), ("during 618", "618期间", "during 年中大促"),
        ("during 618.预热", "618.预热", "618.预热期间"),
    ],
    ids=lambda value: value[0],
)  # fmt: skip
def test_words_that_refer_to_something_mean_the_same_too(words: tuple[str, ...]) -> None:
    """Statutory days, days counted from an anchor, phases."""
    found = [days_of(word, 2026) for word in words]
    assert found[0]
    assert found == [found[0]] * len(words)


@pytest.mark.parametrize(
    ("word", "year", "expected"),
    [
        ("5th fri", 2026, ["01-30", "05-29", "07-31", "10-30"]),
        ("last mon", 2024, ["01-29", "02-26", "03-25", "04-29", "05-27", "06-24", "07-29", "08-26", "09-30", "10-28",
                            "11-25", "12-30"]),
        ("02-29", 2028, ["02-29"]),
        ("02-29", 2026, []),
        ("02-28..03-01", 2028, ["02-28", "02-29", "03-01"]),
        ("12-30..01-02", 2026, ["01-01", "01-02", "12-30", "12-31"]),
        ("除夕", 2027, ["02-05"]),
        ("除夕", 2025, ["01-28"]),
        ("lunar 12-30", 2025, []),
        ("lunar leap 06-15", 2025, ["08-08"]),
        ("lunar leap 06-15", 2026, []),
        ("lunar 11-25", 2033, ["12-16"]),
        ("七夕", 2026, ["08-19"]),
        ("中秋", 2027, ["09-15"]),
        ("清明", 2026, ["04-05"]),
        ("last workday", 2026, ["01-30", "02-28", "03-31", "04-30", "05-29", "06-30", "07-31", "08-31", "09-30",
                                "10-30", "11-30", "12-31"]),
        ("1st workday", 2025, ["01-02", "02-05", "03-03", "04-01", "05-06", "06-03", "07-01", "08-01", "09-01", "10-09",
                               "11-03", "12-01"]),
        ("T-18", 2026, ["05-31"]),
        ("T-3wd", 2025, ["06-13"]),
        ("during 618.返场", 2026, ["06-21", "06-22", "06-23"]),
    ],
    ids=lambda value: str(value) if not isinstance(value, list) else "",
)  # fmt: skip
def test_the_days_of_a_word_in_one_year(word: str, year: int, expected: list[str]) -> None:
    """By the paper calendar: 2026-02-28 is a working Saturday, 2025 has a leap sixth month, 2033 its famous leap."""
    assert days_of(word, year) == expected


def test_statutory_days_are_never_guessed() -> None:
    """Beyond what was announced there is neither a workday nor a day off; a workspace can add a year."""
    assert days_of("workday", 2040) == days_of("offday", 2040) == days_of("last workday", 2040) == []
    known = DayBook(statutory=Statutory(years=(2040,)))
    assert len(days_of("workday", 2040, known)) + len(days_of("offday", 2040, known)) == 366


def test_a_workday_count_stops_where_nothing_is_announced() -> None:
    """Three workdays before New Year 2027 are known in 2026; three after it are not."""
    book = DayBook(anchors={"a": Anchor(id="a", days=parse_days("01-01"))}, own="a")
    assert days_of("T-3wd", 2026, book)[-1:] == ["12-29"]
    assert days_of("T+3wd", 2027, book) == []


@pytest.mark.parametrize(
    ("word", "code", "fix"),
    [
        ("dialy", "CK101", 'did you mean "daily"?'),
        ("weds", "CK101", 'did you mean "wed"?'),
        ("weekday", "CK101", 'did you mean "mon-fri"?'),
        ("workdya", "CK101", 'did you mean "workday"?'),
        ("1st frj", "CK101", 'did you mean "1st fri"?'),
        ("T-3d", "CK101", 'did you mean "T-3"?'),
        ("D-3", "CK101", 'did you mean "T-3"?'),
        ("mon,wed", "CK101", 'write a list: ["mon", "wed"]'),
        ("周一、周三", "CK101", 'write a list: ["周一", "周三"]'),
        ("2026-12-24T12:00", "CK101", 'write "2026-12-24", the time in at'),
        ("every 2 weeks", "CK101", 'write it in every, such as every = "2 weeks"'),
        ("隔周", "CK101", 'write it in every, such as every = "2 weeks"'),
        ("xyzzy", "CK101", 'such as "daily", "mon-fri", "wed", "workday", "day 18", "lunar 08-15", "2026-12-24"'),
        ("", "CK101", 'such as "daily", "mon-fri", "wed", "workday", "day 18", "lunar 08-15", "2026-12-24"'),
        ("2026/12/4", "CK107", 'write "2026-12-04"'),
        ("2026年12月24日", "CK107", 'write "2026-12-24"'),
        ("2026-02-30", "CK107", 'write "2026-02-28"'),
        ("2026-12-24..12-26", "CK107", 'such as "2026-12-24"'),
        ("02-30", "CK107", 'write "02-29"'),
        ("6月31号", "CK107", 'write "06-30"'),
        ("13-01", "CK107", 'month first, such as "06-18"'),
        ("2026-12-26..2026-12-24", "CK108", 'write "2026-12-24..2026-12-26"'),
        ("day 0", "CK111", 'write 1 to 31, or "last day"'),
        ("每月32日", "CK111", 'write 1 to 31, or "last day"'),
        ("during 619", "CK115", "did you mean 618?"),
        ("during 店庆", "CK115", 'add an [[anchor]] with id = "店庆"'),
        ("during 618.爆发", "CK116", "known: 预热, 返场"),
        (
            "lunar 13-01",
            "CK117",
            'such as "lunar 08-15", "lunar leap 06-01", "lunar day 15" (every month), "lunar eve"',
        ),
        ("小年", "CK117", 'write "lunar 12-23" (north) or "lunar 12-24" (south)'),
        ("term 冬天", "CK118", 'write "term 立冬"'),
        ("T-400", "CK119", "at most 366 days; else another anchor"),
    ],
)
def test_a_wrong_word_for_days_is_told_what_to_write(word: str, code: str, fix: str) -> None:
    """Code and fix fit the mistake."""
    with pytest.raises(RuleError) as caught:
        parse_days(word, BOOK)
    assert (caught.value.code, caught.value.fix and caught.value.fix.en) == (code, fix)


def test_a_count_needs_an_anchor() -> None:
    """T-3 of a column without one."""
    with pytest.raises(RuleError) as caught:
        parse_days("T-3", DayBook(anchors={"618": SALE}))
    assert caught.value.fix is not None
    assert caught.value.fix.zh == '在栏目里写 anchor = "618"'


def test_without_a_book_only_the_spelling_is_judged() -> None:
    """A file is read before anybody knows the anchors of the others."""
    assert parse_days("T-3") == parse_days("during 店庆") == Days()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 weeks", ("weeks", 2)), ("every 2 weeks", ("weeks", 2)), ("两周", ("weeks", 2)), ("每2周", ("weeks", 2)),
        ("隔周", ("weeks", 2)), ("1 week", ("weeks", 1)), ("3 days", ("days", 3)), ("隔天", ("days", 2)),
        ("每三天", ("days", 3)), ("2 months", ("months", 2)), ("两个月", ("months", 2)), ("十二个月", ("months", 12)),
    ],
)  # fmt: skip
def test_an_interval_is_a_number_and_a_unit(text: str, expected: tuple[str, int]) -> None:
    """In both languages."""
    assert parse_every(text) == expected


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("2", 'write "2 weeks"'),
        ("0 weeks", 'such as "2 weeks", "3 days", "1 month"'),
        ("每隔两周", '"每隔" can be read two ways: write "2 weeks"'),
        ("fortnight", 'such as "2 weeks", "3 days", "1 month"'),
        ("99999 days", 'such as "2 weeks", "3 days", "1 month"'),
    ],
)
def test_a_wrong_interval_is_told_what_to_write(text: str, fix: str) -> None:
    """A bare number says nothing, and 每隔两周 says two things."""
    with pytest.raises(RuleError) as caught:
        parse_every(text)
    assert (caught.value.code, caught.value.fix and caught.value.fix.en) == ("CK113", fix)


def test_a_season_is_two_days_of_the_year() -> None:
    """Over new year, in both languages."""
    assert parse_season("11-20..02-10") == parse_season("11月20日至2月10日") == Days(yearly=((1120, 210),))


@pytest.mark.parametrize("text", ["winter", "11-20", "2026-11-20..2027-02-10", "", "11-20..02-30"])
def test_a_wrong_season_is_refused(text: str) -> None:
    """A season has no year and two ends that exist."""
    with pytest.raises(RuleError) as caught:
        parse_season(text)
    assert caught.value.code == ("CK107" if "30" in text else "CK114")


def test_what_is_too_long_to_be_a_word_is_not_searched() -> None:
    """A hundred thousand characters are refused at once, and not repeated whole."""
    with pytest.raises(RuleError) as caught:
        parse_days("至" * 100_000)
    assert len(caught.value.message.zh) < 40
