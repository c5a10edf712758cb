"""Columns on each store's own clock and columns that follow events, end to end: exactly once for everybody."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from calendarkit import pipeline
from calendarkit.cli.agenda import day_list
from calendarkit.cli.changes import _grouped
from calendarkit.cli.programme import Programme, showings
from calendarkit.edges.review import review
from calendarkit.edges.world import World, open_world
from calendarkit.explain import explain
from calendarkit.model.slot import Window
from calendarkit.model.state import State
from calendarkit.testing.fakes import FakeClock

HOUR = 3600
ZONES = {"hz": "", "ny": "America/New_York", "apia": "Pacific/Apia"}
FILES = {
    "calendarkit.toml": 'name = "小店"\nchannels = ["folder"]\n',
    "stores.csv": "id,name,zone\n" + "".join(f"{store},{store},{zone}\n" for store, zone in ZONES.items()),
    "groups.csv": "id,store,title\n" + "".join(f"{store}.vip,{store},{store} VIP\n" for store in ZONES),
    "pools/tips.csv": "id,body\none,喝水\ntwo,早睡\n",
    "calendars/a.toml": """
[[column]]
id = "tips"
title = "早安"
timezone = "audience"
at = "07:30"
late = "30m"
content = { pool = "tips", text = "{{ item.body }}" }

[[column]]
id = "rebuy"
title = "复购提醒"
after = { event = "purchase", sku = "milk", every = "28d", times = 2, stop_on = "purchase" }
timezone = "audience"
at = "10:00"
content = { pool = "tips", text = "{{ event.name }} {{ event.k }} {{ item.body }}" }
""",
    "events.csv": """event,subject,store,group,on,sku,name
purchase,c-1,hz,vip,2026-10-28 23:59,milk,小李
purchase,c-2,hz,,2026-10-28,milk,小王
purchase,c-2,hz,,2026-11-20,milk,小王
purchase,c-3,ny,,2026-10-29T03:59:00Z,milk,Ann
purchase,c-4,hz,,2026-10-28,juice,小赵
""",
}


def at(text: str, zone: str = "Asia/Shanghai") -> float:
    """Return the epoch seconds of a local time."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


DAY_IN_HANGZHOU = Window(int(at("2026-11-25T07:00")), int(at("2026-11-25T08:00")))


class Chain:
    """Shops in three zones, a clock, and ticks."""

    def __init__(self, root: Path) -> None:
        self.root, self.clock = root, FakeClock(0)
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        """Write a document."""
        (self.root / name).parent.mkdir(exist_ok=True)
        (self.root / name).write_text(text, "utf-8")

    def world(self) -> World:
        """Open the workspace."""
        return open_world(self.root, clock=self.clock)

    def run(self, start: float, hours: float, step: float = HOUR / 2) -> None:
        """Tick from ``start`` on."""
        for n in range(int(hours * HOUR / step) + 1):
            self.clock.time = start + n * step
            with self.world() as world:
                pipeline.tick(world, accept_clock=True)

    def rows(self, prefix: str) -> dict[str, tuple[str, int, str]]:
        """Return what the ledger holds: target → state, instant, item."""
        with self.world() as world:
            rows = world.store.rows(prefix=prefix)
        assert Counter(row.key for row in rows).most_common(1)[0][1] == 1
        return {row.delivery.target: (row.state.name, row.delivery.slot.at, row.delivery.item) for row in rows}


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    """Return the shops, nothing run yet."""
    return Chain(tmp_path)


def test_everybody_hears_it_once_on_the_own_clock(chain: Chain) -> None:
    """One slot, three instants: Apia first, then Hangzhou, then New York; the same words for all."""
    chain.run(at("2026-11-24T20:00"), 34)
    found = chain.rows("tips/2026-11-25/07:30/")
    expected = {f"{store}.vip": at("2026-11-25T07:30", zone or "Asia/Shanghai") for store, zone in ZONES.items()}
    assert {target: when for target, (_, when, _) in found.items()} == expected
    assert {state for state, _, _ in found.values()} == {"DELIVERED"}
    assert len({item for _, _, item in found.values()}) == 1


def test_a_day_of_another_hour_changes_nothing(chain: Chain) -> None:
    """New York sets its clocks back on 1 November; every store still hears each morning once."""
    chain.run(at("2026-10-30T20:00"), 72, step=2 * HOUR / 5)
    for day in ("2026-10-31", "2026-11-01"):
        found = chain.rows(f"tips/{day}/07:30/")
        assert found["ny.vip"][:2] == ("DELIVERED", at(f"{day}T07:30", "America/New_York"))
        assert len(found) == 3


def test_one_clock_may_miss_what_another_still_gets(chain: Chain) -> None:
    """After a pause the morning is over in Hangzhou and just begins in New York: one row is missed, one goes out."""
    chain.run(at("2026-11-25T07:00"), 0)
    chain.run(at("2026-11-25T07:30", "America/New_York"), 0)
    states = {target: state for target, (state, _, _) in chain.rows("tips/2026-11-25/07:30/").items()}
    assert states == {"hz.vip": "EXPIRED", "ny.vip": "DELIVERED"}


def test_a_store_that_moves_hears_nothing_twice(chain: Chain) -> None:
    """The zone of a store is no part of what it gets: with a new one the same slot is known already."""
    chain.run(at("2026-11-25T07:00"), 1)
    chain.write("stores.csv", FILES["stores.csv"].replace("hz,hz,", "hz,hz,Europe/London"))
    chain.run(at("2026-11-25T08:30"), 8)
    assert chain.rows("tips/2026-11-25/07:30/")["hz.vip"][:2] == ("DELIVERED", at("2026-11-25T07:30"))


def test_a_reminder_reaches_only_whom_it_is_for(chain: Chain) -> None:
    """28 days after the day of the purchase on the store's calendar, at ten there; a new purchase ends the old ones."""
    chain.run(at("2026-11-25T09:00"), 30)
    with chain.world() as world:
        found = {row.key: (row.delivery.slot.at, row.state) for row in world.store.rows(prefix="rebuy/")}
    assert found == {
        "rebuy/2026-11-25/c-1.1/hz.vip/folder": (at("2026-11-25T10:00"), State.DELIVERED),
        "rebuy/2026-11-25/c-3.1/ny.vip/folder": (at("2026-11-25T10:00", "America/New_York"), State.DELIVERED),
    }


def test_reminders_say_whose_and_which(chain: Chain) -> None:
    """The first reminder shows the first item to everybody, whoever was reminded just before."""
    chain.run(at("2026-11-25T09:00"), 30)
    posted = (path.read_text("utf-8") for path in (chain.root / "out").rglob("*.txt"))
    said = sorted(text for text in posted if "小李" in text or "Ann" in text)
    assert [text.strip() for text in said] == ["Ann 1 喝水", "小李 1 喝水"]


def test_an_event_that_comes_late_waits_for_a_person(chain: Chain) -> None:
    """A row that is added after the time of its reminder is held; one added before it goes out by itself."""
    chain.run(at("2026-11-25T09:00"), 1)
    late = "purchase,c-8,hz,,2026-10-28,milk,晚到\npurchase,c-9,hz,,2026-10-29,milk,早到\n"
    chain.write("events.csv", FILES["events.csv"] + late)
    chain.run(at("2026-11-25T10:20"), 24)
    with chain.world() as world:
        rows = {row.delivery.slot.name: (row.state, row.guard) for row in world.store.rows(prefix="rebuy/")}
    assert rows["c-9.1"] == (State.DELIVERED, "")
    assert rows["c-8.1"] == (State.WITHHELD, "late-added")


def test_a_group_is_explained_on_its_own_clock(chain: Chain) -> None:
    """Whichever of a slot's instants one asks about, preview and why speak of the group's own."""
    chain.clock.time = at("2026-11-24T20:00")
    with chain.world() as world:
        slot = next(each for each in pipeline.programme(world, DAY_IN_HANGZHOU) if each.column == "tips")
        shown = pipeline.preview(world, slot, target="ny.vip")
        explained = explain(world, slot, "ny.vip")
    assert [each.delivery.slot.at for each in shown] == [at("2026-11-25T07:30", "America/New_York")]
    assert (explained.goes, explained.slot.zone) == (True, "America/New_York")


def test_the_programme_shows_one_line_of_many(chain: Chain) -> None:
    """Thirty-seven customers of one day are slots of their own, and all of them are in the forecast."""
    rows = "".join(f"purchase,m-{n},hz,vip,2026-11-01,milk,会员\n" for n in range(37))
    chain.write("events.csv", FILES["events.csv"] + rows)
    chain.clock.time = at("2026-11-28T09:00")
    day = Window(int(at("2026-11-29T00:00")), int(at("2026-11-30T00:00")))
    with chain.world() as world:
        slots = [each for each in pipeline.programme(world, day) if each.column == "rebuy"]
        plan = pipeline.forecast(world, day)
    assert len({slot.key for slot in slots}) == 37
    targets = {each.target for each in plan.deliveries if each.slot.column == "rebuy"}
    assert targets == {"hz.vip"}
    shown = showings(slots, world.calendar.columns, "Asia/Shanghai")
    date = dt.date(2026, 11, 29)
    lines = [
        "".join(span.text for span in each)
        for each in day_list(Programme(name="小店", first=date, last=date, showings=shown), "zh")
    ]
    assert [each for each in lines if "复购" in each] == ["10:00   复购提醒 ×37   rebuy/2026-11-29/…"]


def test_plan_tells_forty_new_customers_in_one_line(chain: Chain) -> None:
    """Every night's export is an edit; it is told as one."""
    chain.run(at("2026-11-24T20:00"), 0)
    rows = "".join(f"purchase,m-{n},hz,vip,2026-10-29,milk,会员\n" for n in range(40))
    chain.write("events.csv", FILES["events.csv"] + rows)
    with chain.world() as world:
        found = review(world, Window(int(at("2026-11-25T00:00")), int(at("2026-11-30T00:00"))), int(chain.clock.time))
    assert len(found.changes) == 40
    assert [len(each) for each in _grouped(found.changes)] == [40]
