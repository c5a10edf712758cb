"""Where the fonts, layouts and pictures that come with calendarkit lie."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def shipped() -> Path:
    """Return the folder ``assets``: inside the package when installed from a wheel, beside ``src`` in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "assets"
    return inside if inside.is_dir() else package.parent.parent / "assets"


def shipped_fonts() -> Path:
    """Return the folder of the shipped fonts."""
    return shipped() / "fonts"


def shipped_layouts() -> Path:
    """Return the folder of the shipped poster layouts."""
    return shipped() / "posters"
