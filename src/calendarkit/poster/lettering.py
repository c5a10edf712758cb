"""Drawing words that are set: pill, shadow, outline, then the letters, and how well they can be read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from calendarkit.poster.brush import Brush
from calendarkit.poster.colour import Rgb
from calendarkit.poster.emoji import INK as EMOJI_INK
from calendarkit.poster.emoji import emoji_tile
from calendarkit.poster.fonts import PICTURES, Face, advance, drawn_advance, font
from calendarkit.poster.layers import Fill, Lettering, PriceLayer, TextLayer
from calendarkit.poster.legibility import legibility
from calendarkit.poster.resolve import Drawn
from calendarkit.poster.setting import ASCENT, DESCENT, Area, Run, Setting
from calendarkit.poster.shapes import filled, plain_colour, rounded

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Trace:
    """What drawing one layer left to be proved.

    Attributes:
        drawn: the layer.
        setting: its words, for texts and prices.
        price: what a price layer shows, yuan.
        contrast: how well its words stand out from what is behind them, 1.0 to 21.0; ``None`` without words.
        code: where the QR code stands, quiet zone included.
        ink: what its words really coloured, outlines included; of a turned layer, before it was turned.
        touched: every px that was painted lies in here; ``None`` when none was.
    """

    drawn: Drawn
    setting: Setting | None = None
    price: Decimal | None = None
    contrast: float | None = None
    code: Area | None = None
    ink: Area | None = None
    touched: Area | None = None


def draw_words(brush: Brush, layer: TextLayer | PriceLayer, setting: Setting, price: Decimal | None = None) -> Trace:
    """Draw set words and return what is to be proved about them."""
    left, top, right, bottom = brush.clip
    if setting.ink is None or right <= left or bottom <= top:
        return Trace(brush.drawn, setting, price)
    if layer.background:
        _pill(brush, layer, setting)
    letters = letter_mask(setting, brush.clip)
    thick = letter_mask(setting, brush.clip, stroke=layer.stroke.width) if layer.stroke else letters
    at = (left, top)
    brush.shadow(layer.shadow, thick, at)
    if layer.stroke:
        brush.paint(layer.stroke.color, thick, at)
    contrast = legibility(brush.canvas, letters, at, ink_colour(layer, brush.drawn.layer.opacity))
    for fill, mask in _inks(layer, setting, brush.clip, letters):
        brush.paint(fill, mask, at)
    _pictures(brush, setting)
    box = thick.getbbox()
    ink = (left + box[0], top + box[1], left + box[2], top + box[3]) if box else None
    return Trace(brush.drawn, setting, price, contrast, ink=ink)


def letter_mask(setting: Setting, clip: Area, *, stroke: int = 0, faint: bool | None = None) -> Image:
    """Return the letters as a mask over ``clip``.

    Args:
        setting: the words.
        clip: px of the canvas that the mask covers.
        stroke: px by which letters grow.
        faint: only a price's unit, or only the rest; ``None`` for everything.
    """
    from PIL import Image, ImageDraw

    left, top, right, bottom = clip
    mask = Image.new("L", (right - left, bottom - top), 0)
    pen = ImageDraw.Draw(mask)
    for run in setting.runs:
        if run.face.index != PICTURES and (faint is None or run.faint == faint):
            if run.turned:
                _lay(mask, run, (left, top), stroke)
                continue
            x, y = run.x - left, run.y - top
            for char in run.text:
                bitmap, off = _inked(run.face, run.size, char, stroke)
                pen.draw.draw_bitmap((_whole(x, 32) + off[0], _whole(y, 31) + off[1]), bitmap, 255)
                x += drawn_advance(run.face, char, run.size)
    for rule in setting.rules if not faint else ():
        pen.rectangle((rule[0] - left, rule[1] - top, rule[2] - left - 1, rule[3] - top - 1), fill=255)
    return mask


@lru_cache(maxsize=2048)
def _inked(face: Face, size: int, char: str, stroke: int) -> tuple[Any, tuple[int, int]]:
    """Return the bitmap of a character, outline ``stroke`` px wide, and where it stands from its origin.

    One takes 22 µs to draw and 1 µs to remember, and names of stores share nearly all of theirs.
    """
    return font(face, size).getmask2(char, "L", stroke_width=stroke, anchor="ls", stroke_filled=True)


def _whole(at: float, half: int) -> int:
    """Return the px at which FreeType puts a glyph: the nearest one, reckoned in 64ths; ``half`` of them round up."""
    return (math.floor(at * 64 + 0.5) + half) >> 6


def _lay(mask: Image, run: Run, origin: tuple[int, int], stroke: int) -> None:
    """Draw one character on its side into the mask whose top left corner is ``origin``."""
    from PIL import Image, ImageChops, ImageDraw

    half = run.size + stroke
    upright = Image.new("L", (half * 2, half * 2), 0)
    across, down = advance(run.face, run.text) / 2 * run.size, (DESCENT - ASCENT) / 2 * run.size
    letter = font(run.face, run.size)
    ImageDraw.Draw(upright).text(
        (half - across, half - down), run.text, fill=255, font=letter, anchor="ls", stroke_width=stroke
    )
    tile = upright.transpose(Image.Transpose.ROTATE_270)
    at = (round(run.x + across - half) - origin[0], round(run.y + down - half) - origin[1])
    under = mask.crop((at[0], at[1], at[0] + half * 2, at[1] + half * 2))
    mask.paste(ImageChops.lighter(under, tile), at)


def _pictures(brush: Brush, setting: Setting) -> None:
    """Paint the colour emoji among the words."""
    for run in setting.runs:
        at = run.x
        for char in run.text if run.face.index == PICTURES else "":
            left, top, right, _ = (each * run.size for each in EMOJI_INK)
            tile = emoji_tile(char, max(1, round(right - left)))
            brush.paint(tile, tile.getchannel("A"), (round(at + left), round(run.y + top)))
            at += drawn_advance(run.face, char, run.size)


def ink_colour(layer: object, opacity: float = 1.0) -> tuple[Rgb, float]:
    """Return the colour that stands for a layer's words, and how opaque it is."""
    if not isinstance(layer, Lettering):
        return (0, 0, 0), opacity
    red, green, blue, alpha = plain_colour(layer.color)
    return (red, green, blue), opacity * alpha / 255


def _inks(
    layer: TextLayer | PriceLayer, setting: Setting, clip: Area, letters: Image
) -> tuple[tuple[Fill | Image, Image], ...]:
    """Return colours and their masks: one, or two where the unit of a price has a colour of its own."""
    fill = _aligned(layer.color, setting, clip)
    if not isinstance(layer, PriceLayer) or not layer.unit_color:
        return ((fill, letters),)
    return (fill, letter_mask(setting, clip, faint=False)), (layer.unit_color, letter_mask(setting, clip, faint=True))


def _aligned(fill: Fill, setting: Setting, clip: Area) -> Fill | Image:
    """Return a gradient that runs over the words themselves, not over the box they could fill."""
    from PIL import Image

    if isinstance(fill, str) or setting.ink is None:
        return fill
    left, top, right, bottom = setting.ink
    run = filled(fill, (right - left, bottom - top))
    tile = Image.new(run.mode, (clip[2] - clip[0], clip[3] - clip[1]))
    tile.paste(run, (left - clip[0], top - clip[1]))
    return tile


def _pill(brush: Brush, layer: Lettering, setting: Setting) -> None:
    assert layer.background is not None
    across, down = layer.background.padding
    left, top, right, bottom = setting.area
    area = (left - across, top - down, right + across, bottom + down)
    if layer.background.shadow:
        mask = rounded((area[2] - area[0], area[3] - area[1]), layer.background.radius)
        brush.shadow(layer.background.shadow, mask, (area[0], area[1]))
    brush.plate(area, layer.background.color, layer.background.radius, layer.background.stroke)
