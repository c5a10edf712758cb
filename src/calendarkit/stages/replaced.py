"""Replaced: slots that an edit made out of ones that went out already, so that nobody gets them twice unasked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from calendarkit.clockwork.memory import Memory
from calendarkit.model.slot import Slot
from calendarkit.model.text import Text


def replaced(slots: Iterable[Slot], sent: Iterable[tuple[Slot, str]], memory: Memory) -> Mapping[tuple[str, str], Text]:
    """Return which slot replaces what which target received already: (slot key, target) → why it waits for a person.

    A slot that was sent and is gone from the programme replaces at most one: of the slots of its column and day that
    were first seen after its time, the nearest. A slot that stood in the programme before is never held.

    Args:
        slots: every slot the programme has on the days asked about.
        sent: slots that went out or may have, and to which target; further ones do no harm.
        memory: since when names are known, and which columns only changed their id.

    >>> replaced([], [], Memory(began=0, fingerprint=""))
    {}
    """
    by_day: defaultdict[tuple[str, str], list[Slot]] = defaultdict(list)
    for slot in slots:
        by_day[slot.column, slot.day.isoformat()].append(slot)
    gone: defaultdict[tuple[str, str], dict[Slot, list[str]]] = defaultdict(dict)
    heirs = {old: new for new, (old, _) in memory.renamed.items()}
    for slot, target in sent:
        day = (heirs.get(slot.column, slot.column), slot.day.isoformat())
        if day in by_day and slot.key not in {each.key for each in by_day[day]}:
            gone[day].setdefault(slot, []).append(target)
    found: dict[tuple[str, str], Text] = {}
    for day, former in gone.items():
        for old, new in _pairs(former, by_day[day], memory):
            found |= {(new.key, target): _reason(old) for target in former[old]}
    return found


def _pairs(former: Iterable[Slot], slots: Iterable[Slot], memory: Memory) -> Iterable[tuple[Slot, Slot]]:
    """Yield each former slot with the one that replaces it, the nearest pairs first."""
    fresh = list(slots)
    pairs = [(old, new) for old in former for new in fresh if (memory.known(new) or 0) > old.at]
    taken: set[str] = set()
    for old, new in sorted(pairs, key=lambda pair: (abs(pair[0].at - pair[1].at), pair[0].key, pair[1].key)):
        if old.key not in taken and new.key not in taken:
            taken |= {old.key, new.key}
            yield old, new


def _reason(old: Slot) -> Text:
    return Text(
        f"它替换了当天已发过的 {old.key}：确实要再发就运行 calendarkit publish --slot",
        f"it replaces {old.key}, which was sent that day: to send it after all, run calendarkit publish --slot",
    )
