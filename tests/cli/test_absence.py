"""Why a column has no slot on a day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_shop import make_shop, say

COLUMN = """\
[[column]]
id = "desk"
title = "上班前一杯"
on = ["workday", "sun"]
skip = ["除夕", "2026-12-24"]
at = "08:00"
move = { "2026-12-22T08:00" = "2026-12-23T09:00" }
from = 2026-11-01
until = 2026-12-31
content.text = "喝杯热的"
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a shop with one column that has many words."""
    folder = make_shop(tmp_path)
    (folder / "calendars/desk.toml").write_text(COLUMN, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-12-24", ['✓ on = "workday" 有这一天', '✗ skip = "2026-12-24" 去掉了这一天']),
        ("2026-12-26", ['✗ on = "workday, sun" 没有这一天']),
        ("2026-10-30", ['✓ on = "workday" 有这一天', '✗ from = "2026-11-01" 这一天还没有开始']),
        ("2027-01-03", ['✓ on = "sun" 有这一天', '✗ until = "2026-12-31" 这一天已经结束']),
    ],
    ids=["skipped", "not-named", "before-it-begins", "after-its-end"],
)
def test_the_words_of_the_rule_are_named(shop, capsys, day, told):
    """A person reads which word names the day and which takes it away, each with its line."""
    said = say(capsys, "--lang", "zh", "-C", shop, "why", "desk", day)
    lines = said.out.splitlines()
    assert said.code == 0
    assert lines[0].startswith(f"上班前一杯 · {day} ")
    assert lines[0].endswith("→ 没有档期")
    assert [each.strip().partition("  ")[0] for each in lines[1:]] == told
    assert all("calendars/desk.toml:" in each for each in lines[1:])


def test_the_day_is_told_as_people_know_it(shop, capsys):
    """A holiday is often the reason, so it stands beside the day."""
    said = say(capsys, "--lang", "zh", "-C", shop, "why", "desk", "2026-10-01")
    assert "周四 农历八月廿一 国庆节 休" in said.out.splitlines()[0]


def test_english_says_the_same(shop, capsys):
    """Both languages."""
    said = say(capsys, "--lang", "en", "-C", shop, "why", "desk", "2026-12-24")
    assert 'skip = "2026-12-24" takes this day out' in said.out


def test_programs_read_json(shop, capsys):
    """The words as data."""
    said = say(capsys, "-C", shop, "why", "desk", "2026-12-24", "--json")
    assert json.loads(said.out) == {
        "column": "desk",
        "day": "2026-12-24",
        "slots": 0,
        "words": [
            {"key": "on", "word": "workday", "makes": True},
            {"key": "skip", "word": "2026-12-24", "makes": False},
        ],
    }


def test_other_commands_send_people_here(shop, capsys):
    """A preview of a day without a slot names the command that explains it."""
    said = say(capsys, "--lang", "zh", "-C", shop, "preview", "desk", "2026-12-24")
    assert said.code == 2
    assert "calendarkit why desk 2026-12-24 说明为什么" in said.err
