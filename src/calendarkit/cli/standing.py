"""How things stand: everything that ``status`` tells, read from the ledger and the programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calendarkit.cli.opening import today
from calendarkit.cli.outlook import Outlook, outlook
from calendarkit.edges.ledger.store import Figures, Row
from calendarkit.edges.release import HELD
from calendarkit.edges.wake import heartbeat
from calendarkit.edges.window import clock_doubt, waits_until
from calendarkit.edges.world import World
from calendarkit.model.slot import Slot, Window
from calendarkit.model.state import State
from calendarkit.model.text import Text

SILENT_AFTER = 180
"""Seconds without a sign of cron, or of a delivery, after which what came due counts as not sent."""
_DAY = 86_400
_TO_GO = (State.PLANNED, State.READY, State.LEASED, State.SENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Everything ``status`` tells.

    Attributes:
        figures: the ledger in numbers.
        alive: epoch seconds of the last sign of ``publish``, ``None`` before the first.
        silent: slots that came due since then and that no run has seen.
        stuck: since when deliveries are due although nothing has left for minutes, ``None`` when things move.
        today: deliveries of this day by state.
        rows: unknown rows of any age, and failed and missed ones that changed lately.
        held: rows of slots that an edit made wait for a person's word and that may still go.
        waiting: the longest waiting delivery that a person or a job must act on, ``None`` when there is none.
        upcoming: the next slot.
        outlook: what it will come to; only for a slot of the next 24 hours.
        doubt: why ``publish`` does not trust the clock and sends nothing.
        lag: until when a clock that somebody called right lags behind what was done already.
    """

    figures: Figures
    alive: int | None
    silent: tuple[Slot, ...] = ()
    stuck: int | None = None
    today: Mapping[State, int]
    rows: tuple[Row, ...] = ()
    held: tuple[Row, ...] = ()
    waiting: Row | None = None
    upcoming: Slot | None = None
    outlook: Outlook | None = None
    doubt: Text | None = None
    lag: int | None = None

    def in_state(self, state: State) -> tuple[Row, ...]:
        """Return those of ``rows`` that are in ``state``."""
        return tuple(row for row in self.rows if row.state is state)


def read_status(world: World, since: int) -> Status:
    """Return the status; failed and missed deliveries count when they changed at or after ``since``."""
    from calendarkit import pipeline

    now = int(world.clock.now())
    figures = world.store.figures(now)
    signs = [figures.run.started if figures.run else None, heartbeat(world.state_dir)]
    alive = max((int(each) for each in signs if each is not None), default=None)
    quiet = alive is not None and now - alive > SILENT_AFTER
    unseen = max(alive or 0, figures.mark.instant if figures.mark else 0)
    upcoming = next(iter(pipeline.programme(world, Window(now, now + 8 * _DAY))), None)
    mark = figures.mark.instant if figures.mark else None
    return Status(
        figures=figures,
        alive=alive,
        silent=pipeline.programme(world, Window(unseen, now)) if quiet and unseen < now else (),
        stuck=_stuck(world, now) if figures.overdue else None,
        today=world.store.counts(day=today(world).isoformat()),
        rows=(
            *world.store.rows(states=[State.UNKNOWN]),
            *world.store.rows(states=[State.FAILED, State.EXPIRED], updated_since=since),
        ),
        held=tuple(
            row
            for row in world.store.rows(states=[State.WITHHELD], updated_since=since)
            if row.guard in HELD and now < row.deadline
        ),
        waiting=next(iter(world.store.rows(states=[State.ACCEPTED], limit=1)), None),
        upcoming=upcoming,
        outlook=outlook(world, upcoming) if upcoming and upcoming.at < now + _DAY and world.sound else None,
        doubt=clock_doubt(world, mark, now) if mark is not None else None,
        lag=waits_until(world, mark, now) if mark is not None else None,
    )


def _stuck(world: World, now: int) -> int | None:
    """Return since when something is due, if nothing has left for as long as a slow minute may take."""
    due = [row.not_before for row in world.store.rows(states=_TO_GO) if row.not_before <= now < row.deadline]
    since = min(due, default=now)
    if now - since <= SILENT_AFTER:
        return None
    left = world.store.rows(states=[State.DELIVERED, State.ACCEPTED], updated_since=now - SILENT_AFTER, limit=1)
    return None if left else since
