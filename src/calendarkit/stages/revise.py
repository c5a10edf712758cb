"""Revising: what an edit means for deliveries that are promised and have not left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from calendarkit.model.delivery import Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What must change; both in the order of the promised.

    Attributes:
        gone: promised deliveries that the programme no longer has.
        moved: pairs of a promised delivery and what it is now.
    """

    gone: tuple[Delivery, ...] = ()
    moved: tuple[tuple[Delivery, Delivery], ...] = ()


def revise(promised: Iterable[Delivery], planned: Iterable[Delivery]) -> Revision:
    """Compare what is promised with what the programme now says about the same slots.

    A group keeps the channel it was promised by. What a guard postponed stays postponed unless its slot moved, and an
    item of a pool stays the one that was chosen.

    Args:
        promised: deliveries that have not left.
        planned: every candidate of their slots as the files say now, guards not asked.

    >>> revise([], [])
    Revision(gone=(), moved=())
    """
    wanted: dict[tuple[str, str, str], list[Delivery]] = {}
    for each in planned:
        wanted.setdefault((each.slot.key, each.target, each.part), []).append(each)
    gone: list[Delivery] = []
    moved: list[tuple[Delivery, Delivery]] = []
    for each in promised:
        found = _same(each, wanted.get((each.slot.key, each.target, each.part), []))
        if found is None:
            gone.append(each)
            continue
        now = _revised(each, found)
        if now != each:
            moved.append((each, now))
    return Revision(gone=tuple(gone), moved=tuple(moved))


def _same(promised: Delivery, found: list[Delivery]) -> Delivery | None:
    """Return the delivery by the same channel; a group's also by another one, for it hears a slot only once."""
    exact = next((each for each in found if each.channel == promised.channel), None)
    return exact or (found[0] if found and promised.target != promised.store else None)


def _revised(promised: Delivery, now: Delivery) -> Delivery:
    """Return the delivery at its slot's instant; one that did not move keeps its deadline and its turn."""
    offer = promised.offer if promised.item else now.offer
    if promised.slot.at == now.slot.at:
        return replace(promised, offer=offer)
    return replace(promised, slot=now.slot, not_before=now.not_before, offer=offer)
