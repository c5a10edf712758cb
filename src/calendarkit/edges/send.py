"""Sending what a tick made ready, wherever the workspace wants that done."""

from __future__ import annotations

from dataclasses import replace

from calendarkit.edges.courier import Courier, OnResult
from calendarkit.edges.engines.bench import Bench
from calendarkit.edges.engines.hand_over import hand_over
from calendarkit.edges.judges import recheck
from calendarkit.edges.known import WORKER
from calendarkit.edges.plugins import Failure, Offered, guarded
from calendarkit.edges.publish import Deliveries, deliver
from calendarkit.edges.world import World
from calendarkit.extend.working import Engine
from calendarkit.model.text import Text

LOCAL = "local"
PATIENCE = 20
"""Seconds after which a tick begins to send what the engine has not taken: two hints were lost by then."""


def send(world: World, *, until: int, on_result: OnResult | None = None) -> Deliveries:
    """Send what is ready and due from this process, or leave it to those who do.

    Args:
        world: an opened workspace, planned and rendered.
        until: epoch seconds at which to stop; what remains goes with the next run.
        on_result: told of every delivery that moved here, one call at a time.

    Raises:
        LedgerError: the ledger failed; nothing was sent without a durable intent.
        PluginError: the engine is not there.
    """
    choice = world.calendar.workspace.engine
    if choice.name == WORKER:
        return Deliveries(holds=world.store.holds())
    notes: tuple[Text, ...] = ()
    if choice.name != LOCAL:
        notes = _hint(world, choice.name, min(until, int(world.clock.now()) + PATIENCE), on_result)
    sent = deliver(
        world.store,
        world.book,
        clock=world.clock,
        senders=choice.senders,
        until=until,
        recheck=recheck(world),
        on_result=on_result,
    )
    return replace(sent, notes=notes)


def _hint(world: World, name: str, until: int, on_result: OnResult | None) -> tuple[Text, ...]:
    """Give an engine the first go at what is due, and return what went wrong with it.

    What it does not take by ``until``, or breaks on, is left to the caller to send.
    """
    options = world.registry.options("engines", name)
    offered: Offered[Engine] = world.registry.offered("engines")[name]
    courier = Courier(world.store, world.book, clock=world.clock, recheck=recheck(world), on_result=on_result)
    bench = Bench(courier, world.plugin_context(name), senders=world.calendar.workspace.engine.senders)

    def hand() -> None:
        hand_over(world.store, offered.record.start(options, bench), clock=world.clock, until=until)

    try:
        outcome = guarded(offered.plugin, hand)
    finally:
        bench.close()
    if not isinstance(outcome, Failure):
        return ()
    said = outcome.text or Text(str(outcome), str(outcome))
    return (Text(f"{said.zh}；改由 publish 自己发送", f"{said.en}; publish sends by itself"),)
