"""Comparing: what an edit did to the programme, slot by slot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from calendarkit.clockwork.memory import Memory
from calendarkit.model.slot import Slot, Window

Kind = Literal["added", "moved", "changed", "cancelled", "renamed"]
FACETS = ("text", "price", "poster", "audience")
"""What may change while a slot stays where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one slot.

    Attributes:
        slot: as it is now; as it was when it is ``cancelled``.
        former: as it was, when it ``moved`` or was ``renamed``.
        what: which of :data:`FACETS` changed, in that order.
    """

    kind: Kind
    slot: Slot
    former: Slot | None = None
    what: tuple[str, ...] = ()


def compare(
    before: Iterable[Slot], after: Iterable[Slot], *, window: Window, knew: Memory, knows: Memory
) -> tuple[Change, ...]:
    """Return what changed of the slots that are or were in ``window``, sorted by instant, then slot.

    A slot is the same while its key is; one of a column that only changed its id is the same too, where that is proven.
    Any other new key is a slot added and one cancelled.

    Args:
        before: the slots as the last tick knew them, in ``window`` and around it.
        after: the slots as the files say now, likewise.
        window: what is asked about.
        knew: what the last tick knew.
        knows: what the next one will know.

    >>> nothing = Memory(began=0, fingerprint="")
    >>> compare([], [], window=Window(0, 60), knew=nothing, knows=nothing)
    ()
    """
    heirs = {old: new for new, (old, _) in knows.renamed.items() if new not in knew.facets}
    was = {_identity(each, heirs): each for each in before}
    found = _changes(was, {_identity(each, {}): each for each in after}, knew, knows)
    inside = (each for each in found if each.slot.at in window or (each.former and each.former.at in window))
    return tuple(sorted(inside, key=lambda each: (each.slot.at, each.slot.key, each.slot.zone)))


def _identity(slot: Slot, heirs: Mapping[str, str]) -> tuple[str, str, str, str]:
    return heirs.get(slot.column, slot.column), slot.day.isoformat(), slot.name, slot.zone


def _changes(
    was: Mapping[tuple[str, str, str, str], Slot],
    now: Mapping[tuple[str, str, str, str], Slot],
    knew: Memory,
    knows: Memory,
) -> Iterator[Change]:
    for identity, slot in now.items():
        former = was.get(identity)
        what = _what(former.column if former else slot.column, slot.column, knew, knows)
        if former is None:
            yield Change(kind="added", slot=slot)
        elif former.column != slot.column:
            yield Change(kind="renamed", slot=slot, former=former, what=what)
        elif former.at != slot.at:
            yield Change(kind="moved", slot=slot, former=former, what=what)
        elif what:
            yield Change(kind="changed", slot=slot, what=what)
    for identity, slot in was.items():
        if identity not in now:
            yield Change(kind="cancelled", slot=slot)


def _what(old: str, new: str, knew: Memory, knows: Memory) -> tuple[str, ...]:
    one, other = knew.facets.get(old, {}), knows.facets.get(new, {})
    return tuple(each for each in FACETS if one.get(each) != other.get(each))
