"""A slot (档期): one appointment of one column on the programme."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A half-open stretch of time ``[start, end)`` in epoch seconds (UTC)."""

    start: int
    end: int

    def __contains__(self, instant: int) -> bool:
        return self.start <= instant < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One appointment of a column.

    Attributes:
        column: id of the column.
        day: the nominal local date; stays the same when the slot is moved.
        name: the slot's name; for an unnamed slot its nominal local time as written, ``"12:00"``.
        at: the instant it is due, epoch seconds.
        deadline: the instant from which it must no longer be sent, epoch seconds (its ``late`` or ``valid_for``).
        zone: IANA name of the zone its rule was written in.
        ordinal: how many slots of this column came before it since the column's start; 0 for the first. Content
            pools rotate by it.
        origin: why it exists: ``rule``, ``also`` or ``move``.
    """

    column: str
    day: dt.date
    name: str
    at: int
    deadline: int
    zone: str
    ordinal: int = 0
    origin: str = "rule"

    @property
    def key(self) -> str:
        """The identity: ``column / nominal local date / slot name``."""
        return f"{self.column}/{self.day.isoformat()}/{self.name}"
