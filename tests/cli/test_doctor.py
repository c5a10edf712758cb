"""Whether this machine and this workspace can send on time."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from cli_shop import make_shop, open_at, say


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return the starter shop."""
    return make_shop(tmp_path)


def findings(capsys: pytest.CaptureFixture[str], shop: Path) -> dict[str, str]:
    """Return the health of each thing that was examined."""
    return {each["title"]: each["health"] for each in json.loads(say(capsys, "-C", shop, "doctor", "--json").out)}


def test_a_new_shop_is_healthy(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only cron is still to come."""
    say(capsys, "-C", shop, "ledger", "list")
    found = findings(capsys, shop)
    assert [title for title, health in found.items() if health != "good"] == ["cron"]
    assert len(found) == 11


def test_broken_files_come_with_their_cure(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever else could be examined."""
    (shop / "calendarkit.toml").write_text("name = ", "utf-8")
    said = say(capsys, "--lang", "zh", "-C", shop, "doctor")
    assert said.code == 1
    assert "✗ 工作区    文件里有 1 个错误，改好之前什么也不会发送 → calendarkit check" in said.out


def test_a_state_folder_open_to_others(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger would close it again, so it must be seen before."""
    say(capsys, "-C", shop, "ledger", "list")
    (shop / "state").chmod(0o755)
    assert findings(capsys, shop)["state folder"] == "bad"


def test_a_damaged_ledger(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The rest is examined all the same."""
    (shop / "state").mkdir(mode=0o700)
    (shop / "state/ledger.db").write_bytes(b"this is no database, whatever its name says" * 99)
    found = findings(capsys, shop)
    assert (found["ledger"], found["secrets"]) == ("bad", "good")


@pytest.mark.parametrize(("ago", "health"), [(30, "good"), (4 * 60, "bad")], ids=["just now", "four minutes ago"])
def test_the_heartbeat_of_cron(shop: Path, capsys: pytest.CaptureFixture[str], ago: int, health: str) -> None:
    """It should beat every minute."""
    with open_at(shop) as world:
        world.store.start_run(int(time.time()) - ago)
    assert findings(capsys, shop)["cron"] == health


def test_a_clock_behind_the_last_run(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing would be sent until it catches up."""
    from calendarkit.model.delivery import Plan

    ahead = int(time.time()) + 7200
    with open_at(shop) as world:
        world.store.admit(Plan(), missed={}, mark=ahead, now=ahead)
    assert findings(capsys, shop)["clock"] == "bad"


def test_without_a_workspace_the_machine_is_examined(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked before there is one."""
    monkeypatch.chdir(tmp_path)
    said = say(capsys, "--lang", "en", "doctor")
    assert said.code == 0
    assert "only the machine was examined" in said.out
