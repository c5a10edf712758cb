"""The day book: what words for days refer to, the statutory days, the anchors, and the anchor a column counts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from calendarkit.clockwork.days import NO_DAYS, Days
from calendarkit.clockwork.statutory import CHINA, Statutory


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A day that columns count from, one a year at most, and the phases around it.

    Attributes:
        id: what columns call it.
        title: what people call it; columns may too.
        days: the days themselves.
        phases: ``(name, first, last)``: days after (before, when negative) the anchor, both included.
    """

    id: str
    title: str = ""
    days: Days = NO_DAYS
    phases: tuple[tuple[str, int, int], ...] = ()

    def whole(self) -> Days:
        """Return the days from the first day of any phase to the last; the day itself without phases."""
        if not self.phases:
            return self.days
        first, last = min(low for _, low, _ in self.phases), max(high for _, _, high in self.phases)
        return Days(around=((first, last, self.days),))

    def phase(self, name: str) -> Days | None:
        """Return the days of the phase of a name, ``None`` when there is none."""
        found = tuple((first, last, self.days) for each, first, last in self.phases if each == name)
        return Days(around=found) if found else None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DayBook:
    """What words for days refer to; equal only to itself, so that what was read with it can be remembered.

    Attributes:
        statutory: which days are workdays and which are off, as far as anyone has announced it.
        anchors: by id.
        own: id or title of the anchor that ``T-3`` counts from; empty for none.
    """

    statutory: Statutory = CHINA
    anchors: Mapping[str, Anchor] = field(default_factory=dict)
    own: str = ""
