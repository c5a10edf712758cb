"""The store or group that a person means."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_shop import make_shop, open_at

from calendarkit.cli.codes import Refusal
from calendarkit.cli.find_target import find_group, find_store, find_target
from calendarkit.edges.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Return the starter shop."""
    with open_at(make_shop(tmp_path)) as world:
        yield world


@pytest.mark.parametrize("words", ["s-001.vip", "一号店 VIP 群", "VIP"], ids=["id", "title", "part of the title"])
def test_groups(world: World, words: str) -> None:
    """By id or by what people call them."""
    assert find_group(world, words) == "s-001.vip"


def test_stores(world: World) -> None:
    """By id or by name."""
    assert find_store(world, "s-001") == find_store(world, "一号店") == "s-001"


@pytest.mark.parametrize(("words", "target"), [("福利", "s-001.fans"), ("s-001", "s-001"), ("nobody", None)])
def test_either(world: World, words: str, target: str | None) -> None:
    """Groups first; nobody is no failure."""
    assert find_target(world, words) == target


def test_several_are_named_and_not_guessed(world: World) -> None:
    """Both groups carry the store's name."""
    with pytest.raises(Refusal, match=r"may mean s-001\.fans, s-001\.vip"):
        find_group(world, "一号店")


def test_a_slip_is_understood(world: World) -> None:
    """As a question."""
    with pytest.raises(Refusal) as refused:
        find_group(world, "s-001.vlp")
    assert refused.value.fix.en == "did you mean s-001.vip?"
