"""Shapes: what a layer changes for another size, and where mistakes in it are."""

from __future__ import annotations

from pathlib import Path

import pytest

from calendarkit.poster.layout import lint, load_layout
from calendarkit.poster.poster_error import PosterError

LAYOUT = """[poster]
name = "t"
size = [1080, 1920]

[shapes]
square = [1080, 1080]

[[layer]]
type = "rect"
color = "#FF0000"
box = [0, 0, 100, 100]
shape.square = { box = [5, 5, 50, 50] }

[[layer]]
type = "rect"
color = "#00FF00"
box = [0, 0, 10, 10]
shape.square = false

[[layer]]
type = "group"
box = [0, 0, 100, 100]

[[layer.layer]]
type = "rect"
color = "#0000FF"
box = [0, 0, 20, 20]
shape.square = { color = "#FFFFFF" }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the layout."""
    (tmp_path / "t.toml").write_text(LAYOUT, "utf-8")
    return tmp_path


def test_without_a_shape_nothing_changes(folder: Path) -> None:
    """The words of shapes are gone."""
    layout = load_layout("t", (folder,))
    assert layout.poster.size == (1080, 1920)
    assert [each.box for each in layout.layer] == [(0, 0, 100, 100), (0, 0, 10, 10), (0, 0, 100, 100)]


def test_a_shape_changes_size_boxes_and_any_other_key(folder: Path) -> None:
    """Inside groups, too; ``false`` hides a layer."""
    layout = load_layout("t.square", (folder,))
    first, second, group = layout.layer
    assert (layout.poster.size, first.box, second.when) == ((1080, 1080), (5, 5, 50, 50), "false")
    assert group.layer[0].color == "#FFFFFF"


def test_an_unknown_shape_names_those_there_are(folder: Path) -> None:
    """With the layout's name, ready to copy."""
    with pytest.raises(PosterError, match=r"t\.square"):
        load_layout("t.sqare", (folder,))


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("{ box = [5, 5, 50, 50] }", "{ box = [5, 5, 0, 50] }", "CK453", "t.toml:12:24"),
        ("{ box = [5, 5, 50, 50] }", "{ bxo = [5, 5, 5, 5] }", "CK201", "t.toml:12:18"),
        ("{ box = [5, 5, 50, 50] }", "3", "CK203", "t.toml:12:16"),
        ("shape.square = false", "shape.sqare = false", "CK455", "t.toml:18:1"),
        ('{ color = "#FFFFFF" }', '{ color = "white" }', "CK451", "t.toml:28:26"),
        ("[1080, 1080]", "[1080, 8]", "CK2", "t.toml:6"),
        ("shape.square = false", "shape = 5", "CK203", "t.toml:18:9"),
    ],
    ids=["box", "key", "no table", "name", "in a group", "size", "no shapes"],
)
def test_a_mistake_in_a_shape_has_its_own_place(old: str, new: str, code: str, place: str) -> None:
    """Line and column of what is written for the shape, not of what it replaces."""
    problems = lint(LAYOUT.replace(old, new), "t.toml")
    assert [(each.code.startswith(code), each.place.startswith(place)) for each in problems] == [(True, True)], problems
