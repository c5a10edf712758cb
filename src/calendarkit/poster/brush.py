"""The brush: paints fills through masks onto a canvas, and never outside what a layer may touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calendarkit.poster.colour import parse_colour
from calendarkit.poster.layers import Fill, Gradient, Shadow, Stroke
from calendarkit.poster.resolve import Drawn
from calendarkit.poster.setting import Area
from calendarkit.poster.shapes import faded, filled, rounded, softened

if TYPE_CHECKING:
    from PIL.Image import Image


BANDED = 40_000
"""px of a plate from which it is quicker to lay it in three bands than in one go."""


class Brush:
    """Paints masks and tiles onto a canvas, never outside the layer's reach.

    Attributes:
        clip: px of the canvas it may touch.
        touched: the smallest area around all it did touch; ``None`` before the first stroke.
    """

    def __init__(self, canvas: Image, drawn: Drawn) -> None:
        self.canvas = canvas
        self.drawn = drawn
        self.opacity = drawn.layer.opacity
        self.touched: Area | None = None
        reach = drawn.reach
        self.clip: Area = (
            max(0, reach[0]), max(0, reach[1]), min(canvas.width, reach[2]), min(canvas.height, reach[3]),
        )  # fmt: skip

    def paint(self, fill: Fill | Image, mask: Image, at: tuple[int, int]) -> None:
        """Put ``fill`` onto the canvas through ``mask``, whose top left corner is ``at``."""
        from PIL import Image, ImageChops

        if isinstance(fill, str) and parse_colour(fill)[3] == 0:
            return
        ink = mask.getbbox()
        area = ink and _common((at[0] + ink[0], at[1] + ink[1], at[0] + ink[2], at[1] + ink[3]), self.clip)
        if area is None:
            return
        self.touched = _around(self.touched, area)
        cut = (area[0] - at[0], area[1] - at[1], area[2] - at[0], area[3] - at[1])
        whole = cut == (0, 0, *mask.size)
        shown = mask if whole else mask.crop(cut)
        if isinstance(fill, str):
            red, green, blue, alpha = parse_colour(fill)  # Pillow lays a tile three times as fast as a bare colour
            self._lay(Image.new("RGB", shown.size, (red, green, blue)), shown, area, self.opacity * alpha / 255)
            return
        tile = filled(fill, mask.size) if isinstance(fill, Gradient) else fill
        tile = tile if whole else tile.crop(cut)
        if tile.mode == "RGBA":
            shown = ImageChops.multiply(shown, tile.getchannel("A"))
            tile = tile.convert("RGB")
        self._lay(tile, shown, area, self.opacity)

    def _lay(self, tile: Image, mask: Image, area: Area, share: float) -> None:
        solid = share >= 1 and mask.getpixel((0, 0)) == 255 and mask.getextrema() == (255, 255)
        if solid:
            self.canvas.paste(tile, area[:2])
        else:
            self.canvas.paste(tile, area[:2], faded(mask, share))

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
        if isinstance(fill, str) and size[0] * size[1] > BANDED:  # the band between the corners needs no mask
            edge = min(radius, min(size) // 2)
            for top, bottom in ((0, edge), (edge, size[1] - edge), (size[1] - edge, size[1])):
                self.paint(fill, mask.crop((0, top, size[0], bottom)), (area[0], area[1] + top))
        else:
            self.paint(fill, mask, (area[0], area[1]))
        return mask


def _common(one: Area, other: Area) -> Area | None:
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right, bottom = min(one[2], other[2]), min(one[3], other[3])
    return (left, top, right, bottom) if right > left and bottom > top else None


def _around(one: Area | None, other: Area) -> Area:
    if one is None:
        return other
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
