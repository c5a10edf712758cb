"""The built-in kinds of columns, registered like those of any plugin."""

from __future__ import annotations

from calendarkit.extend.planning import ColumnKind
from calendarkit.kinds.benefit import BENEFIT
from calendarkit.kinds.emotion import EMOTION
from calendarkit.kinds.knowledge import KNOWLEDGE
from calendarkit.kinds.sale import SALE
from calendarkit.kinds.staff import STAFF

KINDS: tuple[ColumnKind, ...] = tuple(
    sorted((*KNOWLEDGE, *EMOTION, *BENEFIT, *SALE, *STAFF), key=lambda kind: kind.name)
)
"""Sorted by name."""

__all__ = ["KINDS"]
