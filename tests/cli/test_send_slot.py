"""A person's word that a slot goes out after all: once, in time, and to nobody who has it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_shop import say
from small_shop import at

from calendarkit import pipeline
from calendarkit.cli.codes import Refusal
from calendarkit.cli.lines import plain
from calendarkit.cli.send_slot import held_lines, send_slot
from calendarkit.edges.world import World, open_world
from calendarkit.model.state import State
from calendarkit.testing.fakes import FakeClock

COLUMN = """
[[column]]
id = "noon"
title = "午间特惠"
at = ["12:00", "20:00"]
late = "30m"
content = { text = "草莓 19.9" }
"""
MOVED = COLUMN.replace("12:00", "12:30")
GROUPS = "id,store,title,members\ns1.a,s1,一群,customers\ns2.a,s2,二群,customers\n"


class Shop:
    """Two groups, one column with two unnamed slots."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.clock = FakeClock()
        self.write("calendarkit.toml", 'name = "小店"\nchannels = ["folder"]\n')
        self.write("stores.csv", "id,name\ns1,滨江店\ns2,西溪店\n")
        self.write("groups.csv", GROUPS)
        self.write("calendars/noon.toml", COLUMN)

    def write(self, name: str, text: str) -> None:
        """Write a document."""
        (self.root / name).parent.mkdir(exist_ok=True)
        (self.root / name).write_text(text, "utf-8")

    def open(self, clock: str = "") -> World:
        """Open the workspace at a time of Wednesday."""
        if clock:
            self.clock.time = at(clock)
        return open_world(self.root, clock=self.clock, language="zh")

    def tick(self, clock: str = "") -> pipeline.Tick:
        """Run what cron runs."""
        with self.open(clock) as world:
            return pipeline.tick(world)

    def send(self, words: str, *, late: bool = False) -> tuple[bool, str]:
        """Release a slot and run once; return whether anything was released, and what was said."""
        with self.open() as world:
            done, lines = send_slot(world, words, late=late, by="老王", language="zh")
            pipeline.tick(world)
        return done, plain(lines).strip()

    @property
    def posted(self) -> int:
        """How many messages members see."""
        return len(list((self.root / "out").rglob("*.txt")))


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Return a shop whose noon was sent and then moved to 12:30."""
    made = Shop(tmp_path)
    made.tick("11:59")
    made.tick("12:00:05")
    made.write("calendars/noon.toml", MOVED)
    return made


def test_what_replaces_a_sent_slot_goes_when_a_person_says_so(shop: Shop) -> None:
    """Held at its time, released by name, sent once; the audit names who."""
    shop.tick("12:30:05")
    assert shop.posted == 2
    assert shop.send("noon/2026-11-25/12:30") == (True, "午间特惠：放行 2 条")
    assert shop.posted == 4
    with shop.open() as world:
        assert {(each.who, each.verb) for each in world.store.audit()} == {("老王", "publish --slot")}


def test_a_word_before_its_time_sends_at_its_time(shop: Shop) -> None:
    """Released at 12:10, it goes with cron at 12:30."""
    shop.tick("12:10")
    assert shop.send("noon/2026-11-25/12:30") == (True, "午间特惠：2 条到时会发送")
    assert shop.posted == 2
    shop.tick("12:30:05")
    assert shop.posted == 4


def test_a_second_word_sends_nothing_more(shop: Shop) -> None:
    """And says why there is nothing to release."""
    shop.tick("12:30:05")
    shop.send("noon/2026-11-25/12:30")
    done, said = shop.send("noon/2026-11-25/12:30")
    assert (done, shop.posted) == (False, 4)
    assert "已送达 2" in said


def test_the_word_and_cron_at_the_same_second_send_once(shop: Shop) -> None:
    """N8: three people and cron at once; every group sees it once."""
    shop.tick("12:30:05")
    start = threading.Barrier(4)

    def run(act: Callable[[], object]) -> None:
        start.wait()
        act()

    acts: list[Callable[[], object]] = [shop.tick, *[lambda: shop.send("noon/2026-11-25/12:30")] * 3]
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert shop.posted == 4


def test_a_slot_written_after_its_time_goes_when_a_person_says_so(shop: Shop) -> None:
    """Late-added: withheld with its reason, then sent."""
    shop.tick("12:06")
    shop.write("calendars/tea.toml", COLUMN.replace('"noon"', '"tea"').replace('"12:00", ', '"12:05", '))
    report = shop.tick("12:10")
    assert "写进日历时已过了时间" in plain(held_lines(report, "zh"))
    assert shop.send("tea/2026-11-25/12:05") == (True, "午间特惠：放行 2 条")
    assert shop.posted == 4


def test_after_the_deadline_it_takes_one_word_more(shop: Shop) -> None:
    """Within 30 minutes it goes as it is, afterwards only with ``--late``."""
    shop.tick("12:30:05")
    shop.tick("13:10")
    with pytest.raises(Refusal) as refused:
        shop.send("noon/2026-11-25/12:30")
    assert refused.value.fix is not None
    assert "--late" in refused.value.fix.en
    assert shop.send("noon/2026-11-25/12:30", late=True)[0]
    assert shop.posted == 4


def test_what_was_missed_goes_late_when_a_person_says_so(shop: Shop) -> None:
    """M1: cron was down over the evening; a person sends it all the same, once."""
    shop.tick("12:30:05")
    shop.tick("20:40")
    with shop.open() as world:
        assert len(world.store.rows(states=[State.EXPIRED])) == 2
    assert shop.send("noon/2026-11-25/20:00", late=True)[0]
    assert shop.posted == 4


def test_a_slot_to_come_needs_no_word(shop: Shop) -> None:
    """It is refused rather than sent early."""
    shop.tick("12:10")
    with pytest.raises(Refusal, match="still to come"):
        shop.send("noon/2026-11-25/20:00")


def test_a_group_that_came_later_gets_it_alone(shop: Shop) -> None:
    """The group opened at 12:05 gets the noon deal that the others have."""
    shop.write("calendars/noon.toml", COLUMN)
    shop.write("groups.csv", GROUPS + "s2.b,s2,三群,customers\n")
    shop.tick("12:06")
    assert shop.send("noon/2026-11-25/12:00") == (True, "午间特惠：放行 1 条")
    assert shop.posted == 3


def test_a_group_that_changed_its_channel_has_it_already(shop: Shop) -> None:
    """Another channel is another key, and still the same group."""
    shop.write("calendars/noon.toml", COLUMN.replace("late =", 'channels = ["console"]\nlate ='))
    shop.tick("12:06")
    assert shop.send("noon/2026-11-25/12:00")[0] is False


def test_other_guards_keep_their_word(shop: Shop) -> None:
    """Quiet hours are not overruled by it."""
    shop.write("calendarkit.toml", 'name = "小店"\nchannels = ["folder"]\n[quiet]\nhours = "12:15-13:00"\n')
    shop.tick("12:30:05")
    assert shop.send("noon/2026-11-25/12:30")[0] is False
    assert shop.posted == 2


@pytest.mark.parametrize("args", [("--slot", "noon", "--dry-run"), ("--late",)], ids=["dry-run", "late-alone"])
def test_options_that_make_no_sense_together(shop: Shop, capsys: pytest.CaptureFixture[str], args: tuple[str]) -> None:
    """They are refused with exit code 2."""
    assert say(capsys, "-C", shop.root, "publish", *args).code == 2
