"""The laws of columns that follow events or keep the clock of their audience, on random events, stops and windows."""

from __future__ import annotations

import datetime as dt
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from calendarkit.calendar.addressees import Addressees
from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column, Follow
from calendarkit.calendar.event import Event, Events
from calendarkit.calendar.roster import Group, Roster, Store
from calendarkit.calendar.workspace import Workspace
from calendarkit.clockwork.index import Index, next_instant
from calendarkit.clockwork.roll import roll
from calendarkit.model.slot import Window
from calendarkit.stages.compile import compile_index
from calendarkit.stages.due import due

ZONES = {"hz": "", "ny": "America/New_York", "lh": "Australia/Lord_Howe"}
DAY = 86_400
START = int(dt.datetime(2026, 2, 1, tzinfo=dt.UTC).timestamp())
ROSTER = Roster(
    stores={name: Store(id=name, name=name, zone=zone) for name, zone in ZONES.items()},
    groups={f"{name}.vip": Group(id=f"{name}.vip", store=name) for name in ZONES},
)
events = st.lists(
    st.builds(
        lambda event, subject, store, at: Event(event=event, subject=subject, store=store, at=at, zone=ZONES[store]),
        st.sampled_from(["purchase", "refund"]),
        st.sampled_from("abc"),
        st.sampled_from(sorted(ZONES)),
        st.datetimes(dt.datetime(2026, 2, 1), dt.datetime(2026, 4, 20)).map(lambda at: at.replace(second=0)),
    ),
    max_size=12,
).map(lambda rows: Events(tuple(rows)))
follows = st.one_of(
    st.builds(lambda days: Follow(event="purchase", delay=f"{days}d"), st.integers(1, 40)),
    st.builds(
        lambda days, times, stop: Follow(event="purchase", every=f"{days}d", times=times, stop_on=stop),
        st.integers(1, 40),
        st.integers(1, 6),
        st.sampled_from(["", "purchase", "refund"]),
    ),
)


def calendar(follow: Follow | None, rows: Events, zone: str | None) -> Calendar:
    """Return a calendar of one column at half past two, which some clocks skip."""
    column = Column(id="c", title="栏目", at=("02:30",), after=follow, timezone=zone)
    zones = tuple(sorted(filter(None, ZONES.values())))
    return Calendar(workspace=Workspace(name="小店"), columns={"c": column}, events=rows, zones=zones)


clocks = st.sampled_from(["audience", None, "America/New_York"])


@given(follows, events, clocks, st.integers(0, 90 * DAY), st.lists(st.integers(1, 20 * DAY), min_size=2, max_size=5))
@settings(max_examples=150, deadline=None)
def test_adjoining_windows_share_nothing_and_lose_nothing(
    follow: Follow, rows: Events, zone: str | None, start: int, steps: list[int]
) -> None:
    """due(a, c) = due(a, b) + due(b, c); the roll and the search for the next instant agree; JSON changes nothing."""
    index = Index.from_json(compile_index(calendar(follow, rows, zone)).to_json())
    cuts = list(accumulate(steps, initial=START + start))
    whole = due(index, window := Window(cuts[0], cuts[-1]))
    assert whole == tuple(slot for low, high in pairwise(cuts) for slot in due(index, Window(low, high)))
    assert sorted(roll(index, window)) == sorted((slot.at, slot.key) for slot in whole)
    if whole:
        assert next_instant(index, cuts[0]) == whole[0].at


@given(follows, events)
@settings(max_examples=150, deadline=None)
def test_reminders_are_those_counted_by_hand(follow: Follow, rows: Events) -> None:
    """Every k-th day after each event, unless something stopped it before; each subject once, whatever came twice."""
    index = compile_index(calendar(follow, rows, "audience"))
    found = {slot.key for slot in due(index, Window(START, START + 500 * DAY))}
    step = int((follow.every or follow.delay or "")[:-1])
    expected = set()
    for event in rows.of("purchase"):
        stops = [
            each.at for each in rows.of(follow.stop_on or "-") if each.subject == event.subject and each.at > event.at
        ]
        for k in range(1, (follow.times or 1) + 1):
            day = event.day + dt.timedelta(days=k * step)
            if not any(stop <= dt.datetime.combine(day, dt.time(2, 30)) for stop in stops):
                expected.add(f"c/{day}/{event.subject}.{k}")
    assert found == expected


@given(st.lists(st.integers(1, 3 * DAY), min_size=1, max_size=20), st.integers(0, 300 * DAY))
@settings(max_examples=100, deadline=None)
def test_every_target_hears_every_day_once_on_its_own_clock(steps: list[int], start: int) -> None:
    """However ticks fall, each group gets each of its own days exactly once, at half past two there, skipped or not."""
    made = calendar(None, Events(), "audience")
    index, addressees = compile_index(made), Addressees(made, ROSTER)
    cuts = list(accumulate(steps, initial=START + start))
    slots = [slot for low, high in pairwise(cuts) for slot in due(index, Window(low, high))]
    heard = [(group, slot.day, slot.at) for slot in slots for group in addressees.of(slot).groups]
    assert len(heard) == len(set(heard)) == len({(group, day) for group, day, _ in heard})
    for store, zone in ZONES.items():
        clock = ZoneInfo(zone or "Asia/Shanghai")
        days = (dt.datetime.fromtimestamp(cuts[0] - DAY, clock).date() + dt.timedelta(days=n) for n in range(70))
        local = {day: dt.datetime.combine(day, dt.time(2, 30), clock).timestamp() for day in days}
        expected = {(day, int(at)) for day, at in local.items() if cuts[0] <= at < cuts[-1]}
        assert {(day, at) for group, day, at in heard if group == f"{store}.vip"} == expected
