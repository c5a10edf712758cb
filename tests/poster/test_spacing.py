"""Spacing of one line: squeezed marks, gaps between Chinese and Latin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.poster.fonts import Face, Fonts, glyph_ink
from calendarkit.poster.spacing import CLOSING, GAP, NARROW, OPENING, spaced, width_of

ALPHABET = st.text(alphabet="中国水果，。！？「」（）《》“”A1 9.·—…¥斤", max_size=24)
FACES = [Fonts().chain(weight)[0] for weight in ("regular", "bold")]


def em(char: str) -> float:
    """Return 1 for Chinese characters and marks, one half for the rest."""
    return 0.5 if char.isascii() else 1.0


@pytest.mark.parametrize(
    ("line", "width"),
    [
        ("苹果", 2.0), ("苹果，", 2.5), ("（苹果）", 3.0), ("好。」", 2.0), ("“你好”，他", 5.0), ("", 0.0),
        ("苹果A", 2.5 + GAP), ("5斤", 1.5), ("11月25日", 4.0), ("苹果 A", 2.5 + NARROW), ("早 · 晚", 3.0), ("a b", 1.5),
    ],
    ids=["plain", "mark at the end", "brackets", "two marks", "quote and comma", "empty", "gap", "number and unit",
         "date", "written space", "dot", "Latin space"],
)  # fmt: skip
def test_widths(line: str, width: float) -> None:
    """Marks give up their empty halves, and Latin stands apart from Chinese by a gap that is not in the text."""
    assert width_of(line, em) == pytest.approx(width)


@given(ALPHABET)
def test_every_character_has_a_place_in_order(line: str) -> None:
    """No character is lost, and each starts at or right of the one before it."""
    spots = spaced(line, em)
    assert "".join(spot.char for spot in spots) == line
    starts = [spot.x for spot in spots]
    assert starts == sorted(starts)


@given(ALPHABET)
def test_squeezing_only_narrows(line: str) -> None:
    """A line is never wider than its characters and gaps."""
    assert width_of(line, em) <= sum(map(em, line)) + GAP * len(line) + 1e-9


@pytest.mark.parametrize("face", FACES, ids=["regular", "bold"])
def test_what_is_squeezed_away_is_empty(face: Face) -> None:
    """In the shipped fonts the half that a mark gives up holds no ink."""
    for char in OPENING:
        assert glyph_ink(face, char)[0] >= 0.48, char
    for char in CLOSING:
        assert glyph_ink(face, char)[2] <= 0.52, char
