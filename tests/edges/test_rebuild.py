"""What was computed can be thrown away at any moment; what was sent stays sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_shop import WEDNESDAY_NOON, make_shop, open_at, say

from calendarkit import pipeline
from calendarkit.edges.rebuild import rebuild
from calendarkit.model.state import State

LATER = WEDNESDAY_NOON + 60


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A shop that sent its noon deal, with a damaged index and an old cache of the painter."""
    made = make_shop(tmp_path / "shop")
    for now in (WEDNESDAY_NOON - 60, WEDNESDAY_NOON):
        with open_at(made, now) as world:
            pipeline.tick(world)
    (made / "state/index.json").write_bytes(b"no index")
    (made / "state/painter/base").mkdir(parents=True)
    (made / "state/posters.db").write_bytes(b"no database")
    return made


def test_what_was_computed_is_made_anew(shop: Path) -> None:
    """The index is there again and right; the caches are gone."""
    with open_at(shop, LATER) as world:
        gone = rebuild(world)
        assert {"index.json", "painter", "posters.db"} <= set(gone)
    state = shop / "state"
    assert (state / "index.json").read_bytes() != b"no index"
    assert not (state / "painter").exists()
    assert not list(state.glob("painter.*"))


def test_nothing_is_sent_again(shop: Path) -> None:
    """The ledger and what it froze are left alone, so the next ticks find nothing to do."""
    with open_at(shop, LATER) as world:
        before = world.store.rows()
        rebuild(world)
        assert {row.state for row in before} == {State.DELIVERED}
    with open_at(shop, LATER) as world:
        assert pipeline.tick(world).deliveries.counts == {}
        assert world.store.rows() == before


def test_a_second_time_finds_the_index_only(shop: Path) -> None:
    """It may be run as often as one likes."""
    for expected in ({"index.json", "painter", "posters.db"}, {"index.json"}):
        with open_at(shop, LATER) as world:
            assert set(rebuild(world)) - {"wake"} == expected


@pytest.mark.parametrize(("language", "words"), [("zh", "✓ 重建"), ("en", "✓ rebuilt")])
def test_the_doctor_says_what_it_threw_away(
    shop: Path, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    """And then examines the shop as ever."""
    said = say(capsys, "-C", shop, "--lang", language, "doctor", "--rebuild").out
    assert words in said
    assert "index.json" in said
    assert "rebuilt" not in say(capsys, "-C", shop, "--lang", "en", "doctor").out
