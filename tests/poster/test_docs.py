"""The reference page says what the layouts really take."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from calendarkit.poster.layers import Lettering, Sheet
from calendarkit.poster.layout import lint
from calendarkit.poster.read_layers import TYPES

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = [DOCS / "reference" / "layouts.md", DOCS / "zh" / "reference" / "layouts.md"]


@pytest.mark.parametrize("page", PAGES, ids=["en", "zh"])
def test_the_example_is_a_layout(page: Path) -> None:
    """Whoever copies the example gets no problem."""
    example = re.search(r"```toml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    assert example is not None
    assert lint(example.group(1), "example.toml") == ()


@pytest.mark.parametrize("page", PAGES, ids=["en", "zh"])
def test_every_key_is_described(page: Path) -> None:
    """Each key of the sheet, of lettering and of every layer stands on the page."""
    text = page.read_text("utf-8")
    keys = {name for model in (Sheet, Lettering, *TYPES.values()) for name in model.model_fields}
    keys = keys - {"title", "row", "layer", "name"} | {"as"}
    assert sorted(key for key in keys if f"`{key}" not in text and f"{key} =" not in text) == []
