"""The catalogue: every code a file can report is explained in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import calendarkit
from calendarkit.calendar.catalogue import CHAPTERS, ENTRIES

SOURCE = Path(calendarkit.__file__).parent


def test_every_code_in_the_source_is_catalogued() -> None:
    """Nobody reports a code that the reference page does not explain."""
    used = {code for file in SOURCE.rglob("*.py") for code in re.findall(r'"(CK\d{3})"', file.read_text("utf-8"))}
    assert used - set(ENTRIES) == set()


@pytest.mark.parametrize("code", sorted(ENTRIES))
def test_an_entry_is_complete(code: str) -> None:
    """Title, meaning and mending in Chinese and in English, below a chapter."""
    entry = ENTRIES[code]
    assert code[:3] in CHAPTERS
    for text in (entry.title, entry.meaning, entry.mend):
        assert re.search("[一-龥]", text.zh)
        assert text.en
        assert "_entry" not in text.en
