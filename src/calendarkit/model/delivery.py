"""A delivery (投放): one part of one slot for one target on one channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from calendarkit.model.slot import Slot
from calendarkit.model.text import Text

TEXT_PART = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What is promised to one target.

    A slot may go out in several parts (a poster and its text). The text part has no suffix in the key and every other
    part carries its name, so that adding a poster to a column next week re-sends nothing.

    Attributes:
        slot: the appointment.
        target: id of the group (``hz-001.vip``) or of the store (``hz-001``).
        store: id of the store the target belongs to.
        channel: name of the publisher.
        part: ``text``, ``poster`` or ``link``.
        sequence: place among the parts of the same slot and target; smaller goes first.
        item: id of the content item it shows, empty without a pool.
        offer: id of the offer it shows, empty without one.
        not_before: epoch seconds before which it must not go out; the slot's instant unless a guard postponed it.
        on_unknown: what happens when nobody can know whether it arrived and the channel has no way to ask: ``park`` it
            for a person, or ``resend``.
    """

    slot: Slot
    target: str
    store: str
    channel: str
    part: str = TEXT_PART
    sequence: int = 0
    item: str = ""
    offer: str = ""
    not_before: int = 0
    on_unknown: Literal["park", "resend"] = "park"

    @property
    def key(self) -> str:
        """The identity, readable and stable: ``noon-deals/2026-11-25/noon/hz-001.vip/wecom``."""
        suffix = "" if self.part == TEXT_PART else f"/{self.part}"
        return f"{self.slot.key}/{self.target}/{self.channel}{suffix}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A delivery that will not go out, and why."""

    delivery: Delivery
    guard: str
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All candidates of some slots: each is delivered or withheld, none is forgotten; sorted by instant, then key."""

    deliveries: tuple[Delivery, ...] = ()
    withheld: tuple[Withheld, ...] = ()
