"""Drawing one layer onto the canvas, clipped to what it may touch, and noting what the proof needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calendarkit.extend.painting import LayerKind
from calendarkit.model.text import Text
from calendarkit.poster.brush import Brush
from calendarkit.poster.fonts import Fonts
from calendarkit.poster.foreign import foreign
from calendarkit.poster.layers import ImageLayer, Layer, PluginLayer, PriceLayer, QrLayer, RectLayer, TextLayer
from calendarkit.poster.legibility import legibility
from calendarkit.poster.lettering import Trace, draw_words, ink_colour
from calendarkit.poster.pictures import find_picture, fitted
from calendarkit.poster.poster_error import PosterError
from calendarkit.poster.price_setting import set_price
from calendarkit.poster.qr import modules
from calendarkit.poster.resolve import Drawn
from calendarkit.poster.setting import Area, set_text
from calendarkit.poster.shapes import rounded
from calendarkit.poster.vertical import set_vertical

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PRICE = Decimal(10_000_000)
"""Prices in yuan stay below this."""


@dataclass(frozen=True, slots=True)
class Assets:
    """Where pictures and fonts come from."""

    pictures: tuple[Path, ...]
    fonts: Fonts
    layers: Mapping[str, LayerKind] = field(default_factory=dict)


def draw(canvas: Image, drawn: Drawn, assets: Assets) -> Trace:
    """Draw one layer onto the RGB ``canvas`` and return what is to be proved about it.

    Raises:
        PosterError: a picture, font, price or QR code is unusable.
    """
    brush = Brush(canvas, drawn)
    trace = _turned(brush, assets) if drawn.layer.rotate else _DRAWN_BY[type(drawn.layer)](brush, drawn.layer, assets)
    return replace(trace, touched=brush.touched)


def _text(brush: Brush, layer: TextLayer, assets: Assets) -> Trace:
    drawn, place = brush.drawn, set_vertical if layer.vertical else set_text
    return draw_words(brush, layer, place(drawn.word("text"), layer, drawn.box, assets.fonts))


def _price(brush: Brush, layer: PriceLayer, assets: Assets) -> Trace:
    drawn = brush.drawn
    price, symbol = _yuan(drawn), drawn.word("symbol")
    signed = layer if symbol == layer.symbol else layer.model_copy(update={"symbol": symbol})
    setting = set_price((price, drawn.word("unit")), signed, drawn.box, assets.fonts)
    return draw_words(brush, layer, setting, price)


def _image(brush: Brush, layer: ImageLayer, assets: Assets) -> Trace:
    from PIL import Image, ImageChops

    left, top, right, bottom = brush.drawn.box
    path = find_picture(brush.drawn.word("src"), assets.pictures)
    picture, (x, y) = fitted(path, (right - left, bottom - top), fit=layer.fit, focus=layer.focus)
    mask = rounded(picture.size, layer.radius) if layer.radius else Image.new("L", picture.size, 255)
    at = (left + x, top + y)
    if layer.shadow:
        seen = ImageChops.multiply(mask, picture.getchannel("A")) if picture.mode == "RGBA" else mask
        brush.shadow(layer.shadow, seen, at)
    if layer.tint is not None:
        mask = ImageChops.multiply(mask, picture.getchannel("A")) if picture.mode == "RGBA" else mask
        brush.paint(layer.tint, mask, at)
    else:
        brush.paint(picture, mask, at)
    return Trace(brush.drawn)


def _rect(brush: Brush, layer: RectLayer, _: Assets) -> Trace:
    left, top, right, bottom = brush.drawn.box
    if layer.shadow:
        brush.shadow(layer.shadow, rounded((right - left, bottom - top), layer.radius), (left, top))
    brush.plate(brush.drawn.box, layer.color, layer.radius, layer.stroke)
    return Trace(brush.drawn)


def _qr(brush: Brush, layer: QrLayer, _: Assets) -> Trace:
    from PIL import Image, ImageChops

    left, top, right, bottom = brush.drawn.box
    code = modules(brush.drawn.word("data"))
    count = code.width + layer.quiet * 2
    scale = min(right - left, bottom - top) // count
    if scale < 2:
        zh = f"二维码太密：{brush.drawn.label} 的框至少要 {count * 2} 像素"
        raise PosterError(Text(zh, f"QR too dense: the box of {brush.drawn.label} needs at least {count * 2} px"))
    brush.plate(brush.drawn.box, layer.background, layer.radius)
    side = code.width * scale
    dark = ImageChops.invert(code).resize((side, side), Image.Resampling.NEAREST)
    brush.paint(layer.color, dark, ((left + right - side) // 2, (top + bottom - side) // 2))
    return Trace(brush.drawn, code=brush.drawn.box)


def _plugin(brush: Brush, layer: PluginLayer, assets: Assets) -> Trace:
    return foreign(brush, layer, assets.layers)


_DRAWN_BY: Mapping[type[Layer], Callable[[Brush, Any, Assets], Trace]] = {
    TextLayer: _text, PriceLayer: _price, ImageLayer: _image, RectLayer: _rect, QrLayer: _qr, PluginLayer: _plugin,
}  # fmt: skip


def _turned(brush: Brush, assets: Assets) -> Trace:
    """Draw a layer straight on black and on white, cut it out, turn it, and lay it over the canvas."""
    from PIL import Image

    canvas, drawn, reach = brush.canvas, brush.drawn, brush.drawn.reach
    straight = replace(
        drawn, layer=drawn.layer.model_copy(update={"rotate": 0.0}), box=_moved(drawn.box, (-reach[0], -reach[1]))
    )
    size = (reach[2] - reach[0], reach[3] - reach[1])
    black, white = (Image.new("RGB", size, ground) for ground in ((0, 0, 0), (255, 255, 255)))
    trace = draw(black, straight, assets)
    draw(white, straight, assets)
    tile, mask = (each.rotate(-drawn.layer.rotate, Image.Resampling.BICUBIC) for each in _cut_out(black, white))
    contrast = trace.contrast
    if contrast is not None and not getattr(drawn.layer, "background", None):
        contrast = legibility(canvas.crop(reach), mask, (0, 0), ink_colour(drawn.layer))
    brush.paint(tile, mask, (reach[0], reach[1]))
    ink = trace.ink and _moved(trace.ink, (reach[0], reach[1]))
    return replace(trace, drawn=drawn, contrast=contrast, ink=ink, code=drawn.box if trace.code else None)


def _cut_out(black: Image, white: Image) -> tuple[Image, Image]:
    """Return colours and mask of what was drawn alike on black and on white."""
    from PIL import Image, ImageChops, ImageMath

    mask = ImageChops.invert(ImageChops.subtract(white, black).convert("L"))

    def bright(channel: Image.Image) -> Image.Image:
        made: Image.Image = ImageMath.lambda_eval(
            lambda args: args["convert"](args["min"](args["c"] * 255 / args["max"](args["m"], 1), 255), "L"),
            c=channel,
            m=mask,
        )
        return made

    return Image.merge("RGB", [bright(each) for each in black.split()]), mask


def _moved(area: Area, by: tuple[int, int]) -> Area:
    return area[0] + by[0], area[1] + by[1], area[2] + by[0], area[3] + by[1]


def _yuan(drawn: Drawn) -> Decimal:
    text = drawn.word("value")
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 <= value < MAX_PRICE or value != value.quantize(Decimal("0.01")):
        zh = f"海报图层 {drawn.label}：“{text}”不是价格"
        raise PosterError(Text(zh, f"poster layer {drawn.label}: “{text}” is not a price"))
    return value
