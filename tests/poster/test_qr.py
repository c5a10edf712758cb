"""QR codes: what is written is read back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from calendarkit.poster.poster_error import PosterError
from calendarkit.poster.qr import modules, read_back, reads


def drawn(data: str, scale: int = 4, quiet: int = 4) -> Image.Image:
    """Return the code with a quiet zone."""
    code = modules(data)
    side = (code.width + 2 * quiet) * scale
    canvas = Image.new("RGB", (side, side), "white")
    canvas.paste(code.resize((code.width * scale,) * 2, Image.Resampling.NEAREST), (quiet * scale, quiet * scale))
    return canvas


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x9FA5, exclude_categories=("Cc", "Cn")),
        min_size=1,
        max_size=120,
    )
)
def test_what_is_written_is_read(data: str) -> None:
    """Links, Chinese and symbols come back as they were, at the quick look too, and nothing else does."""
    picture = drawn(data)
    assert read_back(picture) == data
    assert reads(picture, data)
    assert not reads(picture, f"{data}x")


def test_error_level_is_m() -> None:
    """A 32-byte link makes version 3 (29 modules), which L would not need and Q would exceed."""
    assert modules("https://example.com/j/hz-001?x=1").width == 29


@pytest.mark.parametrize("data", ["", "x" * 1_201], ids=["empty", "too long"])
def test_impossible_data_is_refused(data: str) -> None:
    """Nothing, or more than a phone can scan from a poster, is an error."""
    with pytest.raises(PosterError, match="1 到 1200"):
        modules(data)


def test_a_covered_code_is_not_read() -> None:
    """A code whose corner mark is painted over cannot be read."""
    canvas = drawn("https://example.com")
    canvas.paste("white", (0, 0, 60, 60))
    assert read_back(canvas) is None
    assert not reads(canvas, "https://example.com")
