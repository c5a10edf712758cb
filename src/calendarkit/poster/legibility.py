"""How well words stand out from what is really behind them on the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calendarkit.poster.colour import Rgb, contrast

if TYPE_CHECKING:
    from PIL.Image import Image

SAMPLE = 48
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
    found: list[float] = []
    pixels, shares = ground.tobytes(), near.tobytes()
    for number, share in enumerate(shares):
        if share:
            behind = (pixels[number * 3], pixels[number * 3 + 1], pixels[number * 3 + 2])
            found.append(contrast(_blend(*colour, ground=behind), behind))
    found.sort()
    return found[int(len(found) * WORST)] if found else 21.0


def _blend(colour: Rgb, share: float, *, ground: Rgb) -> Rgb:
    red, green, blue = (round(colour[i] * share + ground[i] * (1 - share)) for i in range(3))
    return red, green, blue
