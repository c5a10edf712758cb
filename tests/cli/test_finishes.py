"""Finishes: the plan says when a slot will have left, where that is worth a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_shop import make_shop, say
from small_shop import at

ROBOT = '[[group]]\nid = "s-001.g{n}"\nstore = "s-001"\nmembers = "staff"\naddress.wecom.key = "secret:robot/one"\n'


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The starter shop with forty staff groups behind one robot, and an evening sale of ninety seconds."""
    made = make_shop(tmp_path)
    (made / "groups.toml").write_text("".join(ROBOT.format(n=n) for n in range(40)), "utf-8")
    for name, old, new in (
        ("calendarkit.toml", 'channels = ["folder"]', 'channels = ["wecom"]\n[plugins.wecom]'),
        ("calendars/daily.toml", 'audience = "vip"', ""),
        ("calendars/daily.toml", 'valid_for = "10m"', 'valid_for = "90s"'),
    ):
        (made / name).write_text((made / name).read_text("utf-8").replace(old, new), "utf-8")
    return made


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "11-25 20:00 周三秒杀 按限速 20:02 发完（期限 20:01），14 条来不及"),
        ("en", "11-25 20:00 周三秒杀: the last leaves at 20:02 by the rates (deadline 20:01), 14 too late"),
    ],
)
def test_the_plan_tells_what_comes_too_late(
    shop: Path, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    """Eighteen a minute to one robot: a minute and a half is over before all forty have left."""
    said = say(capsys, "-C", shop, "--lang", language, "plan", "--from", "2026-11-25 19:00", "--to", "2026-11-25 21:00")
    assert words in said.out


def test_programs_get_every_end(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Instants in epoch seconds, with the deadline beside them."""
    said = say(capsys, "-C", shop, "plan", "--from", "2026-11-25 19:00", "--to", "2026-11-25 21:00", "--json")
    [end] = json.loads(said.out)["finishes"]
    assert (end["messages"], end["too_late"], end["deadline"]) == (40, 14, at("20:01:30"))
    assert end["finish"] > end["deadline"]


def test_what_leaves_at_once_is_not_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder takes everything in a moment."""
    said = say(capsys, "-C", make_shop(tmp_path), "--lang", "en", "plan", "--from", "2026-11-25 10:00")
    assert "to send" in said.out
    assert "by the rates" not in said.out
