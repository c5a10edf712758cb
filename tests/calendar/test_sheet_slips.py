"""What Excel and people do to a sheet."""

from __future__ import annotations

import pytest

from calendarkit.calendar.sheet_slips import fewer_cells, mangled_cells, more_cells, title_above


def test_cells_that_excel_spoilt_are_found_once_each() -> None:
    """A number cut short and a failed formula, each at its first place."""
    text = "id,phone\na,1.38E+10\nb,1.39E+10\nc,#N/A\n"
    found = list(mangled_cells("x.csv", text))
    assert [(each.line, each.column, each.width) for each in found] == [(2, 3, 8), (4, 3, 4)]
    assert ["1.38E+10" in each.message.zh for each in found] == [True, False]


@pytest.mark.parametrize("text", ["id\n1.5\n", "id\nE+10\n", "id,t\na,see 1.38E+10 there\n", "id\n#1\n"])
def test_other_cells_are_left_alone(text: str) -> None:
    """Ordinary numbers and words are no accident."""
    assert list(mangled_cells("x.csv", text)) == []


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (["门店名单", "", ""], ["id", "name", ""], True),
        (["id"], ["a"], False),
        (["id", "name"], ["a", "b"], False),
    ],
)
def test_a_title_is_no_header(first: list[str], second: list[str], told: bool) -> None:
    """Sheets that people print have a title above their columns."""
    assert (title_above("x.csv", first, second, 1) is not None) is told


@pytest.mark.parametrize(
    ("words", "found", "word"),
    [("a，b，c", 1, "full-width"), ("a\tb\tc", 1, "tabs"), ("a;b;c", 1, "semicolons"), ("a,b", 2, "cut off")],
)
def test_a_short_row_names_its_commas(words: str, found: int, word: str) -> None:
    """The other commas are named where they explain the number of cells."""
    assert word in fewer_cells(words, found, 3).en


def test_a_long_row_speaks_of_tags_where_there_are_some() -> None:
    """Tags are what most often holds a comma."""
    assert "|" in more_cells(["id", "tags"]).en
    assert "|" not in more_cells(["id", "name"]).en
