"""What a tick remembers: since when a name is there, what a column says, and which column only changed its id."""

from __future__ import annotations

from typing import Any

import pytest
from small_shop import APPLE, TIPS

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column, Content
from calendarkit.calendar.pool import Item, Pool
from calendarkit.calendar.workspace import Workspace
from calendarkit.clockwork.memory import Memory
from calendarkit.stages.compile import compile_index
from calendarkit.stages.remember import KEPT, remember

NOON: dict[str, Any] = {
    "id": "noon",
    "title": "午间特惠",
    "at": ("12:00",),
    "content": Content(text="noon.txt", offer="apple", poster="deal"),
}
TEMPLATES = {"noon.txt": "今天 {{ offer.price }}", "other.txt": "别的"}


def calendar(*columns: dict[str, Any], **more: Any) -> Calendar:
    """Return a calendar with these columns."""
    given = {"offers": {"apple": APPLE}, "pools": {"tips": TIPS}, "templates": TEMPLATES, **more}
    return Calendar(
        workspace=Workspace(name="小店"), columns={each["id"]: Column(**each) for each in columns or (NOON,)}, **given
    )


def knows(of: Calendar, before: Memory | None = None, now: int = 100, layout: str = "…") -> Memory:
    """Return what a tick at ``now`` knows of a calendar."""
    return remember(of, compile_index(of), layouts={"deal": layout}, fingerprint="f", before=before, now=now)


def changed(of: Calendar, layout: str = "…") -> set[str]:
    """Return which facets of the noon column differ from the usual ones, its own definition aside."""
    one, other = knows(calendar()).facets["noon"], knows(of, layout=layout).facets["noon"]
    return {name for name in one if one[name] != other[name]} - {"itself"}


def test_a_name_is_known_since_it_was_first_seen() -> None:
    """And keeps that instant while it stays."""
    first = knows(calendar())
    second = knows(calendar(NOON | {"at": ("12:00", "12:30")}), first, now=200)
    assert second.since == {"noon": {"12:00": 100, "12:30": 200}}


def test_a_name_that_went_and_came_back_is_new() -> None:
    """What happened meanwhile nobody knows."""
    first = knows(calendar())
    gone = knows(calendar(NOON | {"at": ("13:00",)}), first, now=200)
    assert knows(calendar(), gone, now=300).since["noon"] == {"12:00": 300}


def test_an_added_moment_is_known_by_its_day() -> None:
    """The same clock time on another day is another one."""
    found = knows(calendar(NOON | {"also": ("2026-11-26T20:00",)}))
    assert found.since["noon"].keys() == {"12:00", "2026-11-26T20:00"}


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        pytest.param(calendar(), set(), id="same"),
        pytest.param(calendar(templates=TEMPLATES | {"noon.txt": "明天"}), {"text"}, id="template"),
        pytest.param(calendar(templates=TEMPLATES | {"other.txt": "明天"}), set(), id="other-template"),
        pytest.param(calendar(offers={"apple": APPLE.model_copy(update={"price": 8})}), {"price"}, id="price"),
        pytest.param(calendar(NOON | {"audience": "vip"}), {"audience"}, id="audience"),
        pytest.param(calendar(NOON | {"channels": ("folder",)}), {"audience"}, id="channel"),
        pytest.param(calendar(NOON | {"at": ("13:00",)}), set(), id="time"),
        pytest.param(calendar(NOON | {"title": "午市"}), set(), id="title"),
    ],
)
def test_each_part_of_a_column_has_a_digest_of_its_own(of: Calendar, expected: set[str]) -> None:
    """So that a person hears what changed."""
    assert changed(of) == expected


def test_a_layout_that_changed_changes_the_posters() -> None:
    """Only of columns that use it."""
    assert changed(calendar(), layout="another") == {"poster"}


def test_items_of_a_pool_are_the_text_and_their_offers_the_price() -> None:
    """A pool is what its columns say."""
    of = [
        calendar({**NOON, "content": Content(pool="tips")}, pools={"tips": Pool("tips", (Item(id="a", offer=offer),))})
        for offer in ("", "apple")
    ]
    one, other = (knows(each).facets["noon"] for each in of)
    assert {name for name in one if one[name] != other[name]} == {"text", "price"}


def test_a_column_that_only_changed_its_id_is_renamed() -> None:
    """For two days; after that nothing of the old one can be open."""
    first = knows(calendar())
    second = knows(calendar(NOON | {"id": "lunch"}), first, now=200)
    assert second.renamed == {"lunch": ("noon", 200)}
    assert knows(calendar(NOON | {"id": "lunch"}), second, now=200 + KEPT).renamed == {}


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param([NOON | {"id": "lunch", "title": "午市"}], id="something-else-changed"),
        pytest.param([NOON | {"id": "lunch"}, NOON | {"id": "supper"}], id="two-could-be-meant"),
        pytest.param([NOON, NOON | {"id": "lunch"}], id="the-old-one-is-still-there"),
    ],
)
def test_what_cannot_be_proven_is_no_rename(columns: list[dict[str, Any]]) -> None:
    """It is one column cancelled and one added."""
    assert knows(calendar(*columns), knows(calendar()), now=200).renamed == {}
