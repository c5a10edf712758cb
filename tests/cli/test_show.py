"""The programme of a real workspace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_shop import make_shop, say

GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return the starter shop."""
    return make_shop(tmp_path)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("shop-week.txt", ["--lang", "zh", "show", "week", "2025-11-26"]),
        ("shop-week-en.txt", ["--lang", "en", "show", "week", "2025-W48"]),
        ("shop-month.txt", ["--lang", "zh", "show", "month", "2025-11"]),
        ("shop-day.txt", ["--lang", "zh", "show", "day", "2025-11-26"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_golden(shop: Path, capsys: pytest.CaptureFixture[str], name: str, args: list[str]) -> None:
    """Weeks that are past, so that no forecast stands in the footer."""
    lang, code, *rest = args
    assert say(capsys, lang, code, "-C", shop, *rest).out == (GOLDEN / name).read_text("utf-8")


def test_json_names_every_slot(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the key that other commands take."""
    found = json.loads(say(capsys, "-C", shop, "show", "day", "2025-11-26", "--json").out)
    assert [each["slot"] for each in found["slots"]] == [
        "morning-tips/2025-11-26/07:30",
        "noon-deals/2025-11-26/noon",
        "flash-wed/2025-11-26/20:00",
    ]
    assert (found["name"], found["first"], found["last"]) == ("鲜果时光", "2025-11-26", "2025-11-26")


def test_the_week_to_come_tells_what_would_be_withheld(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two a day are planned for every group, one is allowed."""
    root = shop / "calendarkit.toml"
    root.write_text(root.read_text("utf-8").replace("per_day = 3", "per_day = 1"), "utf-8")
    said = say(capsys, "--lang", "zh", "-C", shop, "show", "week", "下周")
    assert "11 条会被挡下" in said.out.splitlines()[-1]


def test_broken_files_show_the_last_good_programme(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a warning where errors belong."""
    before = say(capsys, "--lang", "zh", "-C", shop, "show", "week", "2025-11-26").out
    (shop / "calendars/daily.toml").write_text("[[column]]\nid = ", "utf-8")
    said = say(capsys, "--lang", "zh", "-C", shop, "show", "week", "2025-11-26")
    assert said.out == before
    assert "正在使用上一次正确的版本 → calendarkit check" in said.err


def test_a_ledger_that_cannot_be_opened_hides_nothing(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The programme needs none; only the outlook is left out."""
    (shop / "state").mkdir(mode=0o700)
    (shop / "state/ledger.db").write_bytes(b"no database" * 999)
    said = say(capsys, "--lang", "zh", "-C", shop, "show", "week", "下周")
    assert said.code == 0
    assert said.out.splitlines()[-1] == "3 个栏目 · 13 档 · 2 个群"
