"""Colours as people write them, and how well two of them can be told apart."""

from __future__ import annotations

import re
from functools import lru_cache

Rgb = tuple[int, int, int]
Rgba = tuple[int, int, int, int]

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")


@lru_cache(maxsize=256)
def parse_colour(text: str) -> Rgba:
    """Return ``#RGB``, ``#RRGGBB`` or ``#RRGGBBAA`` as red, green, blue and opacity, each 0 to 255.

    Raises:
        ValueError: it is none of the three.
    """
    if not _HEX.fullmatch(text):
        raise ValueError(f"{text!r} is not a colour like #E60012")
    digits = text[1:]
    if len(digits) == 3:
        digits = "".join(each * 2 for each in digits)
    red, green, blue, *rest = bytes.fromhex(digits)
    return red, green, blue, rest[0] if rest else 255


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio of WCAG 2.2 (success criterion 1.4.3), 1.0 for equal colours to 21.0."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Rgb) -> float:
    """Return the relative luminance of an sRGB colour, 0.0 to 1.0."""
    red, green, blue = colour
    return 0.2126 * _LINEAR[red] + 0.7152 * _LINEAR[green] + 0.0722 * _LINEAR[blue]


def mixed(colours: tuple[Rgba, ...]) -> Rgb:
    """Return the plain average of some colours, opacity left out."""
    count = len(colours)
    red, green, blue = (round(sum(each[channel] for each in colours) / count) for channel in range(3))
    return red, green, blue


def over(colour: Rgba, ground: Rgb) -> Rgb:
    """Return what a translucent colour looks like on ``ground``."""
    share = colour[3] / 255
    red, green, blue = (round(colour[i] * share + ground[i] * (1 - share)) for i in range(3))
    return red, green, blue


def _linear(level: int) -> float:
    share = level / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


_LINEAR = tuple(_linear(level) for level in range(256))
