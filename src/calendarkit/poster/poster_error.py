"""The error of a poster that cannot be drawn at all."""

from __future__ import annotations

from calendarkit.errors import CalendarkitError
from calendarkit.model.text import Text


class PosterError(CalendarkitError):
    """A poster cannot be drawn.

    Attributes:
        text: why, in both languages.
    """

    def __init__(self, text: Text) -> None:
        super().__init__(f"{text.zh} / {text.en}")
        self.text = text
