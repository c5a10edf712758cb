"""Sending what a tick made ready, wherever the workspace wants that done."""

from __future__ import annotations

from calendarkit.edges.courier import Courier, OnResult
from calendarkit.edges.engines.hand_over import hand_over
from calendarkit.edges.judges import recheck
from calendarkit.edges.known import WORKER
from calendarkit.edges.publish import Deliveries, deliver
from calendarkit.edges.world import World
from calendarkit.extend.working import Batch, Engine

LOCAL = "local"


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
    if choice.name == LOCAL:
        return deliver(
            world.store,
            world.book,
            clock=world.clock,
            senders=choice.senders,
            until=until,
            recheck=recheck(world),
            on_result=on_result,
        )
    options = world.registry.options("engines", choice.name)
    record: Engine = world.registry.records("engines")[choice.name]
    courier = Courier(world.store, world.book, clock=world.clock, recheck=recheck(world), on_result=on_result)
    courier.reap()
    hand_over(world.store, record.start(options, courier.run), clock=world.clock, until=until)
    courier.follow_up()
    return Deliveries(holds=world.store.holds())


def run_batch(world: World, batch: Batch) -> None:
    """Do one batch of an engine that carries hints to other processes; the same wherever it arrives.

    A hint that was lost, repeated or late does no harm: what is claimed already, delivered or over is left alone.
    """
    Courier(world.store, world.book, clock=world.clock, recheck=recheck(world)).run(batch)
