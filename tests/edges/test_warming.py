"""Posters ahead of time: drawn hours before, once each, never in the way of a change, and told how far they are."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from calendarkit import pipeline
from calendarkit.edges import warming
from calendarkit.edges.warming import AHEAD, Readiness, next_warming, prewarm, readiness
from calendarkit.edges.world import World, open_world
from calendarkit.model.message import Message
from calendarkit.model.slot import Slot, Window
from calendarkit.testing.fakes import FakeClock

NOON = 1_795_579_200
"""2026-11-25 12:00 in Shanghai."""
EARLY = NOON - 5_000
LAYOUT = """
[poster]
name = "card"
size = [400, 300]
[[layer]]
type = "text"
name = "店名"
text = "{{ store.name }}"
size = 40
box = [10, 10, 380, 60]
[[layer]]
type = "price"
name = "价"
value = "{{ values.price | default(offer.price) }}"
size = 80
box = [10, 100, 380, 120]
"""
FILES = {
    "calendarkit.toml": 'name = "鲜果时光"\nchannels = ["folder"]\n[plugins.folder]\n[engine]\npainters = 2\n',
    "calendars/noon.toml": '[[column]]\nid = "noon"\ntitle = "午间特惠"\nat = "12:00"\n'
    'content = { offer = "apple", text = "苹果", poster = "card" }\n',
    "offers.toml": '[[offer]]\nid = "apple"\ntitle = "苹果"\nprice = 9.9\n',
    "stores.csv": "id,name\na,滨江店\nb,西湖店\n",
    "groups.csv": "id,store,title,members\na.1,a,一群,customers\na.2,a,二群,customers\nb.1,b,一群,customers\n",
    "posters/card.toml": LAYOUT,
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a shop of two stores and three groups that sends a poster at noon."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def opened(shop: Path, now: int = EARLY) -> World:
    """Open the shop at some time."""
    return open_world(shop, clock=FakeClock(now))


def noon(world: World) -> Slot:
    """Return the slot at noon."""
    (slot,) = pipeline.programme(world, Window(NOON, NOON + 1))
    return slot


def how_ready(shop: Path) -> Readiness:
    """Return how far the noon's posters are, as a process of its own sees it."""
    with opened(shop) as world:
        return readiness(world, noon(world))


def files(shop: Path) -> int:
    """Return how many posters lie in the store."""
    return len(list((shop / "state" / "media").glob("*/*.jpg")))


def test_posters_are_ready_before_noon(shop: Path) -> None:
    """Each distinct poster is drawn once, two stores for three groups, and noon finds them."""
    assert how_ready(shop) == Readiness(total=3)
    with opened(shop) as world:
        assert prewarm(world, EARLY, until=EARLY + 50)
    assert (how_ready(shop), files(shop)) == (Readiness(total=3, ready=3), 2)
    with opened(shop) as world:
        made = [each.message for each in pipeline.preview(world, noon(world)) if each.delivery.part == "poster"]
    assert (len(made), files(shop)) == (3, 2)


def test_a_tick_before_noon_warms_and_sends_nothing(shop: Path) -> None:
    """Cron's idle minutes do it; the price that changes afterwards is on what goes out."""
    with opened(shop) as world:
        assert pipeline.tick(world).admitted.new == 0
    assert how_ready(shop).ready == 3
    (shop / "offers.toml").write_text(FILES["offers.toml"].replace("9.9", "8.8"), "utf-8")
    assert how_ready(shop) == Readiness(total=3)
    with opened(shop, NOON + 5) as world:
        assert pipeline.tick(world).admitted.new == 6
        sent = {
            row.key: world.store.message(row.revision) for row in world.store.rows() if row.delivery.part == "poster"
        }
    assert len({each.media[0].sha256 for each in sent.values() if isinstance(each, Message)}) == 2
    assert files(shop) == 4


def test_a_poster_that_must_not_go_is_known_before_noon(shop: Path) -> None:
    """The reason is told hours ahead, is remembered, and the words go all the same."""
    wrong = FILES["calendars/noon.toml"].replace('poster = "card"', 'poster = "card", values = { price = "8" }')
    (shop / "calendars" / "noon.toml").write_text(wrong, "utf-8")
    with opened(shop) as world:
        pipeline.tick(world)
    found = how_ready(shop)
    assert (found.total, found.ready, found.refused) == (3, 0, 3)
    assert "与商品价 9.9 不一致" in found.reasons[0].zh
    with opened(shop, NOON + 5) as world:
        tick = pipeline.tick(world)
    assert (tick.broken, tick.admitted.new, files(shop)) == (3, 6, 0)


def test_a_value_that_is_missing_is_known_before_noon(shop: Path) -> None:
    """A poster that cannot even be begun counts as refused, with the name of what is missing."""
    (shop / "posters" / "card.toml").write_text(LAYOUT.replace("store.name", "item.title"), "utf-8")
    found = how_ready(shop)
    assert (found.total, found.ready, found.refused) == (3, 0, 3)
    assert "店名" in found.reasons[0].zh
    assert len(found.reasons) == 1


def test_it_stops_when_its_time_is_up(shop: Path) -> None:
    """What is left is said, so that the next minute goes on."""
    with opened(shop) as world:
        assert not prewarm(world, EARLY, until=EARLY)
    assert files(shop) == 0


def test_one_process_warms_at_a_time(shop: Path) -> None:
    """A second tick leaves it to the first."""
    with opened(shop) as world, (world.state_dir / "warming.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert not prewarm(world, EARLY, until=EARLY + 50)
    assert files(shop) == 0


def test_it_begins_two_hours_before(shop: Path) -> None:
    """Neither days ahead, when much will still change, nor for columns without posters."""
    with opened(shop, NOON - AHEAD - 60) as world:
        assert prewarm(world, NOON - AHEAD - 60, until=NOON)
        assert next_warming(world, NOON - AHEAD - 60) == NOON - AHEAD
    assert files(shop) == 0
    (shop / "calendars" / "noon.toml").write_text(
        FILES["calendars/noon.toml"].replace(', poster = "card"', ""), "utf-8"
    )
    with opened(shop) as world:
        assert next_warming(world, EARLY) is None
        assert readiness(world, noon(world)) == Readiness()


def test_a_full_store_is_tidied_up(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old posters go once the store is too large; today's stay."""
    import os

    old = shop / "state" / "media" / "00" / f"{'0' * 64}.jpg"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"old")
    os.utime(old, (1, 1))
    monkeypatch.setattr(warming, "MEDIA_BYTES", 1)
    monkeypatch.setattr(warming, "MEDIA_SECONDS", NOON // 2)
    with opened(shop) as world:
        prewarm(world, EARLY, until=EARLY + 50)
    assert (old.exists(), files(shop)) == (False, 2)
