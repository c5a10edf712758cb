"""Problems shown: as text with the line and a caret, as JSON, and as annotations of GitHub Actions."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable

from calendarkit.model.problem import Problem
from calendarkit.model.text import Language, Text

SCHEMA = 1
"""Version of the JSON; keys are added and never change their meaning."""
_TAB = "    "
_SHOWN = 100
"""Most screen cells of a source line that are shown."""
_RED, _YELLOW, _BOLD, _DIM, _CYAN, _END = "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[0m"
_SEVERITY = {"error": Text("错误", "error"), "warning": Text("警告", "warning")}


def format_text(problems: Iterable[Problem], language: Language = "zh", *, colour: bool = False) -> str:
    """Return what a person reads: one block a problem, sorted by file and line, each line ending with a line break.

    Args:
        problems: in any order.
        language: ``zh`` or ``en``.
        colour: whether to use ANSI colours.
    """
    paint = _Paint(colour=colour)
    return "".join(_block(problem, language, paint) for problem in sorted(problems, key=_order))


def format_json(problems: Iterable[Problem]) -> str:
    """Return one JSON document with both languages; ``column`` and ``width`` count characters, 0 is unknown."""
    rows = [
        {
            "code": each.code,
            "severity": each.severity,
            "message": {"zh": each.message.zh, "en": each.message.en},
            "fix": {"zh": each.fix.zh, "en": each.fix.en} if each.fix else None,
            "file": each.file,
            "line": each.line,
            "column": each.column,
            "width": each.width,
            "path": each.path,
            "related": list(each.related),
        }
        for each in sorted(problems, key=_order)
    ]
    errors = sum(row["severity"] == "error" for row in rows)
    document = {"schema": SCHEMA, "errors": errors, "warnings": len(rows) - errors, "problems": rows}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def format_github(problems: Iterable[Problem], language: Language = "en") -> str:
    """Return workflow commands that GitHub Actions shows beside the lines of a pull request."""
    lines = []
    for each in sorted(problems, key=_order):
        places = {"file": each.file, "line": each.line, "col": each.column, "title": each.code}
        named = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in places.items() if value)
        words = each.message.to(language) + (f"\n{each.fix.to(language)}" if each.fix else "")
        lines.append(f"::{each.severity} {named}::{_escaped(words)}\n")
    return "".join(lines)


def count_line(problems: Iterable[Problem], language: Language = "zh") -> str:
    """Return the last line of a check: how many errors and warnings there are."""
    severities = [each.severity for each in problems]
    errors, warnings = severities.count("error"), severities.count("warning")
    if language == "zh":
        return f"{errors} 个错误 {warnings} 个警告"
    return f"{errors} error{'' if errors == 1 else 's'}, {warnings} warning{'' if warnings == 1 else 's'}"


def width_of(text: str) -> int:
    """Return the screen cells a text takes; Chinese characters take two."""
    return sum(_cells(char) for char in text)


class _Paint:
    """ANSI colours, or none."""

    def __init__(self, *, colour: bool) -> None:
        self._colour = colour

    def __call__(self, text: str, *codes: str) -> str:
        return f"{''.join(codes)}{text}{_END}" if self._colour and text else text


def _block(problem: Problem, language: Language, paint: _Paint) -> str:
    tone = _RED if problem.severity == "error" else _YELLOW
    head = paint(f"{_SEVERITY[problem.severity].to(language)}[{problem.code}]", tone, _BOLD)
    where = f" {paint(problem.place, _BOLD)} " if problem.place else ""
    lines = [f"{head}{where} {_clean(problem.message.to(language))}"]
    fix = _clean(problem.fix.to(language)) if problem.fix else ""
    if problem.source and problem.line:
        lines += _source(problem, fix, paint, tone)
    elif fix:
        lines.append(f"   {paint('=', _DIM)} {paint(fix, _CYAN)}")
    if problem.related:
        also = Text("另见", "see also").to(language)
        lines.append(f"   {paint('=', _DIM)} {also} {', '.join(problem.related)}")
    return "".join(f"{line}\n" for line in lines)


def _source(problem: Problem, fix: str, paint: _Paint, tone: str) -> list[str]:
    """Return the source line with a caret line below; far-off carets scroll the line to the left."""
    number = str(problem.line)
    bar = paint("|", _DIM)
    text, before, marked = _window(problem)
    gap = " " * (len(number) + 1)
    lines = [f"{gap}{bar}", f"{paint(number, _DIM)} {bar} {text}".rstrip()]
    if problem.column:
        caret = paint("^" * max(1, marked), tone, _BOLD)
        lines.append(f"{gap}{bar} {' ' * before}{caret} {paint(fix, _CYAN)}".rstrip())
    elif fix:
        lines.append(f"{gap}{bar} {paint(fix, _CYAN)}")
    return lines


def _window(problem: Problem) -> tuple[str, int, int]:
    """Return (shown text, cells before the caret, cells under it), at most ``_SHOWN`` cells of the line."""
    start = max(0, problem.column - 1)
    left, middle, right = (
        _clean(part)
        for part in (
            problem.source[:start],
            problem.source[start : start + problem.width],
            problem.source[start + problem.width :],
        )
    )
    left = left.lstrip() if problem.column else left
    if width_of(left) > _SHOWN // 2:
        left = "…" + _tail(left, _SHOWN // 2)
    shown = _head(left + middle + right, _SHOWN)
    visible = max(1, min(width_of(middle), _SHOWN - width_of(left)))
    return shown, width_of(left), visible


def _head(text: str, cells: int) -> str:
    if width_of(text) <= cells:
        return text
    kept = ""
    for char in text:
        if width_of(kept) + _cells(char) > cells - 1:
            break
        kept += char
    return f"{kept}…"


def _tail(text: str, cells: int) -> str:
    kept = text[-cells:]
    while width_of(kept) > cells:
        kept = kept[1:]
    return kept


def _cells(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _clean(text: str) -> str:
    """Return text without tabs and without control characters, which could repaint a terminal."""
    spaced = text.replace("\t", _TAB)
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(char) == "Cc" else char for char in spaced)


def _escaped(text: str, more: str = "") -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    for char in more:
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def _order(problem: Problem) -> tuple[str, int, int, str, str]:
    return problem.file, problem.line, problem.column, problem.code, problem.message.en
