"""A ledger restored from a backup: it does not know what was sent since, so none of that may be sent by itself."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from calendarkit.edges.planner import plan_slots
from calendarkit.edges.world import World
from calendarkit.errors import WorkspaceError
from calendarkit.extend.publishing import Publisher
from calendarkit.model.slot import Window
from calendarkit.stages.due import due
from calendarkit.stages.triage import Triage

NAME = "ledger-mark"
"""Name of the file in the state folder that says how far the ledger had come, epoch seconds; it lies beside the ledger,
so that a copy of the ledger alone does not bring it back."""


class LedgerRestored(WorkspaceError):
    """The ledger is older than what this machine did with it; nothing is sent until a person says so."""


def refuse_restored(world: World) -> None:
    """Refuse a ledger that has come less far than this machine remembers.

    Raises:
        LedgerRestored: it was restored from a backup.
    """
    mark, known = world.store.mark(), _known(world.state_dir)
    if mark is None or known <= mark.instant:
        return
    hours = f"{(known - mark.instant) / 3600:.1f}"
    raise LedgerRestored(
        f"台账比上次运行旧 {hours} 小时，像是从备份恢复的；这段时间发过什么它不知道，先不发送。"
        "确认后运行 calendarkit ledger restored --by 名字：这段时间的投放会记为“不确定”\n"
        f"the ledger is {hours} h older than the last run, as after a restore; it cannot know what was sent since, so "
        "nothing is sent. Run calendarkit ledger restored --by NAME: deliveries of that time become unknown"
    )


def remember_mark(world: World) -> None:
    """Note beside the ledger how far it has come; a disk that cannot take the note stops nothing."""
    mark = world.store.mark()
    if mark is None:
        return
    file = world.state_dir / NAME
    with contextlib.suppress(OSError):
        fresh = file.with_name(f"{NAME}.{os.getpid()}")
        fresh.write_text(f"{mark.instant}\n", "ascii")
        fresh.replace(file)


def admit_doubt(world: World, *, by: str) -> int:
    """Make everything unknown that was open in the backup or fell due since; return how many deliveries that were.

    What a channel can be asked about is asked about; of the rest a person says how it went (``ledger resolve``).
    """
    mark, now = world.store.mark(), int(world.clock.now())
    if mark is None:
        return 0
    end = max(now + 1, _known(world.state_dir), mark.instant)
    slots = Triage(due=due(world.index, Window(mark.instant, end)), missed=())
    publishers: dict[str, Publisher] = dict(world.registry.records("publishers"))
    asked = frozenset(name for name, each in publishers.items() if each.traits.dedupe == "lookup")
    count = world.store.doubt(plan_slots(world, slots, now), mark=end, asked=asked, by=by, now=now)
    remember_mark(world)
    return count


def _known(state: Path) -> int:
    try:
        return int((state / NAME).read_text("ascii"))
    except (OSError, ValueError):
        return 0
