"""A clock that a person called right stays right until it reaches what was done already."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_shop import make_shop, open_at
from small_shop import at

from calendarkit import pipeline
from calendarkit.edges.window import ClockMoved, waits_until
from calendarkit.model.delivery import Plan

AHEAD = at("18:00")
"""Where the mark stands: until then the clock was ahead."""
NOW = at("12:00")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a shop whose clock was six hours ahead."""
    shop = make_shop(tmp_path)
    with open_at(shop, AHEAD) as world:
        world.store.admit(Plan(), missed={}, mark=AHEAD, now=AHEAD)
    return shop


def tick(shop: Path, now: int, *, accept: bool = False) -> int:
    """Run once and return how many slots were due."""
    with open_at(shop, now) as world:
        return pipeline.tick(world, accept_clock=accept).due


def test_it_is_asked_once(shop: Path) -> None:
    """After the answer every minute is quiet, and nothing that was due before the mark goes again."""
    with pytest.raises(ClockMoved):
        tick(shop, NOW)
    assert tick(shop, NOW, accept=True) == 0
    assert [tick(shop, NOW + minutes * 60) for minutes in (1, 2, 200)] == [0, 0, 0]
    assert tick(shop, at("20:00")) == 1


@pytest.mark.parametrize("now", [NOW - 4 * 3600, NOW - 86_400], ids=["hours", "a day"])
def test_a_clock_that_falls_back_again_asks_again(shop: Path, now: int) -> None:
    """The answer was about the other jump."""
    tick(shop, NOW, accept=True)
    with pytest.raises(ClockMoved):
        tick(shop, now)


def test_status_says_until_when(shop: Path) -> None:
    """As long as the clock lags, and not before anybody said that it is right."""
    with open_at(shop, NOW) as world:
        assert waits_until(world, AHEAD, NOW) is None
    tick(shop, NOW, accept=True)
    with open_at(shop, NOW + 60) as world:
        assert waits_until(world, AHEAD, NOW + 60) == AHEAD
        assert waits_until(world, AHEAD, AHEAD) is None
