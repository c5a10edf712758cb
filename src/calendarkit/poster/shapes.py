"""Shapes: fills, gradients, rounded corners, soft shadows, as masks and tiles."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from calendarkit.poster.colour import Rgba, mixed, parse_colour
from calendarkit.poster.layers import Fill

if TYPE_CHECKING:
    from PIL.Image import Image

Size = tuple[int, int]
FINE = 4
"""Corners are drawn this many times larger and scaled down."""


def filled(fill: Fill, size: Size) -> Image:
    """Return a tile of ``size`` px in one colour or in a gradient: RGB, or RGBA where it is not opaque."""
    from PIL import Image

    if isinstance(fill, str):
        colour = parse_colour(fill)
        return Image.new("RGB", size, colour[:3]) if colour[3] == 255 else Image.new("RGBA", size, colour)
    ramp = _radial(size) if fill.kind == "radial" else _linear(size, fill.angle)
    colours = [parse_colour(each) for each in fill.colors]
    count = len(colours)
    stops = fill.stops if len(fill.stops) == count else tuple(index / (count - 1) for index in range(count))
    tables = [_table(stops, tuple(each[channel] for each in colours)) for channel in range(4)]
    if min(tables[3]) == 255:
        return Image.merge("RGB", [ramp.point(table) for table in tables[:3]])
    return Image.merge("RGBA", [ramp.point(table) for table in tables])


def plain_colour(fill: Fill) -> Rgba:
    """Return one colour that stands for a fill: itself, or the average of a gradient."""
    if isinstance(fill, str):
        return parse_colour(fill)
    colours = tuple(parse_colour(each) for each in fill.colors)
    return (*mixed(colours), 255)


@lru_cache(maxsize=8)
def rounded(size: Size, radius: int) -> Image:
    """Return a mask of ``size`` px with round corners, not to be painted on; a large radius makes a pill or a disc."""
    from PIL import Image

    radius = min(radius, min(size) // 2)
    mask = Image.new("L", size, 255)
    if radius:
        corner = _corner(radius)
        right, bottom = size[0] - radius, size[1] - radius
        flip = Image.Transpose
        mask.paste(corner, (0, 0))
        mask.paste(corner.transpose(flip.FLIP_LEFT_RIGHT), (right, 0))
        mask.paste(corner.transpose(flip.FLIP_TOP_BOTTOM), (0, bottom))
        mask.paste(corner.transpose(flip.ROTATE_180), (right, bottom))
    return mask


def softened(mask: Image, blur: int) -> Image:
    """Return ``mask`` blurred by ``blur`` px; wide blurs work on a smaller copy."""
    from PIL import Image, ImageFilter

    if not blur:
        return mask
    shrink = max(1, blur // 6)
    if shrink == 1:
        return mask.filter(ImageFilter.GaussianBlur(blur / 2))
    small = mask.resize((max(1, mask.width // shrink), max(1, mask.height // shrink)), Image.Resampling.BOX)
    return small.filter(ImageFilter.GaussianBlur(blur / 2 / shrink)).resize(mask.size, Image.Resampling.BICUBIC)


def faded(mask: Image, share: float) -> Image:
    """Return ``mask`` weakened to ``share`` of itself."""
    return mask if share >= 1 else mask.point([round(level * share) for level in range(256)])


@lru_cache(maxsize=32)
def _corner(radius: int) -> Image:
    from PIL import Image, ImageDraw

    fine = Image.new("L", (radius * FINE, radius * FINE), 0)
    ImageDraw.Draw(fine).ellipse((0, 0, radius * FINE * 2 - 1, radius * FINE * 2 - 1), fill=255)
    return fine.resize((radius, radius), Image.Resampling.BOX)


def _linear(size: Size, angle: float) -> Image:
    """Return a ramp 0 to 255 along ``angle``, whose ends are the outermost corners."""
    from PIL import Image

    ramp = Image.linear_gradient("L")
    width, height = size
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    reach = abs(width * cos) + abs(height * sin) or 1
    scale = 255 / reach
    shift = 128 - (width / 2 * cos + height / 2 * sin) * scale
    plane = (0, 0, 128, cos * scale, sin * scale, shift)
    return ramp.transform(size, Image.Transform.AFFINE, plane, Image.Resampling.BILINEAR)


def _radial(size: Size) -> Image:
    """Return a ramp from 0 in the middle to 255 at the ellipse that touches the edges, and beyond it."""
    from PIL import Image

    ramp = Image.radial_gradient("L")
    edge = ramp.getpixel((1, 128))
    assert isinstance(edge, int)
    return ramp.point([min(255, round(level * 255 / edge)) for level in range(256)]).resize(
        size, Image.Resampling.BICUBIC
    )


@lru_cache(maxsize=128)
def _table(stops: tuple[float, ...], levels: tuple[int, ...]) -> list[int]:
    """Return the level of one channel at each of the 256 steps of a ramp."""
    table = [levels[0]] * 256
    for index in range(len(stops) - 1):
        low, high = stops[index] * 255, stops[index + 1] * 255
        for step in range(math.ceil(low), 256):
            share = min(1.0, (step - low) / (high - low)) if high > low else 1.0
            table[step] = round(levels[index] + (levels[index + 1] - levels[index]) * share)
    return table
