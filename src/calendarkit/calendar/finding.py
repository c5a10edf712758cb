"""A finding: a problem that knows its key but not yet its line, which is looked up only when it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from calendarkit.calendar.documents import Document
from calendarkit.calendar.locate import NOWHERE, Locator, Path, Span
from calendarkit.model.problem import Problem, Severity
from calendarkit.model.text import Text

MAX_LINE = 2_000
"""Most characters of a source line that a problem carries."""
Where = Literal["key", "value"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding.

    Attributes:
        document: path of the file it is about; empty for none.
        path: keys and indices inside the document.
        where: whether the caret belongs under the key or under the value.
        offset: characters into a string value (or from ``column``), where the mistake inside it begins.
        width: characters that are wrong; 0 for all of the value.
        needle: the words to underline, looked for in the line.
        inner: 1-based line inside a text of several lines; 0 for the line the value begins on.
        line: 1-based, when it is known without looking the path up.
        column: 1-based, when the line is known.
        related: further places, as (document, path); a path of one number is a line.
    """

    code: str
    message: Text
    severity: Severity = "error"
    fix: Text | None = None
    document: str = ""
    path: Path = ()
    where: Where = "value"
    offset: int = 0
    width: int = 0
    needle: str = ""
    inner: int = 0
    line: int = 0
    column: int = 0
    related: tuple[tuple[str, Path], ...] = ()


def place(
    findings: Iterable[Finding], documents: Iterable[Document], *, mended: Mapping[str, str] | None = None
) -> tuple[Problem, ...]:
    """Return the findings as problems with line and column, in the order given.

    Only documents that a finding is about are parsed a second time for positions, in their ``mended`` texts where
    there are some.
    """
    texts = mended or {}
    locators = {each.path: Locator(each, mended=texts.get(each.path)) for each in documents}
    return tuple(_placed(finding, locators) for finding in findings)


def dotted(path: Path) -> str:
    """Return a path as people read it: ``column[2].at.noon``."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text


def _placed(finding: Finding, locators: Mapping[str, Locator]) -> Problem:
    locator = locators.get(finding.document)
    span = _span(finding, locator)
    return Problem(
        code=finding.code,
        message=finding.message,
        severity=finding.severity,
        fix=finding.fix,
        file=finding.document,
        line=span.line,
        column=span.column,
        width=span.width,
        source=_source(finding, span, locator),
        path=dotted(finding.path),
        related=tuple(_related(document, path, locators) for document, path in finding.related),
    )


def _span(finding: Finding, locator: Locator | None) -> Span:
    span = _whole_span(finding, locator)
    if locator is None or not span.line or not (finding.needle or finding.inner):
        return span
    line = span.line
    if finding.inner > 1 or (finding.inner and locator.line(line).rstrip().endswith(('"""', "'''"))):
        opened = locator.line(line).rstrip().endswith(('"""', "'''"))
        line += finding.inner - 1 + opened
    text = locator.line(line)
    begin = span.column - 1 if line == span.line and span.column else 0
    at = text.find(finding.needle, begin) if finding.needle else -1
    if at >= 0:
        return Span(line=line, column=at + 1, width=len(finding.needle))
    if line == span.line:
        return span
    blank = len(text) - len(text.lstrip())
    return Span(line=line, column=blank + 1, width=max(1, len(text.strip())))


def _whole_span(finding: Finding, locator: Locator | None) -> Span:
    if finding.line:
        return Span(line=finding.line, column=finding.column, width=finding.width or int(finding.column > 0))
    if locator is None:
        return NOWHERE
    span = locator.find(finding.path, finding.where)
    if not span.line:
        return Span(line=1, column=1, width=max(1, len(locator.line(1)[:MAX_LINE])))
    if finding.width and span.inside:
        return Span(line=span.line, column=span.inside + finding.offset, width=finding.width)
    return span


def _source(finding: Finding, span: Span, locator: Locator | None) -> str:
    """Return the line, shortened where it is endless, with a literal key hidden."""
    text = locator.line(span.line)[:MAX_LINE] if locator else ""
    if finding.code != "CK601":
        return text
    start = max(0, span.column - 1)
    return text[:start] + "*" * len(text[start : start + span.width]) + text[start + span.width :]


def _related(document: str, path: Path, locators: Mapping[str, Locator]) -> str:
    if len(path) == 1 and isinstance(path[0], int):
        return f"{document}:{path[0]}"
    line = locators[document].find(path, "key").line if document in locators else 0
    return f"{document}:{line}" if line else document
