"""Editions: equal keys only for equal posters, and for all of these."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from poster_shop import APPLES, LONG, SHORT, context, painter

from calendarkit.extend import PosterJob
from calendarkit.extend.painting import Foretelling
from calendarkit.poster.poster_error import PosterError

BASE = context("20:00", offer=APPLES, group={"id": "hz-001.vip", "title": "VIP 群"})


def key(layout: str = "flash_sale", *, max_bytes: int | None = None, **changed: Any) -> str:
    """Return the key of a job that differs from the usual one in some roots."""
    painting = painter()
    assert isinstance(painting, Foretelling)
    return painting.key(PosterJob(layout=layout, context={**BASE, **changed}, max_bytes=max_bytes))


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"group": {"id": "hz-001.new", "title": "新人群"}},
        {"store": {**SHORT, "id": "hz-999", "phone": "1"}},
        {"workspace": {"name": "别的店"}},
        {"column": {**BASE["column"], "owner": "老王"}},
    ],
    ids=["same", "group", "unshown of the store", "unshown workspace", "unshown of the column"],
)
def test_what_is_not_shown_makes_no_other_poster(changed: dict[str, Any]) -> None:
    """Ten groups of a store share its poster, and tomorrow's shares today's where nothing says which day it is."""
    assert key(**changed) == key()


@pytest.mark.parametrize(
    "changed",
    [
        {"store": LONG},
        {"store": {**SHORT, "join_url": "https://example.com/other"}},
        {"offer": {**APPLES, "price": Decimal("9.80")}},
        {"offer": {**APPLES, "title": "红富士"}},
        {"slot": {**BASE["slot"], "day": dt.date(2026, 11, 26)}},
        {"max_bytes": 100_000},
        {"layout": "noon_deal"},
    ],
    ids=["store", "code", "price", "title", "day", "limit", "layout"],
)
def test_what_is_shown_makes_another_poster(changed: dict[str, Any]) -> None:
    """Nothing that a customer or the channel could tell apart shares a key."""
    assert key(**changed) != key()


def test_a_price_that_is_not_shown_still_counts() -> None:
    """The poster is held against the offer's price, so a changed one must be held against it again."""
    plain = {"layout": "morning_tip", "item": {"title": "早", "photo": ""}}
    assert key(**plain) != key(**plain, offer={**APPLES, "price": Decimal("1")})


def test_a_stores_own_picture_counts(tmp_path: Path) -> None:
    """A picture whose name differs from store to store is told by its file."""
    from PIL import Image

    (tmp_path / "posters").mkdir()
    (tmp_path / "assets").mkdir()
    layer = '[[layer]]\ntype = "image"\nsrc = "{{ store.id }}.png"\nbox = [0, 0, 64, 64]\n'
    (tmp_path / "posters" / "t.toml").write_text(f'[poster]\nname = "t"\nsize = [64, 64]\n{layer}', "utf-8")
    painting, job, seen = painter(tmp_path), PosterJob(layout="t", context=BASE), []
    assert isinstance(painting, Foretelling)
    for colour in ("red", "blue"):
        Image.new("RGB", (64, 64), colour).save(tmp_path / "assets" / "hz-001.png")
        seen.append((painting.key(job), painting.paint(job).data))
    assert seen[0][0] != seen[1][0]
    assert seen[0][1] != seen[1][1]
    with pytest.raises(PosterError, match="找不到图片"):
        painting.key(PosterJob(layout="t", context={**BASE, "store": LONG}))
