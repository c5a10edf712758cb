"""Styled lines: plain in a pipe, side by side in a grid, hanging in a narrow terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.cli import cells
from calendarkit.cli.lines import Span, hang, line, plain, stack


def test_plain_text_has_no_spaces_at_its_end() -> None:
    """And one line break a line."""
    assert plain([line(Span("周三", "title"), "  "), (), line("a")]) == "周三\n\na\n"


def test_blocks_stand_side_by_side() -> None:
    """Each filled to its width, the shorter ones with empty lines."""
    left, right = [line("周三"), line("秒杀")], [line("x")]
    assert plain(stack([left, right], [6, 2], 1)) == "周三   x\n秒杀\n"


def test_further_lines_hang_below_the_first() -> None:
    """By cells, not by characters."""
    lead = line("✓ 人群 ")
    assert plain(hang(lead, Span("门店在杭州并且有会员标签的群都会收到"), 31)).splitlines() == [
        "✓ 人群 门店在杭州并且有会员标签",
        "       的群都会收到",
    ]


@pytest.mark.parametrize("most", [None, 10])
def test_without_room_a_line_stays_whole(most: int | None) -> None:
    """A pipe has no width; a terminal of ten cells is no place to read."""
    assert len(hang(line("✓ "), Span("长" * 60), most)) == 1


@given(st.text(alphabet="周三秒杀 abc，", max_size=80), st.integers(40, 100))
def test_hanging_lines_fit(text: str, most: int) -> None:
    """Whatever the text."""
    rows = plain(hang(line("✓ 人群  "), Span(text), most)).splitlines()
    assert max(map(cells.width, rows)) <= most
