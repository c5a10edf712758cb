"""The review: what the files now say, against what the last tick knew and what the ledger holds; writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from calendarkit.edges.follow_edits import Followed, edits, late_added
from calendarkit.edges.ledger.store import Row
from calendarkit.edges.memory import present_memory, recall
from calendarkit.edges.release import HELD
from calendarkit.edges.world import World
from calendarkit.model.delivery import Delivery
from calendarkit.model.slot import Window
from calendarkit.model.state import State
from calendarkit.stages.compare import Change, compare
from calendarkit.stages.due import due

_DAY = 86_400
_AROUND = 31 * _DAY
"""How far from the window a slot may have come or gone and still counts as moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What an edit means.

    Attributes:
        first: whether no tick has run yet, so that there is nothing to compare with.
        changes: slots of the window that are not what the last tick knew.
        followed: what the next tick does to open rows.
        late: deliveries of slots that an edit put into the day before now, whether or not they are still in time.
        waiting: rows that wait for a person's word.
        titles: what people called the columns at the last run, also those that are gone.
    """

    first: bool = False
    changes: tuple[Change, ...] = ()
    followed: Followed = Followed()
    late: tuple[Delivery, ...] = ()
    waiting: tuple[Row, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def edited(self) -> bool:
        """Whether the next tick does anything because of an edit."""
        rows = self.followed.cancelled or self.followed.moved or self.followed.reworded
        return bool(self.changes or rows or self.late)

    def only(self, column: str) -> Review:
        """Return the part that is about one column."""
        followed = self.followed
        return replace(
            self,
            changes=tuple(each for each in self.changes if each.slot.column == column),
            followed=Followed(
                cancelled=tuple(row for row in followed.cancelled if row.delivery.slot.column == column),
                moved=tuple(pair for pair in followed.moved if pair[0].slot.column == column),
                reworded=tuple(row for row in followed.reworded if row.delivery.slot.column == column),
            ),
            late=tuple(each for each in self.late if each.slot.column == column),
            waiting=tuple(row for row in self.waiting if row.delivery.slot.column == column),
        )


def review(world: World, window: Window, now: int) -> Review:
    """Return what changed in ``window`` and in the ledger since the last tick."""
    before, mark = recall(world.state_dir), world.store.mark()
    held = world.store.rows(states=[State.WITHHELD], since=now - _DAY)
    waiting = tuple(row for row in held if row.guard in HELD)
    memory = present_memory(world, now, before)
    if before is None or memory is before:
        return Review(first=before is None, waiting=waiting, titles=memory.titles)
    wide = Window(window.start - _AROUND, window.end + _AROUND)
    changes = compare(due(before.index, wide), due(world.index, wide), window=window, knew=before, knows=memory)
    if mark is None:
        return Review(changes=changes, waiting=waiting, titles=before.titles)
    past = Window(max(mark.created + 1, now - _DAY), mark.instant)
    return Review(
        changes=changes,
        followed=edits(world, before, memory, mark=mark, now=now),
        late=late_added(world, past, memory, now, in_time=False),
        waiting=waiting,
        titles=before.titles,
    )
