"""Text measured in cells: Chinese characters take two, and no line is ever wider than it may be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.cli.cells import pad, width, wrap

TEXTS = st.text(alphabet="周三秒杀 abc，。★🍎1", max_size=40)


@pytest.mark.parametrize(
    ("text", "cells"), [("", 0), ("abc", 3), ("周三", 4), ("周三★", 5), ("🍎", 2), ("ａ", 2), ("e\u0301", 1)]
)
def test_width_counts_what_a_terminal_draws(text: str, cells: int) -> None:
    """Full width is two, a combining mark nothing."""
    assert width(text) == cells


def test_pad_fills_to_the_cell() -> None:
    """On either side; what is too long stays."""
    assert (pad("周三", 6), pad("周三", 6, right=True), pad("周三", 3)) == ("周三  ", "  周三", "周三")


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("周三限时秒杀", 8, ("周三限时", "秒杀")),
        ("wednesday flash sale", 10, ("wednesday", "flash sale")),
        ("extraordinarily", 5, ("extra", "ordin", "arily")),
        ("周三 flash", 7, ("周三", "flash")),
        ("周三秒", 5, ("周三", "秒")),
        ("", 5, ("",)),
    ],
    ids=["chinese", "english", "long word", "mixed", "odd width", "empty"],
)
def test_wrap_breaks_where_a_reader_would(text: str, cells: int, lines: tuple[str, ...]) -> None:
    """At spaces where there are any, else between characters."""
    assert wrap(text, cells) == lines


@given(TEXTS, st.integers(2, 20))
def test_no_line_is_wider_than_asked(text: str, cells: int) -> None:
    """Whatever the text."""
    assert all(width(each) <= cells for each in wrap(text, cells))


@given(TEXTS, st.integers(2, 20))
def test_wrap_loses_nothing_but_spaces(text: str, cells: int) -> None:
    """Every character is still there, in order."""
    assert "".join(wrap(text, cells)).replace(" ", "") == text.replace(" ", "")


@given(TEXTS, st.integers(6, 20))
def test_a_lone_closing_mark_never_begins_a_line(text: str, cells: int) -> None:
    """Where the character before it can go along."""
    lines = wrap(text, cells)
    for above, below in pairwise(lines):
        if below[:1] in ("，", "。") and above[-1:] not in ("，", "。", ""):
            assert set(above[-6:]) <= set("，。 ★")


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("今天特惠，先到先得", 8, ("今天特", "惠，先到", "先得")),
        ("在群里回「要」字", 10, ("在群里回", "「要」字")),
        ("！！！！", 4, ("！！", "！！")),
    ],
    ids=["closing", "opening", "nothing else"],
)
def test_marks_stay_with_their_words(text: str, cells: int, lines: tuple[str, ...]) -> None:
    """A comma does not begin a line, a bracket does not end one; a row of marks still has to break."""
    assert wrap(text, cells) == lines
