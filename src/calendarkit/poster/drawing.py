"""Drawing one layer onto the canvas, clipped to what it may touch, and noting what the proof needs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from calendarkit.model.text import Text
from calendarkit.poster.colour import Rgb, parse_colour
from calendarkit.poster.fonts import Fonts, font
from calendarkit.poster.layers import (
    Fill,
    ImageLayer,
    Lettering,
    PriceLayer,
    QrLayer,
    RectLayer,
    Shadow,
    Stroke,
    TextLayer,
)
from calendarkit.poster.legibility import legibility
from calendarkit.poster.pictures import find_picture, fitted
from calendarkit.poster.poster_error import PosterError
from calendarkit.poster.qr import modules
from calendarkit.poster.resolve import Drawn
from calendarkit.poster.setting import Area, Setting, set_price, set_text
from calendarkit.poster.shapes import faded, filled, plain_colour, rounded, softened

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Assets:
    """Where pictures and fonts come from."""

    pictures: tuple[Path, ...]
    fonts: Fonts


@dataclass(frozen=True, slots=True)
class Trace:
    """What drawing one layer left to be proved.

    Attributes:
        drawn: the layer.
        setting: its words, for texts and prices.
        price: what a price layer shows.
        contrast: how well its words stand out from what is behind them, 1.0 to 21.0; ``None`` without words.
        code: where the QR code stands, quiet zone included.
    """

    drawn: Drawn
    setting: Setting | None = None
    price: Decimal | None = None
    contrast: float | None = None
    code: Area | None = None


def draw(canvas: Image, drawn: Drawn, assets: Assets) -> Trace:
    """Draw one layer onto the RGB ``canvas`` and return what is to be proved about it.

    Raises:
        PosterError: a picture, font, price or QR code is unusable.
    """
    layer = drawn.layer
    if layer.rotate:
        return _turned(canvas, drawn, assets)
    brush = _Brush(canvas, drawn)
    if isinstance(layer, ImageLayer):
        return _image(brush, layer, assets)
    if isinstance(layer, RectLayer):
        return _rect(brush, layer)
    if isinstance(layer, QrLayer):
        return _qr(brush, layer)
    if isinstance(layer, TextLayer):
        setting = set_text(drawn.word("text"), layer, drawn.box, assets.fonts)
        return _words(brush, layer, setting, None)
    assert isinstance(layer, PriceLayer)
    price = _yuan(drawn)
    setting = set_price(price, drawn.word("unit"), _with_symbol(layer, drawn), drawn.box, assets.fonts)
    return _words(brush, layer, setting, price)


class _Brush:
    """Paints masks and tiles onto a canvas, never outside the layer's reach."""

    def __init__(self, canvas: Image, drawn: Drawn) -> None:
        self.canvas = canvas
        self.drawn = drawn
        self.opacity = drawn.layer.opacity
        reach = drawn.reach
        self.clip: Area = (
            max(0, reach[0]), max(0, reach[1]), min(canvas.width, reach[2]), min(canvas.height, reach[3]),
        )  # fmt: skip

    def paint(self, fill: Fill | Image, mask: Image, at: tuple[int, int]) -> None:
        """Put ``fill`` onto the canvas through ``mask``, whose top left corner is ``at``."""
        from PIL import ImageChops

        tile = fill if not isinstance(fill, str) and hasattr(fill, "size") else None
        if tile is None:
            assert not hasattr(fill, "size")
            tile = filled(fill, mask.size)
        area = _common((at[0], at[1], at[0] + mask.width, at[1] + mask.height), self.clip)
        if area is None:
            return
        cut = (area[0] - at[0], area[1] - at[1], area[2] - at[0], area[3] - at[1])
        tile, mask = tile.crop(cut), mask.crop(cut)
        if tile.mode == "RGBA" and tile.getextrema()[3] != (255, 255):
            mask = ImageChops.multiply(mask, tile.getchannel("A"))
        self.canvas.paste(tile.convert("RGB"), area[:2], faded(mask, self.opacity))

    def shadow(self, shadow: Shadow | None, mask: Image, at: tuple[int, int]) -> None:
        """Put the soft copy of ``mask`` onto the canvas."""
        from PIL import Image

        if shadow is None:
            return
        edge = shadow.blur * 2
        wide = Image.new("L", (mask.width + edge * 2, mask.height + edge * 2), 0)
        wide.paste(mask, (edge, edge))
        where = (at[0] - edge + shadow.offset[0], at[1] - edge + shadow.offset[1])
        self.paint(shadow.color, softened(wide, shadow.blur), where)

    def plate(self, area: Area, fill: Fill, radius: int, stroke: Stroke | None = None) -> Image:
        """Put a rounded plate, with its outline outside, onto the canvas and return its mask."""
        size = (area[2] - area[0], area[3] - area[1])
        mask = rounded(size, radius)
        if stroke:
            edge = stroke.width
            outer = rounded((size[0] + edge * 2, size[1] + edge * 2), radius + edge if radius else 0)
            self.paint(stroke.color, outer, (area[0] - edge, area[1] - edge))
        self.paint(fill, mask, (area[0], area[1]))
        return mask


def _image(brush: _Brush, layer: ImageLayer, assets: Assets) -> Trace:
    from PIL import Image, ImageChops

    left, top, right, bottom = brush.drawn.box
    size = (right - left, bottom - top)
    path = find_picture(brush.drawn.word("src"), assets.pictures)
    picture, (x, y) = fitted(path, size, cover=layer.fit == "cover", focus=layer.focus)
    mask = Image.new("L", picture.size, 255) if not layer.radius else rounded(picture.size, layer.radius)
    at = (left + x, top + y)
    if layer.shadow:
        brush.shadow(layer.shadow, ImageChops.multiply(mask, picture.getchannel("A")), at)
    brush.paint(picture, mask, at)
    return Trace(brush.drawn)


def _rect(brush: _Brush, layer: RectLayer) -> Trace:
    box = brush.drawn.box
    if layer.shadow:
        brush.shadow(layer.shadow, rounded((box[2] - box[0], box[3] - box[1]), layer.radius), box[:2])
    brush.plate(box, layer.color, layer.radius, layer.stroke)
    return Trace(brush.drawn)


def _qr(brush: _Brush, layer: QrLayer) -> Trace:
    from PIL import Image

    left, top, right, bottom = brush.drawn.box
    code = modules(brush.drawn.word("data"))
    count = code.width + layer.quiet * 2
    scale = min(right - left, bottom - top) // count
    if scale < 2:
        raise PosterError(
            Text(f"二维码太密：{brush.drawn.label} 的框至少要 {count * 2} 像素",
                 f"QR too dense: the box of {brush.drawn.label} needs at least {count * 2} px")
        )  # fmt: skip
    brush.plate(brush.drawn.box, layer.background, layer.radius)
    side = code.width * scale
    at = ((left + right - side) // 2, (top + bottom - side) // 2)
    dark = code.resize((side, side), Image.Resampling.NEAREST).point([255 - level for level in range(256)])
    brush.paint(layer.color, dark, at)
    return Trace(brush.drawn, code=brush.drawn.box)


def _words(brush: _Brush, layer: TextLayer | PriceLayer, setting: Setting, price: Decimal | None) -> Trace:
    if layer.background and setting.ink:
        _pill(brush, layer, setting)
    mask, at = _mask(brush, setting, 0)
    if mask is None:
        return Trace(brush.drawn, setting, price)
    thick = _mask(brush, setting, layer.stroke.width)[0] if layer.stroke else None
    brush.shadow(layer.shadow, thick or mask, at)
    if layer.stroke and thick:
        brush.paint(layer.stroke.color, thick, at)
    contrast = legibility(brush.canvas, mask, at, _colour(layer), brush.opacity)
    _ink(brush, layer, setting, mask, at)
    return Trace(brush.drawn, setting, price, contrast)


def _ink(brush: _Brush, layer: TextLayer | PriceLayer, setting: Setting, mask: Image, at: tuple[int, int]) -> None:
    faint = layer.unit_color if isinstance(layer, PriceLayer) else None
    if not faint:
        brush.paint(_aligned(layer.color, setting, mask, at), mask, at)
        return
    for wanted, fill in ((False, layer.color), (True, faint)):
        part, _ = _mask(brush, setting, 0, faint=wanted)
        if part is not None:
            brush.paint(fill, part, at)


def _aligned(fill: Fill, setting: Setting, mask: Image, at: tuple[int, int]) -> Fill | Image:
    """Return a gradient that runs over the words themselves, not over the box they could fill."""
    from PIL import Image

    if isinstance(fill, str) or setting.ink is None:
        return fill
    left, top, right, bottom = setting.ink
    tile = Image.new("RGBA", mask.size)
    tile.paste(filled(fill, (right - left, bottom - top)), (left - at[0], top - at[1]))
    return tile


def _mask(
    brush: _Brush, setting: Setting, stroke: int, *, faint: bool | None = None
) -> tuple[Image | None, tuple[int, int]]:
    """Return the glyphs as a mask over the layer's reach, and the mask's place; no mask when there is no ink."""
    from PIL import Image, ImageDraw

    left, top, right, bottom = brush.clip
    if setting.ink is None or right <= left or bottom <= top:
        return None, (left, top)
    mask = Image.new("L", (right - left, bottom - top), 0)
    pen = ImageDraw.Draw(mask)
    for run in setting.runs:
        if faint is None or run.faint == faint:
            where = (run.x - left, run.y - top)
            pen.text(where, run.text, fill=255, font=font(run.face, run.size), anchor="ls", stroke_width=stroke)
    for rule in setting.rules if faint is not True else ():
        pen.rectangle((rule[0] - left, rule[1] - top, rule[2] - left - 1, rule[3] - top - 1), fill=255)
    return mask, (left, top)


def _pill(brush: _Brush, layer: Lettering, setting: Setting) -> None:
    assert layer.background is not None
    across, down = layer.background.padding
    left, top, right, bottom = setting.area
    area = (left - across, top - down, right + across, bottom + down)
    if layer.background.shadow:
        mask = rounded((area[2] - area[0], area[3] - area[1]), layer.background.radius)
        brush.shadow(layer.background.shadow, mask, area[:2])
    brush.plate(area, layer.background.color, layer.background.radius, layer.background.stroke)


def _turned(canvas: Image, drawn: Drawn, assets: Assets) -> Trace:
    """Draw a layer straight onto a copy and lay the turned difference over the canvas."""
    from dataclasses import replace

    from PIL import Image

    reach = drawn.reach
    size = (reach[2] - reach[0], reach[3] - reach[1])
    left, top, right, bottom = drawn.box
    moved = (left - reach[0], top - reach[1], right - reach[0], bottom - reach[1])
    straight = replace(drawn, layer=drawn.layer.model_copy(update={"rotate": 0.0}), box=moved)
    grounds = [Image.new("RGB", size, ground) for ground in ((0, 0, 0), (255, 255, 255))]
    trace, _ = (draw(each, straight, assets) for each in grounds)
    tile, mask = _cut_out(*grounds)
    angle = -drawn.layer.rotate
    turned = [each.rotate(angle, Image.Resampling.BICUBIC) for each in (tile, mask)]
    region = canvas.crop(reach)
    contrast = legibility(region, mask, (0, 0), _colour(drawn.layer), 1.0) if trace.contrast else None
    behind = trace.contrast if getattr(drawn.layer, "background", None) else contrast
    _Brush(canvas, drawn).paint(turned[0], turned[1], reach[:2])
    code = drawn.box if trace.code else None
    return Trace(drawn, trace.setting and _shifted(trace.setting, reach[:2]), trace.price, behind, code)


def _cut_out(black: Image, white: Image) -> tuple[Image, Image]:
    """Return colours and mask of what was drawn alike on black and on white."""
    from PIL import ImageChops, ImageMath

    mask = ImageChops.invert(ImageChops.subtract(white, black).convert("L"))
    channels = []
    for channel in black.split():
        wide = ImageMath.lambda_eval(
            lambda args: args["min"](args["c"] * 255 / args["max"](args["m"], 1), 255), c=channel, m=mask
        )
        channels.append(wide.convert("L"))
    from PIL import Image

    return Image.merge("RGB", channels), mask


def _shifted(setting: Setting, by: tuple[int, int]) -> Setting:
    from dataclasses import replace

    def moved(area: Area) -> Area:
        return area[0] + by[0], area[1] + by[1], area[2] + by[0], area[3] + by[1]

    return replace(setting, area=moved(setting.area), ink=setting.ink and moved(setting.ink))


def _colour(layer: object) -> Rgb:
    return plain_colour(layer.color)[:3] if isinstance(layer, Lettering) else (0, 0, 0)


def _with_symbol(layer: PriceLayer, drawn: Drawn) -> PriceLayer:
    symbol = drawn.word("symbol")
    return layer if symbol == layer.symbol else layer.model_copy(update={"symbol": symbol})


def _yuan(drawn: Drawn) -> Decimal:
    text = drawn.word("value")
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 <= value < 10_000_000 or value != value.quantize(Decimal("0.01")):
        raise PosterError(
            Text(f"海报图层 {drawn.label}：“{text}”不是价格", f"poster layer {drawn.label}: “{text}” is not a price")
        )
    return value


def _common(one: Area, other: Area) -> Area | None:
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right, bottom = min(one[2], other[2]), min(one[3], other[3])
    return (left, top, right, bottom) if right > left and bottom > top else None


__all__ = ["Assets", "Trace", "draw", "parse_colour"]
