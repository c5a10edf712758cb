"""Coverage: a column that asks for workdays is told when nobody has announced them."""

from __future__ import annotations

import datetime as dt

import pytest

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Anchor, Column
from calendarkit.calendar.workspace import StatutoryDays, Workspace
from calendarkit.clockwork.dates import number
from calendarkit.stages.coverage import coverage

LAST = dt.date(2026, 12, 31)
"""The last day that is announced."""


def told(today: dt.date, *columns: dict[str, object], years: tuple[int, ...] = ()) -> list[tuple[str, str]]:
    """Return code and severity of what a shop is told on a day."""
    made = [
        Column.model_validate({"id": f"c{n}", "title": "早会", "at": "08:30", **each}) for n, each in enumerate(columns)
    ]
    shop = Workspace(name="小店", statutory=StatutoryDays(years=years))
    calendar = Calendar(
        workspace=shop,
        columns={each.id: each for each in made},
        anchors={"a": Anchor(id="a", on="06-18")},
        places={"column.c0.on": "calendars/daily.toml:4"},
    )
    return [(each.code, each.severity) for each in coverage(calendar, number(today))]


@pytest.mark.parametrize(
    ("before", "expected"),
    [(61, []), (60, [("CK308", "warning")]), (0, [("CK308", "warning")]), (-1, [("CK309", "error")])],
)
def test_it_is_told_sixty_days_ahead_and_on_the_day(before: int, expected: list[tuple[str, str]]) -> None:
    """A warning while the days are known, an error when they are not."""
    assert told(LAST - dt.timedelta(before), {"on": "workday"}) == expected


@pytest.mark.parametrize(
    "words",
    [{"on": "工作日"}, {"on": "daily", "skip": "休息日"}, {"on": "last workday"}, {"on": "T-3wd", "anchor": "a"}],
    ids=lambda words: next(iter(words.values())),
)
def test_every_word_that_asks_counts(words: dict[str, object]) -> None:
    """Workdays and days off, in on and in skip."""
    assert told(LAST, words) == [("CK308", "warning")]


@pytest.mark.parametrize(
    "words",
    [{"on": "mon-fri"}, {"on": "中秋"}, {"on": "T-3", "anchor": "a"}, {"during": "618"}, {"on": "during 不存在"}],
    ids=lambda words: next(iter(words.values())),
)
def test_other_words_do_not(words: dict[str, object]) -> None:
    """Weekdays, lunar dates and phases are known for ever; a word that means nothing is told elsewhere."""
    assert told(LAST, words) == []


def test_a_year_of_the_workspace_counts() -> None:
    """Who writes the year down himself is not told."""
    assert told(LAST, {"on": "workday"}, years=(2027,)) == []


def test_many_columns_are_one_problem() -> None:
    """Named up to three, counted beyond, placed at the first."""
    shop = Calendar(
        workspace=Workspace(name="小店"),
        columns={f"c{n}": Column(id=f"c{n}", title=f"栏{n}", on=("工作日",), at=("08:30",)) for n in range(5)},
        places={"column.c0.on": "calendars/daily.toml:4"},
    )
    (problem,) = coverage(shop, number(LAST))
    assert (problem.file, problem.line) == ("calendars/daily.toml", 4)
    assert problem.message.zh == "法定放假安排只到 2026-12-31，之后 栏0、栏1、栏2等 5 个栏目 一档都没有"
    assert (
        problem.message.en == "workdays are known until 2026-12-31; after that 栏0、栏1、栏2 and 2 more have no slots"
    )
