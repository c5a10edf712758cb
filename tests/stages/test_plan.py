"""Planning: who gets a slot, by which channel, in which parts, and why not."""

from __future__ import annotations

import datetime as dt

import pytest

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column, Content, LinkCard, Variant
from calendarkit.calendar.roster import Group, Roster, Store
from calendarkit.calendar.workspace import Workspace
from calendarkit.extend import Limits, Publisher, Traits
from calendarkit.model.guarding import Allow, History, Postpone, Withhold
from calendarkit.model.slot import Slot
from calendarkit.model.text import Text
from calendarkit.stages.plan import Choice, plan

NOON = 1_000_000
STORE = Store(id="hz-001", name="滨江一号店", city="杭州")
STAFF = Group(id="hz-001.staff", store="hz-001", members="staff", address={"wecom": {"key": "secret:robot/hz-001"}})
VIP = Group(id="hz-001.vip", store="hz-001", tags=frozenset({"vip"}))
ROSTER = Roster({"hz-001": STORE}, {each.id: each for each in (STAFF, VIP)})


def publisher(name, **traits):
    """Return a publisher that never connects."""
    return Publisher(
        name=name,
        title=name,
        limits=Limits(kinds={}),
        traits=Traits(dedupe="none", **traits),
        connect=lambda options, context: None,
    )


ROBOT = publisher("wecom", reaches=("staff",), address=("key",))
FOLDER = publisher("folder")
CMS = publisher("cms", targets="stores")
PUBLISHERS = {"wecom": ROBOT, "folder": FOLDER, "cms": CMS}


def column(**fields):
    """Return a column of the noon."""
    return Column.model_validate({"id": "noon", "title": "午间特惠", "at": ("12:00",), **fields})


def slot(**fields):
    """Return its slot."""
    day = dt.date(2026, 11, 25)
    known = {"column": "noon", "day": day, "name": "noon", "at": NOON, "deadline": NOON + 1800, "zone": "Asia/Shanghai"}
    return Slot(**{**known, **fields})


def planned(each, *, guards=None, history=None, choices=None, slots=None, channels=("wecom", "folder")):
    """Plan the slots of one column over the roster."""
    calendar = Calendar(workspace=Workspace(name="鲜果时光", channels=channels), columns={each.id: each})
    return plan(
        slots or [slot()],
        calendar,
        ROSTER,
        publishers=PUBLISHERS,
        choices=choices or {},
        guards=guards or {},
        history=history or History(),
        now=NOON,
    )


def keys(deliveries):
    """Return the keys of deliveries."""
    return [each.key for each in deliveries]


def test_each_group_is_reached_by_the_first_channel_that_can():
    """The robot serves the staff group, the folder the customers' group, and nobody hears it twice."""
    made = planned(column())
    assert keys(made.deliveries) == [
        "noon/2026-11-25/noon/hz-001.staff/wecom",
        "noon/2026-11-25/noon/hz-001.vip/folder",
    ]


def test_a_group_no_channel_reaches_is_withheld_with_every_reason():
    """A customers' group with a robot alone is not forgotten: the plan says why it hears nothing."""
    made = planned(column(audience="vip"), channels=("wecom", "cms"))
    assert keys(each.delivery for each in made.withheld) == ["noon/2026-11-25/noon/hz-001.vip/wecom"]
    assert made.withheld[0].guard == "reach"
    assert "到不了客户群" in made.withheld[0].reason.zh
    assert "只发往门店" in made.withheld[0].reason.zh


def test_a_missing_address_is_named():
    """A staff group without its robot key is withheld, and the reason names the field to fill."""
    bare = Group(id="hz-001.night", store="hz-001", members="staff")
    calendar = Calendar(workspace=Workspace(name="x", channels=("wecom",)), columns={"noon": column()})
    roster = Roster({"hz-001": STORE}, {bare.id: bare})
    made = plan([slot()], calendar, roster, publishers=PUBLISHERS, choices={}, guards={}, history=History(), now=0)
    assert "wecom.key" in made.withheld[0].reason.en


def test_a_column_without_any_channel_is_withheld():
    """No channel anywhere is a reason, not silence."""
    made = planned(column(), channels=())
    assert [each.guard for each in made.withheld] == ["reach", "reach"]


def test_a_store_gets_every_channel_that_addresses_stores():
    """With ``to = "stores"`` each surface of a store wants its own copy."""
    made = planned(column(to="stores", channels=("cms", "folder")))
    assert keys(made.deliveries) == ["noon/2026-11-25/noon/hz-001/cms"]
    assert keys(each.delivery for each in made.withheld) == ["noon/2026-11-25/noon/hz-001/folder"]


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        pytest.param(Content(text="a", poster="p"), ["poster", "text"], id="poster-first"),
        pytest.param(Content(text="a", link=LinkCard(title="t", url="u")), ["text", "link"], id="link-last"),
        pytest.param(Content(text="a", poster="p", parts=("text", "poster")), ["text", "poster"], id="as-written"),
        pytest.param(
            Content(text="a", variants={"folder": Variant(poster="p")}), ["poster", "text"], id="variant-adds"
        ),
        pytest.param(Content(), ["text"], id="nothing-given"),
    ],
)
def test_parts_follow_what_is_given(content, parts):
    """A part goes out when the column gives it, in the written order or poster, text, link."""
    made = planned(column(audience="vip", content=content))
    assert [each.part for each in made.deliveries] == parts
    assert [each.sequence for each in made.deliveries] == list(range(len(parts)))


def test_adding_a_poster_changes_no_other_key():
    """The text part keeps its key when a poster joins it, so nothing is sent again."""
    before = keys(planned(column(content=Content(text="a"))).deliveries)
    after = keys(planned(column(content=Content(text="a", poster="p"))).deliveries)
    assert set(before) < set(after)


def test_a_withholding_guard_stops_all_parts_of_its_target():
    """A poster is never sent alone when its text may not go."""
    made = planned(
        column(content=Content(text="a", poster="p")),
        guards={"cap": lambda ask, history: Withhold(Text("够了", "enough"))},
    )
    assert made.deliveries == ()
    assert len(made.withheld) == 4


def test_a_postponing_guard_moves_the_moment_but_not_the_slot():
    """A delivery that may go later keeps its identity and its instant."""
    made = planned(column(), guards={"gap": lambda ask, history: Postpone(NOON + 60, Text("稍后", "later"))})
    assert {each.not_before for each in made.deliveries} == {NOON + 60}
    assert {each.slot.at for each in made.deliveries} == {NOON}


def test_postponing_beyond_the_deadline_withholds():
    """What may only go after its deadline will never go, and the plan says so now."""
    made = planned(column(), guards={"quiet": lambda ask, history: Postpone(NOON + 1800, Text("免打扰", "quiet"))})
    assert [each.reason.en for each in made.withheld] == ["quiet", "quiet"]


def test_guards_see_what_this_plan_already_promised():
    """The second slot of a group counts the first one, although neither was sent."""
    seen = []

    def judge(ask, history):
        seen.append(len(history.of(ask.delivery.target)))
        return Allow()

    planned(column(audience="vip"), guards={"cap": judge}, slots=[slot(), slot(name="tail", at=NOON + 60)])
    assert seen == [0, 1]


def test_an_empty_pool_withholds_with_its_reason():
    """Nothing to show is said, not sent."""
    nothing = Choice(nothing=Text("素材用完了", "the pool is empty"))
    made = planned(column(), choices={"noon/2026-11-25/noon": nothing})
    assert {(each.guard, each.reason.en) for each in made.withheld} == {("content", "the pool is empty")}


def test_spread_is_the_same_every_time_and_inside_its_stretch():
    """Each target has its own moment within the spread, for ever the same."""
    first = planned(column(spread="15m")).deliveries
    assert first == planned(column(spread="15m")).deliveries
    assert all(NOON <= each.not_before < NOON + 900 for each in first)
    assert len({each.not_before for each in first}) == 2


def test_spread_keeps_away_from_the_hour_where_the_platform_advises_it():
    """A channel that says so gets nobody in the first minute of the hour or half hour; the others stay as they were."""
    advising = {**PUBLISHERS, "wecom": publisher("wecom", reaches=("staff",), rush=100)}
    groups = {f"g{n}": Group(id=f"g{n}", store="hz-001", members="staff") for n in range(200)}
    each = column(spread="40m", channels=("wecom",))
    calendar = Calendar(workspace=Workspace(name="鲜果时光"), columns={"noon": each})
    shared = {"choices": {}, "guards": {}, "history": History(), "now": NOON}
    made = plan([slot()], calendar, Roster({"hz-001": STORE}, groups), publishers=advising, **shared)
    assert len({each.not_before for each in made.deliveries}) > 150
    assert all(each.not_before % 1800 >= 60 for each in made.deliveries)
