"""Line breaking: invariants over random text, and the cases shop people would notice."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendarkit.poster.breaking import NOT_FIRST, NOT_LAST, break_lines, clusters
from calendarkit.poster.spacing import is_ideograph, width_of

MARKS = "，。！“”（）、—…"
WORDS = st.sampled_from(
    ["苹果", "今天", "的", "好吃", " ", "9.9元", "¥128", "2.5kg", "iPhone", "VIP会员", "5斤", *MARKS]
)
TEXTS = st.lists(WORDS, max_size=30).map("".join)


def em(char: str) -> float:
    """Return 1 for Chinese characters and marks, one half for the rest."""
    return 0.5 if char.isascii() else 1.0


def squashed(text: str) -> str:
    """Return ``text`` without white space."""
    return "".join(text.split())


@settings(max_examples=150)
@given(TEXTS, st.floats(6, 20), st.booleans())
def test_nothing_is_lost_and_nothing_sticks_out(text: str, width: float, balance: bool) -> None:
    """The lines hold every character once, in order, and each fits the column."""
    lines = break_lines(text, width, em, balance=balance)
    assert squashed("".join(lines)) == squashed(text)
    for line in lines:
        assert width_of(line, em) <= width + 1e-6
        assert line == line.strip()


@settings(max_examples=150)
@given(TEXTS, st.floats(8, 20), st.booleans())
def test_marks_stand_where_they_may(text: str, width: float, balance: bool) -> None:
    """No line but the first begins with 。，！ or ends with an opening mark, where the marks around leave a choice."""
    lines = break_lines(text, width, em, balance=balance)
    torn = any(width_of(piece.strip(), em) > width for piece in clusters(text))
    for before, after in pairwise(lines):
        assert torn or after[0] not in NOT_FIRST, lines
        assert torn or before[-1] not in NOT_LAST, lines


@settings(max_examples=100)
@given(
    st.lists(st.sampled_from(["苹果", "今天", "好吃", "的"]), min_size=3, max_size=30).map("".join), st.integers(6, 18)
)
def test_no_lone_last_character(text: str, width: int) -> None:
    """The last line holds at least two Chinese characters where another line can spare one."""
    lines = break_lines(text, width, em)
    if len(lines) > 1:
        assert sum(map(is_ideograph, lines[-1])) >= 2


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("每盒9.9元限购", 5, ("每盒9.9元", "限购")),
        ("到手价¥7999起", 4.5, ("到手价", "¥7999起")),
        ("新品 iPhone 17", 4, ("新品", "iPhone", "17")),
        ("他说：“今天有苹果。”", 7, ("他说：“今天有", "苹果。”")),
        ("第一行\n第二行", 9, ("第一行", "第二行")),
        ("第一行\n\n第三行", 9, ("第一行", "", "第三行")),
        ("abcdefghij", 2, ("abcd", "efgh", "ij")),
        ("", 5, ()),
    ],
    ids=["number and unit", "price", "Latin words", "quotes", "own breaks", "empty line", "torn word", "empty"],
)
def test_breaks(text: str, width: float, lines: tuple[str, ...]) -> None:
    """Words, numbers with units and prices stay whole; what cannot fit is torn."""
    assert break_lines(text, width, em) == lines


def test_a_lone_character_takes_company() -> None:
    """Instead of leaving 吃 alone, the line before gives up a character."""
    assert break_lines("今天的苹果真好吃", 7, em) == ("今天的苹果真", "好吃")


def test_headlines_are_balanced() -> None:
    """A balanced headline has lines of about the same length."""
    assert break_lines("冲奶粉，先加水还是先加粉？", 9, em, balance=True) == ("冲奶粉，", "先加水还是先加粉？")
    assert break_lines("贝乐母婴·滨江龙湖天街店", 11, em, balance=True) == ("贝乐母婴·", "滨江龙湖天街店")
    assert break_lines("好，给孩子加一顿暖暖的加餐", 11, em, balance=True) == ("好，给孩子加一", "顿暖暖的加餐")
    assert break_lines("降温天给孩子加一顿暖暖的加餐", 12, em, balance=True) == ("降温天给孩子加", "一顿暖暖的加餐")
