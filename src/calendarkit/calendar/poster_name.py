"""The name of a poster as columns write it: a layout, perhaps one of its shapes, perhaps a theme."""

from __future__ import annotations

import re
from dataclasses import dataclass

from calendarkit.calendar.documents import Document

THEMES = "themes"
"""The folder of themes, below the folder of layouts."""
_NAME = re.compile(r"(?P<layout>[^.@/\\\0]+)(\.(?P<shape>[^.@/\\\0]+))?(@(?P<theme>[^.@/\\\0]+))?")


@dataclass(frozen=True, slots=True)
class PosterName:
    """``flash_sale``, ``flash_sale.square``, ``flash_sale@double11`` or ``flash_sale.square@double11``, taken apart."""

    layout: str
    shape: str = ""
    theme: str = ""

    def __str__(self) -> str:
        return self.layout + (f".{self.shape}" if self.shape else "") + (f"@{self.theme}" if self.theme else "")


def poster_name(written: str, theme: str = "") -> PosterName:
    """Return the parts of ``written``; what is no such name is a layout's name as it stands.

    Args:
        written: what a column calls its poster; the ending ``.toml`` is dropped.
        theme: where ``written`` names none.

    >>> str(poster_name("flash_sale.square", "double11"))
    'flash_sale.square@double11'
    """
    found = _NAME.fullmatch(written.removesuffix(".toml"))
    if found is None:
        return PosterName(written)
    return PosterName(found["layout"], found["shape"] or "", found["theme"] or theme)


def is_theme(document: Document) -> bool:
    """Whether a document of the posters' folder is a theme and no layout."""
    return document.kind == "poster" and f"/{THEMES}/" in f"/{document.path}"
