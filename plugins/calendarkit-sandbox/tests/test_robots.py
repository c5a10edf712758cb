"""The roster of robots: its file, and names for keys nobody listed."""

from __future__ import annotations

import pytest

from calendarkit_sandbox.robots import Robots, RosterInvalid, made_up, read_robots

TOML = """
[[robot]]
key = "k1"
group = "hz-001.vip"
title = "滨江一号店 VIP 群"
store = "滨江一号店"

[[robot]]
key = "k2"
state = "removed"
"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("robots.toml", TOML, id="toml"),
        pytest.param(
            "robots.json",
            '{"robot": [{"key": "k1", "group": "hz-001.vip", "title": "滨江一号店 VIP 群", "store": "滨江一号店"},'
            ' {"key": "k2", "state": "removed"}]}',
            id="json",
        ),
    ],
)
def test_a_roster_is_toml_or_json(tmp_path, name, content):
    """Both forms say the same; what is left out is made up."""
    (tmp_path / name).write_text(content, "utf-8")
    first, second = read_robots(tmp_path / name)
    assert (first.group, first.title, first.store, first.state) == (
        "hz-001.vip",
        "滨江一号店 VIP 群",
        "滨江一号店",
        "ok",
    )
    assert (second.group, second.state) == ("k2", "removed")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param("[[robot", "robots.toml", id="broken"),
        pytest.param("robot = 5", "list", id="no-list"),
        pytest.param("[[robot]]\nkey = 5", "strings", id="number"),
    ],
)
def test_a_roster_that_cannot_be_read_says_why(tmp_path, content, words):
    """The message names the file or the field."""
    (tmp_path / "robots.toml").write_text(content, "utf-8")
    with pytest.raises(RosterInvalid, match=words):
        read_robots(tmp_path / "robots.toml")


def test_a_roster_that_is_not_there(tmp_path):
    """A missing file is an error of its own."""
    with pytest.raises(RosterInvalid, match=r"none\.toml"):
        read_robots(tmp_path / "none.toml")


def test_a_real_key_is_never_a_name():
    """A UUID becomes a short fingerprint; a readable key names its group."""
    real = "693a91f6-7abc-4bc4-97a0-0ec25ffa5aaa"
    assert made_up(real).group == made_up(real).title == "robot-" + made_up(real).fingerprint[:8]
    assert real[:8] not in made_up(real).group
    assert made_up("hz-001.vip").group == "hz-001.vip"


def test_a_closed_roster_knows_nobody_else():
    """Without ``open`` an unknown key stays unknown; an empty key always does."""
    assert Robots().find("k9") is None
    assert Robots(open=True).find("") is None
