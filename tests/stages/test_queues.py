"""Queues: counting what waits together loses no message and no queue."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from calendarkit.model.delivery import Delivery
from calendarkit.model.forecast import Queue
from calendarkit.model.slot import Slot
from calendarkit.stages import queues as stage
from calendarkit.stages.queues import queues

NOON = Slot(column="noon", day=dt.date(2026, 11, 25), name="noon", at=0, deadline=1800, zone="Asia/Shanghai")
EVENING = Slot(column="eve", day=dt.date(2026, 11, 25), name="eve", at=28_800, deadline=30_000, zone="Asia/Shanghai")


def delivery(target: str, when: Slot = NOON, *, part: int = 0, channel: str = "wecom", at: int = 0) -> Delivery:
    """Return one message to one group."""
    return Delivery(slot=when, target=target, store="s", channel=channel, sequence=part, not_before=at or when.at)


def by_robot(robots: int) -> stage.Rates:
    """Return the rates of a channel where group ``g7`` hears robot 7 modulo ``robots``."""

    def rates(channel: str, target: str) -> tuple[Queue, ...]:
        whose = f"robot/{int(target[1:]) % robots}"
        return (Queue(rate="robot", scope=whose, interval_ms=3334),) if channel == "wecom" else ()

    return rates


@given(st.dictionaries(st.integers(0, 40), st.tuples(st.integers(0, 2), st.integers(0, 3))), st.integers(1, 7))
def test_every_message_waits_once(wanted: dict[int, tuple[int, int]], robots: int) -> None:
    """For every slot, as many queues hold as many messages as there are."""
    deliveries = [
        delivery(f"g{n}", when, part=part)
        for n, counts in wanted.items()
        for when, count in zip((NOON, EVENING), counts, strict=True)
        for part in range(count)
    ]
    for when in (NOON, EVENING):
        loads = [each for each in queues(deliveries, by_robot(robots)) if each.slot is when]
        behind = Counter(int(each.target[1:]) % robots for each in deliveries if each.slot is when)
        assert sum(each.count for each in loads) == behind.total()
        assert Counter(each.each for each in loads for _ in range(each.queues)) == Counter(behind.values())


def test_one_group_stands_for_others() -> None:
    """Four groups behind two robots, planned as one."""
    [load] = queues([delivery("g0")], by_robot(2), members={"g0": ("g0", "g1", "g2", "g3")})
    assert (load.each, load.queues, load.count) == (2, 2, 4)


def test_what_is_put_off_waits_by_itself() -> None:
    """A guard's postponement is another instant; the turns of a spread slot are one load."""
    some = [delivery("g0"), delivery("g1", at=60)]
    assert sorted(each.at for each in queues(some, by_robot(1))) == [0, 60]
    [load] = queues(some, by_robot(1), spread={"noon": 600})
    assert (load.at, load.spread, load.each) == (0, 600, 2)


def test_a_channel_without_a_rate_has_one_queue() -> None:
    """Nothing holds it back; the most messages that one group gets are known."""
    [load] = queues([delivery("g0", channel="folder"), delivery("g1", part=1, channel="folder")], by_robot(1))
    assert (load.queue, load.rate, load.each, load.parts) == (None, "", 2, 1)
    assert max(each.parts for each in queues([delivery("g0"), delivery("g0", part=1)], by_robot(1))) == 2
