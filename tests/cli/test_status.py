"""What was sent, what comes next, and what needs a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_shop import WEDNESDAY_NOON, make_shop, open_at, say, settle_noon
from small_shop import at

from calendarkit.cli.attention import complaints, listed
from calendarkit.cli.lines import plain
from calendarkit.cli.standing import read_status
from calendarkit.cli.status import figures_lines
from calendarkit.model.state import State

DAY = 86_400


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return the starter shop."""
    return make_shop(tmp_path)


def told(shop: Path, now: float = WEDNESDAY_NOON + 60) -> str:
    """Return the whole status as text."""
    with open_at(shop, now) as world:
        status = read_status(world, int(now) - DAY)
        return plain([*figures_lines(world, status, "zh"), *complaints(world, status, "zh")])


def test_a_new_shop_needs_nobody(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says that it has not run, and what is next."""
    said = say(capsys, "--lang", "zh", "-C", shop, "status")
    assert said.code == 0
    assert "还没有运行过 → calendarkit cron print" in said.out
    assert "下一档" in said.out
    assert said.out.endswith("✓ 没有需要处理的\n")


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
    assert "不确定" in told(shop, WEDNESDAY_NOON + 9 * DAY)


def test_old_failures_are_history(shop: Path) -> None:
    """They stay in the ledger, and --since shows them."""
    settle_noon(shop, State.FAILED)
    with open_at(shop, WEDNESDAY_NOON + 2 * DAY) as world:
        assert read_status(world, WEDNESDAY_NOON + DAY).rows == ()
        assert len(read_status(world, WEDNESDAY_NOON - DAY).rows) == 2


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
