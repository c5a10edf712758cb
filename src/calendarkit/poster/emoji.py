"""Colour emoji: small pictures that stand in a line like characters."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from calendarkit.poster.shipped import shipped

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE, ACROSS = 96, 16
"""px of a cell of the sheet, and cells of a row."""
WIDTH = 1.08
"""How wide an emoji is, in sizes."""
INK = (0.03, -0.87, 1.05, 0.15)
"""Left, top, right and bottom of an emoji from its origin on the baseline, in sizes."""
_MODIFIERS = dict.fromkeys([0xFE0F, 0x200D, *range(0x1F3FB, 0x1F400)])
"""Variation selector, joiner and skin tones: what is left without them is an emoji of its own."""


def emoji_sheet() -> Path:
    """Return the picture of all emoji."""
    return shipped() / "emoji" / "emoji.webp"


@cache
def emoji() -> Mapping[str, int]:
    """Return the characters that have a picture → their number on the sheet."""
    lines = (shipped() / "emoji" / "emoji.txt").read_text("utf-8").splitlines()
    return {line[0]: number for number, line in enumerate(lines)}


def plain_emoji(text: str) -> str:
    """Return ``text`` without variation selectors, joiners and skin tones."""
    return text if text.isascii() else text.translate(_MODIFIERS)


@lru_cache(maxsize=64)
def emoji_tile(char: str, side: int) -> Image:
    """Return the RGBA picture of one emoji, ``side`` px wide and high."""
    from PIL import Image

    row, column = divmod(emoji()[char], ACROSS)
    cell = (column * SIDE, row * SIDE, (column + 1) * SIDE, (row + 1) * SIDE)
    return _sheet().crop(cell).resize((side, side), Image.Resampling.LANCZOS, reducing_gap=3.0)


@cache
def _sheet() -> Image:
    from PIL import Image

    with Image.open(emoji_sheet(), formats=("WEBP",)) as opened:
        return opened.convert("RGBA")
