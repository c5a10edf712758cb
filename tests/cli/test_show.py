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
        ("shop-days.txt", ["--lang", "zh", "show", "--from", "2025-09-28", "--to", "2025-10-12"]),
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


def test_json_tells_of_every_day(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """T6: also of those without a slot, with lunar date, term, festivals and whether people are off."""
    found = json.loads(say(capsys, "-C", shop, "show", "--from", "2025-10-06", "--to", "2025-10-08", "--json").out)
    assert [each["day"] for each in found["days"]] == ["2025-10-06", "2025-10-07", "2025-10-08"]
    assert found["days"][0] == {
        "day": "2025-10-06",
        "lunar": {"year": 2025, "month": 8, "leap": False, "day": 15, "label": "八月十五"},
        "term": None,
        "festivals": ["中秋节"],
        "offday": True,
        "announced": "off",
        "holiday": "国庆节、中秋节",
    }
    assert found["days"][2]["term"] == "寒露"


def test_seven_days_from_today_without_an_end(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One end may be given, or JSON alone asked for."""
    since = json.loads(say(capsys, "-C", shop, "show", "--from", "2025-11-26", "--json").out)
    assert (since["first"], since["last"]) == ("2025-11-26", "2025-12-02")
    assert len(json.loads(say(capsys, "-C", shop, "show", "--json").out)["days"]) == 7


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--from", "2025-11-26", "--to", "2025-11-25"], "→ --from 2025-11-25 --to 2025-11-26"),
        (["--from", "2024-01-01", "--to", "2026-11-25"], "一次最多看两年"),
        (["--from", "哪天"], "“哪天”不是日期"),
        (["--from", "今天", "week"], "calendarkit show week DATE --json"),
        (["--json", "week"], "calendarkit show week DATE --json"),
    ],
    ids=["backwards", "years", "no day", "with a week", "json before the week"],
)
def test_stretches_that_are_none(shop: Path, capsys: pytest.CaptureFixture[str], args: list[str], said: str) -> None:
    """Refused with what to write instead; nothing is printed."""
    found = say(capsys, "--lang", "zh", "-C", shop, "show", *args)
    assert (found.code, found.out) == (2, "")
    assert said in found.err


def test_nothing_asked_shows_what_can_be(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The help, as for every group of commands."""
    found = say(capsys, "--lang", "en", "-C", shop, "show")
    assert found.code == 0
    assert "--from DATE" in found.out
    assert "month" in found.out


def test_a_year_that_nobody_announced_is_said_so(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """C2: below the grid, where a week without 休 could be taken for a working one."""
    assert "2049 年的放假安排还未收录" in say(capsys, "--lang", "zh", "-C", shop, "show", "week", "2049-10-01").out


def test_the_shops_own_days_stand_in_the_margin(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A year that the workspace gives is known, and its days off are marked."""
    root = shop / "calendarkit.toml"
    own = '[statutory]\noffday = ["2049-10-01..2049-10-07"]\nworkday = ["2049-10-09"]\nyears = [2049]\n\n'
    root.write_text(root.read_text("utf-8") + "\n" + own, "utf-8")
    said = say(capsys, "--lang", "zh", "-C", shop, "show", "--from", "2049-10-06", "--to", "2049-10-10").out
    marks = [mark for row in said.splitlines()[1:-1] for mark in ("休", "班") if f" {mark} " in row]
    assert marks == ["休", "休", "班"]
    assert "未收录" not in said


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
