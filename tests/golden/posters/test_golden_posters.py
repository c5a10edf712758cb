"""Golden posters: the same job gives the same bytes as on the day its picture was approved by eye.

Where Pillow or one of its libraries has another version, pictures need only look alike. To approve new pictures, run
``python tests/golden/posters/test_golden_posters.py`` and look at every file it writes.
"""

from __future__ import annotations

import hashlib
import io
import json
import platform
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageStat, features

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from poster_shop import (  # run as a script, too
    APPLES,
    BARE,
    BREAKFAST,
    LIVE,
    LONG,
    PERKS,
    PRODUCTS,
    PROGRAMME,
    TIP,
    context,
    painter,
    titled,
)

from calendarkit.extend import PosterJob  # after the path is set

HERE = Path(__file__).resolve().parent
WIDTH = 360
"""px of the pictures kept for people: the width of a phone."""
ALIKE = 3.0
"""Largest mean difference, of 255, between pictures that look alike."""
BERRIES = {**APPLES, "title": "红颜草莓 甜到心里", "unit": "盒", "photo": "photos/strawberries.webp"}
CASES: Mapping[str, tuple[str, dict[str, Any]]] = {
    "morning_tip": ("morning_tip", context("07:30", item=TIP)),
    "noon_deal": ("noon_deal", context(offer=APPLES)),
    "noon_deal_bare": ("noon_deal", context(offer=BARE, store=LONG)),
    "flash_sale": ("flash_sale", context("20:00", offer=BERRIES, store=LONG)),
    "flash_sale_three": ("flash_sale", context("20:00", values={"products": PRODUCTS})),
    "member_day": ("member_day", titled("会员日", context(offer=BERRIES, values={"perks": PERKS}))),
    "live_preview": ("live_preview", titled("好物直播", context("19:30", item=LIVE))),
    "check_in": ("check_in", titled("早餐打卡", context("08:00", item=BREAKFAST, values={"days": "21"}))),
    "group_buy": ("group_buy", titled("邻里拼团", context(offer=APPLES))),
    "week_programme": ("week_programme", titled("本周节目表", context("07:30", values={"programme": PROGRAMME}))),
    "noon_deal_portrait": ("noon_deal.portrait", context(offer=APPLES)),
    "flash_sale_square": (
        "flash_sale.square@double11",
        titled("双11 秒杀", context("20:00", offer=BERRIES, store=LONG)),
    ),
    "morning_tip_spring": ("morning_tip@spring_festival", context("07:30", item=TIP)),
}


@pytest.mark.parametrize("case", CASES)
def test_posters_look_as_approved(case: str, tmp_path: Path) -> None:
    """Byte for byte with the recorded versions, alike with others; on failure actual and difference are kept."""
    data = drawn(case)
    approved = json.loads((HERE / "approved.json").read_text("utf-8"))
    if approved["versions"] == versions():
        same = hashlib.sha256(data).hexdigest() == approved["sha256"][case]
    else:
        same = distance(case, data) <= ALIKE
    if not same:
        (tmp_path / f"{case}.jpg").write_bytes(data)
        difference(case, data).save(tmp_path / f"{case}.diff.png")
    assert same, f"see {tmp_path} (mean difference {distance(case, data):.2f} of 255)"


@pytest.mark.parametrize("case", CASES)
def test_the_pictures_beside_this_file_are_the_approved_ones(case: str) -> None:
    """What a person sees in the repository is what the hash stands for."""
    assert distance(case, drawn(case)) <= ALIKE


def test_a_changed_poster_is_not_alike() -> None:
    """The tolerance is narrow: two other posters of the same layout are further apart."""
    assert distance("flash_sale", drawn("flash_sale_three")) > ALIKE
    assert distance("noon_deal", drawn("noon_deal_bare")) > ALIKE


def drawn(case: str) -> bytes:
    """Return the poster of one case."""
    layout, values = CASES[case]
    poster = painter().paint(PosterJob(layout=layout, context=values))
    assert poster.faults == ()
    return poster.data


def small(data: bytes) -> Image.Image:
    """Return a poster at phone size."""
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    return picture.resize((WIDTH, picture.height * WIDTH // picture.width), Image.Resampling.BOX)


def difference(case: str, data: bytes) -> Image.Image:
    """Return the difference to the approved picture, brightened."""
    approved = Image.open(HERE / f"{case}.png").convert("RGB")
    return ImageChops.difference(approved, small(data)).point([min(255, level * 8) for level in range(256)] * 3)


def distance(case: str, data: bytes) -> float:
    """Return the mean difference to the approved picture, of 255."""
    approved = Image.open(HERE / f"{case}.png").convert("RGB")
    mean = ImageStat.Stat(ImageChops.difference(approved, small(data))).mean
    return sum(mean) / len(mean)


def versions() -> dict[str, str]:
    """Return the versions that decide about pixels and bytes."""
    names = ("pil", "freetype2", "libjpeg_turbo", "webp")
    return {name: str(features.version(name)) for name in names} | {"machine": platform.machine()}


def approve() -> None:
    """Write the pictures and hashes anew."""
    hashes = {}
    for case in CASES:
        data = drawn(case)
        hashes[case] = hashlib.sha256(data).hexdigest()
        small(data).quantize(256, dither=Image.Dither.FLOYDSTEINBERG).save(HERE / f"{case}.png", optimize=True)
    record = {"versions": versions(), "sha256": hashes}
    (HERE / "approved.json").write_text(json.dumps(record, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    approve()
