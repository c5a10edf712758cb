"""The laws of guarding: no sequence of plans exceeds a cap, and a guard that fails neither loses nor lets through."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column, Content
from calendarkit.calendar.policy import Caps
from calendarkit.calendar.roster import Group, Roster, Store
from calendarkit.calendar.workspace import Workspace
from calendarkit.edges.judges import judges
from calendarkit.edges.plugins import Offered
from calendarkit.extend import Guard, Limits, Publisher, Traits
from calendarkit.guards import GUARDS
from calendarkit.model.delivery import Plan
from calendarkit.model.guarding import Allow, History, Postpone, Sent, Withhold
from calendarkit.model.slot import Slot
from calendarkit.model.text import Text
from calendarkit.stages.plan import plan

DAY, WEEK = 86_400, 7 * 86_400
GROUPS = {name: Group(id=name, store="s") for name in ("a", "b", "c")}
ROSTER = Roster({"s": Store(id="s", name="店")}, GROUPS)
FOLDER = Publisher(
    name="folder",
    title="",
    limits=Limits(kinds={}),
    traits=Traits(dedupe="none"),
    connect=lambda options, context: None,
)
SHOP = Calendar(
    workspace=Workspace(name="店", channels=("folder",)),
    columns={"c": Column(id="c", title="栏目", content=Content(text="词"))},
)


def slot(minute: int, late: int = 3 * 3600) -> Slot:
    """Return the slot of one minute since the epoch, in UTC."""
    at = minute * 60
    day = dt.datetime.fromtimestamp(at, dt.UTC).date()
    return Slot(column="c", day=day, name=str(minute), at=at, deadline=at + late, zone="UTC")


def world(*guards: Guard) -> Any:
    """Return as much of a world as judges ask for: these guards, without options."""
    offered = {each.name: Offered(each, "toy 1.0", each.name) for each in guards}
    return SimpleNamespace(registry=SimpleNamespace(offered=lambda _: offered, options=lambda _, name: None))


def planned(minutes: list[int], caps: Caps, guards: tuple[Guard, ...], sends: dict[str, tuple[Sent, ...]]) -> Plan:
    """Return the plan of some slots, after what was promised before."""
    calendar = Calendar(workspace=SHOP.workspace, columns=SHOP.columns, caps=caps)
    return plan(
        [slot(each) for each in minutes],
        calendar,
        ROSTER,
        publishers={"folder": FOLDER},
        choices={},
        guards=judges(world(*guards)),
        history=History(sends),
        now=0,
    )


caps = st.builds(
    lambda day, week: Caps(per_day=day, per_week=week), st.none() | st.integers(1, 3), st.none() | st.integers(1, 6)
)


@given(st.lists(st.lists(st.integers(0, 9 * 1440 - 1), max_size=8), max_size=5), caps)
def test_no_sequence_of_plans_exceeds_a_cap(rounds: list[list[int]], caps: Caps) -> None:
    """Whatever is planned in whatever order, also before what is promised: no day and no seven days hold too much."""
    sends: dict[str, tuple[Sent, ...]] = {}
    seen: set[int] = set()
    for minutes in rounds:
        fresh = sorted(set(minutes) - seen)
        seen |= set(fresh)
        for each in planned(fresh, caps, GUARDS, sends).deliveries:
            promised = (*sends.get(each.target, ()), Sent(slot=each.slot.key, column="c", at=each.not_before))
            sends[each.target] = tuple(sorted(promised, key=lambda sent: sent.at))
    for sent in sends.values():
        moments = [each.at for each in sent]
        weeks = [sum(at - WEEK < one <= at for one in moments) for at in moments]
        assert max(Counter(at // DAY for at in moments).values()) <= (caps.per_day or len(moments))
        assert max(weeks) <= (caps.per_week or len(moments))


WORDS = Text("原因", "a reason")
ANSWERS = st.sampled_from([Allow(), Withhold(WORDS), Postpone(120, WORDS), Postpone(10**9, WORDS), ValueError("坏了")])


@given(st.lists(ANSWERS, max_size=3), st.sets(st.integers(0, 9), max_size=4))
def test_nobody_is_lost_by_guards_that_raise(answers: list[Any], minutes: set[int]) -> None:
    """Delivered, postponed and withheld together are all candidates, and a guard that raises withholds."""

    def toy(place: int, answer: Any) -> Guard:
        def judge(*_: object) -> Any:
            if isinstance(answer, Exception):
                raise answer
            return answer

        return Guard(name=f"toy-{place}", title=WORDS, judge=judge)

    made = planned(sorted(minutes), Caps(), tuple(toy(*each) for each in enumerate(answers)), {})
    keys = [each.key for each in made.deliveries] + [each.delivery.key for each in made.withheld]
    assert sorted(keys) == sorted(f"{slot(each).key}/{group}/folder" for each in minutes for group in GROUPS)
    assert all(each.reason.zh and each.reason.en for each in made.withheld)
    if any(isinstance(each, Exception) for each in answers):
        assert made.deliveries == ()
