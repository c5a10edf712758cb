"""Profiles: a few groups stand for all, and none is forgotten."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.calendar.audience import parse_audience
from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.policy import Mix, Policy
from calendarkit.calendar.roster import Group, Roster, Store
from calendarkit.calendar.workspace import Workspace
from calendarkit.stages.profiles import profiles

STORES = {
    "a": Store(id="a", name="一店", city="杭州"),
    "b": Store(id="b", name="二店", city="苏州", tags=frozenset({"new"})),
}
AUDIENCES = ("vip", "not new", "store.city == '杭州'", "size > 10 or vip")
CALENDAR = Calendar(
    workspace=Workspace(name="店"),
    columns={each: Column(id=str(place), title=each, audience=each) for place, each in enumerate(AUDIENCES)},
)
GROUPS = st.builds(
    lambda number, store, tags, size, staff: Group(
        id=f"{store}.{number}", store=store, tags=frozenset(tags), size=size, members="staff" if staff else "customers"
    ),
    st.integers(0, 99),
    st.sampled_from("ab"),
    st.sets(st.sampled_from(["vip", "new", "x", "y"])),
    st.sampled_from([0, 20]),
    st.booleans(),
)


def belongs(group: Group) -> tuple[bool, ...]:
    return tuple(parse_audience(each).matches(group, STORES[group.store]) for each in AUDIENCES)


@given(st.lists(GROUPS, max_size=30, unique_by=lambda group: group.id))
def test_every_group_has_one_that_stands_for_it(groups: list[Group]) -> None:
    """Groups of equal audiences and members are counted once each, and no others are."""
    roster = Roster(stores=STORES, groups={each.id: each for each in groups})
    found = profiles(CALENDAR, roster, publishers={})
    concerned = [each for each in groups if any(belongs(each))]
    kinds = {(belongs(each), each.members) for each in concerned}
    assert sum(found.counts.values()) == len(concerned)
    assert {(belongs(each), each.members) for each in found.roster.groups.values()} == kinds
    assert len(found.roster.groups) == len(kinds)


def test_the_largest_profiles_are_kept() -> None:
    """Where not all can be judged, most groups are."""
    groups = [Group(id=f"a.{number}", store="a", tags=frozenset({"vip"} if number else ())) for number in range(4)]
    roster = Roster(stores=STORES, groups={each.id: each for each in groups})
    found = profiles(CALENDAR, roster, publishers={}, most=1)
    assert (found.counts, found.left_out) == ({"a.1": 3}, 1)
    assert found.members == {"a.1": ("a.1", "a.2", "a.3")}


@pytest.mark.parametrize(("policy", "count"), [(Policy(), 0), (Policy(mix=Mix(max_silence=3)), 1)], ids=["no", "yes"])
def test_a_group_of_no_column_counts_where_everyone_is_to_hear_something(policy: Policy, count: int) -> None:
    """Nobody asks about it otherwise."""
    lonely = Roster(stores=STORES, groups={"b.1": Group(id="b.1", store="b", tags=frozenset({"new"}))})
    calendar = replace(CALENDAR, policy=policy)
    assert len(profiles(calendar, lonely, publishers={}).members) == count


def test_a_column_for_stores_has_a_store() -> None:
    """The first that it is for."""
    column = Column(id="page", title="门店页", to="stores", audience="store.city == '苏州'")
    calendar = Calendar(workspace=Workspace(name="店"), columns={"page": column})
    found = profiles(calendar, Roster(stores=STORES), publishers={})
    assert (list(found.roster.stores), found.counts) == (["b"], {})
