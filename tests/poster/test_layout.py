"""Layouts: found by name, read strictly, and every mistake told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from calendarkit.poster.layout import layout_names, lint, load_layout
from calendarkit.poster.poster_error import PosterError
from calendarkit.poster.shipped import shipped_layouts

GOOD = """[poster]
name = "t"

[style.head]
font = "bold"
size = 90

[[layer]]
type = "text"
style = "head"
text = "{{ item.title }}"
box = [0, 0, 100, 100]

[[layer]]
type = "group"
box = [0, 0, 100, 100]

[[layer.layer]]
type = "rect"
color = "#FFF"
box = [0, 0, 10, 10]
"""


@pytest.mark.parametrize("path", sorted(shipped_layouts().glob("*.toml")), ids=lambda path: path.stem)
def test_the_shipped_layouts_are_clean(path: Path) -> None:
    """Each is named like its file and has no problem."""
    assert lint(path.read_text("utf-8"), path.name) == ()
    assert load_layout(path.stem, ()).poster.name == path.stem


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "fix"),
    [
        ('style = "head"', 'style = "haed"', "CK450", "posters/t.toml:10:9", "head"),
        ('color = "#FFF"', 'color = "white"', "CK451", "posters/t.toml:20:9", "#E60012"),
        ('type = "rect"', 'type = "rectangle"', "CK452", "posters/t.toml:19:8", "rect"),
        ('color = "#FFF"', 'colour = "#FFF"', "CK201", "posters/t.toml:20:1", "color"),
        ("item.title }}", "item.title }", "CK405", "posters/t.toml:11:8", ""),
        ("size = 90", "size = 9000", "CK2", "posters/t.toml:6:8", ""),
        ('name = "t"', 'nmae = "t"', "CK201", "posters/t.toml:2:1", "name"),
        ("[0, 0, 10, 10]", "[0, 0, 10]", "CK453", "posters/t.toml:21:7", "[60"),
        ('type = "text"\n', "", "CK202", "posters/t.toml:8", "text"),
    ],
    ids=["style", "colour", "type", "key", "template", "number", "sheet key", "box", "no type"],
)
def test_a_mistake_has_a_place_and_a_fix(old: str, new: str, code: str, place: str, fix: str) -> None:
    """Line and column of the very key or value, and what to write instead."""
    problems = lint(GOOD.replace(old, new), "posters/t.toml")
    (problem,) = [each for each in problems if each.code.startswith(code) and each.place.startswith(place)]
    assert fix in (problem.fix.zh if problem.fix else "")


def test_all_mistakes_are_told_at_once() -> None:
    """A wrong sheet, a wrong layer and a wrong layer inside a group are three problems."""
    text = GOOD.replace('name = "t"', "name = 3").replace("size = 90", "size = 2").replace('"#FFF"', '"x"')
    assert len(lint(text, "t.toml")) == 3


@pytest.mark.parametrize(
    "text", ["", "layer = 3", "layer = [3]", "[poster]\nname = 中", "x = " + "[" * 99], ids=range(5)
)
def test_hopeless_files_are_problems_too(text: str) -> None:
    """Nothing that a file may hold makes reading it fail."""
    assert lint(text, "t.toml")


def test_styles_fill_what_a_layer_leaves_out(tmp_path: Path) -> None:
    """A layer's own key beats its style."""
    (tmp_path / "t.toml").write_text(
        GOOD.replace("box = [0, 0, 100, 100]", "size = 30\nbox = [0, 0, 9, 9]", 1), "utf-8"
    )
    layer = load_layout("t", (tmp_path,)).layer[0]
    assert (layer.font, layer.size) == ("bold", 30)


@pytest.mark.parametrize("name", ["../t", "", ".hidden", "a/b", "nope"])
def test_an_unknown_layout_is_an_error(tmp_path: Path, name: str) -> None:
    """A name is a file of the layout folders and nothing else."""
    (tmp_path.parent / "t.toml").write_text(GOOD, "utf-8")
    with pytest.raises(PosterError, match="没有名为"):
        load_layout(name, (tmp_path,))


def test_a_near_name_is_suggested() -> None:
    """Whoever types flash_sell hears of flash_sale."""
    with pytest.raises(PosterError, match="flash_sale"):
        load_layout("flash_sell", ())


def test_the_workspace_wins_over_the_shipped(tmp_path: Path) -> None:
    """The same name in the workspace replaces the shipped layout, and every name is listed once."""
    (tmp_path / "noon_deal.toml").write_text(GOOD, "utf-8")
    assert load_layout("noon_deal", (tmp_path,)).poster.name == "t"
    assert layout_names((tmp_path,)).count("noon_deal") == 1


def test_a_broken_layout_names_its_line(tmp_path: Path) -> None:
    """At drawing time the first problem is the message."""
    (tmp_path / "t.toml").write_text(GOOD.replace("size = 90", 'size = "90px"'), "utf-8")
    with pytest.raises(PosterError, match=r"t\.toml:6"):
        load_layout("t", (tmp_path,))


def test_a_gbk_file_is_explained(tmp_path: Path) -> None:
    """A layout saved as GBK says so instead of crashing."""
    (tmp_path / "t.toml").write_bytes('[poster]\nname = "海报"\n'.encode("gbk"))
    with pytest.raises(PosterError, match="UTF-8"):
        load_layout("t", (tmp_path,))
