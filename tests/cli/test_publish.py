"""What ``publish`` says, and that it says nothing when all is well."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from cli_shop import make_shop, open_at, say
from small_shop import at

from calendarkit.cli.lines import plain
from calendarkit.cli.publish import complaints, summary
from calendarkit.edges.ledger.store import Admitted, Hold
from calendarkit.edges.publish import Deliveries
from calendarkit.model.state import State
from calendarkit.model.text import Text
from calendarkit.pipeline import Tick
from calendarkit.testing.fakes import FakeClock


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return the starter shop."""
    return make_shop(tmp_path)


def test_a_run_with_nothing_due_is_silent(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first one, which begins the ledger, and the next."""
    assert say(capsys, "-C", shop, "publish") == (0, "", "")
    assert say(capsys, "-C", shop, "publish") == (0, "", "")


def test_a_rehearsal_shows_the_minute(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As if cron had been running, also before the first run."""
    said = say(capsys, "--lang", "zh", "-C", shop, "publish", "--dry-run", "--now", "2030-11-27T12:00")
    assert said.code == 0
    assert "演练 11-27 12:00 · 将发 2 条" in said.out


def test_a_rehearsal_writes_nothing(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No row, no run, no high-water mark."""
    say(capsys, "-C", shop, "publish", "--dry-run", "--now", "2030-11-27T12:00")
    say(capsys, "-C", shop, "publish", "--dry-run")
    with open_at(shop) as world:
        assert (world.store.rows(), world.store.last_run(), world.store.mark()) == ((), None, None)


def test_a_rehearsal_finds_what_cannot_be_made(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every step but the last is walked."""
    column = shop / "calendars/daily.toml"
    column.write_text(column.read_text("utf-8").replace('text = "noon.txt"', 'text = "{{ 1 // 0 }}"'), "utf-8")
    said = say(capsys, "--lang", "zh", "-C", shop, "publish", "--dry-run", "--now", "2030-11-27T12:00")
    assert (said.code, "2 条内容无法生成" in said.err) == (1, True)


def test_another_time_is_for_rehearsals_only(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody sends tomorrow's noon today by a slip."""
    said = say(capsys, "--lang", "zh", "-C", shop, "publish", "--now", "12:00")
    assert said.code == 2
    assert "只能和 --dry-run 或 --sandbox 一起用" in said.err
    assert not (shop / "state/ledger.db").exists()


def test_broken_files_are_told_every_time(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was good goes on being sent, and a person must act."""
    say(capsys, "-C", shop, "publish")
    (shop / "calendars/daily.toml").write_text("[[column", "utf-8")
    for _ in range(2):
        said = say(capsys, "--lang", "zh", "-C", shop, "publish")
        assert (said.code, said.out, "calendarkit check" in said.err) == (1, "", True)


def test_a_busy_ledger_is_a_reason_to_try_again(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the code that mail systems know as a temporary failure."""
    say(capsys, "-C", shop, "publish")
    monkeypatch.setattr("calendarkit.edges.ledger.open_ledger.__kwdefaults__", {"file_system": None, "busy_ms": 50})
    holder = sqlite3.connect(shop / "state/ledger.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    said = say(capsys, "-C", shop, "publish")
    holder.close()
    assert said.code == 75


NOTHING = Tick()
BAD = Tick(
    due=1,
    broken=1,
    admitted=Admitted(new=5, missed=2),
    deliveries=Deliveries(
        counts={State.DELIVERED: 1, State.FAILED: 3, State.UNKNOWN: 4, State.EXPIRED: 1},
        holds=(
            Hold(channel="wecom", target="", until=1, since=0, outcome="bad_config", code="93000", detail="机器人无效"),
        ),
    ),
)


def test_complaints_name_each_thing_once() -> None:
    """And the command that tells more."""
    assert plain(complaints(BAD, "zh")) == (
        "✗ 1 条内容无法生成\n✗ 3 条发送失败\n✗ 4 条结果不确定\n✗ 3 条错过了时间\n"
        "✗ wecom 已暂停: 93000 机器人无效\n  → calendarkit status\n"
    )
    assert complaints(NOTHING, "zh") == []


def test_a_run_that_fails_tells_why(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the lines that cron mails, with the code that a script asks for."""
    column = shop / "calendars/daily.toml"
    column.write_text(column.read_text("utf-8").replace('text = "noon.txt"', 'text = "{{ 1 // 0 }}"'), "utf-8")
    for clock in ("11:58", "12:00"):
        monkeypatch.setattr("calendarkit.cli.publish.SystemClock", lambda clock=clock: FakeClock(at(clock)))
        said = say(capsys, "--lang", "zh", "-C", shop, "publish")
    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines()[0] == "✗ 2 条内容无法生成"
    assert said.err.splitlines()[1].startswith("    2 × [CK")
    assert said.err.splitlines()[-1] == "  → calendarkit status"


def test_the_summary_is_one_line(shop: Path) -> None:
    """What goes on, or what comes next."""
    with open_at(shop) as world:
        assert plain(summary(world, BAD, "zh")) == "1 档到期，投放 5 条 · 已送达 1 条 · 挡下 0 条 · 用时 0.0 秒\n"
        assert plain(summary(world, NOTHING, "zh")) == "没有到期的内容；下一档 11-25 20:00 周三秒杀\n"
        noted = Tick(notes=(Text("台账新建", "a new ledger"),))
        assert plain(summary(world, noted, "en")).splitlines()[0] == "a new ledger"


def test_a_rehearsal_is_not_json(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """That is what ``plan --json`` is for; the two agree on what goes out."""
    said = say(capsys, "-C", shop, "plan", "--from", "2030-11-27T12:00", "--to", "2030-11-27T12:01", "--json")
    assert len(json.loads(said.out)["deliveries"]) == 2
