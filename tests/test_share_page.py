"""The page about sharing the programme keeps its word, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_docs import DOCS, shape
from tutorial_reader import Reader

PAGE = "how-to/share-the-programme.md"


@pytest.mark.parametrize(("language", "page"), [("en_US.UTF-8", PAGE), ("zh_CN.UTF-8", f"zh/{PAGE}")])
def test_whoever_follows_the_page_sees_what_it_shows(tmp_path: Path, language: str, page: str) -> None:
    """Every command in order, with the answers as printed."""
    reader = Reader(tmp_path, language)
    reader.follow((DOCS / page).read_text("utf-8"))
    assert {each.name for each in (tmp_path / "shop").glob("week.*")} == {"week.html", "week.png"}


def test_both_languages_type_the_same() -> None:
    """Block by block and command by command."""
    assert shape(DOCS / PAGE) == shape(DOCS / "zh" / PAGE)
