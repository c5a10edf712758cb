"""Tables as aligned text."""

from __future__ import annotations

from calendarkit.cli.lines import Span, plain
from calendarkit.cli.sheet import Head, sheet_lines
from calendarkit.model.text import Text

HEADS = [Head(Text("栏目", "column")), Head(Text("条数", "count"), right=True), Head(Text("原因", "reason"))]
ROWS = [["早安贴士", "12", "a"], [Span("noon", "key"), "1,200", "免打扰"]]


def test_columns_line_up_by_cells() -> None:
    """Texts to the left, numbers to the right, no spaces at the end."""
    assert plain(sheet_lines(HEADS, ROWS, "zh")) == (
        "栏目       条数  原因\n"
        "早安贴士     12  a\n"
        "noon      1,200  免打扰\n"
    )  # fmt: skip


def test_heads_speak_the_language() -> None:
    """And set the width where they are the widest."""
    assert plain(sheet_lines(HEADS, ROWS, "en")).splitlines()[0] == "column    count  reason"
