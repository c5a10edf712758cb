"""The names of posters."""

from __future__ import annotations

import pytest

from calendarkit.calendar.documents import Document
from calendarkit.calendar.poster_name import PosterName, is_theme, poster_name


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("flash_sale", PosterName("flash_sale")),
        ("flash_sale.toml", PosterName("flash_sale")),
        ("flash_sale.square", PosterName("flash_sale", "square")),
        ("flash_sale@double11", PosterName("flash_sale", "", "double11")),
        ("秒杀.square@双11", PosterName("秒杀", "square", "双11")),
        ("../x", PosterName("../x")),
        ("a@b@c", PosterName("a@b@c")),
        ("", PosterName("")),
    ],
)
def test_a_name_is_taken_apart(written: str, parts: PosterName) -> None:
    """What is no such name stays as it is, to be refused by whoever looks for it."""
    assert poster_name(written) == parts


def test_a_theme_of_the_workspace_is_used_where_none_is_written() -> None:
    """And the name can be written down again."""
    assert str(poster_name("a.square", "snow")) == "a.square@snow"
    assert str(poster_name("a@rain", "snow")) == "a@rain"


@pytest.mark.parametrize(
    ("path", "theme"), [("posters/themes/a.toml", True), ("posters/a.toml", False), ("themes/a.toml", True)]
)
def test_themes_lie_in_a_folder_of_their_own(path: str, theme: bool) -> None:
    """Below the layouts."""
    assert is_theme(Document(path=path, kind="poster", text="")) is theme
