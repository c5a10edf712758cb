"""``policy.toml``: what protects groups and prices."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from calendarkit.calendar.fields import DateWords, Duration, Hours
from calendarkit.calendar.noun import Noun

Yuan = Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)]


class Quiet(Noun):
    """免打扰: no message goes out inside these hours."""

    hours: Hours = ""
    """``"22:00-07:30"``: local times in the column's zone; the end is open; may cross midnight."""
    dates: DateWords = ()
    """Whole days without messages, as ``2026-12-24`` or ``2026-12-24..2026-12-26``."""


class Caps(Noun):
    """频控: how much one group may receive."""

    per_day: int | None = Field(default=None, ge=1)
    """Slots a group may receive in one local day; parts of one slot count once."""
    gap: Duration | None = None
    """Smallest pause between two slots of one group, such as ``"30m"``."""


class Floor(Noun):
    """折扣管控: the lowest price one product may be sold at."""

    sku: str
    """Number of the product."""
    floor: Yuan
    """The lowest price, in yuan."""
    approved_by: str = ""
    """Who approved an exception below the usual floor."""


class Policy(Noun):
    """The document ``policy.toml``; what stands here beats the same table of ``calendarkit.toml``."""

    quiet: Quiet | None = None
    """Quiet hours."""
    caps: Caps | None = None
    """How much one group may receive."""
    floor: tuple[Floor, ...] = ()
    """Floors, one ``[[floor]]`` each."""
