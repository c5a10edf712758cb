"""Colours: the three ways to write them, and the contrast of WCAG."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.poster.colour import contrast, mixed, over, parse_colour

LEVEL = st.integers(0, 255)
RGB = st.tuples(LEVEL, LEVEL, LEVEL)


@pytest.mark.parametrize(
    ("text", "colour"),
    [("#fff", (255, 255, 255, 255)), ("#E60012", (230, 0, 18, 255)), ("#E6001280", (230, 0, 18, 128))],
    ids=["short", "long", "with opacity"],
)
def test_a_colour_is_read(text: str, colour: tuple[int, ...]) -> None:
    """Three, six and eight digits are colours."""
    assert parse_colour(text) == colour


@pytest.mark.parametrize("text", ["red", "#12", "#GGGGGG", "E60012", "#E600123", ""])
def test_anything_else_is_refused(text: str) -> None:
    """A name, a wrong length or a wrong digit is no colour."""
    with pytest.raises(ValueError, match="not a colour"):
        parse_colour(text)


@given(RGB, RGB)
def test_contrast_is_a_ratio(one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    """Contrast is symmetric and lies between 1 and 21."""
    assert contrast(one, other) == contrast(other, one)
    assert 1.0 <= contrast(one, other) <= 21.0


def test_known_contrasts() -> None:
    """Black on white is 21, #767676 on white is the well-known 4.54."""
    assert round(contrast((0, 0, 0), (255, 255, 255)), 2) == 21.0
    assert round(contrast((0x76, 0x76, 0x76), (255, 255, 255)), 2) == 4.54


def test_mixing_and_laying_over() -> None:
    """The average of black and white is grey, and half-opaque black on white too."""
    assert mixed(((0, 0, 0, 255), (255, 255, 255, 255))) == (128, 128, 128)
    assert over((0, 0, 0, 128), (255, 255, 255)) == (127, 127, 127)
