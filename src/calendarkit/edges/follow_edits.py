"""Following edits: what is promised and has not left goes as the files now say, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from calendarkit.calendar.calendar import Calendar
from calendarkit.clockwork.memory import Memory
from calendarkit.edges.ledger.store import Mark, Row
from calendarkit.edges.memory import edited, keep, present_memory, recall
from calendarkit.edges.planner import WENT_OUT, choices
from calendarkit.edges.world import World
from calendarkit.model.delivery import Delivery, Plan, Withheld
from calendarkit.model.guarding import History
from calendarkit.model.slot import Slot, Window
from calendarkit.model.state import State
from calendarkit.model.text import Text
from calendarkit.stages.compile import compile_index
from calendarkit.stages.due import due
from calendarkit.stages.plan import Choice, plan
from calendarkit.stages.revise import Revision, revise

LATE_ADDED = "late-added"
"""Name of the guard that holds what an edit put into the past; only a person lets it pass."""
EDIT = "edit"
"""Who the audit names when a file and no person changed a delivery."""
_DAY = 86_400
_FAR = 62 * _DAY
"""How far ahead a slot that was promised may be moved and still be recognised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What an edit means for the ledger.

    Attributes:
        cancelled: rows whose slot, group or part is gone.
        moved: rows that go at another time, or after all, each with its new delivery.
        reworded: rows whose words were made and are made again.
        late: deliveries of slots that the edit put into the past.
    """

    cancelled: tuple[Row, ...] = ()
    moved: tuple[tuple[Delivery, Row], ...] = ()
    reworded: tuple[Row, ...] = ()
    late: tuple[Delivery, ...] = ()


def follow_edits(world: World, now: int) -> Followed:
    """Bring the open rows in line with the files, if these changed since the last tick; and remember them.

    What is being sent, may have been sent or was sent stays as it is. Broken files change nothing.
    """
    if not edited(world):
        return Followed()
    before = recall(world.state_dir)
    if before is not None and before.began > world.began:
        return Followed()
    memory = present_memory(world, now, before)
    mark, followed = world.store.mark(), Followed()
    if mark is not None:
        followed = edits(world, before, memory, mark=mark, now=now)
        _obey(world, followed, mark, now)
    keep(world.state_dir, replace(memory, began=world.began))
    return followed


def edits(world: World, before: Memory | None, memory: Memory, *, mark: Mark, now: int) -> Followed:
    """Return what :func:`follow_edits` would do; writes nothing."""
    rows = world.store.rows(states=[State.PLANNED, State.READY, State.LEASED], since=now - 8 * _DAY)
    restored = [row for row in world.store.rows(states=[State.CANCELLED], since=now - _DAY) if _by_edit(world, row)]
    by_key = {row.key: row for row in (*rows, *restored)}
    revision = _revision(world, by_key.values(), now)
    changed = {name for name, each in memory.facets.items() if before and before.facets.get(name) != each}
    moved = [(new, by_key[old.key]) for old, new in revision.moved]
    gone = {each.key for each in revision.gone}
    moved += [(row.delivery, row) for row in restored if row.key not in gone | {new.key for new, _ in moved}]
    stays = {row.key for _, row in moved} | gone
    return Followed(
        cancelled=tuple(row for row in rows if row.key in gone),
        moved=tuple((new, row) for new, row in moved if row.state is not State.CANCELLED or new.slot.deadline > now),
        reworded=tuple(row for row in rows if _wordy(row, changed) and row.key not in stays),
        late=late_added(world, Window(max(mark.created + 1, now - _DAY), mark.instant), memory, now),
    )


def late_added(world: World, window: Window, memory: Memory, now: int, *, in_time: bool = True) -> tuple[Delivery, ...]:
    """Return the deliveries of slots in ``window`` that the ledger knows nothing of, under no id of their column.

    Args:
        world: an opened workspace.
        window: what earlier ticks answered for.
        memory: which columns only changed their id.
        now: epoch seconds.
        in_time: leave out slots whose deadline is over.
    """
    if window.end <= window.start:
        return ()
    slots = [
        each
        for each in due(world.index, window)
        if (now < each.deadline or not in_time) and not world.store.rows(prefix=f"{each.key}/", limit=1)
    ]
    found = _candidates(world, world.calendar, slots, chosen=choices(world, slots), now=now)
    heard = {each.column: _heard(world, each, memory) for each in slots if each.column in memory.renamed}
    return tuple(each for each in found if each.target not in heard.get(each.slot.column, ()))


def _obey(world: World, followed: Followed, mark: Mark, now: int) -> None:
    world.store.cancel([row.key for row in followed.cancelled], by=EDIT, now=now, reason=_GONE)
    world.store.replan(followed.moved, by=EDIT, verb="move", now=now)
    world.store.replan([(row.delivery, row) for row in followed.reworded], by=EDIT, verb="reword", now=now)
    held = tuple(Withheld(delivery=each, guard=LATE_ADDED, reason=_LATE) for each in followed.late)
    if held:
        world.store.admit(Plan(withheld=held), missed={}, mark=mark.instant, now=now)


_GONE = Text("改动后节目表里没有它了", "an edit took it out of the programme")
_LATE = Text(
    "写进日历时它的时间已经过了：确实要发就运行 calendarkit publish --slot",
    "it was written into the calendar after its time: to send it, run calendarkit publish --slot",
)


def _revision(world: World, rows: Iterable[Row], now: int) -> Revision:
    """Compare rows with what the files now say about their slots; only their own columns are asked."""
    promised = [row.delivery for row in rows]
    if not promised:
        return Revision()
    columns = {each.slot.column for each in promised}
    known = {name: column for name, column in world.calendar.columns.items() if name in columns}
    calendar = replace(world.calendar, columns=known)
    keys = {each.slot.key for each in promised}
    first = min(each.slot.at for each in promised) - 2 * _DAY
    slots = [each for each in due(compile_index(calendar), Window(first, now + _FAR)) if each.key in keys]
    chosen = {slot.key: Choice(offer=known[slot.column].content.offer or "") for slot in slots}
    return revise(promised, _candidates(world, calendar, slots, chosen=chosen, now=now))


def _candidates(
    world: World, calendar: Calendar, slots: Sequence[Slot], *, chosen: dict[str, Choice], now: int
) -> tuple[Delivery, ...]:
    """Return every delivery of ``slots``, whatever stands against it."""
    publishers = world.registry.records("publishers")
    found = plan(
        slots, calendar, world.roster, publishers=publishers, choices=chosen, guards={}, history=History(), now=now
    )
    return (*found.deliveries, *(each.delivery for each in found.withheld))


def _heard(world: World, slot: Slot, memory: Memory) -> set[str]:
    """Return the targets that have, or may have, the slot under the former id of its column."""
    old, _ = memory.renamed[slot.column]
    rows = world.store.rows(prefix=f"{old}/{slot.day.isoformat()}/")
    return {row.delivery.target for row in rows if row.state in WENT_OUT}


def _by_edit(world: World, row: Row) -> bool:
    lines = world.store.audit(row.key)
    return bool(lines) and (lines[-1].who, lines[-1].verb) == (EDIT, "cancel")


def _wordy(row: Row, changed: set[str]) -> bool:
    """Return whether the words of a row were made and never tried, and its column now says something else."""
    return row.state is State.READY and not row.attempt and row.delivery.slot.column in changed
