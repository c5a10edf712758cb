"""Drawing one layer: only inside what it may touch, and what it draws looks as asked."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from poster_shop import context, paint

from calendarkit.poster.drawing import Assets, draw
from calendarkit.poster.fonts import Fonts
from calendarkit.poster.layers import Layout
from calendarkit.poster.poster_error import PosterError
from calendarkit.poster.read_layers import read_layers
from calendarkit.poster.resolve import Drawn, resolve

ASSETS = Assets((), Fonts())
LAYERS = {
    "text": {"type": "text", "text": "Ågj滨江店", "font": "bold", "size": 90, "overflow": "clip"},
    "shadowed": {"type": "text", "text": "滨江店", "size": 60, "shadow": {"blur": 20, "offset": [8, 8]}},
    "turned": {"type": "text", "text": "限时", "size": 60, "rotate": -12, "background": {"color": "#C00"}},
    "price": {"type": "price", "value": "19.9", "unit": "/ 盒", "size": 120, "shadow": {"blur": 30}},
    "code": {"type": "qr", "data": "https://example.com", "radius": 20},
    "rect": {"type": "rect", "color": "#C00", "radius": 20, "stroke": {"width": 6, "color": "#FC0"}, "shadow": {}},
    "photo": {"type": "image", "src": "photos/apples.webp", "fit": "contain", "shadow": {"blur": 30}},
}


def one(layer: dict[str, object], box: tuple[int, ...] = (150, 120, 200, 100)) -> Drawn:
    """Return one resolved layer on a sheet of 500 × 400 px."""
    nouns, findings = read_layers([{**layer, "box": list(box)}], "t.toml", ())
    assert findings == ()
    sheet = Layout.model_validate({"poster": {"name": "t", "size": [500, 400]}})
    return resolve(sheet.model_copy(update={"layer": nouns}), context())[0]


@pytest.mark.parametrize("kind", LAYERS)
def test_nothing_is_drawn_outside_the_reach(kind: str) -> None:
    """The dirty rectangle does not lie: outside a layer's reach not one pixel changes, inside some do."""
    drawn = one(LAYERS[kind])
    before = Image.effect_noise((500, 400), 60).convert("RGB")
    after = before.copy()
    draw(after, drawn, ASSETS)
    changed = ImageChops.difference(before, after).getbbox()
    reach = drawn.reach
    assert changed is not None
    assert (changed[0] >= reach[0], changed[1] >= reach[1], changed[2] <= reach[2], changed[3] <= reach[3]) == (
        True,
    ) * 4


@pytest.mark.parametrize("kind", LAYERS)
def test_a_layer_over_the_edge_is_drawn_as_far_as_there_is_canvas(kind: str) -> None:
    """A box that hangs over the right or the left edge is no error."""
    before = Image.new("RGB", (500, 400), "white")
    for x in (400, -560):
        after = before.copy()
        draw(after, one(LAYERS[kind], (x, 250, 200, 100)), ASSETS)
        assert ImageChops.difference(before, after).getbbox() is not None


def test_a_turned_layer_turns_clockwise() -> None:
    """A wide bar turned by 30 degrees goes down to the right."""
    canvas = Image.new("RGB", (500, 400), "white")
    draw(canvas, one({"type": "rect", "color": "#000", "rotate": 30}, (100, 190, 300, 20)), ASSETS)
    assert canvas.getpixel((340, 252))[0] < 60
    assert canvas.getpixel((340, 148))[0] > 200


def test_turning_keeps_colours() -> None:
    """Cutting out, turning and laying over leaves the colour of a plate and of the words on it."""
    canvas = Image.new("RGB", (500, 400), "#123456")
    draw(canvas, one({"type": "rect", "color": "#E60012", "rotate": 10}), ASSETS)
    assert canvas.getpixel((250, 170)) == (230, 0, 18)
    assert canvas.getpixel((10, 10)) == (0x12, 0x34, 0x56)


def test_opacity_mixes_with_what_is_behind() -> None:
    """Half-opaque black on white is grey."""
    canvas = Image.new("RGB", (500, 400), "white")
    draw(canvas, one({"type": "rect", "color": "#000000", "opacity": 0.5}), ASSETS)
    assert canvas.getpixel((250, 170))[0] in range(126, 130)


def test_a_code_is_crisp() -> None:
    """Modules are whole px: inside the code there is black and white and nothing between."""
    canvas = Image.new("RGB", (500, 400), "#888888")
    draw(canvas, one({"type": "qr", "data": "https://example.com"}, (50, 50, 300, 300)), ASSETS)
    colours = canvas.crop((60, 60, 340, 340)).getcolors()
    assert sorted(colour for _, colour in colours or ()) == [(0, 0, 0), (255, 255, 255)]


def test_a_gradient_runs_over_the_words() -> None:
    """The colours of a gradient span the letters, not the box they could fill."""
    fill = {"colors": ["#FF0000", "#0000FF"], "angle": 90}
    canvas = Image.new("RGB", (500, 400), "white")
    draw(canvas, one({"type": "text", "text": "▌", "size": 80, "color": fill}, (10, 10, 300, 380)), ASSETS)
    column = [canvas.getpixel((20, y)) for y in range(10, 110)]
    inked = [each for each in column if each != (255, 255, 255)]
    assert inked[2][0] > 220
    assert inked[-3][2] > 220


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        ('type = "price"\nvalue = "便宜"', "不是价格"),
        ('type = "price"\nvalue = "9.999"', "不是价格"),
        ('type = "price"\nvalue = "-1"', "不是价格"),
        ('type = "price"\nvalue = "NaN"', "不是价格"),
        ('type = "qr"\ndata = ""', "1 到 1200"),
        (f'type = "qr"\ndata = "{"x" * 900}"', "太密"),
        ('type = "image"\nsrc = "nope.png"', "找不到图片"),
        ('type = "image"\nsrc = ""', "图片路径"),
        ('type = "text"\ntext = "x"\nfont = "nope.otf"', "找不到字体"),
        ('type = "text"\ntext = "{{ item.title }}"', r"item\.title"),
    ],
    ids=["words", "three decimals", "negative", "NaN", "no data", "dense", "no picture", "no source", "font", "value"],
)
def test_what_cannot_be_drawn_says_why(tmp_path: Path, layer: str, message: str) -> None:
    """Each impossible layer is an error with a sentence."""
    with pytest.raises(PosterError, match=message):
        paint(tmp_path, f"[[layer]]\nbox = [10, 10, 200, 200]\n{layer}\n", item={})


def test_png_keeps_every_pixel(tmp_path: Path) -> None:
    """On request a poster is a PNG."""
    layer = '[[layer]]\ntype = "rect"\ncolor = "#E60012"\nbox = [0, 0, 540, 400]\n'
    poster = paint(tmp_path, layer, sheet='format = "png"')
    assert poster.mime == "image/png"
    assert Image.open(io.BytesIO(poster.data)).getcolors() == [(540 * 400, (230, 0, 18))]
