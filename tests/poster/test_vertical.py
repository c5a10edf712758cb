"""Vertical setting: columns from right to left."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from calendarkit.poster.fonts import Fonts
from calendarkit.poster.layers import Lettering
from calendarkit.poster.lettering import letter_mask
from calendarkit.poster.setting import Setting
from calendarkit.poster.vertical import set_vertical

BOX = (100, 100, 400, 700)
CANVAS = (0, 0, 500, 800)


def placed(text: str, **look: object) -> Setting:
    """Return the setting of ``text`` in the box."""
    return set_vertical(text, Lettering.model_validate({"size": 60, "min_size": 20, **look}), BOX, Fonts())


def test_characters_stand_below_each_other_and_columns_go_left() -> None:
    """A line break begins a column."""
    first, second, third = placed("春节\n好").runs
    assert (first.x == second.x, first.y < second.y) == (True, True)
    assert (third.x < first.x, third.y == first.y) == (True, True)


def test_two_digits_share_a_square_and_brackets_lie_down() -> None:
    """Three digits do not share one."""
    assert [(each.text, each.turned) for each in placed("《12月》").runs] == [
        ("《", True), ("12", False), ("月", False), ("》", True),
    ]  # fmt: skip
    assert [each.text for each in placed("618").runs] == ["6", "1", "8"]


def test_a_full_stop_stands_at_the_top_right_of_its_square() -> None:
    """Where Chinese readers look for it."""
    word, stop = placed("好。").runs
    assert (stop.x > word.x, stop.y < word.y + 60) == (True, True)


def test_too_much_shrinks_then_ends_in_an_ellipsis() -> None:
    """Down to the smallest size."""
    assert placed("字" * 60).size < 60
    cut = placed("字" * 900)
    assert (cut.size, cut.lines[-1][-1], cut.spilled) == (20, "…", False)
    assert placed("字" * 900, overflow="error").spilled


@settings(max_examples=40, deadline=None)
@given(
    st.text("苹果，。《》（）—…18aW｜🍎 \n", min_size=1, max_size=60),
    st.sampled_from(["left", "center", "right"]),
    st.sampled_from(["top", "middle", "bottom"]),
    st.integers(20, 90),
)
def test_ink_stays_in_its_box(text: str, align: str, valign: str, size: int) -> None:
    """Whatever is written, wherever it is aligned (two px of smoothing forgiven)."""
    drawn = letter_mask(placed(text, align=align, valign=valign, size=size, min_size=8), CANVAS).getbbox()
    if drawn:
        assert drawn[0] >= BOX[0] - 2
        assert drawn[1] >= BOX[1] - 2
        assert drawn[2] <= BOX[2] + 2
        assert drawn[3] <= BOX[3] + 2
