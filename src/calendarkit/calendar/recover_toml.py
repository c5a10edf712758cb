"""Reading on behind a mistake: every syntax error of a TOML document, and its table where all could be mended."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from calendarkit.calendar.documents import Document
from calendarkit.calendar.explain_toml import REPEATED
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.mend_toml import mend_line
from calendarkit.calendar.parse_toml import parse_toml

MOST = 20
"""Most mistakes of one document that are mended to look behind them."""
MAX_CHARACTERS = 64 * 1024
"""A longer document is read once: twenty times would take seconds."""
_GUESSED = {"close", "backslash"}
"""Slips whose mending may say something else than was meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What a document says, or would say without its mistakes.

    Attributes:
        table: for judging what else is wrong, never for publishing where there are findings; ``None`` where it cannot
            be told.
        findings: what is wrong with the text, in the order of its lines.
        text: with every mending, each line where it was; for looking up places.
    """

    table: Mapping[str, Any] | None
    findings: tuple[Finding, ...]
    text: str


def recover_toml(document: Document) -> Recovered:
    """Return the table of a document with everything that is wrong with its text."""
    table, findings = parse_toml(document)
    found: list[Finding] = []
    text, sure = document.text, True
    while table is None and len(found) < MOST and len(text) <= MAX_CHARACTERS:
        found += findings
        mended = _without(text, findings[0])
        if mended is None or mended[0] == text:
            return Recovered(table=None, findings=tuple(found), text=text)
        text, sure = mended[0], sure and mended[1]
        table, findings = parse_toml(replace(document, text=text))
    return Recovered(table=table if sure else None, findings=(*found, *findings), text=text)


def _without(text: str, finding: Finding) -> tuple[str, bool] | None:
    """Return the text without the mistake, and whether that is surely what was meant; ``None`` when nobody can tell."""
    lines = text.split("\n")
    if not 0 < finding.line <= len(lines):
        return None
    line = lines[finding.line - 1]
    if finding.code == "CK010":
        name = re.fullmatch(r"\s*\[\s*(\w+)\s*\].*", line)
        if name and name[1] in REPEATED:
            return re.sub(rf"(?m)^[ \t]*\[\s*{name[1]}\s*\]", f"[[{name[1]}]]", text), True
        lines[finding.line - 1] = ""
        return None if line.lstrip().startswith("[") else ("\n".join(lines), True)
    mended = mend_line(line)
    if mended is None:
        return None
    lines[finding.line - 1] = mended.line
    return "\n".join(lines), not _GUESSED & set(mended.slips)
