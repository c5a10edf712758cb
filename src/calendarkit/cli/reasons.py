"""Why rows of the ledger stand where they stand, in words; and the same reason told once for many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from calendarkit.cli.words import amount
from calendarkit.edges.ledger.store import Row
from calendarkit.model.receipt import Outcome
from calendarkit.model.state import State
from calendarkit.model.text import Language, Text

_NOT_SENT = Text("有人核对过：没有发出", "a person looked: it was not sent")
_SENT = Text("有人核对过：已发出", "a person looked: it was sent")
_OPEN = {Outcome.UNKNOWN.value, Outcome.WAITING.value}
"""Answers after which only a person can say that it failed."""


def row_reason(row: Row, language: Language) -> str:
    """Return why a row stands where it stands; empty when there is nothing to say."""
    if row.state is State.DELIVERED:
        return _SENT.to(language) if row.proof == "staff" else ""
    words = row.reason.to(language) if row.reason is not None else row.detail
    said = " ".join(part for part in (f"[{row.code}]" if row.code else "", words) if part)
    if row.state is State.FAILED and row.outcome in _OPEN:
        return "; ".join(part for part in (_NOT_SENT.to(language), said) if part)
    return said


def common_reasons(rows: Sequence[Row], language: Language) -> list[str]:
    """Return why rows failed with how many did, the commonest reason first: ``36 × [93000] …``.

    A channel and its code are one reason, for platforms put another number into the words of each answer.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    words: dict[tuple[str, ...], str] = {}
    for row in rows:
        said = row_reason(row, language)
        reason = (row.delivery.channel, row.code) if row.code and row.reason is None else (said,)
        counts[reason] += 1
        words.setdefault(reason, said)
    return [f"{amount(count)} × {words[reason]}" for reason, count in counts.most_common()]
