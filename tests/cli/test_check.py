"""Every problem at once, in three forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_shop import make_shop, say


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Return a shop with a wrong time and a wrong audience."""
    shop = make_shop(tmp_path)
    file = shop / "calendars/daily.toml"
    words = file.read_text("utf-8").replace('noon = "12:00"', 'noon = "12点半"').replace('"vip"', '"vip and and"')
    file.write_text(words, "utf-8")
    return shop


def test_a_good_shop_is_praised(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With numbers, so that an empty one does not look good."""
    said = say(capsys, "--lang", "zh", "-C", make_shop(tmp_path), "check")
    assert said == (0, "✓ 没有错误：3 个栏目、1 家门店、2 个群\n", "")


def test_all_problems_come_at_once(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each with its place; the exit code says that there are errors."""
    said = say(capsys, "--lang", "zh", "-C", broken, "check")
    assert said.code == 1
    assert "calendars/daily.toml:15:15" in said.out
    assert "calendars/daily.toml:26:" in said.out
    assert said.out.endswith("\n2 个错误，没有发送任何内容。\n")


def test_programs_read_json(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the code of each problem."""
    said = say(capsys, "-C", broken, "check", "--format", "json")
    assert said.code == 1
    assert "daily.toml" in json.dumps(json.loads(said.out))


def test_github_reads_annotations(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line each."""
    said = say(capsys, "-C", broken, "check", "--format", "github")
    assert said.out.startswith("::error file=calendars/daily.toml,line=15")


def test_check_sends_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And does not even begin a ledger."""
    say(capsys, "-C", make_shop(tmp_path), "check")
    assert not (tmp_path / "state/ledger.db").exists()
