"""The slot that a person means."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_shop import make_shop, open_at

from calendarkit.cli.codes import Refusal
from calendarkit.cli.find_slot import find_slot
from calendarkit.edges.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Return the shop on Wednesday at noon; its noon deal moves from the 26th to the 28th."""
    file = make_shop(tmp_path) / "calendars/daily.toml"
    words = file.read_text("utf-8")
    moved = 'title = "午间特惠"\nmove = { "2026-11-26T12:00" = "2026-11-28T09:00" }'
    file.write_text(words.replace('title = "午间特惠"', moved), "utf-8")
    with open_at(tmp_path) as world:
        yield world


@pytest.mark.parametrize(
    ("words", "day", "key"),
    [
        ("flash-wed", None, "flash-wed/2026-11-25/20:00"),
        ("周三秒杀", None, "flash-wed/2026-11-25/20:00"),
        ("Flash-Wed", None, "flash-wed/2026-11-25/20:00"),
        ("秒杀", "12-02", "flash-wed/2026-12-02/20:00"),
        ("早安贴士", None, "morning-tips/2026-11-26/07:30"),
        ("noon-deals/2026-11-27/noon", None, "noon-deals/2026-11-27/noon"),
        ("noon-deals/周五", None, "noon-deals/2026-11-27/noon"),
        ("noon-deals/2026-11-26/noon", None, "noon-deals/2026-11-26/noon"),
    ],
    ids=["id", "title", "capitals", "part of the title", "tomorrow's", "key", "key without name", "a moved one"],
)
def test_slots(world: World, words: str, day: str | None, key: str) -> None:
    """By key, by column, by column and day."""
    assert find_slot(world, words, day).key == key


@pytest.mark.parametrize(
    ("words", "fix"),
    [
        ("午间特汇", "是不是 午间特惠？"),
        ("xyzzy", "有：flash-wed（周三秒杀）"),
        ("noon-deals/2026-11-29", "calendarkit why noon-deals 2026-11-29 说明为什么"),
    ],
    ids=["a slip", "nothing like it", "no slot that day"],
)
def test_what_is_not_there(world: World, words: str, fix: str) -> None:
    """With what there is."""
    with pytest.raises(Refusal) as refused:
        find_slot(world, words)
    assert refused.value.fix.zh.startswith(fix)


def test_an_ambiguous_title_is_not_guessed(world: World, tmp_path: Path) -> None:
    """Both are named, and each can be meant by its id."""
    file = tmp_path / "calendars/daily.toml"
    file.write_text(file.read_text("utf-8").replace('"早安贴士"', '"午间贴士"'), "utf-8")
    with open_at(tmp_path) as later, pytest.raises(Refusal, match="may mean morning-tips, noon-deals"):
        find_slot(later, "午间")
    assert find_slot(world, "午间").column == "noon-deals"


def test_a_column_that_is_over(world: World, tmp_path: Path) -> None:
    """It has no next slot."""
    file = tmp_path / "calendars/daily.toml"
    file.write_text(file.read_text("utf-8").replace('on = ["wed"]', 'on = ["2026-11-04"]'), "utf-8")
    with open_at(tmp_path) as later, pytest.raises(Refusal, match="no slot to come"):
        find_slot(later, "flash-wed")
