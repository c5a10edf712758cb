"""Every problem at once, in three forms."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest
from cli_shop import WEDNESDAY_NOON, make_shop, say

from calendarkit.cli.check import parse_horizon


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


@pytest.mark.parametrize(
    ("words", "days"), [("30d", 30), ("30", 30), ("30天", 30), ("2w", 14), ("2 weeks", 14), ("1 day", 1), ("92d", 92)]
)
def test_a_horizon_is_a_number_of_days(words: str, days: int) -> None:
    """As people say it."""
    assert parse_horizon(words) == days


@pytest.mark.parametrize("words", ["0d", "93d", "14w", "1h", "soon", ""])
def test_a_strange_horizon_is_refused(words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With what to write."""
    said = say(capsys, "--lang", "en", "-C", make_shop(tmp_path), "check", "--horizon", words)
    assert (said.code, said.out) == (2, "")
    assert "no --horizon" in said.err
    assert "write 1 to 92 days, such as 30d or 2w" in said.err


def test_a_far_horizon_finds_what_a_week_does_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An offer that ends in twenty days is news, and the praise says how far was looked."""
    shop = make_shop(tmp_path)
    near = say(capsys, "--lang", "en", "-C", shop, "check", "--horizon", "1d").out
    assert near.endswith(", 1 day ahead\n")
    end = (dt.datetime.now() + dt.timedelta(days=20)).isoformat(timespec="seconds")
    offers = shop / "offers.toml"
    offers.write_text(offers.read_text("utf-8").replace("price =", f"until = {end}\nprice =", 1), "utf-8")
    found = (say(capsys, "-C", shop, "check", "--format", "json", *more).out for more in ((), ("--horizon", "30d")))
    assert ["CK416" in each for each in found] == [False, True]


def test_all_problems_come_at_once(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each with its place; the exit code says that there are errors."""
    said = say(capsys, "--lang", "zh", "-C", broken, "check")
    assert said.code == 1
    assert "calendars/daily.toml:15:15" in said.out
    assert "calendars/daily.toml:26:" in said.out
    assert said.out.endswith("\n2 个错误，没有发送任何内容。\n")


def test_the_last_good_calendar_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever breaks a file that was good learns that the programme goes on, and with which version."""
    shop = make_shop(tmp_path)
    say(capsys, "-C", shop, "check")
    (shop / "calendars/daily.toml").write_text("[[column", "utf-8")
    os.utime(shop / "state/last-good.json", (WEDNESDAY_NOON, WEDNESDAY_NOON))
    zh, en = (say(capsys, "--lang", each, "-C", shop, "check").out.splitlines()[-1] for each in ("zh", "en"))
    assert zh == "1 个错误。改好之前，正在使用上一次正确的日历（11-25 12:00）。"
    assert en == "1 error; until they are mended the last good calendar (11-25 12:00) is in use."


def test_what_is_not_concerned_goes_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown channel stops its column only."""
    shop = make_shop(tmp_path)
    file = shop / "calendars/daily.toml"
    file.write_text(file.read_text("utf-8").replace('audience = "vip"', 'audience = "vip"\nchannels = "sms"'), "utf-8")
    said = say(capsys, "--lang", "en", "-C", shop, "check")
    assert said.out.endswith("\n1 error; nothing was sent. Columns without errors go out when due.\n")


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
