"""What a guard is asked and what it may answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from calendarkit.model.text import Text


@dataclass(frozen=True, slots=True)
class Allow:
    """Nothing speaks against it."""


@dataclass(frozen=True, slots=True)
class Withhold:
    """It must not go out."""

    reason: Text


@dataclass(frozen=True, slots=True)
class Postpone:
    """It must not go out before ``until`` (epoch seconds)."""

    until: int
    reason: Text


Verdict = Allow | Withhold | Postpone


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One slot a target received or is planned to receive; parts of one slot count once."""

    slot: str
    column: str
    at: int
    item: str = ""
    offer: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """What targets received and are promised, by target id; each tuple sorted by instant."""

    sends: Mapping[str, tuple[Sent, ...]] = field(default_factory=dict)

    def of(self, target: str) -> tuple[Sent, ...]:
        """Return what ``target`` received and is promised, oldest first."""
        return self.sends.get(target, ())
