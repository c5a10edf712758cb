"""The window a tick answers for; refused when the clock jumped or the ledger belongs to another world."""

from __future__ import annotations

from calendarkit.clockwork.words import parse_duration
from calendarkit.edges.wake import heartbeat
from calendarkit.edges.world import World
from calendarkit.errors import CalendarkitError, WorkspaceError
from calendarkit.model.slot import Window
from calendarkit.model.text import Text
from calendarkit.stages.due import due

CLOCK_TOLERANCE = 3 * 3600
"""Seconds; a clock that stands further back than this asks before anything is sent."""
ACCEPTED = "clock-accepted"
"""Name of the file in the state folder that says which mark lies ahead of a clock that a person called right, and what
the clock said then: two instants in epoch seconds."""
SANDBOX_LEDGER = "sandbox-ledger"
"""Name of the empty file in the state folder by which earlier versions marked a ledger begun with ``--sandbox``."""
PURPOSE = "serves"
"""Name of the fact in the ledger that says whom it serves."""
REHEARSAL, CUSTOMERS = "rehearsal", "customers"


class ClockMoved(CalendarkitError):
    """The clock jumped; nothing is sent until a person says that it is right (``publish --accept-clock``)."""


def open_window(world: World, now: int, *, accept_clock: bool) -> tuple[Window, tuple[Text, ...]]:
    """Return the window this tick answers for: from the high-water mark to now, this second included.

    A new ledger begins now: nothing whose time came before it was made is ever sent.
    """
    mark = world.store.mark()
    if mark is None:
        began = Text("台账新建：从现在起发送，之前的档期不补发", "a new ledger: sending from now on, nothing before it")
        return Window(now + 1, now + 1), (began,)
    doubt = None if accept_clock else clock_doubt(world, mark.instant, now)
    if doubt is not None:
        raise ClockMoved(f"{doubt.zh}\n{doubt.en}")
    return Window(mark.instant, max(now + 1, mark.instant)), ()


def remember_clock(world: World, now: int) -> None:
    """Remember that a person called the clock right although the ledger's mark lies ahead of it.

    Until the clock reaches that mark, runs go on without asking again. What is due before the mark was admitted when
    the clock was ahead; none of it goes twice.

    Raises:
        OSError: the state folder cannot be written.
    """
    mark = world.store.mark()
    if mark is not None and mark.instant - now > CLOCK_TOLERANCE:
        (world.state_dir / ACCEPTED).write_text(f"{mark.instant} {now}\n", "utf-8")


def waits_until(world: World, mark: int, now: int) -> int | None:
    """Return until when an accepted clock lags behind ``mark``, ``None`` when it does not."""
    try:
        ahead, then = map(int, (world.state_dir / ACCEPTED).read_text("utf-8").split())
    except (OSError, ValueError):
        return None
    return mark if (mark - now > CLOCK_TOLERANCE and ahead == mark and now > then - CLOCK_TOLERANCE) else None


def clock_doubt(world: World, mark: int, now: int) -> Text | None:
    """Return why the clock is not trusted at ``now`` after a last run until ``mark``, ``None`` when it is."""
    if mark - now > CLOCK_TOLERANCE and waits_until(world, mark, now) is None:
        hours = f"{(mark - now) / 3600:.1f}"
        return Text(
            f"时钟比上次运行早 {hours} 小时，先不发送；确认无误后用 publish --accept-clock",
            f"the clock is {hours} h behind the last run; nothing is sent until --accept-clock",
        )
    alive = max(mark, int(heartbeat(world.state_dir) or 0))
    limit = world.calendar.workspace.max_jump
    if now - alive <= parse_duration(limit) or not due(world.index, Window(mark, max(now + 1, mark))):
        return None
    hours = f"{(now - alive) / 3600:.1f}"
    return Text(
        f"距上次运行已过 {hours} 小时（上限 {limit}），为免一次补发太多先不发送；确认后用 publish --accept-clock",
        f"{hours} h since the last run (at most {limit}); nothing is sent until --accept-clock",
    )


def keep_worlds_apart(world: World) -> None:
    """Let the first run say whom the ledger serves, and refuse every other purpose, on whichever machine.

    What a rehearsal "delivered" would never be sent, and what is ready in a rehearsal must not reach customers.

    Raises:
        WorkspaceError: the ledger serves customers and this is a rehearsal, or the other way round.
    """
    wanted = REHEARSAL if world.sandbox else CUSTOMERS
    said = world.store.fact(PURPOSE)
    if said == wanted:
        return
    if (said or _begun_as(world)) in {"", wanted}:
        world.store.set_fact(PURPOSE, wanted)
        return
    shared = bool(world.calendar.workspace.engine.ledger)
    if world.sandbox:
        apart = (
            Text("演练请用单独的 schema", "rehearse with a schema of its own")
            if shared
            else Text("请把工作区复制一份（不带 state/）再演练", "use a copy without state/")
        )
        raise WorkspaceError(
            f"这份台账已用于真实发送，在这里演练会用掉真实的档期：{apart.zh}\n"
            f"this ledger serves real groups; rehearsing here would use up real slots: {apart.en}"
        )
    afresh = (
        Text("真实发送请用另一个 schema", "serve real groups from another schema")
        if shared
        else Text(f"演练完删掉 {world.state_dir}，再运行一次", f"delete {world.state_dir} and run again")
    )
    raise WorkspaceError(
        f"这份台账是演练用的，不能用来真实发送：{afresh.zh}\n"
        f"this ledger belongs to a rehearsal and must not serve real groups: {afresh.en}"
    )


def _begun_as(world: World) -> str:
    """Return whom a ledger serves that does not say so itself: one of an earlier version, marked by a file."""
    if (world.state_dir / SANDBOX_LEDGER).exists():
        return REHEARSAL
    return CUSTOMERS if world.store.mark() is not None else ""
