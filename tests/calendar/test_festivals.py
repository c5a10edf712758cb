"""The shipped shopping festivals: text that any workspace could hold."""

from __future__ import annotations

import tomllib

from calendarkit.calendar.festivals import TEXT

ANCHORS = {each["id"]: each for each in tomllib.loads(TEXT)["anchor"]}


def test_the_big_ones_are_there() -> None:
    """By the ids that columns name."""
    assert {"nianhuo", "38", "618", "qixi", "mid-autumn", "double-11", "double-12"} <= set(ANCHORS)


def test_phases_follow_each_other() -> None:
    """Without a hole and without a day in two of them."""
    for anchor in ANCHORS.values():
        phases = anchor["phases"]
        assert all(each["from"] <= each["to"] for each in phases), anchor["id"]
        assert [each["to"] + 1 for each in phases[:-1]] == [each["from"] for each in phases[1:]], anchor["id"]


def test_the_text_can_be_copied_into_a_calendar() -> None:
    """It holds anchors alone, each with a title and a day."""
    assert set(tomllib.loads(TEXT)) == {"anchor"}
    assert all(each["title"] and each["on"] for each in ANCHORS.values())
