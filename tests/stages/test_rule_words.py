"""Which word made a slot, and which took it away."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.calendar.column import Column
from calendarkit.calendar.daybook import Books
from calendarkit.calendar.workspace import Workspace
from calendarkit.clockwork.dates import number
from calendarkit.stages.rule_words import rule_words

BOOKS = Books(Workspace(name="小店"), ())
WEDNESDAY = dt.date(2026, 11, 25)


def column(**words: Any) -> Column:
    """Return a column with these words."""
    return Column(**{"id": "noon", "title": "午间特惠", "at": ("12:00",), **words})


def found(day: dt.date = WEDNESDAY, **words: Any) -> list[str]:
    """Return ``+key word`` or ``-key word`` of each word that has to do with the day."""
    return [f"{'+' if each.makes else '-'}{each.key} {each.word}" for each in rule_words(column(**words), day, BOOKS)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param({"on": ("wed", "fri", "day 25")}, ["+on wed", "+on day 25"], id="each-word-that-names-it"),
        pytest.param({"on": ("fri",)}, [], id="no-word-names-it"),
        pytest.param({}, ["+on "], id="every-day"),
        pytest.param({"on": ("wed",), "skip": ("2026-11-25",)}, ["+on wed", "-skip 2026-11-25"], id="skipped"),
        pytest.param({"on": ("wed",), "season": ("12-01..02-10",)}, ["+on wed", "-season 12-01..02-10"], id="season"),
        pytest.param(
            {"on": ("wed",), "every": "2 weeks", "from": "2026-11-18"}, ["+on wed", "-every 2 weeks"], id="interval"
        ),
        pytest.param({"on": ("wed",), "from": "2026-12-01"}, ["+on wed", "-from 2026-12-01"], id="not-yet"),
        pytest.param({"on": ("wed",), "until": "2026-11-01"}, ["+on wed", "-until 2026-11-01"], id="over"),
        pytest.param({"on": ("fri",), "also": ("2026-11-25T20:00",)}, ["+also 2026-11-25T20:00"], id="added"),
        pytest.param(
            {"on": ("wed",), "move": {"2026-11-25T12:00": "2026-11-26T12:00"}},
            ["+on wed", "-move 2026-11-25T12:00 → 2026-11-26T12:00"],
            id="moved-away",
        ),
        pytest.param(
            {"on": ("thu",), "move": {"2026-11-26T12:00": "2026-11-25T12:00"}},
            ["+move 2026-11-26T12:00 → 2026-11-25T12:00"],
            id="moved-here",
        ),
    ],
)
def test_the_words_of_a_day(words: dict[str, Any], expected: list[str]) -> None:
    """Those that make a slot first."""
    assert found(**words) == expected


def test_workdays_are_words_like_any_other() -> None:
    """A Sunday that the State Council made a workday is one."""
    assert found(dt.date(2026, 2, 14), on=("workday",)) == ["+on workday"]
    assert found(dt.date(2026, 2, 16), on=("mon-fri",), skip=("offday",)) == ["+on mon-fri", "-skip offday"]


_WORDS = st.lists(st.sampled_from(["mon", "wed", "mon-fri", "weekend", "day 25", "last day", "2026-11-25"]), min_size=1)


@given(_WORDS, _WORDS, st.integers(0, 60))
def test_words_agree_with_the_rule(on: list[str], skip: list[str], ahead: int) -> None:
    """A day is in the rule exactly when something makes it and nothing takes it away."""
    made = column(on=tuple(on), skip=tuple(skip))
    day = dt.date(2026, 11, 1) + dt.timedelta(days=ahead)
    words = rule_words(made, day, BOOKS)
    rule = BOOKS.rule(made)
    inside = number(day) in rule.on and number(day) not in rule.skip
    assert inside == (any(each.makes for each in words) and all(each.makes for each in words))
