"""Colour emoji: pictures among the words."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from poster_shop import paint

from calendarkit.poster.emoji import ACROSS, SIDE, emoji, emoji_sheet, emoji_tile, plain_emoji
from calendarkit.poster.fonts import Fonts, missing_in
from calendarkit.poster.layers import Lettering
from calendarkit.poster.setting import set_text

TEXT = '[[layer]]\ntype = "text"\nsize = 60\nbox = [0, 0, 540, 100]\ntext = "{words}"\n'


def test_the_sheet_has_a_picture_of_each() -> None:
    """As many cells as characters, none of them empty."""
    with Image.open(emoji_sheet()) as sheet:
        assert sheet.size == (ACROSS * SIDE, -(-len(emoji()) // ACROSS) * SIDE)
    assert [each for each in emoji() if emoji_tile(each, 24).getchannel("A").getextrema()[1] < 200] == []


@pytest.mark.parametrize(("written", "plain"), [("❤️", "❤"), ("👍🏽 好", "👍 好"), ("abc", "abc"), ("👩‍🌾", "👩🌾")])
def test_what_modifies_an_emoji_is_left_out(written: str, plain: str) -> None:
    """Variation selectors, skin tones, joiners."""
    assert plain_emoji(written) == plain


def test_a_poster_may_say_apple_with_a_picture(tmp_path: Path) -> None:
    """It has colour, and no fault."""
    poster = paint(tmp_path, TEXT.format(words="🍎 苹果"))
    colours = {each for _, each in Image.open(io.BytesIO(poster.data)).convert("RGB").getcolors(1 << 24)}
    assert poster.faults == ()
    assert any(red > 180 and green < 90 for red, green, _ in colours)


def test_an_emoji_nobody_drew_is_a_fault(tmp_path: Path) -> None:
    """Better no poster than one with a hole."""
    assert "🦖" in paint(tmp_path, TEXT.format(words="🦖")).faults[0].zh
    assert missing_in("🍎🦖", Fonts().chain("bold")) == ("🦖",)


def test_an_emoji_is_about_as_wide_as_a_character() -> None:
    """Lines with it are broken and shrunk like others."""
    one, two = (set_text(words, Lettering(size=100), (0, 0, 900, 200), Fonts()).area for words in ("果果", "果🍎"))
    assert 0 < (two[2] - two[0]) - (one[2] - one[0]) < 20
