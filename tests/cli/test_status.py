"""What was sent, what comes next, and what needs a person."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from cli_shop import WEDNESDAY_NOON, make_shop, open_at, say, settle_noon
from small_shop import at

from calendarkit import pipeline
from calendarkit.cli.attention import complaints, listed
from calendarkit.cli.lines import plain
from calendarkit.cli.standing import read_status
from calendarkit.cli.status import figures_lines
from calendarkit.edges.window import remember_clock
from calendarkit.model.delivery import Delivery, Plan, Withheld
from calendarkit.model.slot import Slot, Window
from calendarkit.model.state import State
from calendarkit.model.text import Text

A_DAY = 86_400
DAY = dt.date(2026, 11, 25)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return the starter shop."""
    return make_shop(tmp_path)


def told(shop: Path, now: float = WEDNESDAY_NOON + 60) -> str:
    """Return the whole status as text."""
    with open_at(shop, now) as world:
        status = read_status(world, int(now) - A_DAY)
        return plain([*figures_lines(world, status, "zh"), *complaints(world, status, "zh")])


def test_a_new_shop_needs_nobody(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says that it has not run, and what is next."""
    said = say(capsys, "--lang", "zh", "-C", shop, "status")
    assert said.code == 0
    assert "还没有运行过 → calendarkit cron print" in said.out
    assert "下一档" in said.out
    assert said.out.endswith("✓ 没有需要处理的\n")


def test_what_an_edit_made_wait_is_named(shop: Path) -> None:
    """Only a person knows whether it is meant to go; a slot is named once, however many groups it has."""
    with open_at(shop, WEDNESDAY_NOON) as world:
        noon = pipeline.forecast(world, Window(WEDNESDAY_NOON, WEDNESDAY_NOON + 1))
        reason = Text("代替今天已发的一档？", "replaces a slot sent today?")
        waits = tuple(Withheld(delivery=each, guard="replaces", reason=reason) for each in noon.deliveries)
        world.store.admit(Plan(withheld=waits), missed={}, mark=WEDNESDAY_NOON + 1, now=WEDNESDAY_NOON)
    words = "✗ 1 档因为改动在等您决定 → calendarkit publish --slot SLOT --by NAME，或不管它"
    assert f"{words}\n    noon-deals/2026-11-25/noon" in told(shop)
    assert words not in told(shop, WEDNESDAY_NOON + A_DAY)


def test_what_was_sent_is_counted(shop: Path) -> None:
    """By state, for the day."""
    settle_noon(shop, State.DELIVERED)
    assert "今天  已送达 2" in told(shop)
    assert "✗" not in told(shop)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.UNKNOWN, "✗ 2 条结果不确定，看过群再填 → calendarkit ledger resolve KEY --sent|--not-sent --by NAME"),
        (State.FAILED, "✗ 2 条失败 → calendarkit ledger list --state failed\n    2 × [CK707] =画不出来"),
        (State.EXPIRED, "✗ 2 条错过了时间，没有发：\n    11-25 12:00 午间特惠 × 2"),
    ],
    ids=lambda value: value.name.lower() if isinstance(value, State) else "",
)
def test_what_needs_a_person_comes_with_its_command(shop: Path, state: State, words: str) -> None:
    """Failures of one reason are one line, missed slots are all listed."""
    settle_noon(shop, state)
    assert words in told(shop)


def test_an_unknown_one_never_ages(shop: Path) -> None:
    """A failed one does after a day: somebody has seen it."""
    settle_noon(shop, State.UNKNOWN)
    assert "不确定" in told(shop, WEDNESDAY_NOON + 9 * A_DAY)


def test_old_failures_are_history(shop: Path) -> None:
    """They stay in the ledger, and --since shows them."""
    settle_noon(shop, State.FAILED)
    with open_at(shop, WEDNESDAY_NOON + 2 * A_DAY) as world:
        assert read_status(world, WEDNESDAY_NOON + A_DAY).rows == ()
        assert len(read_status(world, WEDNESDAY_NOON - A_DAY).rows) == 2


def test_when_cron_has_stopped_the_slots_it_missed_are_named(shop: Path) -> None:
    """Somebody may still be in time to act."""
    with open_at(shop, at("11:00")) as world:
        world.store.start_run(at("11:00"))
    said = told(shop, at("12:30"))
    assert "✗ 11-25 11:00 以后 publish 没有运行过，1 档到期没有发 → calendarkit doctor" in said
    assert "11-25 12:00 午间特惠" in said


def test_a_short_pause_is_no_alarm(shop: Path) -> None:
    """The next tick is under way."""
    with open_at(shop, at("11:59")) as world:
        world.store.start_run(at("11:59"))
    assert "没有运行过" not in told(shop, at("12:01"))


def test_the_exit_code_says_that_somebody_must_act(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For a monitor that reads nothing else."""
    settle_noon(shop, State.UNKNOWN)
    assert say(capsys, "-C", shop, "status").code == 1


def test_a_shop_that_was_never_right_needs_a_person(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Though the columns without errors are shown, nothing is sent."""
    column = shop / "calendars/daily.toml"
    column.write_text(column.read_text("utf-8").replace("12:00", "12点"), "utf-8")
    said = say(capsys, "--lang", "zh", "-C", shop, "status")
    assert (said.code, "✗ 文件里有 1 个错误，改好之前什么也不会发送 → calendarkit check" in said.out) == (1, True)


def test_json_holds_keys_and_reasons(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For a program that settles them."""
    keys = settle_noon(shop, State.UNKNOWN)
    found = json.loads(say(capsys, "-C", shop, "status", "--json").out)
    assert [each["key"] for each in found["attention"]] == keys
    assert found["states"] == {"unknown": 2}


def test_many_keys_are_cut(shop: Path) -> None:
    """The first five, and how many more."""
    assert plain(listed([str(n) for n in range(7)], "zh")).splitlines()[-1].strip() == "……还有 2 条"


def test_when_nothing_leaves_although_something_is_due(shop: Path) -> None:
    """M2: cron runs, nothing goes out; it says since when, and status fails. In the first minutes it is under way."""
    with open_at(shop) as world:
        plan = pipeline.forecast(world, Window(WEDNESDAY_NOON, WEDNESDAY_NOON + 1))
        world.store.admit(plan, missed={}, mark=WEDNESDAY_NOON + 1, now=WEDNESDAY_NOON)
        world.store.start_run(WEDNESDAY_NOON + 600)
    assert "正在发送，还剩 2 条\n" in told(shop, WEDNESDAY_NOON + 120)
    assert "✗" not in told(shop, WEDNESDAY_NOON + 120)
    assert "✗ 2 条到期还没发出，11-25 12:00 起没有发出任何一条 → calendarkit doctor" in told(shop, WEDNESDAY_NOON + 600)


def test_as_long_as_others_leave_it_is_under_way(shop: Path) -> None:
    """A slow channel takes half an hour; that is no alarm."""
    settle_noon(shop, State.DELIVERED, now=WEDNESDAY_NOON + 590)
    with open_at(shop) as world:
        late = Slot(column="x", day=DAY, name="x", at=WEDNESDAY_NOON, deadline=WEDNESDAY_NOON + 3600, zone="UTC")
        waits = Delivery(slot=late, target="g", store="s", channel="folder", not_before=WEDNESDAY_NOON)
        world.store.admit(Plan(deliveries=(waits,)), missed={}, mark=WEDNESDAY_NOON, now=WEDNESDAY_NOON)
        world.store.start_run(WEDNESDAY_NOON + 600)
    assert "正在发送，还剩 1 条" in told(shop, WEDNESDAY_NOON + 600)
    assert "起没有发出任何一条" in told(shop, WEDNESDAY_NOON + 1200)


def test_the_next_slot_comes_with_how_many_and_by_when(shop: Path) -> None:
    """A folder knows no rates; what guards hold back is counted."""
    assert "下一档  11-25 20:00 周三秒杀：1 条，按限速 20:00:00 发完（期限 20:10）\n" in told(shop)
    groups = shop / "calendarkit.toml"
    groups.write_text(groups.read_text("utf-8").replace("22:00-07:00", "19:30-07:00"), "utf-8")
    assert "周三秒杀：0 条，挡下 1 条\n" in told(shop)


def test_a_robot_that_hears_too_much_is_forecast(tmp_path: Path) -> None:
    """Thirty groups behind one robot: eighteen a minute, so the last ones come too late for a sale of half a minute."""
    shop = make_shop(tmp_path)
    rows = "".join(
        f'[[group]]\nid = "s-001.g{n}"\nstore = "s-001"\nmembers = "staff"\naddress.wecom.key = "secret:robot/one"\n'
        for n in range(30)
    )
    (shop / "groups.toml").write_text(rows, "utf-8")
    for name, old, new in (
        ("calendarkit.toml", 'channels = ["folder"]', 'channels = ["wecom"]\n[plugins.wecom]'),
        ("calendars/daily.toml", 'audience = "vip"', ""),
        ("calendars/daily.toml", 'valid_for = "10m"', 'valid_for = "60s"'),
    ):
        (shop / name).write_text((shop / name).read_text("utf-8").replace(old, new), "utf-8")
    with open_at(shop, at("19:00")) as world:
        found = read_status(world, 0).outlook
    assert found is not None
    assert (found.deliveries, found.finish > at("20:01"), found.too_late > 0) == (30, True, True)


def test_what_waits_for_a_person_is_counted(shop: Path) -> None:
    """It is no complaint: somebody was asked."""
    settle_noon(shop, State.ACCEPTED)
    assert "等待确认 2 条，最早的是 11-25 12:00 的\n" in told(shop)
    assert "✗" not in told(shop)


def test_a_clock_that_somebody_called_right_is_explained(shop: Path) -> None:
    """Until when nothing goes, because it was dealt with."""
    with open_at(shop, at("18:00")) as world:
        world.store.admit(Plan(), missed={}, mark=at("18:00"), now=at("18:00"))
    with open_at(shop) as world:
        remember_clock(world, int(WEDNESDAY_NOON))
    assert "时钟曾经走快：11-25 18:00 以前的档期那时已处理过，不会再发" in told(shop)
    assert "--accept-clock" not in told(shop)


def test_a_state_folder_nobody_can_write_to_is_read_from_a_copy(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """F10: with the last answers, which lie in the write-ahead log; nothing in the folder changes."""
    settle_noon(shop, State.UNKNOWN)
    monkeypatch.setattr("calendarkit.edges.world.World.read_only", True)
    before = {each: each.stat().st_mtime_ns for each in (shop / "state").rglob("*")}
    said = say(capsys, "--lang", "zh", "-C", shop, "status")
    assert said.code == 1
    assert f"✗ {shop / 'state'} 不能写，publish 什么也发不出去；以下读自台账的副本" in said.out
    assert "✗ 2 条结果不确定" in said.out
    assert {each: each.stat().st_mtime_ns for each in (shop / "state").rglob("*")} == before


@pytest.mark.parametrize(("count", "words"), [(1, "1 missed its time and was not sent"), (2, "2 missed their time")])
def test_english_counts_agree(shop: Path, count: int, words: str) -> None:
    """One delivery is not ``1 deliveries``."""
    keys = settle_noon(shop, State.EXPIRED)
    with open_at(shop, WEDNESDAY_NOON + 60) as world:
        status = read_status(world, 0)
        rows = tuple(row for row in status.rows if row.key in keys[:count])
        assert words in plain(complaints(world, replace(status, rows=rows), "en"))
