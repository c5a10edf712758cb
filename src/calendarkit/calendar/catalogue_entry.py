"""One entry of the catalogue of problems."""

from __future__ import annotations

from dataclasses import dataclass

from calendarkit.model.text import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: its title, what it means and how to mend it."""

    title: Text
    meaning: Text
    mend: Text


def entry(title: tuple[str, str], meaning: tuple[str, str], mend: tuple[str, str]) -> Entry:
    """Return an entry of three (Chinese, English) pairs."""
    return Entry(Text(*title), Text(*meaning), Text(*mend))
