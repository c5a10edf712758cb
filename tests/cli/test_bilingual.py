"""Help texts that break and line up by cells."""

from __future__ import annotations

import pytest

from calendarkit.cli.bilingual import Formatter, cells, summary, wrap_words
from calendarkit.model.text import Text


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 8, ["one two", "three"]),
        ("看一周的节目表", 8, ["看一周的", "节目表"]),
        ("写好，再看", 5, ["写", "好，", "再看"]),
        ("用 calendarkit 看", 14, ["用 calendarkit", "看"]),
        ("", 8, []),
    ],
    ids=["english", "chinese", "no comma at the start of a line", "mixed", "empty"],
)
def test_words_break_where_a_reader_would(text: str, width: int, lines: list[str]) -> None:
    """At spaces and between Chinese characters."""
    assert wrap_words(text, width) == lines


def test_lists_line_up_by_cells() -> None:
    """A long name gets a line of its own."""
    formatter = Formatter(width=60)
    formatter.write_dl([("选项", "甲"), ("--no-color", "乙"), ("--" + "x" * 40, "丙")])
    rows = formatter.getvalue().splitlines()
    assert {cells(row.split(mark)[0]) for row, mark in zip([rows[0], rows[1], rows[3]], "甲乙丙", strict=True)} == {32}


def test_a_summary_is_the_first_sentence() -> None:
    """Without its full stop."""
    assert summary(Text("做这个。还做那个。", "Does this. And that.")) == Text("做这个", "Does this")
