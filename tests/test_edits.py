"""Edits of a running programme: a real workspace, a real ledger, real ticks, and what members find in their group."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from calendarkit import pipeline
from calendarkit.edges.review import review
from calendarkit.edges.world import open_world
from calendarkit.model.message import Message
from calendarkit.model.slot import Window
from calendarkit.model.state import State
from calendarkit.testing.fakes import FakeClock

WORKSPACE = 'name = "小店"\ntimezone = "Asia/Shanghai"\nchannels = ["folder"]\n'
NAMED = """
[[column]]
id = "noon"
title = "午间特惠"
on = "daily"
at = { noon = "12:00", night = "20:00" }
late = "1h"
content = { text = "今天 {{ store.name }} 草莓 19.9" }
"""
UNNAMED = NAMED.replace('{ noon = "12:00", night = "20:00" }', '["12:00", "20:00"]')
SPREAD = NAMED.replace('late = "1h"', 'late = "1h"\nspread = "40m"')
OTHER = NAMED.replace('"noon"', '"aaa"').replace('"daily"', '"2026-12-01"')
STORES = "id,name\ns1,滨江店\ns2,西溪店\n"
GROUPS = "id,store,title,members\ns1.a,s1,一群,customers\ns2.a,s2,二群,customers\n"


class Shop:
    """A workspace with one column, a clock on Wednesday 2026-11-25, and ticks."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.clock = FakeClock()
        (root / "calendars").mkdir()
        for name, text in {"calendarkit.toml": WORKSPACE, "stores.csv": STORES, "groups.csv": GROUPS}.items():
            (root / name).write_text(text, "utf-8")

    def column(self, text):
        """Write the column's file."""
        (self.root / "calendars" / "noon.toml").write_text(text, "utf-8")

    def tick(self, time, **options):
        """Tick at a time of the day."""
        self.clock.time = dt.datetime.fromisoformat(f"2026-11-25T{time}+08:00").timestamp()
        with open_world(self.root, clock=self.clock) as world:
            return pipeline.tick(world, **options)

    def ticks(self, *times):
        """Tick several times."""
        for each in times:
            self.tick(each)

    def rows(self, *states):
        """Return ``slot name target state`` of the rows, sorted."""
        with open_world(self.root, clock=self.clock) as world:
            found = world.store.rows(states=states or None)
        return sorted(f"{each.delivery.slot.name} {each.delivery.target} {each.state.name}" for each in found)

    def slots(self, state):
        """Return the names of the slots that have a row in ``state``, each once, sorted."""
        return sorted({each.split()[0] for each in self.rows(state)})

    @property
    def posted(self):
        """Return the texts that members see, sorted."""
        return sorted(path.read_text("utf-8").strip() for path in (self.root / "out").rglob("*.txt"))


@pytest.fixture
def shop(tmp_path):
    """Return a shop that has no column yet."""
    return Shop(tmp_path)


EDITS = [
    pytest.param(lambda text: f"# 注释\n\n{text}", id="whitespace"),
    pytest.param(lambda text: text.replace("19.9", "17.9"), id="text"),
    pytest.param(lambda text: text.replace("12:00", "12:30"), id="time"),
    pytest.param(lambda text: text.replace("late = ", 'owner = "老王"\nlate = '), id="definition"),
    pytest.param(lambda text: OTHER + text, id="one-more-above"),
]


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("text", [NAMED, UNNAMED], ids=["named", "unnamed"])
def test_the_five_edits_after_noon_send_nothing_twice(shop, edit, text):
    """C5, E8: whatever is edited after noon went out, by its evening every group saw noon once and the night once."""
    shop.column(text)
    shop.ticks("11:59:00", "12:00:05")
    shop.column(edit(text))
    shop.ticks("12:01:00", "12:30:05", "20:00:05")
    assert len(shop.posted) == 4


@pytest.mark.parametrize("edit", EDITS)
def test_the_five_edits_hold_no_named_slot(shop, edit):
    """C5: with names nothing even waits for a person."""
    shop.column(NAMED)
    shop.ticks("11:59:00", "12:00:05")
    shop.column(edit(NAMED))
    shop.ticks("12:01:00", "12:30:05", "20:00:05")
    assert shop.rows(State.WITHHELD) == []


def test_a_new_time_of_an_unnamed_slot_waits_for_a_person(shop):
    """C5: 12:30 in the place of 12:00 is withheld with its reason; the night that always stood there goes out."""
    shop.column(UNNAMED)
    shop.ticks("11:59:00", "12:00:05")
    shop.column(UNNAMED.replace("12:00", "12:30"))
    report = shop.tick("12:30:05")
    assert {each.guard for each in report.plan.withheld} == {"replaces"}
    shop.tick("20:00:05")
    assert shop.rows(State.WITHHELD) == ["12:30 s1.a WITHHELD", "12:30 s2.a WITHHELD"]
    assert shop.slots(State.DELIVERED) == ["12:00", "20:00"]


def test_a_slot_that_was_only_deleted_holds_nothing(shop):
    """The night stood in the programme before noon went out: it replaces nothing."""
    shop.column(UNNAMED)
    shop.ticks("11:59:00", "12:00:05")
    shop.column(UNNAMED.replace('"12:00", ', ""))
    shop.ticks("12:01:00", "20:00:05")
    assert shop.slots(State.DELIVERED) == ["12:00", "20:00"]


def test_of_two_new_slots_only_the_nearest_replaces(shop):
    """12:00 became 12:30, and 15:00 is simply new."""
    shop.column(UNNAMED)
    shop.ticks("11:59:00", "12:00:05")
    shop.column(UNNAMED.replace('"12:00"', '"12:30", "15:00"'))
    shop.ticks("12:30:05", "15:00:05")
    assert (shop.slots(State.WITHHELD), shop.slots(State.DELIVERED)) == (["12:30"], ["12:00", "15:00"])


def test_a_lost_memory_holds_rather_than_sends(shop):
    """Without ``state/programme.json`` nobody knows what stood there before: what could be the same waits."""
    shop.column(UNNAMED)
    shop.ticks("11:59:00", "12:00:05")
    shop.column(UNNAMED.replace("12:00", "12:30"))
    (shop.root / "state" / "programme.json").write_text("{", "utf-8")
    shop.tick("12:30:05")
    assert shop.slots(State.WITHHELD) == ["12:30"]


@pytest.mark.parametrize("text", [NAMED, UNNAMED], ids=["named", "unnamed"])
def test_a_slot_moved_before_it_was_sent_goes_at_its_new_time_only(shop, text):
    """M5: moved at 11:59 from 12:00 to 12:30, members see it once, at 12:30."""
    shop.column(text)
    shop.tick("11:58:00")
    shop.column(text.replace("12:00", "12:30"))
    shop.ticks("11:59:00", "12:00:05")
    assert shop.posted == []
    shop.tick("12:30:05")
    assert len(shop.posted) == 2


def test_open_rows_follow_a_named_slot_to_its_new_time(shop):
    """M5: half of a spread slot had not left; it goes at the new time, and nobody gets it twice."""
    shop.column(SPREAD)
    shop.ticks("11:59:00", "12:00:05")
    assert len(shop.rows(State.PLANNED)) == 2
    shop.column(SPREAD.replace("12:00", "14:00"))
    shop.ticks("12:01:00", "12:45:00")
    assert shop.posted == []
    shop.tick("14:45:00")
    assert len(shop.posted) == 2


def test_a_deleted_column_stops_what_has_not_left(shop):
    """E2: open rows are cancelled and the audit says by what; the receipts of what was sent stay."""
    shop.column(NAMED)
    shop.ticks("11:59:00", "12:00:05")
    shop.column(SPREAD.replace('"noon"', '"late"').replace("12:00", "13:00") + NAMED)
    shop.tick("13:00:05")
    assert len(shop.rows(State.PLANNED)) == 2
    shop.column(NAMED)
    report = shop.tick("13:01:00")
    assert len(report.followed.cancelled) == len(shop.rows(State.CANCELLED)) == 2
    assert len(shop.rows(State.DELIVERED)) == len(shop.posted) == 2
    with open_world(shop.root, clock=shop.clock) as world:
        assert {(each.who, each.verb) for each in world.store.audit()} == {("edit", "cancel")}
        assert {row.reason.zh for row in world.store.rows(states=[State.CANCELLED])} == {"改动后节目表里没有它了"}


def test_a_column_that_comes_back_goes_on_where_it_was(shop):
    """A file deleted by mistake and restored a minute later costs nobody the noon deal."""
    shop.column(SPREAD)
    shop.ticks("11:59:00", "12:00:05")
    shop.column(OTHER)
    shop.tick("12:01:00")
    assert len(shop.rows(State.CANCELLED)) == 2
    shop.column(SPREAD)
    shop.ticks("12:02:00", "12:45:00")
    assert len(shop.posted) == 2


def test_what_an_operator_cancelled_stays_cancelled(shop):
    """No edit sends what a person stopped."""
    shop.column(SPREAD)
    shop.ticks("11:59:00", "12:00:05")
    with open_world(shop.root, clock=shop.clock) as world:
        world.store.cancel([each.key for each in world.store.rows()], by="老王", now=int(shop.clock.time))
    shop.column(SPREAD.replace("19.9", "17.9"))
    shop.ticks("12:02:00", "12:45:00")
    assert shop.posted == []


def test_one_occurrence_of_a_weekly_column_is_edited_alone(shop):
    """E3: Wednesday's noon is skipped and everything else is what it was."""
    shop.column(NAMED)
    shop.tick("11:59:00")
    shop.column(NAMED + 'move = { "2026-11-25T12:00" = "2026-11-25T13:00" }\n')
    shop.ticks("12:00:05", "13:00:05", "20:00:05")
    assert shop.slots(State.DELIVERED) == ["night", "noon"]
    assert len(shop.posted) == 4


def test_a_half_written_file_cancels_nothing(shop):
    """F3: an editor saved half a file while rows were open; they go on as they were promised."""
    shop.column(SPREAD)
    shop.ticks("11:59:00", "12:00:05")
    shop.column(SPREAD[: len(SPREAD) // 2])
    shop.ticks("12:01:00", "12:45:00")
    assert len(shop.posted) == 2


def test_a_good_edit_that_no_run_saw_before_a_broken_one(shop):
    """C5, F3: 12:30 was looked at with ``plan`` and then the file broke; 12:30 is in use and waits for a person."""
    shop.column(UNNAMED)
    shop.ticks("11:59:00", "12:00:05")
    shop.column(UNNAMED.replace("12:00", "12:30"))
    open_world(shop.root, clock=shop.clock).close()
    shop.column("[[column")
    shop.tick("12:30:05")
    assert shop.slots(State.WITHHELD) == ["12:30"]
    assert len(shop.posted) == 2


def test_a_group_taken_out_of_the_audience_gets_nothing_more(shop):
    """The open row of the group that is gone from the file is cancelled; the other group is served."""
    shop.column(SPREAD)
    shop.ticks("11:59:00", "12:00:05")
    shop.column(SPREAD.replace("spread", "audience = \"id == 's1.a'\"\nspread"))
    shop.ticks("12:01:00", "12:45:00")
    assert [each.split()[1:] for each in shop.rows()] == [["s1.a", "DELIVERED"], ["s2.a", "CANCELLED"]]


def test_words_that_were_made_and_wait_are_made_anew(shop):
    """E1: the price was mended while messages waited to leave; what leaves afterwards says the new one."""
    shop.column(NAMED)
    shop.tick("11:59:00")
    noon = int(shop.clock.time) + 60
    with open_world(shop.root, clock=shop.clock) as world:
        world.store.admit(pipeline.forecast(world, Window(noon, noon + 1)), missed={}, mark=noon, now=noon)
        old = Message(kind="text", text="草莓 19.9")
        world.store.freeze([(row.id, old) for row in world.store.to_render(noon)], noon)
    shop.column(NAMED.replace("19.9", "17.9"))
    shop.tick("12:00:05")
    assert shop.posted == ["今天 滨江店 草莓 17.9", "今天 西溪店 草莓 17.9"]


def test_a_column_under_a_new_id_is_not_sent_again(shop):
    """N6: renamed after noon, with its time moved the next minute; the new name waits for a person."""
    shop.column(NAMED)
    shop.ticks("11:59:00", "12:00:05")
    shop.column(NAMED.replace('"noon"', '"noon-deal"', 1))
    shop.tick("12:01:00")
    shop.column(NAMED.replace('"noon"', '"noon-deal"', 1).replace("12:00", "12:30"))
    shop.ticks("12:02:00", "12:30:05")
    assert shop.slots(State.DELIVERED) == ["noon"]
    assert len(shop.posted) == 2


def test_an_older_run_does_not_undo_what_a_newer_one_read(shop):
    """A run that read the files before the edit comes last; it changes no row."""
    shop.column(SPREAD)
    shop.ticks("11:59:00", "12:00:05")
    with open_world(shop.root, clock=shop.clock) as old:
        shop.column(SPREAD.replace("12:00", "14:00"))
        shop.tick("12:01:00")
        pipeline.tick(old)
    assert {row.at for row in _rows(shop)} == {int(dt.datetime.fromisoformat("2026-11-25T14:00+08:00").timestamp())}


def _rows(shop):
    with open_world(shop.root, clock=shop.clock) as world:
        return world.store.rows()


def test_a_tick_after_no_edit_looks_at_nothing(shop):
    """Without an edit nothing is compared and nothing changes."""
    shop.column(SPREAD)
    shop.ticks("11:59:00", "12:00:05")
    kept = (shop.root / "state" / "programme.json").read_bytes()
    report = shop.tick("12:01:00")
    assert dataclasses.asdict(report.followed) == {"cancelled": (), "moved": (), "reworded": (), "late": ()}
    assert (shop.root / "state" / "programme.json").read_bytes() == kept


def test_a_review_tells_what_the_next_tick_does(shop):
    """E2: what ``plan`` shows as cancelled, moved and late is what the tick then cancels, moves and holds."""
    shop.column(SPREAD)
    shop.ticks("11:59:00", "12:00:05")
    shop.column(SPREAD.replace("12:00", "14:00") + OTHER.replace("2026-12-01", "2026-11-25"))
    with open_world(shop.root, clock=shop.clock) as world:
        now = int(shop.clock.time)
        seen = review(world, Window(now, now + 86_400), now)
    followed = shop.tick("12:01:00").followed
    assert [new.key for new, _ in seen.followed.moved] == [new.key for new, _ in followed.moved] != []
    assert {each.slot.key for each in seen.late} == {each.slot.key for each in followed.late} == {"aaa/2026-11-25/noon"}
    assert {(each.kind, each.slot.key) for each in seen.changes} >= {
        ("added", "aaa/2026-11-25/night"),
        ("moved", "noon/2026-11-25/noon"),
    }
