"""Validation: documents become a calendar and a roster, or every problem at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.checks import CHECKS
from calendarkit.calendar.documents import Documents
from calendarkit.calendar.draft import read_draft
from calendarkit.calendar.finding import Finding, place
from calendarkit.calendar.join import join_calendar, join_roster
from calendarkit.calendar.kind_values import fill_in_kinds
from calendarkit.calendar.known import NOTHING_KNOWN, Known
from calendarkit.calendar.roster import Roster
from calendarkit.model.problem import Problem
from calendarkit.model.text import Text

HELD = frozenset({"CK412", "CK460"})
"""Errors of a price. A guard withholds such an offer, and it must know the new prices: with the last good ones it would
let through what nobody may sell any more. All else goes out."""
MOST = 50
"""Most problems of one kind that are listed for one file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validated:
    """What the documents say.

    Attributes:
        calendar: ``None`` when the workspace document itself cannot be used; otherwise what could be understood, which
            must not be published unless it is :attr:`usable`.
        roster: the stores and groups that could be understood.
        problems: sorted by file, line and column.
    """

    calendar: Calendar | None
    roster: Roster
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that are no mere warnings."""
        return tuple(each for each in self.problems if each.severity == "error")

    @property
    def usable(self) -> bool:
        """Whether the documents may be published: without errors, or only with such as a guard holds by itself."""
        return self.calendar is not None and all(each.code in HELD for each in self.errors)


def validate(documents: Documents, known: Known = NOTHING_KNOWN) -> Validated:
    """Return the calendar and roster that the documents describe, with everything that is wrong with them.

    Args:
        documents: what was read; equal documents give equal results.
        known: names and options of the plugins' records; whatever it is silent about is not judged.

    >>> from calendarkit.calendar.documents import Document
    >>> shop = Document(path="calendarkit.toml", kind="workspace", text='name = "小店"')
    >>> validate(Documents(documents=(shop,))).calendar.workspace.name
    '小店'
    """
    draft = read_draft(documents)
    fill_in_kinds(draft, known.kinds)
    findings = [*draft.findings, *(finding for check in CHECKS for finding in check(draft, known))]
    problems = {*documents.problems, *place(_few(findings), documents.documents, mended=draft.mended)}
    return Validated(
        calendar=join_calendar(draft, known.kinds),
        roster=join_roster(draft),
        problems=tuple(sorted(problems, key=_order)),
    )


def _few(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield at most :data:`MOST` findings of one kind for one file, and how many more there are."""
    counts: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        kind = finding.document, finding.code
        counts[kind] += 1
        if counts[kind] <= MOST:
            yield finding
    for (document, code), count in counts.items():
        if count > MOST:
            more = Text(
                f"还有 {count - MOST} 个同样的问题（{code}）没有列出", f"{count - MOST} more of {code} are not listed"
            )
            yield Finding(code="CK990", document=document, line=1, message=more, severity="warning")


def _order(problem: Problem) -> tuple[str, int, int, str, str]:
    return problem.file, problem.line, problem.column, problem.code, problem.message.en


__all__ = ["Known", "Validated", "validate"]
