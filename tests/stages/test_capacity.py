"""Capacity: whole minutes of a queue at once are the same as message after message."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.model.forecast import Forecast, Load, Machine, Queue
from calendarkit.model.slot import Slot
from calendarkit.stages.capacity import capacity
from calendarkit.stages.pace import Pace, pace

NOON = 1_795_579_200
"""2026-11-25 12:00 in Shanghai, epoch seconds."""
ROBOT = Queue(rate="robot", scope="robot/a", interval_ms=3334, burst=2)
SWIFT = Machine(prepares=10**9, sends=10**9, run=60)
CRON = Machine(prepares=10**9, sends=10**9, run=50)


def slot(name: str = "noon", *, after: int = 0, late: int = 1800) -> Slot:
    """Return a slot of that Wednesday, some seconds after noon."""
    at = NOON + after
    return Slot(column=name, day=dt.date(2026, 11, 25), name=name, at=at, deadline=at + late, zone="Asia/Shanghai")


def load(each: int, *, when: Slot | None = None, queue: Queue | None = ROBOT, **more: int) -> Load:
    """Return what one slot puts into the queue of one robot."""
    when = when or slot()
    return Load(slot=when, channel="wecom", queue=queue, each=each, **{"at": when.at, **more})


def only(*loads: Load, machine: Machine = SWIFT) -> Forecast:
    """Return the forecast of the one slot that ``loads`` belong to."""
    [found] = capacity(loads, machine=machine)
    return found


def one_by_one(queue: Queue, counts: list[tuple[int, Slot]], run: int) -> list[tuple[int, int]]:
    """Return (in time, instant of the last in milliseconds) of each slot, a message at a time."""
    rate, arrival, found = Pace(scope="x", interval_ms=queue.interval_ms, burst=queue.burst), 0, []
    for count, when in counts:
        moment, last, passed = when.at * 1000, 0, 0
        while passed < count:
            fits, after = pace(rate, arrival_ms=arrival, now_ms=moment)
            if not fits:
                moment = after
            if moment % 60_000 >= run * 1000:
                moment += 60_000 - moment % 60_000
            elif fits:
                if moment >= when.deadline * 1000:
                    break
                passed, last, arrival = passed + 1, moment, after
        found.append((passed, last))
    return found


@given(
    st.lists(st.tuples(st.integers(1, 60), st.integers(0, 400), st.integers(1, 900)), min_size=1, max_size=4),
    st.sampled_from([1, 250, 3334, 12_000]),
    st.integers(1, 5),
    st.sampled_from([50, 60]),
)
def test_minutes_at_once_are_messages_one_by_one(
    asked: list[tuple[int, int, int]], interval: int, burst: int, run: int
) -> None:
    """Slot after slot through one queue: as many in time, and the last at the same second."""
    queue = Queue(rate="robot", scope="robot/a", interval_ms=interval, burst=burst)
    slots = sorted(((slot(f"s{n}", after=after, late=late), count) for n, (count, after, late) in enumerate(asked)),
                   key=lambda each: (each[0].at, each[0].key))  # fmt: skip
    machine = Machine(prepares=10**9, sends=10**9, run=run)
    found = capacity([load(count, when=when, queue=queue) for when, count in slots], machine=machine)
    expected = one_by_one(queue, [(count, when) for when, count in slots], run)
    assert [each.messages - each.late for each in found] == [passed for passed, _ in expected]
    assert [each.finish for each in found if each.messages > each.late] == [
        last // 1000 for passed, last in expected if passed
    ]


@pytest.mark.parametrize(
    ("machine", "finish"), [pytest.param(SWIFT, 60, id="worker"), pytest.param(CRON, 66, id="cron")]
)
def test_ticks_send_fifty_seconds_of_every_minute(machine: Machine, finish: int) -> None:
    """Twenty texts to one robot at eighteen a minute: workers need a minute, cron a little more."""
    assert only(load(20), machine=machine).finish == NOON + finish


def test_the_fifty_robots_of_the_design_page() -> None:
    """50,000 messages on 5,000 robots take half a minute; on 50 robots most miss a deadline of half an hour."""
    many = only(load(10, queue=ROBOT, queues=5000))
    assert (many.messages, many.late, many.finish) == (50_000, 0, NOON + 26)
    few = only(load(1000, queue=ROBOT, queues=50))
    assert (few.messages, few.late, few.fit) == (50_000, 50 * (1000 - 541), 541)
    assert few.needs == NOON + 3327


def test_what_a_deadline_cuts_off_takes_nothing_from_the_next_slot() -> None:
    """The queue is free again when the first slot's time is over."""
    first, second = capacity([load(100, when=slot(late=60)), load(10, when=slot("b", after=120))], machine=SWIFT)
    assert (first.late, second.late, second.finish) == (81, 0, NOON + 120 + 26)


def test_a_crowded_queue_delays_the_next_slot() -> None:
    """What is still in it goes first."""
    alone = only(load(10, when=slot("b", after=60)))
    _, behind = capacity([load(60), load(10, when=slot("b", after=60))], machine=SWIFT)
    assert behind.finish - alone.finish == 140


def test_the_narrowest_of_several_rates_decides() -> None:
    """A rate of the whole channel behind those of its robots: both see every message."""
    whole = Queue(rate="channel", scope="channel", interval_ms=1000)
    found = only(load(5, queues=100), load(500, queue=whole))
    assert (found.messages, found.late, found.tightest.rate) == (500, 0, "channel")
    assert found.finish == NOON + 499


def test_a_spread_slot_ends_with_its_spread() -> None:
    """A fast channel waits for the turns; a spread beyond the deadline loses those turns."""
    assert only(load(4, queues=10, spread=600)).finish == NOON + 600
    lost = only(load(40, spread=600, queue=None, when=slot(late=300)))
    assert (lost.messages, lost.late) == (40, 20)


def test_the_machine_is_a_queue_too() -> None:
    """Without any rate 50,000 messages take the time to make them and to send them."""
    slow = Machine(prepares=2000, sends=1000)
    assert only(load(50_000, queue=None), machine=slow).finish == NOON + 25 + 50
    assert only(load(50_000, queue=None, when=slot(late=60)), machine=slow).late == 15_000


def test_nothing_in_time_is_said_so() -> None:
    """A deadline before the first message can be made: all are late, and the slot's instant stands for the end."""
    found = only(load(3000, queue=None, when=slot(late=1)), machine=Machine(prepares=1000, sends=1000))
    assert (found.late, found.finish) == (3000, NOON)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=5, unique=True))
def test_alike_queues_may_be_counted(sizes: list[int]) -> None:
    """Queues one by one come to the same as their count."""
    scopes = {each: [dataclasses.replace(ROBOT, scope=f"{each}.{n}") for n in range(3)] for each in sizes}
    apart = only(*(load(each, queue=scope) for each in sizes for scope in scopes[each]))
    counted = only(*(load(each, queue=scopes[each][0], queues=3) for each in sizes))
    assert (apart.messages, apart.late, apart.finish) == (counted.messages, counted.late, counted.finish)
