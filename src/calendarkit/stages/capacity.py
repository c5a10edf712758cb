"""Capacity: when the messages of each slot will have left by the rates, and how many of them would be too late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from calendarkit.model.forecast import Forecast, Load, Machine, Queue

_LONG = 2 * 86_400_000
"""Milliseconds after which nobody asks any more when the last message would have left."""


def capacity(loads: Iterable[Load], *, machine: Machine) -> tuple[Forecast, ...]:
    """Return a forecast for each slot and channel, sorted by the slot's instant, then key, then channel.

    Every rate is a queue of its own that is served slot after slot; what a deadline cuts off takes nothing from it.
    The machine is one queue more. How long a platform takes to answer is not in it.

    Args:
        loads: every message once for each rate that it must pass.
        machine: what the machine can do.

    >>> import datetime as dt
    >>> from calendarkit.model.slot import Slot
    >>> noon = Slot(column="noon", day=dt.date(2026, 11, 25), name="noon", at=0, deadline=1800, zone="Asia/Shanghai")
    >>> robot = Queue(rate="robot", scope="a", interval_ms=3334, burst=2)
    >>> load = Load(slot=noon, channel="wecom", queue=robot, at=0, each=20)
    >>> [found] = capacity([load], machine=Machine(prepares=3000, sends=1000))
    >>> found.messages, found.late, found.finish
    (20, 0, 66)
    """
    line = _Line(machine)
    return tuple(line.forecast(tuple(some)) for _, some in groupby(sorted(loads, key=_order), key=_group))


@dataclass(frozen=True, slots=True)
class _Passed:
    """What became of a load: how many of each queue are in time, when the last of these leaves, when the last of all.

    Instants in epoch milliseconds.
    """

    load: Load
    fit: int
    last: int
    needs: int


class _Line:
    """The queues and the machine, slot after slot."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._arrivals: dict[str, int] = {}
        self._prepared = 0
        self._busy = 0

    def forecast(self, loads: Sequence[Load]) -> Forecast:
        """Let the messages of one slot and channel pass."""
        slot, deadline = loads[0].slot, loads[0].slot.deadline * 1000
        passed: list[_Passed] = []
        for at, some in groupby(loads, key=lambda each: each.at):
            alike = tuple(some)
            ready = self._prepare(at, alike)
            passed += [self._pass(each, ready, deadline) for each in alike]
        total = max(_sums(loads).values())
        by_machine, busy = self._send(min(each.at for each in loads), total, deadline)
        in_time = min(total, by_machine, *_in_time(passed).values())
        tightest = max(passed, key=lambda each: (each.needs, each.load.each - each.fit, each.load.count))
        last = max(*(each.last for each in passed), min(busy, deadline - 1))
        return Forecast(
            slot=slot,
            channel=loads[0].channel,
            messages=total,
            late=total - in_time,
            finish=max(last // 1000, slot.at) if in_time else slot.at,
            needs=max(tightest.needs, busy) // 1000,
            tightest=tightest.load,
            fit=tightest.fit,
        )

    def _prepare(self, at: int, loads: Sequence[Load]) -> int:
        """Return when what is due at one instant is rendered; what is spread is rendered as its turn comes."""
        now = _sums(each for each in loads if not each.spread)
        took = max(now.values(), default=0) * 1000 // self._machine.prepares
        self._prepared = max(self._prepared, at * 1000) + took
        return self._prepared

    def _send(self, at: int, total: int, deadline: int) -> tuple[int, int]:
        """Return how many the machine itself sends before the deadline, and when it is done with all."""
        begins = max(self._busy, at * 1000 + total * 1000 // self._machine.prepares)
        self._busy = begins + total * 1000 // self._machine.sends
        return max(deadline - begins, 0) * self._machine.sends // 1000, self._busy

    def _pass(self, load: Load, ready: int, deadline: int) -> _Passed:
        """Let a load pass its queue."""
        ends = (load.at + load.spread) * 1000
        fit, last, needs = load.each if ready < deadline else 0, ready, ready
        if load.queue:
            fit, last, needs = self._queue(load.queue, load.each, ready, deadline)
        if load.spread:
            share = min(deadline - load.at * 1000, load.spread * 1000)
            fit = min(fit, max(load.each * share // (load.spread * 1000), 0))
            last, needs = max(last, min(ends, deadline - 1)), max(needs, ends)
        return _Passed(load, fit, last if fit else 0, needs)

    def _queue(self, queue: Queue, count: int, ready: int, deadline: int) -> tuple[int, int, int]:
        run, before = self._machine.run, self._arrivals.get(queue.scope, 0)
        fit, last, after = _through(queue, count, (ready, deadline), arrival=before, run=run)
        self._arrivals[queue.scope] = after
        if fit == count:
            return fit, last, last
        begins = max(ready, deadline)
        _, needs, _ = _through(queue, count - fit, (begins, begins + _LONG), arrival=after, run=run)
        return fit, last, needs


def _through(queue: Queue, count: int, within: tuple[int, int], *, arrival: int, run: int) -> tuple[int, int, int]:
    """Return how many of ``count`` messages leave ``within``, when the last one does, and the rate's state after that.

    Epoch milliseconds; ``arrival`` is the state before, as :func:`calendarkit.stages.pace.pace` keeps it, whose steps
    this takes many at a time: as many as fit a minute's run.
    """
    (moment, deadline), left, last = within, count, within[0]
    interval = queue.interval_ms
    while left and moment < deadline:
        stop = deadline if run >= 60 else min(deadline, moment - moment % 60_000 + run * 1000)
        free = max(moment, arrival - (queue.burst - 1) * interval)
        if free >= stop:
            moment = max(moment - moment % 60_000 + 60_000, free - free % 60_000)
            continue
        base = max(arrival, free)
        fit = min(left, max((stop - 1 - base) // interval + queue.burst, 1))
        last = max(free, base + (fit - queue.burst) * interval)
        arrival, left, moment = base + fit * interval, left - fit, last
    return count - left, last, arrival


def _sums(loads: Iterable[Load]) -> dict[str, int]:
    """Return how many messages there are by each rate; all rates see all of them."""
    found: dict[str, int] = {}
    for each in loads:
        found[each.rate] = found.get(each.rate, 0) + each.count
    return found


def _in_time(passed: Iterable[_Passed]) -> dict[str, int]:
    """Return how many messages each rate lets go in time."""
    found: dict[str, int] = {}
    for each in passed:
        found[each.load.rate] = found.get(each.load.rate, 0) + each.fit * each.load.queues
    return found


def _order(load: Load) -> tuple[int, str, str, int]:
    return load.slot.at, load.slot.key, load.channel, load.at


def _group(load: Load) -> tuple[int, str, str]:
    return load.slot.at, load.slot.key, load.channel
