"""Legibility: what words must stand out from, and that the quick look never promises too much."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from calendarkit.poster import legibility as module
from calendarkit.poster.colour import Rgb
from calendarkit.poster.legibility import AMPLE, legibility

LEVEL = st.integers(0, 255)
COLOUR = st.tuples(LEVEL, LEVEL, LEVEL)


def ground(one: Rgb, other: Rgb) -> Image.Image:
    """Return stripes of two colours."""
    canvas = Image.new("RGB", (300, 80), one)
    pen = ImageDraw.Draw(canvas)
    for x in range(0, 300, 24):
        pen.rectangle((x, 0, x + 11, 79), fill=other)
    return canvas


def looked(canvas: Image.Image, colour: Rgb, share: float = 1.0) -> float:
    """Return the contrast of a bar of words all over ``canvas``."""
    return legibility(canvas, Image.new("L", (280, 60), 255), (10, 10), (colour, share))


@settings(max_examples=80, deadline=None)
@given(COLOUR, COLOUR, COLOUR)
def test_the_quick_look_promises_less_than_there_is(one: Rgb, other: Rgb, words: Rgb) -> None:
    """Where it says that contrast is ample, a closer look finds at least as much."""
    quick = looked(ground(one, other), words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "AMPLE", 100.0)
        close = looked(ground(one, other), words)
    assert quick <= close + 0.01
    assert quick == close or quick >= AMPLE


@pytest.mark.parametrize(
    ("words", "share", "enough"),
    [((255, 255, 255), 1.0, True), ((255, 200, 200), 1.0, False), ((255, 255, 255), 0.3, False)],
    ids=["white", "pale", "translucent"],
)
def test_words_on_red(words: Rgb, share: float, enough: bool) -> None:
    """White words on a shop's red can be read; pale and translucent ones cannot."""
    assert (looked(ground((194, 22, 26), (178, 20, 24)), words, share) >= AMPLE) is enough
