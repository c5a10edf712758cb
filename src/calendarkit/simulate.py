"""Simulating: the chain on a virtual clock, from instant to instant, in memory; the same seed gives the same trace."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from calendarkit import pipeline
from calendarkit.clockwork.index import next_instant
from calendarkit.edges.courier import OnResult
from calendarkit.edges.engines.inline import InlineEngine
from calendarkit.edges.judges import recheck
from calendarkit.edges.ledger.store import Row
from calendarkit.edges.publish import Deliveries, deliver
from calendarkit.edges.world import World
from calendarkit.model.slot import Window
from calendarkit.testing.fakes import FakeClock
from calendarkit.testing.invariants import broken_promises
from calendarkit.testing.members import Killed, Members, Seen
from calendarkit.testing.rehearsal import RehearsedWorld, rehearse

MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """What a stretch of time came to.

    Attributes:
        runs: how many ticks there were; a minute in which nothing can happen has none.
        seen: what members saw, by instant, in the order of arrival; empty with a sandbox, which knows better.
        rows: the ledger at the end, sorted by instant, then key.
        faults: what went wrong on purpose, and how often.
        broken: promises of the ledger that do not hold; empty when all do.
    """

    runs: int
    seen: tuple[Seen, ...]
    rows: tuple[Row, ...]
    faults: Mapping[str, int] = field(default_factory=dict)
    broken: tuple[str, ...] = ()

    @property
    def repeats(self) -> int:
        """How often members saw something once more, where ``on_unknown = "resend"`` asks for that."""
        return len(self.seen) - len({each.key for each in self.seen})


def simulate(
    root: Path,
    window: Window,
    *,
    seed: int = 0,
    faults: Mapping[str, float] | None = None,
    draw: bool = False,
    sandbox: str | None = None,
    language: Literal["zh", "en"] | None = None,
) -> Simulation:
    """Run every tick of ``window`` on a clock that jumps from one to the next.

    The ledger is new and lies in a temporary folder; the workspace is only read.

    Args:
        root: the folder that holds ``calendarkit.toml``.
        window: from when to when.
        seed: of what goes wrong and of the pauses between retries.
        faults: fault → how often, 0 to 1; names are those of ``calendarkit.testing.members``.
        draw: draw posters too; they are named otherwise.
        sandbox: an origin that answers instead of rehearsed channels.
        language: beats the workspace's.

    Raises:
        WorkspaceError: the calendar has errors.
    """
    clock = FakeClock(window.start - 1)
    members = Members(clock=clock, seed=seed, rates=faults or {})
    with tempfile.TemporaryDirectory(prefix="calendarkit-") as folder:
        given = None if sandbox else members
        world = rehearse(
            root, state=Path(folder), clock=clock, members=given, draw=draw, sandbox=sandbox, language=language
        )
        with world:
            runs = _run(world, clock, window, _Hands(seed))
            members.look()
            return _told(world, members, window, runs)


class _Hands:
    """Sends one by one in this thread, with pauses that the seed decides."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed).random  # noqa: S311  # spreads retries, guards nothing

    def __call__(self, world: World, *, until: int, on_result: OnResult | None = None) -> Deliveries:
        return deliver(
            world.store,
            world.book,
            clock=world.clock,
            until=until,
            recheck=recheck(world),
            on_result=on_result,
            engine=InlineEngine,
            chance=self._chance,
        )


def _run(world: RehearsedWorld, clock: FakeClock, window: Window, hands: _Hands) -> int:
    """Tick at the end of each minute in which there is something to do; return how often."""
    runs = 0
    moment: int | None = window.start - 1
    while moment is not None and moment < window.end:
        clock.time = max(clock.time, moment)
        world.began = int(clock.time)
        runs += 1
        try:
            pipeline.tick(world, accept_clock=True, hands=hands)
        except Killed:
            clock.advance(1)
        clock.slept.clear()
        moment = _next(world, int(clock.time))
    clock.time = max(clock.time, window.end)
    return runs


def _next(world: World, now: int) -> int | None:
    """Return when cron would next start a run that finds something to do."""
    mark = world.store.mark()
    upcoming = next_instant(world.index, mark.instant if mark else now + 1)
    moments = [each for each in (upcoming, world.store.attend()) if each is not None]
    return -(-max(min(moments), now + 1) // MINUTE) * MINUTE if moments else None


def _told(world: World, members: Members, window: Window, runs: int) -> Simulation:
    rows = world.store.rows()
    seen = sorted(members.seen, key=lambda each: each.at)
    harmless = {row.key for row in rows if row.delivery.on_unknown == "resend"}
    counts = Counter(each.key for each in seen)
    times = {key: 1 if key in harmless else count for key, count in counts.items()}
    broken = broken_promises(world.store, now=window.end, seen=times, settling=3600)
    return Simulation(
        runs=runs, seen=tuple(seen), rows=rows, faults=dict(sorted(members.struck.items())), broken=broken
    )
