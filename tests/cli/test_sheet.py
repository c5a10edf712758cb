"""Tables as aligned text."""

from __future__ import annotations

from calendarkit.cli.lines import Span, plain
from calendarkit.cli.sheet import Head, narrow_lines, sheet_lines
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


def test_on_a_narrow_terminal_the_last_column_stands_below() -> None:
    """So that a key is never broken; an empty reason takes no line."""
    heads = [Head(Text("编号", "key"), whole=True), Head(Text("原因", "reason"))]
    rows = [["noon-deals/2026-11-25/noon/hz-001.vip/wecom", "机器人已被移除"], ["b", ""]]
    assert plain(narrow_lines(heads, rows, "zh", 40)) == (
        "编号\nnoon-deals/2026-11-25/noon/hz-001.vip/wecom\n    机器人已被移除\nb\n"
    )
