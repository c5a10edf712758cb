"""The page of rules for people: every word, example and suggestion on it is true, in both languages."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import tomli

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import CalendarDocument
from calendarkit.calendar.workspace import Workspace
from calendarkit.clockwork.day_words import parse_days
from calendarkit.clockwork.days import Days
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
    "on": parse_days, "at": parse_time, "late": parse_duration, "hours": parse_hours, "also": parse_moment,
    "timezone": parse_zone,
}  # fmt: skip
EXAMPLES = [found.groups() for found in EXAMPLE.finditer(PAGES["en"].read_text("utf-8"))]


def rows(page: str, pattern: str) -> list[tuple[str, ...]]:
    """Return the code spans of the table rows that match, each row a tuple."""
    lines = PAGES[page].read_text("utf-8").splitlines()
    return [tuple(re.findall(r"`([^`]+)`", line)) for line in lines if re.match(pattern, line)]


def test_both_pages_hold_the_same_examples() -> None:
    """A translation that lags behind is noticed."""
    english, chinese = (EXAMPLE.findall(path.read_text("utf-8")) for path in PAGES.values())
    assert english == chinese
    assert len(english) == 4


@pytest.mark.parametrize(("first", "last", "toml", "expected"), EXAMPLES, ids=[each[0] for each in EXAMPLES])
def test_an_example_gives_the_slots_it_shows(first: str, last: str, toml: str, expected: str) -> None:
    """Between two local dates, both included: when, and which identity."""
    (column,) = CalendarDocument.model_validate(tomli.loads(toml)).column
    zone = ZoneInfo(column.timezone or "Asia/Shanghai")
    start, end = (
        int(dt.datetime.combine(dt.date.fromisoformat(each), dt.time(), zone).timestamp()) for each in (first, last)
    )
    index = compile_index(Calendar(workspace=Workspace(name="小店"), columns={column.id: column}))
    lines = [
        f"{dt.datetime.fromtimestamp(slot.at, zone):%Y-%m-%d %H:%M}  {slot.key}"
        for slot in due(index, Window(start, end + 86400))
    ]
    assert lines == expected.splitlines()


@pytest.mark.parametrize("page", PAGES)
def test_words_of_one_row_mean_the_same(page: str) -> None:
    """The table of days: what is written, and what may be written instead."""
    table = [row for row in rows(page, r"\| `") if row[0] in {"daily", "wed", "weekend", "day 18", "last day"}]
    assert len(table) == 5
    for row in table:
        assert len({parse_days(word) for word in row}) == 1


@pytest.mark.parametrize("page", PAGES)
def test_every_word_for_days_is_understood(page: str) -> None:
    """Ranges and dates as well."""
    words = [word for row in rows(page, r"\| `(mon-fri|2026-)") for word in row]
    assert len(words) >= 5
    assert all(parse_days(word) != Days() for word in words)


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
