"""How well words stand out from what is really behind them on the canvas."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from calendarkit.poster.colour import Rgb, contrast, over

if TYPE_CHECKING:
    from PIL.Image import Image

SAMPLE = 36
"""Longest side, in px, of the reduced picture of the background that is looked at."""
WORST = 0.05
"""Share of the background that may be worse, so that a few dark leaves behind a word do not condemn it."""


def legibility(canvas: Image, mask: Image, at: tuple[int, int], colour: tuple[Rgb, float]) -> float:
    """Return the contrast ratio between words and the canvas right around them, 1.0 to 21.0.

    Args:
        canvas: what is behind, before the words are drawn, outlines and pills included.
        mask: the words.
        at: where the mask's top left corner stands on the canvas.
        colour: of the words, and how opaque they are.
    """
    from PIL import Image

    ink = mask.getbbox()
    if ink is None:
        return 21.0
    area = (at[0] + ink[0], at[1] + ink[1], at[0] + ink[2], at[1] + ink[3])
    shrink = max(1, max(ink[2] - ink[0], ink[3] - ink[1]) // SAMPLE)
    size = (max(1, (ink[2] - ink[0]) // shrink), max(1, (ink[3] - ink[1]) // shrink))
    ground = canvas.crop(area).convert("RGB").resize(size, Image.Resampling.BOX)
    near = mask.crop(ink).resize(size, Image.Resampling.BOX)
    pixels = zip(*(channel.tobytes() for channel in ground.split()), strict=True)
    behind = Counter(pixel for pixel, share in zip(pixels, near.tobytes(), strict=True) if share)
    allowed = int(behind.total() * WORST)
    for ratio, count in sorted((_told_apart(colour, pixel), count) for pixel, count in behind.items()):
        allowed -= count
        if allowed < 0:
            return ratio
    return 21.0


@lru_cache(maxsize=8192)
def _told_apart(colour: tuple[Rgb, float], ground: tuple[int, ...]) -> float:
    """Return the contrast of words on one colour, with which they mix when they are not opaque."""
    behind = (ground[0], ground[1], ground[2])
    (red, green, blue), share = colour
    return contrast(over((red, green, blue, round(share * 255)), behind), behind)
