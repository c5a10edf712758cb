"""The margin: lunar days, names and 休/班 beside the days of the programme."""

from __future__ import annotations

import datetime as dt

import pytest

from calendarkit.cli import cells
from calendarkit.cli.lines import Span, line, plain
from calendarkit.cli.margin import fit, lunar_range, margin, margin_json, unknown_years
from calendarkit.clockwork.dates import number
from calendarkit.clockwork.statutory import CHINA
from calendarkit.model.text import Language


def beside(text: str, language: Language = "zh", size: int = 40) -> str:
    """Return the margin of a day, its lines joined by ``|``."""
    rows = margin(dt.date.fromisoformat(text), CHINA).lines(language, size)
    return plain(rows).strip().replace("\n", "|")


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("2026-10-10", "九月 班", "L9-1 work"),
        ("2026-10-01", "廿一 休|国庆节", "L21 off|National Day"),
        ("2026-10-05", "廿五 休", "L25 off"),
        ("2026-12-22", "十四|冬至", "L14|Winter Solstice"),
        ("2025-07-25", "闰六月", "leap L6-1"),
        ("2026-03-18", "三十", "L30"),
        ("2026-10-17", "初八", "L8"),
        ("2026-02-16", "廿九 休|除夕", "L29 off|Lunar New Year's Eve"),
        ("2020-10-01", "十五 休|中秋节|国庆节", "L15 off|Moon Festival|National Day"),
        ("2150-10-01", "国庆节", "National Day"),
    ],
)
def test_what_stands_beside_a_day(text: str, chinese: str, english: str) -> None:
    """T6: a working Saturday, a moved holiday, the 30th of a lunar month, a leap month; plain weekends have no mark."""
    assert (beside(text), beside(text, "en")) == (chinese, english)


def test_long_names_are_broken() -> None:
    """Rather than widening their column or running into the next."""
    said = beside("2026-03-05", "en", 9)
    assert said == "L17|Awakening|of|Insects"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-11-23", "2026-11-29", "农历十月十五 – 廿一|lunar 10-15 – 10-21"),
        ("2026-10-05", "2026-10-11", "农历八月廿五 – 九月初二|lunar 08-25 – 09-02"),
        ("2025-07-21", "2025-07-27", "农历六月廿七 – 闰六月初三|lunar 06-27 – leap 06-03"),
        ("2026-11-25", "2026-11-25", "农历十月十七|lunar 10-17"),
    ],
)
def test_a_stretch_in_lunar_dates(first: str, last: str, expected: str) -> None:
    """The month is said once unless it changes."""
    found = lunar_range(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert found is not None
    assert f"{found.zh}|{found.en}" == expected


def test_beyond_the_almanac_there_is_no_lunar_date() -> None:
    """Neither in the title nor beside the day."""
    assert lunar_range(dt.date(2099, 12, 30), dt.date(2100, 1, 5)) is None
    assert margin_json(dt.date(2100, 1, 5), CHINA)["lunar"] is None


def test_unannounced_years_are_named() -> None:
    """So that a week without 休 is not taken for one in which people work."""
    said = unknown_years(dt.date(2026, 12, 28), dt.date(2027, 1, 3), CHINA)
    assert said is not None
    assert "2027" in said.zh
    assert "2026" not in said.zh
    assert unknown_years(dt.date(2026, 11, 23), dt.date(2026, 12, 31), CHINA) is None
    assert unknown_years(dt.date(2027, 1, 1), dt.date(2027, 1, 3), CHINA.with_overrides(years=[2027])) is None


def test_json_keeps_what_is_unknown_apart() -> None:
    """``null`` is not ``false``."""
    known, unknown = (margin_json(dt.date(year, 1, 2), CHINA) for year in (2026, 2027))
    assert (known["offday"], known["announced"], known["holiday"]) == (True, "off", "元旦")
    assert (unknown["offday"], unknown["announced"], unknown["holiday"]) == (None, None, None)
    assert known["lunar"] == {"year": 2025, "month": 11, "leap": False, "day": 14, "label": "冬月十四"}


def test_a_day_of_the_shops_own_is_marked() -> None:
    """Written in the workspace, announced by nobody."""
    inventory = dt.date(2027, 3, 9)
    mine = CHINA.with_overrides(offdays=[number(inventory)])
    assert [span.text for span in margin(inventory, mine).spans("zh")] == ["初二", "休"]


def test_parts_go_on_the_next_line_where_they_do_not_fit() -> None:
    """Whole, with the gap between those that do."""
    rows = fit([Span("十五"), Span("休"), Span("中秋节")], 7)
    assert plain(rows) == "十五 休\n中秋节\n"
    assert max(cells.width(plain([row]).rstrip("\n")) for row in rows) <= 7
    assert fit([Span("十五"), Span("休")], None) == [line("十五", " 休")]
