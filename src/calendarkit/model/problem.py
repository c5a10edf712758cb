"""A user's mistake as a value: what, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from calendarkit.model.text import Text

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding about what a person wrote.

    Attributes:
        code: stable for ever, ``CK`` and three digits; ``docs/reference/problems.md`` lists them.
        severity: an ``error`` stops the thing it is about; a ``warning`` stops nothing.
        message: what is wrong.
        fix: what to write instead, or ``None`` when nobody can say.
        file: path relative to the workspace, with ``/``; empty when the finding is about no file.
        line: 1-based; 0 when unknown.
        column: 1-based, counted in characters (not bytes); 0 when unknown.
        width: how many characters the caret underlines, at least 1 where a column is known.
        source: the text of that line, without its line break; empty when unknown.
        path: the key inside the document, such as ``column[2].at.noon``.
        related: further places that explain it, as ``file:line`` strings.
    """

    code: str
    message: Text
    severity: Severity = "error"
    fix: Text | None = None
    file: str = ""
    line: int = 0
    column: int = 0
    width: int = 0
    source: str = ""
    path: str = ""
    related: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """``file:line:column`` as editors understand it, without the parts that are unknown."""
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(part for part in parts if part)
