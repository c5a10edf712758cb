"""Characters that no font has are named before a poster needs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_shop import example_shop, say

RARE = "𓀀"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return the fresh market, whose columns have posters."""
    return example_shop(tmp_path)


def mangled(path: Path, old: str) -> None:
    """Put the rare character behind ``old``."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, old + RARE, 1), "utf-8")


def test_a_clean_shop_has_none(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing to say."""
    assert "CK456" not in say(capsys, "-C", shop, "check").out


def test_a_store_name_is_found_where_it_is_written(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Line and column of the character itself; a warning, for texts still go out."""
    mangled(shop / "stores.csv", "滨江一号店")
    said = say(capsys, "--lang", "zh", "-C", shop, "check")
    assert (said.code, "CK456] stores.csv:2:" in said.out, "U+13000" in said.out) == (0, True, True)


def test_what_no_poster_prints_is_left_alone(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A template of words may say anything."""
    mangled(next(shop.glob("templates/noon*.txt")), "\n")
    assert "CK456" not in say(capsys, "-C", shop, "check").out


def test_emoji_are_fine(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Those that there are pictures of."""
    stores = shop / "stores.csv"
    stores.write_text(stores.read_text("utf-8").replace("滨江一号店", "滨江一号店🍎❤️", 1), "utf-8")
    assert "CK456" not in say(capsys, "-C", shop, "check").out
