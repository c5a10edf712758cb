"""Triage: which slots may still go out, and which were missed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.clockwork.rule import LATE
from calendarkit.clockwork.words import parse_duration
from calendarkit.model.slot import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """Every slot is in exactly one of the two; both sorted by instant, then column, then day, then name."""

    due: tuple[Slot, ...] = ()
    missed: tuple[Slot, ...] = ()


def triage(slots: Iterable[Slot], calendar: Calendar, now: int) -> Triage:
    """Divide ``slots`` by the ``late``, ``valid_for`` and ``missed`` of their columns.

    A slot before its deadline is due. After it, ``missed = "skip"`` (also the answer for a column that is gone) gives
    it up; ``latest`` keeps the column's newest, unless a newer one is still in time; ``all`` keeps all. What is kept
    gets a new deadline, ``late`` after ``now``; but never one beyond its ``valid_for``, and what is no longer valid
    is missed whatever the policy.

    >>> from calendarkit.calendar.workspace import Workspace
    >>> triage([], Calendar(workspace=Workspace(name="小店")), 0)
    Triage(due=(), missed=())

    Args:
        slots: in any order.
        calendar: where the columns are.
        now: epoch seconds.
    """
    by_column: defaultdict[tuple[str, str], list[Slot]] = defaultdict(list)
    for slot in sorted(slots, key=_order):
        by_column[slot.column, slot.zone].append(slot)
    due: list[Slot] = []
    missed: list[Slot] = []
    for (column, _), each in by_column.items():
        kept = _kept(each, calendar.columns.get(column), now)
        due += kept
        keys = {slot.key for slot in kept}
        missed += [slot for slot in each if slot.key not in keys]
    return Triage(due=tuple(sorted(due, key=_order)), missed=tuple(sorted(missed, key=_order)))


def _kept(slots: list[Slot], column: Column | None, now: int) -> list[Slot]:
    """Return those of one column's slots that may go out, oldest first."""
    in_time = [slot for slot in slots if now < slot.deadline]
    if column is None or column.missed == "skip":
        return in_time
    past = [slot for slot in slots if slot.deadline <= now]
    if column.missed == "latest":
        past = past[-1:] if slots and slots[-1] in past else []
    extended = [replace(slot, deadline=_deadline(slot, column, now)) for slot in past]
    return [slot for slot in extended if now < slot.deadline] + in_time


def _deadline(slot: Slot, column: Column, now: int) -> int:
    deadline = now + parse_duration(column.late or LATE)
    return min(deadline, slot.at + parse_duration(column.valid_for)) if column.valid_for else deadline


def _order(slot: Slot) -> tuple[int, str, dt.date, str]:
    return slot.at, slot.column, slot.day, slot.name
