"""Mutants: a good poster, spoilt in one way each; every one of them is caught, and told by name.

``good.toml`` is what a shop would write. A mutant changes the layout, the job, or what the painter itself does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from poster_shop import APPLES, SHORT, context, painter

from calendarkit.extend import PosterJob
from calendarkit.poster import drawing, qr
from calendarkit.poster.poster_error import PosterError

GOOD = """
[poster]
name = "good"
size = [540, 720]
[[layer]]
type = "image"
name = "底图"
src = "ground.png"
box = [0, 0, 540, 720]
[[layer]]
type = "text"
name = "店名"
text = "{{ store.name }}"
size = 44
min_size = 30
max_lines = 1
overflow = "error"
box = [20, 20, 500, 64]
[[layer]]
type = "price"
name = "价格"
value = "{{ offer.price }}"
size = 90
box = [20, 120, 500, 120]
[[layer]]
type = "qr"
name = "二维码"
data = "{{ store.join_url }}"
box = [270, 450, 250, 250]
"""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One way to spoil a poster.

    Attributes:
        told: what the fault says, in Chinese.
        layout: old and new words of the layout.
        store: what differs of the store.
        limit: bytes the channel takes.
        mimes: what the channel takes.
        harm: changes files or the painter itself.
    """

    told: str
    layout: tuple[str, str] = ("", "")
    store: dict[str, Any] = field(default_factory=dict)
    limit: int | None = None
    mimes: tuple[str, ...] = ()
    harm: Callable[[Path, pytest.MonkeyPatch], object] = lambda folder, patch: None


def other_code(_: Path, patch: pytest.MonkeyPatch) -> None:
    """Draw every code as the neighbour's."""
    honest = qr.modules
    patch.setattr(drawing, "modules", lambda data: honest("https://example.com/j/neighbour"))


def no_code(_: Path, patch: pytest.MonkeyPatch) -> None:
    """Draw codes without a single dark module."""
    honest = qr.modules
    patch.setattr(drawing, "modules", lambda data: Image.new("L", honest(data).size, 255))


def other_price(_: Path, patch: pytest.MonkeyPatch) -> None:
    """Set every price a jiao too low."""
    honest = drawing.set_price
    patch.setattr(drawing, "set_price", lambda words, *more: honest((words[0] - Decimal("0.1"), words[1]), *more))


def dark_photo(folder: Path, _: pytest.MonkeyPatch) -> None:
    """Exchange the background for a dark one."""
    Image.new("RGB", (540, 720), "#1A1A1A").save(folder / "assets" / "ground.png")


def noise(folder: Path, _: pytest.MonkeyPatch) -> None:
    """Exchange the background for something that no encoder makes small."""
    Image.effect_noise((540, 720), 20).convert("RGB").point(lambda level: 205 + level // 6).save(
        folder / "assets" / "ground.png"
    )


def damage(folder: Path, _: pytest.MonkeyPatch) -> None:
    """Cut the background's file in two."""
    path = folder / "assets" / "ground.png"
    path.write_bytes(path.read_bytes()[:200])


def bomb(folder: Path, _: pytest.MonkeyPatch) -> None:
    """Exchange the background for one of 80 megapixels."""
    Image.new("1", (10_000, 8_000)).save(folder / "assets" / "ground.png")


COVER = '[[layer]]\ntype = "rect"\ncolor = "#FFFFFF"\nbox = [270, 450, 130, 130]\n'
LAST = "box = [270, 450, 250, 250]\n"
MUTANTS = {
    "wrong code": Mutant("二维码扫出的是 https://example.com/j/neighbour", harm=other_code),
    "empty code": Mutant("二维码扫不出来", harm=no_code),
    "covered code": Mutant("二维码扫不出来", layout=(LAST, LAST + COVER)),
    "pale code": Mutant("二维码扫不出来", layout=(LAST, LAST + 'color = "#F4F4F4"\n')),
    "dense code": Mutant("二维码太密", store={"join_url": "https://example.com/" + "x" * 1000}),
    "missing glyph": Mutant("没有字体能显示 \U00013000", store={"name": "滨江\U00013000店"}),
    "long name": Mutant(
        "店名：缩到最小字号仍放不下", store={"name": "杭州市余杭区未来科技城海创园社区生鲜旗舰店西门分店"}
    ),
    "fixed price": Mutant("海报价 9.8 与商品价 9.90 不一致", layout=("{{ offer.price }}", "9.8")),
    "computed price": Mutant("海报价 8.9 与商品价 9.90 不一致", layout=("offer.price }}", "offer.price - 1 }}")),
    "printed price": Mutant("印出的是 9.8，应为 9.9", harm=other_price),
    "low contrast": Mutant("店名：文字与背景对比度", layout=('name = "店名"', 'name = "店名"\ncolor = "#E8E8E8"')),
    "dark photo": Mutant("店名：文字与背景对比度", harm=dark_photo),
    "off the poster": Mutant("文字超出了画面", layout=("[20, 20, 500, 64]", '[300, 20, 500, 64]\nalign = "right"')),
    "oversize": Mutant("超过 12 KB", limit=12_000, harm=noise),
    "format": Mutant("渠道不收 image/jpeg", mimes=("image/gif",)),
    "damaged photo": Mutant("ground.png 已损坏", harm=damage),
    "80 megapixels": Mutant("10000×8000 像素，超过 2500 万", harm=bomb),
    "missing photo": Mutant("找不到图片 gone.png", layout=("ground.png", "gone.png")),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a workspace with a light background."""
    (tmp_path / "posters").mkdir()
    (tmp_path / "assets").mkdir()
    Image.new("RGB", (540, 720), "#FFF6E8").save(tmp_path / "assets" / "ground.png")
    return tmp_path


def faults(folder: Path, layout: str, mutant: Mutant, *, encoder: str = "splice") -> str:
    """Return what is said about the second poster of a slot; the first is a good store's, wherever it can be drawn."""
    (folder / "posters" / "good.toml").write_text(layout, "utf-8")
    painting = painter(folder, encoder=encoder)
    said = ""
    for store in (SHORT, {**SHORT, **mutant.store}):
        job = PosterJob(
            layout="good", context=context(offer=APPLES, store=store), max_bytes=mutant.limit, mimes=mutant.mimes
        )
        try:
            said = "；".join(each.zh for each in painting.paint(job).faults)
        except PosterError as error:
            said = error.text.zh
    return said


@pytest.mark.parametrize("encoder", ["splice", "full"])
@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_is_caught(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, encoder: str) -> None:
    """On the press as by the long way, and by what is really wrong with it."""
    mutant = MUTANTS[name]
    layout = GOOD.replace(*mutant.layout, 1)
    assert (layout != GOOD) == bool(mutant.layout[0])
    mutant.harm(folder, monkeypatch)
    assert mutant.told in faults(folder, layout, mutant, encoder=encoder)


def test_the_good_poster_is_good(folder: Path) -> None:
    """Nothing is wrong with it, or the mutants would prove nothing."""
    assert faults(folder, GOOD, Mutant("")) == ""
