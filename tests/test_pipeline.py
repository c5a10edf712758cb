"""The chain end to end: a real workspace on disk, a real ledger, and what lies in the folder a person looks into."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path

import pytest

from calendarkit import pipeline
from calendarkit.edges.window import ClockMoved
from calendarkit.edges.world import open_world
from calendarkit.errors import WorkspaceError
from calendarkit.model.delivery import Plan
from calendarkit.model.slot import Window
from calendarkit.model.state import State
from calendarkit.testing.fakes import FakeClock

WORKSPACE = """
name = "小店"
timezone = "Asia/Shanghai"
channels = ["folder"]
"""
NOON = """
[[column]]
id = "noon"
title = "午间特惠"
on = "daily"
at = { noon = "12:00" }
late = "30m"
content = { text = "今天 {{ store.name }} 草莓 19.9" }
"""
STORES = "id,name\ns1,滨江店\ns2,西溪店\n"
GROUPS = "id,store,title,members\ns1.a,s1,一群,customers\ns2.a,s2,二群,customers\n"


def at(text):
    """Return the epoch seconds of a time in Shanghai."""
    return dt.datetime.fromisoformat(f"{text}+08:00").timestamp()


class Shop:
    """A workspace, a clock, and ticks."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.clock = FakeClock(at("2026-11-25T11:59:00"))
        (root / "calendars").mkdir()
        for name, text in {
            "calendarkit.toml": WORKSPACE,
            "calendars/noon.toml": NOON,
            "stores.csv": STORES,
            "groups.csv": GROUPS,
        }.items():
            self.write(name, text)

    def write(self, name, text):
        """Write a document."""
        (self.root / name).write_text(text, "utf-8")

    def world(self):
        """Open the workspace with the shop's clock."""
        return open_world(self.root, clock=self.clock)

    def tick(self, moment=None, **options):
        """Tick at a time of day, by default where the clock stands."""
        if moment:
            self.clock.time = at(moment)
        with self.world() as world:
            return pipeline.tick(world, **options)

    def rows(self, *states):
        """Return the ledger's rows."""
        with self.world() as world:
            return world.store.rows(states=states or None)

    @property
    def posted(self):
        """Return the texts that lie in the folder, sorted."""
        return sorted(path.read_text("utf-8") for path in (self.root / "out").rglob("*.txt"))


@pytest.fixture
def shop(tmp_path):
    """Return a shop whose ledger begins at 11:59."""
    made = Shop(tmp_path)
    made.tick()
    return made


def test_a_due_slot_reaches_every_group_once(shop):
    """At noon both groups get their text; a minute later nothing more happens."""
    report = shop.tick("2026-11-25T12:00:05")
    assert report.deliveries.count(State.DELIVERED) == 2
    assert len(shop.posted) == 2
    assert shop.tick("2026-11-25T12:01:05").deliveries.counts == {}
    assert len(shop.rows()) == 2


def test_a_new_ledger_floods_nothing(tmp_path):
    """N5: nothing whose time came before the ledger was made is sent."""
    shop = Shop(tmp_path)
    report = shop.tick("2026-11-25T12:10:00")
    assert (report.due, shop.rows()) == (0, ())
    assert "new ledger" in report.notes[0].en


@pytest.mark.parametrize(
    ("moment", "state"),
    [("2026-11-25T12:29:59", State.DELIVERED), ("2026-11-25T12:30:00", State.EXPIRED)],
    ids=["still-in-time", "too-late"],
)
def test_lateness_decides_between_sending_and_a_row_that_says_missed(shop, moment, state):
    """M1: within ``late`` it still goes; after it each group has a row with the reason, and nothing is sent."""
    shop.tick(moment)
    assert [row.state for row in shop.rows()] == [state, state]
    assert bool(shop.posted) == (state is State.DELIVERED)


def test_three_days_without_cron_send_nothing_old(shop):
    """L1: Monday's noon is not sent on Thursday; each of the three is a row."""
    shop.tick("2026-11-28T15:00:00", accept_clock=True)
    assert len(shop.rows(State.EXPIRED)) == 8
    assert shop.posted == []


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(
            lambda shop: (shop.root / "calendars/noon.toml").rename(shop.root / "calendars/z.toml"), id="rename"
        ),
        pytest.param(lambda shop: shop.write("calendars/noon.toml", NOON.replace("12:00", "12:15")), id="named-time"),
        pytest.param(lambda shop: shop.write("calendars/noon.toml", NOON.replace("19.9", "17.9")), id="text"),
        pytest.param(lambda shop: shop.write("calendars/noon.toml", f"# 注释\n\n{NOON}"), id="whitespace"),
        pytest.param(lambda shop: shop.write("groups.csv", GROUPS + "s2.b,s2,三群,customers\n"), id="late-group"),
    ],
)
def test_no_edit_sends_what_was_sent_again(shop, edit):
    """N6: five edits after noon was sent; none of them makes a second copy for anybody."""
    shop.tick("2026-11-25T12:00:05")
    edit(shop)
    shop.tick("2026-11-25T12:20:00")
    keys = [row.key for row in shop.rows(State.DELIVERED)]
    assert len(keys) == len(set(keys))
    assert {"noon/2026-11-25/noon/s1.a/folder", "noon/2026-11-25/noon/s2.a/folder"} <= set(keys)
    assert len([key for key in keys if "/s1.a/" in key]) == 1


def test_a_half_written_file_keeps_the_programme_going(shop):
    """F3: an editor saved half a file at 11:59; noon still goes out, from the last good texts."""
    shop.write("calendars/noon.toml", NOON[: len(NOON) // 2])
    with shop.world() as world:
        assert world.stale
    assert shop.tick("2026-11-25T12:00:05").deliveries.count(State.DELIVERED) == 2
    assert not (shop.root / "state" / "wake").exists()


def test_a_workspace_that_never_was_valid_sends_nothing(tmp_path):
    """Without a last good version, errors stop everything and say so."""
    shop = Shop(tmp_path)
    shop.write("calendars/noon.toml", NOON.replace("12:00", "noon"))
    with pytest.raises(WorkspaceError, match="check"):
        shop.tick()


def test_a_moved_slot_goes_out_at_its_new_time_only(shop):
    """M5: the old time does not fire, the new one does, once."""
    shop.write("calendars/noon.toml", NOON + 'move = { "2026-11-25T12:00" = "2026-11-25T15:00" }\n')
    shop.tick("2026-11-25T12:00:05")
    assert shop.posted == []
    shop.tick("2026-11-25T15:00:05")
    assert [row.key for row in shop.rows(State.DELIVERED)] == [
        "noon/2026-11-25/noon/s1.a/folder",
        "noon/2026-11-25/noon/s2.a/folder",
    ]


def test_a_slot_an_edit_creates_in_the_past_is_not_sent(shop):
    """E8: a column that is added at 12:05 does not post its noon; each group has a row that says why."""
    shop.tick("2026-11-25T12:05:00")
    shop.write("calendars/new.toml", NOON.replace('"noon"', '"new"', 1))
    shop.tick("2026-11-25T12:06:00")
    added = [row for row in shop.rows() if row.delivery.slot.column == "new"]
    assert [(row.state, row.guard) for row in added] == [(State.WITHHELD, "late-added")] * 2
    assert len(shop.posted) == 2


def test_a_clock_that_stepped_back_a_little_sends_nothing_twice(shop):
    """N12: cron fires the same minute again after a step back; there is one copy."""
    shop.tick("2026-11-25T12:00:05")
    shop.tick("2026-11-25T11:59:30")
    shop.tick("2026-11-25T12:00:05")
    assert len(shop.posted) == 2


@pytest.mark.parametrize("moment", ["2026-11-25T08:00:00", "2026-11-27T12:00:05"], ids=["back", "forward"])
def test_a_clock_that_jumped_asks_first(shop, moment):
    """F34: hours back or a day forward, nothing is sent until a person says that the clock is right."""
    shop.tick("2026-11-25T12:00:05")
    with pytest.raises(ClockMoved, match="--accept-clock"):
        shop.tick(moment)
    assert len(shop.posted) == 2


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Tokyo"])
def test_the_machines_zone_means_nothing(shop, zone, monkeypatch):
    """T1: the calendar's zone decides, wherever the machine stands."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        shop.tick("2026-11-25T11:59:59")
        assert shop.posted == []
        shop.tick("2026-11-25T12:00:00")
        assert len(shop.posted) == 2
    finally:
        monkeypatch.undo()
        time.tzset()


def test_quiet_hours_hold_back_and_say_why(shop):
    """S2: a slot inside quiet hours that cross midnight is withheld with its reason, not sent and not forgotten."""
    shop.write("calendarkit.toml", WORKSPACE + '[quiet]\nhours = "11:00-08:00"\n')
    shop.tick("2026-11-25T12:00:05")
    assert [(row.state, row.guard) for row in shop.rows()] == [(State.WITHHELD, "quiet_hours")] * 2
    assert shop.posted == []


def test_one_store_without_its_variable_blocks_only_itself(shop):
    """G7: the store whose field is empty fails with the reason; the other store's group is served."""
    shop.write("stores.csv", "id,name,gift\ns1,滨江店,鸡蛋\ns2,西溪店,\n")
    shop.write("calendars/noon.toml", NOON.replace("草莓 19.9", "送 {{ store.gift }}"))
    shop.tick("2026-11-25T12:00:05")
    assert [(row.delivery.target, row.state) for row in shop.rows()] == [
        ("s1.a", State.DELIVERED),
        ("s2.a", State.FAILED),
    ]


def test_what_is_shown_is_what_is_sent(shop):
    """The preview and the message in the folder are the same words, because they are the same chain."""
    shop.clock.time = at("2026-11-25T11:59:30")
    with shop.world() as world:
        window = Window(int(at("2026-11-25T12:00:00")), int(at("2026-11-25T12:01:00")))
        slot = pipeline.programme(world, window)[0]
        previewed = sorted(each.message.text for each in pipeline.preview(world, slot))
    shop.tick("2026-11-25T12:00:05")
    assert [text.strip() for text in shop.posted] == previewed


def test_a_dry_run_walks_every_step_and_leaves_no_trace(shop):
    """F6: it says how many would go, and neither the ledger nor the folder knows of it."""
    shop.clock.time = at("2026-11-25T12:00:05")
    with shop.world() as world:
        report = pipeline.dry_run(world)
    assert (report.due, len(report.plan.deliveries), report.broken) == (1, 2, 0)
    assert (shop.rows(), shop.posted) == ((), [])


def test_nothing_due_leaves_a_wake_file_for_the_fast_door(shop):
    """After a quiet tick the next one may end at the fast door, until noon."""
    for path in shop.root.rglob("*"):
        os.utime(path, (at("2026-11-25T10:00:00"),) * 2)
    shop.tick("2026-11-25T11:59:30")
    wake = (shop.root / "state" / "wake").read_text("utf-8")
    assert f"wake {int(at('2026-11-25T12:00:00'))}" in wake


def test_a_guard_is_asked_again_right_before_sending(shop):
    """A price that fell below its floor after planning is not sent; the row says which guard spoke last."""
    offer = '[[offer]]\nid = "apple"\ntitle = "苹果"\nsku = "a"\nprice = 9.9\n'
    shop.write("offers.toml", offer)
    shop.write("calendars/noon.toml", NOON.replace("content = {", 'content = { offer = "apple",'))
    shop.clock.time = at("2026-11-25T12:00:05")
    with shop.world() as world:
        planned = pipeline.forecast(world, Window(int(at("2026-11-25T12:00:00")), int(at("2026-11-25T12:00:01"))))
        world.store.admit(planned, missed={}, mark=int(shop.clock.time) + 1, now=int(shop.clock.time))
    shop.write("offers.toml", offer + "stock = 0\n")
    shop.tick()
    assert [(row.state, row.guard) for row in shop.rows()] == [(State.WITHHELD, "offer_over")] * 2
    assert shop.posted == []


def test_two_plans_of_the_same_moment_cannot_exceed_the_cap(shop):
    """Both columns were planned as if the other did not exist; only the first of them goes out."""
    shop.write("calendarkit.toml", WORKSPACE + "[caps]\nper_day = 1\n")
    shop.write("calendars/second.toml", NOON.replace('"noon"', '"second"', 1))
    now = int(at("2026-11-25T12:00:05"))
    shop.clock.time = now
    with shop.world() as world:
        slots = pipeline.programme(world, Window(now - 60, now))
        for slot in slots:
            plan = pipeline.forecast(world, Window(slot.at, slot.at + 1))
            alone = (*plan.deliveries, *(held.delivery for held in plan.withheld))
            own = tuple(each for each in alone if each.slot == slot)
            world.store.admit(Plan(deliveries=own), missed={}, mark=now + 1, now=now)
    shop.tick()
    states = {(row.delivery.slot.column, row.state) for row in shop.rows()}
    assert states == {("noon", State.DELIVERED), ("second", State.WITHHELD)}
