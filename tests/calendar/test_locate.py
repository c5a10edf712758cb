"""Places: where a key stands, counted in characters."""

from __future__ import annotations

import pytest

from calendarkit.calendar.documents import Document, Documents
from calendarkit.calendar.finding import Finding, dotted, place
from calendarkit.calendar.locate import Locator, Path
from calendarkit.calendar.origin import Origin
from calendarkit.calendar.places import Places
from calendarkit.model.text import Text

TEXT = """\
# 注释
name = "鲜果"
[files]
"模板" = "t"
[[column]]
id = "a"
at = { 午 = 1, noon = "12点半" }
[column.content]
text = \"\"\"
第一行
{{ offer.x }}\"\"\"
[[column]]
on = ["周一", "tue"]
also = 07:30
a.b.c = [{d = 1}, {d = "é"}]
"""
DOCUMENT = Document(path="x.toml", kind="calendar", text=TEXT)
LOCATOR = Locator(DOCUMENT)


@pytest.mark.parametrize(
    ("path", "where", "line", "column", "width"),
    [
        (("name",), "key", 2, 1, 4),
        (("name",), "value", 2, 8, 4),
        (("files", "模板"), "key", 4, 1, 4),
        (("files", "模板"), "value", 4, 8, 3),
        (("column", 0), "key", 5, 3, 6),
        (("column", 0, "at", "noon"), "value", 7, 22, 6),
        (("column", 0, "content"), "key", 8, 2, 14),
        (("column", 1, "on", 1), "value", 13, 13, 5),
        (("column", 1, "a", "b", "c", 1, "d"), "value", 15, 24, 3),
        (("column", 1, "missing"), "value", 12, 3, 6),
        (("nothing", 3), "value", 0, 0, 0),
    ],
)
def test_a_path_has_a_place(path: Path, where: str, line: int, column: int, width: int) -> None:
    """Keys, inline tables, arrays of tables and dotted keys are found; a missing key is its table's."""
    span = LOCATOR.find(path, "key" if where == "key" else "value")
    assert (span.line, span.column, span.width) == (line, column, width)


def test_a_part_of_a_value_has_a_place() -> None:
    """An offset counts inside the quotes; a line counts inside a text of several lines."""
    base = {"code": "CK1", "message": Text("", ""), "document": "x.toml"}
    inside = Finding(**base, path=("column", 0, "at", "noon"), offset=2, width=1)
    below = Finding(**base, path=("column", 0, "content", "text"), inner=2, needle="offer.x")
    problems = place([inside, below], [DOCUMENT])
    assert [(each.line, each.column, each.width) for each in problems] == [(7, 25, 1), (11, 4, 7)]
    assert problems[1].source == '{{ offer.x }}"""'


def test_broken_toml_still_has_places() -> None:
    """What the parser cannot read costs the place of that line only."""
    broken = Locator(Document(path="x.toml", kind="calendar", text='a = "x\nb = 1\n[t]\nc = 2\n'))
    assert broken.find(("t", "c"), "key").line == 4


def test_a_path_reads_like_a_path() -> None:
    """Indices are in brackets."""
    assert dotted(("column", 2, "at", "noon")) == "column[2].at.noon"


def test_places_are_looked_up_when_asked() -> None:
    """A column and its keys have places; what is not written has none."""
    documents = Documents(documents=(DOCUMENT,))
    places = Places.of(documents, {"a": Origin("x.toml", ("column", 0))})
    assert places["column.a"] == "x.toml:5"
    assert places["column.a.at"] == "x.toml:7"
    assert places.get("column.a.late") is None
    assert list(places) == ["column.a"]
