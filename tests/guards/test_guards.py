"""The built-in guards as records."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_shop import calendar, candidate

from calendarkit.extend import Allow, History, NoOptions
from calendarkit.guards import GUARDS


def test_are_sorted_and_named_once():
    """Guards are asked in the order of their names, so the tuple has that order."""
    names = [each.name for each in GUARDS]
    assert names == sorted(set(names))


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_allow_a_shop_without_any_rule(guard):
    """Nothing is forbidden where nothing was written."""
    assert guard.judge(candidate(calendar()), History(), NoOptions()) == Allow()


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_say_what_they_are_in_both_languages(guard):
    """``why`` shows the title."""
    assert guard.title.zh
    assert guard.title.en.isascii()


def test_are_all_explained_to_people():
    """The page about guards has a row for each, with its Chinese title."""
    page = (Path(__file__).parents[2] / "docs/explanation/guards.md").read_text("utf-8")
    assert [each.name for each in GUARDS if f"| `{each.name}` | {each.title.zh} |" not in page] == []
