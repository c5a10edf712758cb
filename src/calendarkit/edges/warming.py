"""Warming: posters drawn before they are wanted; no word is fixed by it, because what changes gets another key."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from calendarkit.calendar.column import Content
from calendarkit.clockwork.index import next_instant
from calendarkit.edges.draw import Refusal
from calendarkit.edges.planner import plan_slots
from calendarkit.edges.world import World
from calendarkit.extend.painting import PosterJob
from calendarkit.model.delivery import Delivery
from calendarkit.model.message import Media
from calendarkit.model.slot import Slot, Window
from calendarkit.model.text import Text
from calendarkit.stages.due import due
from calendarkit.stages.render import render
from calendarkit.stages.triage import Triage

AHEAD = 7_200
"""Seconds before a slot from which its posters are drawn."""
MEDIA_BYTES = 20_000_000_000
"""Size of the media store above which old posters go; 50,000 posters of one slot take about 17 GB."""
MEDIA_SECONDS = 86_400
"""A poster used within this time stays, however full the store is: a message that waits may still need it."""
_NOTHING = Media(path="", sha256="", mime="", size=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """How far the posters of some deliveries are.

    Attributes:
        total: deliveries with a poster.
        ready: those whose poster lies in the media store.
        refused: those whose poster cannot be drawn or must not be sent.
        reasons: why, each once, the commonest first.
    """

    total: int = 0
    ready: int = 0
    refused: int = 0
    reasons: tuple[Text, ...] = ()


def warm(world: World, deliveries: Iterable[Delivery], stopping: Callable[[], bool] = lambda: False) -> int:
    """Draw the posters of ``deliveries`` that are not there yet; return how many still are not."""
    jobs = [job for each in deliveries if (job := _job(world, each)) is not None]
    return world.drawing.warm(jobs, stopping) if jobs else 0


def prewarm(world: World, now: int, *, until: float) -> bool:
    """Draw what the next :data:`AHEAD` seconds will want; return whether all of it is there.

    One process does so at a time; the others leave it to that one.

    Args:
        world: an opened workspace.
        now: epoch seconds.
        until: epoch seconds at which it stops, finished or not.
    """
    slots = _pictured(world, due(world.index, Window(now, now + AHEAD)))
    if not slots:
        return True
    with _alone(world) as alone:
        if not alone:
            return False
        planned = plan_slots(world, Triage(due=slots, missed=()), now)
        left = warm(world, planned.deliveries, lambda: world.clock.now() >= until)
        world.media.prune(MEDIA_BYTES, older_than=now - MEDIA_SECONDS)
    return left == 0


def next_warming(world: World, now: int) -> int | None:
    """Return when the posters of a slot beyond :data:`AHEAD` want to be begun, ``None`` without columns of posters."""
    if not any(_has_poster(world, column) for column in world.calendar.columns):
        return None
    upcoming = next_instant(world.index, now + AHEAD)
    return None if upcoming is None else upcoming - AHEAD


def readiness(world: World, slot: Slot) -> Readiness:
    """Return how far the posters of ``slot`` are, as it would go out now; draws nothing."""
    if not _pictured(world, (slot,)):
        return Readiness()
    planned = plan_slots(world, Triage(due=(slot,), missed=()), int(world.clock.now()))
    jobs = [job for each in planned.deliveries if (job := _job(world, each)) is not None]
    keys = world.drawing.keys(jobs)
    known = world.drawing.known(keys)
    refusals = [each.text for key in keys if isinstance(each := known.get(key), Refusal)]
    counted = sorted({text: refusals.count(text) for text in set(refusals)}.items(), key=lambda each: -each[1])
    return Readiness(
        total=len(jobs),
        ready=sum(isinstance(known.get(key), Media) for key in keys),
        refused=len(refusals),
        reasons=tuple(text for text, _ in counted),
    )


def _job(world: World, delivery: Delivery) -> PosterJob | None:
    """Return what the painter would be asked for, ``None`` when a delivery has no poster or breaks before it."""
    publisher = world.registry.records("publishers").get(delivery.channel)
    if delivery.part != "poster" or publisher is None:
        return None
    asked: list[PosterJob] = []

    def note(job: PosterJob) -> Media:
        asked.append(job)
        return _NOTHING

    render(delivery, world.calendar, world.roster, accepts=publisher.limits, draw=note)
    return asked[0] if asked else None


def _pictured(world: World, slots: Sequence[Slot]) -> tuple[Slot, ...]:
    return tuple(each for each in slots if _has_poster(world, each.column))


def _has_poster(world: World, column: str) -> bool:
    known = world.calendar.columns.get(column)
    content = known.content if known else Content()
    return bool(content.poster or any(each.poster for each in content.variants.values()))


@contextlib.contextmanager
def _alone(world: World) -> Iterator[bool]:
    """Yield whether nobody else warms; the lock goes with the process that holds it."""
    handle = os.open(world.state_dir / "warming.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    held = False
    try:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held = True
        yield held
    finally:
        os.close(handle)
