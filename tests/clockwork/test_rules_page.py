"""The page of rules for people: every word, example and suggestion on it is true, in both languages."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import tomli

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import CalendarDocument, Column
from calendarkit.calendar.daybook import Books
from calendarkit.calendar.workspace import Workspace
from calendarkit.clockwork.day_words import parse_days
from calendarkit.clockwork.days import Days
from calendarkit.clockwork.interval_words import parse_every
from calendarkit.clockwork.month_words import parse_season
from calendarkit.clockwork.words import (
    RuleError,
    parse_duration,
    parse_hours,
    parse_moment,
    parse_time,
    parse_zone,
)
from calendarkit.model.slot import Window
from calendarkit.stages.compile import compile_index
from calendarkit.stages.due import due

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"en": DOCS / "reference/rules.md", "zh": DOCS / "zh/reference/rules.md"}
EXAMPLE = re.compile(r"```toml\n# (\S+) \.\. (\S+)\n(.*?)```\n```text\n(.*?)```", re.DOTALL)
PARSERS = {
    "on": lambda word: parse_days(word, BOOK), "every": parse_every, "season": parse_season, "at": parse_time,
    "late": parse_duration, "hours": parse_hours, "also": parse_moment, "timezone": parse_zone,
}  # fmt: skip
SHOP = Calendar(workspace=Workspace(name="小店"))
BOOK = Books(SHOP.workspace, ()).of(Column(id="c", title="栏目", anchor="618"))
WORDS = (
    "daily", "wed", "mon-fri", "weekend", "workday", "offday", "1st fri", "last fri", "2nd sun of may", "day 18",
    "last day", "1st workday", "last workday", "06-18", "12-30..01-02", "2026-12-24", "2026-12-24..2026-12-26",
    "lunar 08-15", "lunar leap 06-15", "lunar day 15", "lunar eve", "term 冬至", "T-3", "T-3wd", "during 618.预热",
)  # fmt: skip
HOW_TO = {"en": DOCS / "how-to/write-a-rhythm.md", "zh": DOCS / "zh/how-to/write-a-rhythm.md"}
EXAMPLES = [found.groups() for page in (PAGES, HOW_TO) for found in EXAMPLE.finditer(page["en"].read_text("utf-8"))]


def lines_of(page: str) -> list[str]:
    """Return the lines of the table of days."""
    lines = PAGES[page].read_text("utf-8").splitlines()
    return [line for line in lines if line.startswith("| `") and line.split("`")[1] in WORDS]


def test_both_pages_hold_the_same_examples() -> None:
    """A translation that lags behind is noticed."""
    for pages, count in ((PAGES, 8), (HOW_TO, 6)):
        english, chinese = (EXAMPLE.findall(path.read_text("utf-8")) for path in pages.values())
        assert english == chinese
        assert len(english) == count


@pytest.mark.parametrize(("first", "last", "toml", "expected"), EXAMPLES, ids=[each[0] for each in EXAMPLES])
def test_an_example_gives_the_slots_it_shows(first: str, last: str, toml: str, expected: str) -> None:
    """Between two local dates, both included: when, and which identity."""
    document = CalendarDocument.model_validate(tomli.loads(toml))
    zone = ZoneInfo(document.column[0].timezone or "Asia/Shanghai")
    start, end = (
        int(dt.datetime.combine(dt.date.fromisoformat(each), dt.time(), zone).timestamp()) for each in (first, last)
    )
    calendar = Calendar(
        workspace=Workspace(name="小店"),
        columns={each.id: each for each in document.column},
        anchors={each.id: each for each in document.anchor},
    )
    index = compile_index(calendar)
    lines = [
        f"{dt.datetime.fromtimestamp(slot.at, zone):%Y-%m-%d %H:%M}  {slot.key}"
        for slot in due(index, Window(start, end + 86400))
    ]
    assert lines == expected.splitlines()


@pytest.mark.parametrize("page", PAGES)
def test_words_of_one_row_mean_the_same(page: str) -> None:
    """The table of days: what is written, and what may be written instead; all of it is some days."""
    table = lines_of(page)
    assert len(table) == len(WORDS)
    for line in table:
        words = re.findall(r"`([^`]+)`", line.split("|")[1] + line.split("|")[2])
        assert len({parse_days(word, BOOK) for word in words}) == 1, words
        assert parse_days(words[0], BOOK) != Days()


@pytest.mark.parametrize("page", PAGES)
def test_a_wrong_word_is_told_what_the_page_says(page: str) -> None:
    """Code and suggestion, row by row."""
    lines = [line for line in PAGES[page].read_text("utf-8").splitlines() if line.startswith("| CK")]
    assert len(lines) >= 15
    for line in lines:
        code, key, wrong, right = (cell.strip(" `") for cell in line.strip("|").split("|"))
        with pytest.raises(RuleError) as caught:
            PARSERS[key](wrong)
        assert caught.value.code == code
        assert caught.value.fix is not None
        assert right in caught.value.fix.zh
        assert right in caught.value.fix.en
