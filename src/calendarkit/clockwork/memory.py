"""The memory of a programme: what a tick knew, so that the next one and ``plan`` see what an edit changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from calendarkit.clockwork.index import Index
from calendarkit.model.slot import Slot

AFTER = "after"
"""The name by which all that follows events is known: a new customer is no edit of the programme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The programme as a tick knew it.

    Attributes:
        began: epoch seconds at which that tick began to read.
        fingerprint: of all documents; equal ones mean that nothing was edited.
        index: the compiled rules.
        since: column → name of a slot (for an added moment, the moment) → epoch seconds at which it was first seen.
        facets: column → ``text``, ``price``, ``poster``, ``audience`` and ``itself`` → a digest of what it says there.
        titles: column → what people call it.
        renamed: column → its former id, and epoch seconds at which that was seen.
    """

    began: int
    fingerprint: str
    index: Index = field(default_factory=Index)
    since: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    facets: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    def known(self, slot: Slot) -> int | None:
        """Return since when a slot of this name is in the programme, ``None`` when it is not."""
        name = f"{slot.day.isoformat()}T{slot.name}" if slot.origin == "also" else slot.name
        name = AFTER if slot.origin == "after" else name
        return self.since.get(slot.column, {}).get(name)
