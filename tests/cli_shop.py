"""A shop on disk and the ways to talk to it: the command line in this process, the real program, and its ledger."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from small_shop import at

from calendarkit import pipeline
from calendarkit.cli.app import main
from calendarkit.cli.init import STARTER, write_workspace
from calendarkit.edges.ledger.store import Report, Wish
from calendarkit.edges.world import World, open_world
from calendarkit.model.message import Broken, Message
from calendarkit.model.receipt import Outcome, Receipt
from calendarkit.model.slot import Window
from calendarkit.model.state import State
from calendarkit.stages.settle import Settlement
from calendarkit.testing.fakes import FakeClock

WEDNESDAY_NOON = at("12:00")


class Said(NamedTuple):
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


def make_shop(folder: Path) -> Path:
    """Write the starter workspace and return its folder."""
    write_workspace(STARTER, folder, "鲜果时光")
    return folder


def example_shop(folder: Path, name: str = "fresh-market") -> Path:
    """Return a copy of one of the example shops, which has posters; without ledger and packs."""
    private = shutil.ignore_patterns("state", "out", "secrets.toml")
    return Path(shutil.copytree(Path(__file__).parents[1] / "calendars" / name, folder / name, ignore=private))


def say(capsys: pytest.CaptureFixture[str], *args: str | Path) -> Said:
    """Run one command in this process."""
    capsys.readouterr()
    code = main([str(each) for each in args])
    out, err = capsys.readouterr()
    return Said(code, out, err)


def program(*args: str | Path, env: dict[str, str] | None = None, cwd: Path | None = None) -> Said:
    """Run the real program; without ``env`` in an environment as empty as cron's."""
    found = {key: value for key, value in os.environ.items() if key in {"COVERAGE_PROCESS_START", "PYTHONPATH"}}
    command = [sys.executable, "-W", "error", "-m", "calendarkit", *map(str, args)]
    done = subprocess.run(command, capture_output=True, check=False, env={**found, **(env or {})}, cwd=cwd, timeout=60)
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def open_at(shop: Path, now: float = WEDNESDAY_NOON) -> World:
    """Open the shop with a clock that stands at ``now``."""
    return open_world(shop, clock=FakeClock(now), language="zh")


def settle_noon(shop: Path, state: State, *, now: float = WEDNESDAY_NOON) -> list[str]:
    """Bring the deliveries of Wednesday's noon deal into ``state`` and return their keys."""
    with open_at(shop, now) as world:
        plan = pipeline.forecast(world, Window(WEDNESDAY_NOON, WEDNESDAY_NOON + 1))
        slot, late = plan.deliveries[0].slot, state is State.EXPIRED
        missed = {slot.key: "错过了"} if late else {}
        world.store.admit(plan, missed=missed, mark=int(now) + 1, now=slot.deadline if late else int(now))
        if state is not State.EXPIRED:
            _send(world, state, int(now))
        return [each.key for each in plan.deliveries]


_OUTCOMES = {State.UNKNOWN: Outcome.UNKNOWN, State.ACCEPTED: Outcome.WAITING}


def _send(world: World, state: State, now: int) -> None:
    rows = world.store.to_render(now)
    if state is State.FAILED:
        results = [(row.id, Broken(key=row.key, code="CK707", detail="=画不出来")) for row in rows]
        world.store.freeze(results, now)
        return
    world.store.freeze([(row.id, Message(kind="text", text=row.key)) for row in rows], now)
    claimed = world.store.claim([row.id for row in rows], now)
    for attempt in world.store.intend([Wish(row=row) for row in claimed], now):
        outcome = _OUTCOMES.get(state, Outcome.DELIVERED)
        receipt = Receipt(key=attempt.row.key, outcome=outcome, detail="没有回音")
        world.store.record([Report(attempt=attempt, receipt=receipt, settlement=Settlement(state=state))], now)
