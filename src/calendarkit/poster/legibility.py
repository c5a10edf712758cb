"""How well words stand out from what is really behind them on the canvas."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from calendarkit.poster.colour import Rgb, contrast, luminance, over

if TYPE_CHECKING:
    from PIL.Image import Image

SAMPLE = 24
"""Longest side, in px, of the reduced picture of the background that is looked at."""
AMPLE = 4.5
"""Contrast that suffices for words of any size (WCAG 2.2, 1.4.3)."""
WORST = 0.05
"""Share of the background that may be worse, so that a few dark leaves behind a word do not condemn it."""


def legibility(canvas: Image, mask: Image, at: tuple[int, int], colour: tuple[Rgb, float]) -> float:
    """Return the contrast ratio between words and the canvas right around them, 1.0 to 21.0.

    Where even the lightest and the darkest px behind leave :data:`AMPLE` contrast, nobody looks closer, and the ratio
    is that of the worse of both; this takes a fifth of the time.

    Args:
        canvas: RGB, what is behind, before the words are drawn, outlines and pills included.
        mask: the words.
        at: where the mask's top left corner stands on the canvas.
        colour: of the words, and how opaque they are.
    """
    from PIL import Image

    ink = mask.getbbox()
    if ink is None:
        return 21.0
    area = (at[0] + ink[0], at[1] + ink[1], at[0] + ink[2], at[1] + ink[3])
    ample = _at_least(colour, canvas.crop(area))
    if ample >= AMPLE:
        return ample
    shrink = max(1, max(ink[2] - ink[0], ink[3] - ink[1]) // SAMPLE)
    size = (max(1, (ink[2] - ink[0]) // shrink), max(1, (ink[3] - ink[1]) // shrink))
    ground = canvas.crop(area).resize(size, Image.Resampling.BOX)
    near = mask.crop(ink).resize(size, Image.Resampling.BOX)
    behind = _counted(ground, near)
    allowed = int(sum(count for count, _ in behind) * WORST)
    for ratio, count in sorted((_told_apart(colour, pixel), count) for count, pixel in behind):
        allowed -= count
        if allowed < 0:
            return ratio
    return 21.0


def _at_least(colour: tuple[Rgb, float], ground: Image) -> float:
    """Return a contrast that opaque words have on every px of ``ground``, 1.0 where none can be promised."""
    bands: Any = ground.getextrema()
    dark, light = luminance(tuple(each[0] for each in bands)), luminance(tuple(each[1] for each in bands))
    own = luminance(colour[0])
    if colour[1] < 1 or dark < own < light:
        return 1.0
    return (own + 0.05) / (light + 0.05) if own >= light else (dark + 0.05) / (own + 0.05)


def _counted(ground: Image, near: Image) -> list[tuple[int, tuple[int, int, int]]]:
    """Return the colours of ``ground`` where ``near`` is not 0, each with how often it is there; spoils ``ground``."""
    ground.putalpha(near)
    found: Any = ground.getcolors(ground.width * ground.height)
    return [(count, pixel[:3]) for count, pixel in found if pixel[3]]


@lru_cache(maxsize=8192)
def _told_apart(colour: tuple[Rgb, float], ground: tuple[int, int, int]) -> float:
    """Return the contrast of words on one colour, with which they mix when they are not opaque."""
    (red, green, blue), share = colour
    return contrast(over((red, green, blue, round(share * 255)), ground), ground)
