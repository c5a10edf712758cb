"""Themes: names that layouts speak of, replaced everywhere but in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from calendarkit.poster.layout import lint, load_layout
from calendarkit.poster.poster_error import PosterError
from calendarkit.poster.theme import lint_theme, theme_names, themed

LAYOUT = """[poster]
name = "t"
color = "$paper"

[theme]
paper = "#FFFFFF"
brand = "#B00020"
title = { colors = ["$brand", "#FFFFFF"] }

[fonts]
head = "bold"

[[layer]]
type = "text"
text = "$brand"
color = "$title"
box = [0, 0, 100, 100]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of layouts with one theme."""
    (tmp_path / "themes").mkdir()
    (tmp_path / "t.toml").write_text(LAYOUT, "utf-8")
    (tmp_path / "themes" / "snow.toml").write_text(
        'title = "雪"\n[theme]\nbrand = "#0044AA"\nunheard = 3\n'
        '[for.t]\npaper = "#EEEEFF"\n[fonts]\nhead = "regular"\n',
        "utf-8",
    )
    return tmp_path


def test_a_layout_has_its_own_colours(folder: Path) -> None:
    """Names may lead to names; words are left alone."""
    layout = load_layout("t", (folder,))
    (text,) = layout.layer
    assert (layout.poster.color, text.color.colors[0], text.text) == ("#FFFFFF", "#B00020", "$brand")


def test_a_theme_beats_them(folder: Path) -> None:
    """For all layouts, for this one, and for fonts; names the layout does not know do no harm."""
    layout = load_layout("t@snow", (folder,))
    assert (layout.poster.color, layout.layer[0].color.colors[0]) == ("#EEEEFF", "#0044AA")
    assert layout.fonts == {"head": "regular"}


def test_an_edited_theme_is_read_again(folder: Path) -> None:
    """Nobody has to restart anything."""
    load_layout("t@snow", (folder,))
    (folder / "themes" / "snow.toml").write_text('[theme]\nbrand = "#112233"\npaper = "#445566"\n', "utf-8")
    assert load_layout("t@snow", (folder,)).poster.color == "#445566"


@pytest.mark.parametrize(("name", "said"), [("t@snwo", "snow"), ("t@", "没有名为"), ("t@a/b", "没有名为")])
def test_an_unknown_theme_names_the_nearest(folder: Path, name: str, said: str) -> None:
    """Or at least says that there is none."""
    with pytest.raises(PosterError, match=said):
        load_layout(name, (folder,))


@pytest.mark.parametrize(
    ("value", "place", "fix"),
    [("$paler", "t.toml:3:9", "$paper"), ("$xyz", "t.toml:3:9", "$brand $paper $title")],
    ids=["near", "far"],
)
def test_an_unknown_name_has_a_place(value: str, place: str, fix: str) -> None:
    """And the names there are."""
    (problem,) = lint(LAYOUT.replace('color = "$paper"', f'color = "{value}"'), "t.toml")
    assert (problem.code, problem.place) == ("CK454", place)
    assert fix in (problem.fix.zh if problem.fix else "")


def test_a_name_that_leads_back_to_itself_is_a_problem() -> None:
    """It ends, and says so."""
    _, (finding,) = themed({"color": "$a"}, {"a": "$b", "b": "$a"}, "t.toml")
    assert "绕回" in finding.message.zh


def test_a_wrong_theme_file_is_told_with_its_place(folder: Path) -> None:
    """In check by lint, at drawing time as the reason."""
    (folder / "themes" / "snow.toml").write_text('[them]\nbrand = "#112233"\n', "utf-8")
    assert [each.place for each in lint_theme("[them]\n", "posters/themes/snow.toml")] == [
        "posters/themes/snow.toml:1:2"
    ]
    assert lint("[them]\n", "posters/themes/snow.toml") == lint_theme("[them]\n", "posters/themes/snow.toml")
    with pytest.raises(PosterError, match=r"snow\.toml:1"):
        load_layout("t@snow", (folder,))


def test_own_themes_stand_beside_the_shipped(folder: Path) -> None:
    """Each name once, sorted."""
    assert theme_names((folder,)) == ("double11", "mid_year", "snow", "spring_festival")
