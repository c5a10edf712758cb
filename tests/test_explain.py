"""Explanations: each step says what spoke for or against, also for what was not sent."""

from __future__ import annotations

import pytest

from calendarkit import pipeline
from calendarkit.edges.world import open_world
from calendarkit.errors import WorkspaceError
from calendarkit.explain import explain
from calendarkit.model.slot import Window
from calendarkit.testing.fakes import EPOCH, FakeClock

COLUMN = """
[[column]]
id = "noon"
title = "午间特惠"
at = { noon = "12:00" }
audience = "vip"
late = "30m"
content = { text = "草莓 {{ store.phone }}" }
"""


@pytest.fixture
def world(tmp_path):
    """Return the world of a shop with a VIP group, a plain group and a staff group; the clock stands at noon."""
    files = {
        "calendarkit.toml": 'name = "小店"\nchannels = ["wecom", "folder"]\n[caps]\nper_day = 3\n[plugins.wecom]\n',
        "calendars/noon.toml": COLUMN,
        "stores.csv": "id,name,phone\ns1,滨江店,0571-1\ns2,西溪店,\n",
        "groups.csv": "id,store,title,members,tags\ns1.vip,s1,贵宾群,customers,vip\ns1.all,s1,大群,customers,\n"
        "s2.vip,s2,贵宾群,customers,vip\n",
    }
    (tmp_path / "calendars").mkdir()
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    with open_world(tmp_path, clock=FakeClock(EPOCH - 3600)) as opened:
        yield opened


def told(world, target):
    """Explain the next noon for a target; return whether it goes and the findings by topic."""
    slot = pipeline.programme(world, Window(EPOCH, EPOCH + 1))[0]
    explanation = explain(world, slot, target)
    return explanation.goes, {each.topic: each for each in explanation.findings}


def test_what_goes_out_is_explained_from_the_rule_to_the_message(world):
    """Rule, audience, channel, content, guards, message and lateness each say why, with their places."""
    goes, said = told(world, "s1.vip")
    assert goes
    assert said["rule"].text.zh == 'on = daily；at = { noon = "12:00" }'
    assert said["audience"].place == "calendars/noon.toml:6"
    assert "folder" in said["channel"].text.en
    assert said["cap_per_day"].mark == "yes"
    assert "30m" in said["late"].text.zh


@pytest.mark.parametrize(
    ("target", "topic", "words"),
    [
        pytest.param("s1.all", "audience", "does not match", id="not-in-the-audience"),
        pytest.param("s2.vip", "message", "store.phone", id="a-missing-value"),
    ],
)
def test_what_does_not_go_out_names_the_step_that_stops_it(world, target, topic, words):
    """The one step that speaks against it is marked and says what is missing."""
    goes, said = told(world, target)
    assert not goes
    assert said[topic].mark == "no"
    assert words in said[topic].text.en


def test_what_was_sent_shows_its_row(world):
    """After the tick the ledger's word stands beside the reasons."""
    pipeline.tick(world)
    world.clock.time = EPOCH + 5
    pipeline.tick(world)
    slot = pipeline.programme(world, Window(EPOCH, EPOCH + 1))[0]
    explanation = explain(world, slot, "s1.vip")
    assert explanation.goes
    assert [row.state.name for row in explanation.rows] == ["DELIVERED"]


def test_an_unknown_target_is_refused(world):
    """A group nobody knows is an error, not an empty page."""
    with pytest.raises(WorkspaceError, match=r"s9\.vip"):
        told(world, "s9.vip")
