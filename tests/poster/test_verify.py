"""The proof: every way a poster can be wrong becomes a fault, and a right one has none."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from poster_shop import APPLES, paint

WORDS = '[[layer]]\ntype = "text"\nname = "字"\nsize = 60\nbox = [20, 20, 500, 100]\n'
PRICE = '[[layer]]\ntype = "price"\nname = "价"\nsize = 100\nbox = [20, 200, 500, 150]\n'
CODE = '[[layer]]\ntype = "qr"\nname = "码"\ndata = "{{ store.join_url }}"\nbox = [20, 20, 300, 300]\n'


@pytest.mark.parametrize(
    ("layers", "fault"),
    [
        (WORDS + 'text = "甜😀"', "没有字体能显示 😀"),
        (WORDS + 'text = "看不清"\ncolor = "#F0F0F0"', "对比度"),
        (WORDS + 'text = "看不清"\ncolor = "#22222240"', "对比度"),
        (WORDS + 'text = "这一行字怎么也放不进这个框里面"\nmin_size = 55\nmax_lines = 1\noverflow = "error"', "放不下"),
        (PRICE + 'value = "9.8"', "与商品价 9.90 不一致"),
        (PRICE + 'value = "{{ offer.price - 1 }}"', "与商品价 9.90 不一致"),
        (PRICE.replace("[20, 200, 500", "[20, 200, 200") + 'value = "9.9"\nunit = "/ 一大箱"\nmin_size = 99', "放不下"),
        (CODE + '[[layer]]\ntype = "rect"\ncolor = "#FFF"\nbox = [20, 20, 160, 160]', "扫不出来"),
        (CODE + 'color = "#FFFFFF"', "扫不出来"),
    ],
    ids=["glyph", "pale", "translucent", "too long", "fixed price", "changed price", "wide price", "covered", "white"],
)
def test_each_fault_is_found(tmp_path: Path, layers: str, fault: str) -> None:
    """The fault names the layer and says what is wrong, in both languages."""
    poster = paint(tmp_path, layers, offer=APPLES)
    assert len(poster.faults) == 1, poster.faults
    assert fault in poster.faults[0].zh
    assert poster.faults[0].en


@pytest.mark.parametrize(
    "layers",
    [
        WORDS + 'text = "看得清"',
        WORDS + 'text = "看得清"\ncolor = "#FFFFFF"\nstroke = { width = 10, color = "#8E0010" }',
        WORDS + 'text = "看得清"\ncolor = "#FFFFFF"\nbackground = { color = "#C2161A" }',
        PRICE + 'value = "{{ offer.price }}"',
        PRICE
        + 'value = "{{ offer.list_price }}"\nstrike = true\n'
        + PRICE.replace("[20, 200", "[20, 20")
        + 'value = "{{ offer.price }}"\nrotate = 5',
        CODE,
    ],
    ids=["plain", "outlined", "on a pill", "price", "list price", "code"],
)
def test_a_right_poster_has_no_fault(tmp_path: Path, layers: str) -> None:
    """Outlines and pills count as what is behind words; the list price may differ."""
    assert paint(tmp_path, layers, offer=APPLES).faults == ()


def test_a_code_of_another_store_is_found() -> None:
    """A code that reads something else than the layer's data is a fault."""
    from calendarkit.poster.layers import QrLayer
    from calendarkit.poster.lettering import Trace
    from calendarkit.poster.qr import modules
    from calendarkit.poster.resolve import Drawn
    from calendarkit.poster.verify import verify

    code = modules("https://example.com/other")
    canvas = Image.new("RGB", (300, 300), "white")
    canvas.paste(code.resize((code.width * 6,) * 2, Image.Resampling.NEAREST), (40, 40))
    layer = QrLayer(type="qr", data="", box=(0, 0, 300, 300))
    drawn = Drawn(layer, (0, 0, 300, 300), (("data", "https://example.com/own"),))
    assert "扫出的是 https://example.com/other" in verify(canvas, [Trace(drawn, code=drawn.box)], {})[0].zh


def test_words_that_leave_the_poster_are_found(tmp_path: Path) -> None:
    """A box that hangs over the edge does not excuse words beyond it."""
    layer = WORDS.replace("[20, 20, 500, 100]", "[480, 20, 300, 100]") + 'text = "出界了"\noverflow = "clip"'
    assert any("画面" in fault.zh for fault in paint(tmp_path, layer).faults)
