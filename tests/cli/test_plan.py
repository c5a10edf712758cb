"""What will go out, what is withheld, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_shop import make_shop, say
from small_shop import delivery, slot

from calendarkit.cli.plan import held, outgoing
from calendarkit.model.delivery import Withheld
from calendarkit.model.text import Text

WEDNESDAY = ["--from", "2030-11-27", "--to", "2030-11-28"]
"""A Wednesday that stays ahead for a while."""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return the starter shop, one message a group and day."""
    root = make_shop(tmp_path) / "calendarkit.toml"
    root.write_text(root.read_text("utf-8").replace("per_day = 3", "per_day = 1"), "utf-8")
    return tmp_path


def test_the_plan_shows_both_sides(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What goes, and what does not with its reason."""
    said = say(capsys, "--lang", "zh", "-C", shop, "plan", *WEDNESDAY)
    going, _, stopped = said.out.partition("会被挡下：")
    assert "将发 2 条，挡下 3 条" in going
    assert "11-27 07:30  早安贴士" in going
    assert "周三秒杀" in stopped
    assert "cap_per_day" in stopped


def test_one_column_alone(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its title."""
    said = say(capsys, "--lang", "zh", "-C", shop, "plan", *WEDNESDAY, "--column", "早安")
    assert "将发 2 条，挡下 0 条" in said.out


def test_json_holds_every_candidate_once(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Delivered or withheld with a reason, none forgotten."""
    found = json.loads(say(capsys, "-C", shop, "plan", *WEDNESDAY, "--json").out)
    keys = [each["key"] for part in ("deliveries", "withheld") for each in found[part]]
    assert len(keys) == len(set(keys)) == 5
    assert all(each["reason"] for each in found["withheld"])


def test_the_end_must_follow_the_start(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Otherwise it would quietly be nothing."""
    assert say(capsys, "-C", shop, "plan", "--from", "周三", "--to", "周三").code == 2


def test_deliveries_are_counted_by_slot_and_channel() -> None:
    """Parts in their order, targets once."""
    parts = [delivery(part="text", sequence=1), delivery(part="poster", sequence=0), delivery(target="b", part="text")]
    (counted,) = outgoing(parts)
    assert (counted.count, counted.targets, counted.parts) == (3, 2, ("poster", "text"))


def test_rows_come_in_the_order_of_time() -> None:
    """Then by channel."""
    later, sooner = delivery(slot("13:00")), delivery(slot("12:00"), channel="z")
    assert [each.at for each in outgoing([later, sooner])] == sorted([later.slot.at, sooner.slot.at])


def test_reasons_are_counted_apart() -> None:
    """Two groups for one reason are one row."""
    held_by = [
        Withheld(delivery=delivery(target=str(n)), guard="gap", reason=Text("太密", "too close")) for n in range(2)
    ]
    other = Withheld(delivery=delivery(), guard="gap", reason=Text("太多", "too many"))
    assert sorted(each.count for each in held([*held_by, other])) == [1, 2]


def test_an_end_counts_from_the_start(shop, capsys) -> None:
    """``--from 2030-12-02 --to +2d`` is two days, wherever today lies."""
    said = say(capsys, "-C", shop, "plan", "--from", "2030-12-02", "--to", "+2d", "--format", "json")
    found = json.loads(said.out)
    assert (said.code, found["to"] - found["from"]) == (0, 2 * 86_400)
