"""The reference pages are the commands' own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from calendarkit.cli.app import COMMANDS
from calendarkit.cli.codes import Exit
from calendarkit.cli.reference import page, pages

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("path", pages())
def test_the_pages_are_in_step(path: str) -> None:
    """With the commands as they are."""
    written = (DOCS / path).read_text("utf-8")
    note = next(row for row in written.splitlines() if row.startswith("<!-- "))
    assert written == pages(f"{note}\n\n")[path]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_and_code_is_there(language: str) -> None:
    """None is left out."""
    text = page(language)
    assert all(f"## `calendarkit {name}" in text for name in COMMANDS)
    assert all(f"| {code.value} |" in text for code in Exit)


def test_no_bar_breaks_a_table() -> None:
    """Each row has two cells."""
    rows = [row for row in page("en").splitlines() if row.startswith("|")]
    assert {row.replace("\\|", "").count("|") for row in rows} == {3}
