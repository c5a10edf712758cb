"""The timetable: what ``check`` says days ahead about a slot that cannot make its deadline, and that it is quick."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_shop import at

from calendarkit import pipeline
from calendarkit.calendar.show_problems import format_text
from calendarkit.edges.timetable import timetable
from calendarkit.edges.world import open_world
from calendarkit.model.problem import Problem
from calendarkit.model.slot import Window
from calendarkit.testing.fakes import FakeClock

MORNING, NOON = at("09:00"), at("12:00")
COLUMN = """[[column]]
id = "noon"
title = "午间特惠"
on = "mon-fri"
at = { noon = "12:00" }
late = "10m"
content = { text = "苹果", link = { title = "苹果", url = "https://example.com" } }
"""


def write_shop(folder: Path, groups: int, robots: int, *, column: str = COLUMN, more: str = "") -> Path:
    """Write a shop of staff groups that share a few robots."""
    (folder / "calendars").mkdir(parents=True)
    head = 'name = "万店"\nchannels = ["wecom"]\n[plugins.wecom]\n'
    (folder / "calendarkit.toml").write_text(head + more, "utf-8")
    (folder / "calendars/noon.toml").write_text(column, "utf-8")
    (folder / "stores.csv").write_text("id,name\ns-0,一店\n", "utf-8")
    rows = (f"g{n},s-0,群{n},staff,secret:robot/r{n % robots}" for n in range(groups))
    (folder / "groups.csv").write_text("\n".join(("id,store,title,members,wecom.key", *rows)), "utf-8")
    secrets = folder / "secrets.toml"
    secrets.touch(mode=0o600)
    keys = (f'r{n} = "{n:08d}-0000-4000-8000-000000000000"' for n in range(robots))
    secrets.write_text("\n".join(("[robot]", *keys, "")), "utf-8")
    return folder


def checked(shop: Path, days: int = 7) -> tuple[Problem, ...]:
    """Return what ``check`` says about capacity that Wednesday morning."""
    world, problems = pipeline.check(shop, clock=FakeClock(MORNING), days=days)
    world.close()
    return tuple(each for each in problems if each.code == "CK540")


def test_a_slot_that_cannot_make_its_deadline_fails(tmp_path: Path) -> None:
    """Where, how many would expire, what is too slow and the smallest edits; once for all days of the week."""
    [found] = checked(write_shop(tmp_path, 200, 2))
    assert (found.severity, found.file, found.line) == ("error", "calendars/noon.toml", 6)
    told = format_text((found,), "en")
    assert "11-25 to 12-01 (5 days) 12:00 cannot make its deadline" in told
    assert "80 of 400 messages cannot leave by 12:10 and would expire" in told
    assert "the most crowded robot has 200 to send and lets 160 go" in told
    assert 'write late = "14m"; use more of robot, for at most 80 groups each; send fewer parts (now 2)' in told
    assert "午间特惠 11-25 至 12-01 共 5 天 12:00 发不完：400 条里有 80 条到 12:10 还发不出去" in format_text(
        (found,), "zh"
    )


@pytest.mark.parametrize(
    ("old", "new", "groups", "robots"),
    [
        pytest.param('late = "10m"', 'late = "14m"', 200, 2, id="later"),
        pytest.param("", "", 160, 2, id="fewer-groups-each"),
        pytest.param("", "", 200, 3, id="more-robots"),
        pytest.param(", link = {", ', parts = ["text"], link = {', 200, 2, id="fewer-parts"),
    ],
)
def test_each_edit_is_enough(tmp_path: Path, old: str, new: str, groups: int, robots: int) -> None:
    """What the message advises mends it."""
    assert checked(write_shop(tmp_path, groups, robots, column=COLUMN.replace(old, new))) == ()


def test_one_group_less_of_an_edit_is_not_enough(tmp_path: Path) -> None:
    """The advice is the smallest: a minute less, or a group more, and something expires."""
    assert checked(write_shop(tmp_path / "a", 200, 2, column=COLUMN.replace("10m", "11m")))
    assert checked(write_shop(tmp_path / "b", 162, 2))


def test_rates_and_engines_count(tmp_path: Path) -> None:
    """A slower rate of the workspace expires more; workers send sixty seconds of every minute."""
    assert "220 of 400" in checked(write_shop(tmp_path / "a", 200, 2, more="[rates.wecom]\nrobot = 9\n"))[0].message.en
    worker = '[engine]\nname = "worker"\nledger = "postgresql://shop@127.0.0.1/shop"\n'
    assert "38 of 400" in checked(write_shop(tmp_path / "b", 200, 2, more=worker))[0].message.en


def test_planned_by_groups_or_by_one_for_all_is_the_same(tmp_path: Path) -> None:
    """The status counts every delivery, the check one group of each kind."""
    with open_world(write_shop(tmp_path, 60, 7), clock=FakeClock(MORNING)) as world:
        planned = pipeline.forecast(world, Window(NOON, NOON + 1)).deliveries
        first = [each for each in planned if each.target == planned[0].target]
        everybody = timetable(world, planned)
        one_for_all = timetable(world, first, members={planned[0].target: tuple(world.roster.groups)})
    key = [(each.slot.key, each.messages, each.late, each.finish, each.needs) for each in everybody]
    assert key == [(each.slot.key, each.messages, each.late, each.finish, each.needs) for each in one_for_all]
    assert key[0][1] == 120
