"""The laws of planning, over calendars and rosters nobody thought of."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column, Content
from calendarkit.calendar.roster import Group, Roster, Store
from calendarkit.calendar.workspace import Workspace
from calendarkit.extend import Limits, Publisher, Traits
from calendarkit.model.guarding import Allow, History, Postpone, Withhold
from calendarkit.model.slot import Slot
from calendarkit.model.text import Text
from calendarkit.stages.plan import plan

TAGS = ("vip", "new", "family")
VERDICTS = (
    Allow(),
    Withhold(Text("否", "no")),
    Postpone(50, Text("晚", "later")),
    Postpone(10_000, Text("太晚", "late")),
)
PUBLISHERS = {
    name: Publisher(
        name=name,
        title=name,
        limits=Limits(kinds={}),
        traits=Traits(dedupe="none", reaches=reaches),
        connect=lambda options, context: None,
    )
    for name, reaches in (("robot", ("staff",)), ("folder", ("staff", "customers")))
}

groups = st.builds(
    lambda number, tags, members: Group(id=f"s.{number}", store="s", tags=frozenset(tags), members=members),
    st.integers(0, 30),
    st.sets(st.sampled_from(TAGS)),
    st.sampled_from(("staff", "customers")),
)
columns = st.builds(
    lambda number, audience, channels, poster: Column(
        id=f"c{number}",
        title="栏目",
        audience=audience,
        channels=channels,
        content=Content(text="词", poster="p" if poster else None),
    ),
    st.integers(0, 5),
    st.sampled_from(("", "vip", "not vip", "vip or new", "members == 'staff'")),
    st.sampled_from(((), ("robot",), ("robot", "folder"), ("folder", "gone"))),
    st.booleans(),
)
worlds = st.tuples(st.lists(columns, min_size=1, max_size=5), st.lists(groups, max_size=12), st.integers(0, 1000))


def planned(world, *, reverse=False):
    """Return the plan of a world, and how many (slot, target) pairs its audiences ask for."""
    made, members, seed = world
    by_id = {each.id: each for each in made}
    roster_groups = {each.id: each for each in (reversed(members) if reverse else members)}
    if reverse:
        roster_groups = {key: {each.id: each for each in members}[key] for key in roster_groups}
    slots = [
        Slot(column=key, day=dt.date(2026, 11, 25), name="x", at=place, deadline=place + 100, zone="UTC")
        for place, key in enumerate(sorted(by_id))
    ]

    def judge(ask, history):
        return VERDICTS[(len(ask.delivery.key) + seed) % len(VERDICTS)]

    calendar = Calendar(workspace=Workspace(name="x"), columns=dict(sorted(by_id.items(), reverse=reverse)))
    roster = Roster({"s": Store(id="s", name="店")}, roster_groups)
    return plan(
        reversed(slots) if reverse else slots,
        calendar,
        roster,
        publishers=PUBLISHERS,
        choices={},
        guards={"guard": judge},
        history=History(),
        now=0,
    ), (by_id, roster_groups)


@given(worlds)
def test_every_candidate_is_delivered_or_withheld_with_a_reason(world):
    """No group whose audience matches is forgotten, and none is both."""
    from calendarkit.calendar.audience import parse_audience

    made, (by_id, members) = planned(world)
    wanted = {
        (key, group.id)
        for key, column in by_id.items()
        for group in members.values()
        if parse_audience(column.audience).matches(group, Store(id="s", name="店"))
    }
    delivered = {(each.slot.column, each.target) for each in made.deliveries}
    withheld = {(each.delivery.slot.column, each.delivery.target) for each in made.withheld}
    assert delivered | withheld == wanted
    assert not delivered & withheld
    assert all(each.reason.zh and each.reason.en for each in made.withheld)


@given(worlds)
def test_keys_are_unique(world):
    """One key is one promise."""
    made, _ = planned(world)
    keys = [each.key for each in made.deliveries] + [each.delivery.key for each in made.withheld]
    assert len(keys) == len(set(keys))


@given(worlds)
def test_the_same_inputs_give_the_same_plan_in_any_order(world):
    """The order of files, keys and groups means nothing."""
    assert planned(world)[0] == planned(world, reverse=True)[0]


@given(worlds)
def test_nothing_is_promised_at_or_after_its_deadline(world):
    """A delivery's moment always lies before its slot's deadline."""
    made, _ = planned(world)
    assert all(each.slot.at <= each.not_before < each.slot.deadline for each in made.deliveries)
