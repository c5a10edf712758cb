"""Lettering: letters are remembered one by one, and stand where FreeType would put them in their word."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from calendarkit.poster.fonts import Fonts, font
from calendarkit.poster.lettering import letter_mask
from calendarkit.poster.setting import Run, Setting

FACE = Fonts().chain("bold")[0]
CLIP = (0, 0, 900, 160)
PLACE = st.floats(20, 60)


@settings(max_examples=80, deadline=None)
@given(
    st.text(alphabet="滨江旗舰店AVTofjgy.1749（）", min_size=1, max_size=8), st.integers(9, 90), PLACE, PLACE,
    st.sampled_from([0, 0, 5]),
)  # fmt: skip
def test_letters_stand_as_in_their_word(text: str, size: int, x: float, y: float, stroke: int) -> None:
    """Drawn one by one from memory they give the very px that drawing the word at once gives."""
    place = (x, y + 60)
    whole = Image.new("L", CLIP[2:], 0)
    pen = ImageDraw.Draw(whole)
    pen.text(place, text, fill=255, font=font(FACE, size), anchor="ls", stroke_width=stroke)
    run = Run(text, FACE, size, *place)
    mask = letter_mask(Setting((run,), CLIP, CLIP, size, (text,)), CLIP, stroke=stroke)
    assert mask.tobytes() == whole.tobytes()
