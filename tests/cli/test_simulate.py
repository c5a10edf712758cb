"""The members' week on a terminal and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_shop import make_shop, say

from calendarkit.cli.codes import Exit, Refusal
from calendarkit.cli.simulate import read_faults

WEEK = ["--from", "2030-11-25", "--to", "2030-12-02"]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return the starter shop."""
    return make_shop(tmp_path)


def test_a_week_is_shown_day_by_day(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Group, weekday, time, column and the first words; at the end the figures."""
    said = say(capsys, "--lang", "zh", "-C", shop, "simulate", *WEEK)
    assert said.code == Exit.FINE
    assert "  周三 11-27\n    07:30  早安贴士  " in said.out
    assert "台账的承诺都守住了" in said.out
    assert not (shop / "state").exists()


def test_what_members_do_not_see_has_its_reason(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With one message a day, noon and flash sale are withheld, each on one line."""
    settings = shop / "calendarkit.toml"
    settings.write_text(settings.read_text("utf-8").replace("per_day = 3", "per_day = 1"), "utf-8")
    said = say(capsys, "--lang", "zh", "-C", shop, "simulate", *WEEK)
    stopped = [each for each in said.out.splitlines() if "✗ 挡下" in each]
    assert any("12:00  午间特惠  ✗ 挡下 " in each for each in stopped)


def test_one_group_alone(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its id; the trace holds nothing of the others."""
    everyone = json.loads(say(capsys, "-C", shop, "simulate", *WEEK, "--json").out)
    group = everyone["deliveries"][0]["key"].split("/")[3]
    alone = json.loads(say(capsys, "-C", shop, "simulate", *WEEK, "--json", "--group", group).out)
    assert {each["key"].split("/")[3] for each in alone["seen"]} == {group}
    assert 0 < len(alone["seen"]) < len(everyone["seen"])


def test_the_same_seed_prints_the_same_bytes(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text and JSON."""
    for more in ([], ["--json"]):
        args = ["-C", shop, "simulate", *WEEK, "--seed", "3", "--faults", "kill=0.2", *more]
        assert say(capsys, *args).out == say(capsys, *args).out


def test_english(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For the developer."""
    said = say(capsys, "--lang", "en", "-C", shop, "simulate", *WEEK, "--faults", "kill=0.2")
    assert "Wed 11-27" in said.out
    assert "faults: process killed" in said.out


def test_a_broken_workspace_is_refused(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is no week to show."""
    (shop / "calendars" / "daily.toml").write_text("[[column", "utf-8")
    said = say(capsys, "--lang", "zh", "-C", shop, "simulate", *WEEK)
    assert said.code == Exit.WORKSPACE
    assert "calendarkit check" in said.err


def test_faults_are_read() -> None:
    """Names and rates; nothing means none."""
    assert read_faults("timeout=0.02, kill=1") == {"timeout": 0.02, "kill": 1.0}
    assert read_faults("") == {}


@pytest.mark.parametrize("words", ["flood=0.1", "timeout", "timeout=2", "timeout=often"])
def test_what_is_no_fault_is_refused(words: str) -> None:
    """With the names there are."""
    with pytest.raises(Refusal) as refused:
        read_faults(words)
    assert refused.value.fix is not None
    assert "timeout" in refused.value.fix.en
