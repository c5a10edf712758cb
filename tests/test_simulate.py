"""Simulations: a week of a real workspace on a virtual clock, with faults by seed; the workspace is only read."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from calendarkit.errors import WorkspaceError
from calendarkit.model.slot import Window
from calendarkit.model.state import State
from calendarkit.simulate import Simulation, simulate

SHOPS = Path(__file__).parents[1] / "calendars"
COLUMN = """
[[column]]
id = "noon"
title = "午间特惠"
at = { noon = "12:00" }
late = "30m"
channels = ["wecom"]
content = { text = "草莓 19.9" }
"""


def at(text: str) -> int:
    """Return the instant of a time in Shanghai."""
    return int(dt.datetime.fromisoformat(f"{text}+08:00").timestamp())


WEEK = Window(at("2026-11-23T00:00"), at("2026-11-30T00:00"))
TWO_DAYS = Window(at("2026-11-24T00:00"), at("2026-11-26T00:00"))
DAY = Window(at("2026-11-25T00:00"), at("2026-11-26T00:00"))
ROUGH = {"timeout": 0.1, "kill": 0.05, "429": 0.1, "refused": 0.1, "gone": 0.02}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a shop of forty staff groups on one robot each, and one column."""
    groups = "\n".join(f"g{n},s1,{n} 号群,staff,secret:robot/g{n}" for n in range(40))
    documents = {
        "calendarkit.toml": 'name = "小店"\n[plugins.wecom]\n',
        "stores.csv": "id,name\ns1,滨江店\n",
        "groups.csv": f"id,store,title,members,wecom.key\n{groups}\n",
        "calendars/noon.toml": COLUMN,
    }
    for name, text in documents.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def trace(made: Simulation) -> str:
    """Return everything a simulation tells as text."""
    return repr((made.runs, made.seen, made.rows, made.faults, made.broken))


@pytest.mark.parametrize("name", ["fresh-market", "mother-baby"])
def test_a_week_of_an_example_shop(name: str) -> None:
    """Every delivery of the week ends, members see each once, and the ledger keeps its promises."""
    made = simulate(SHOPS / name, WEEK)
    assert made.broken == ()
    assert {row.state for row in made.rows} <= {State.DELIVERED, State.WITHHELD}
    assert sorted(each.key for each in made.seen) == sorted(
        row.key for row in made.rows if row.state is State.DELIVERED
    )


def test_the_same_seed_gives_the_same_trace() -> None:
    """Byte for byte, with faults and retries."""
    first, second = (simulate(SHOPS / "fresh-market", TWO_DAYS, seed=7, faults=ROUGH) for _ in range(2))
    assert trace(first) == trace(second)
    assert sum(first.faults.values()) > 2


def test_another_seed_makes_other_things_go_wrong(shop: Path) -> None:
    """Or else the seed would mean nothing."""
    made = {trace(simulate(shop, DAY, seed=seed, faults=ROUGH)) for seed in range(3)}
    assert len(made) == 3


@pytest.mark.parametrize("seed", range(4))
def test_whatever_goes_wrong_nobody_sees_it_twice(shop: Path, seed: int) -> None:
    """N2, N3: robots cannot deduplicate; what nobody can know about waits for a person."""
    made = simulate(shop, DAY, seed=seed, faults=ROUGH)
    assert made.broken == ()
    assert made.repeats == 0
    assert len(made.rows) == 40


def test_a_platform_that_says_too_fast_costs_time_and_nothing_else(shop: Path) -> None:
    """Retries play out in virtual time: everybody is served, some of them later."""
    made = simulate(shop, DAY, faults={"429": 0.3})
    assert {row.state for row in made.rows} == {State.DELIVERED}
    assert max(each.at for each in made.seen) - min(each.at for each in made.seen) >= 30


def test_nothing_of_the_workspace_is_touched(shop: Path) -> None:
    """No ledger, no index, no folder appears, and no file changes."""
    before = {path: path.stat().st_mtime_ns for path in shop.rglob("*")}
    simulate(shop, DAY, faults=ROUGH)
    assert {path: path.stat().st_mtime_ns for path in shop.rglob("*")} == before


def test_it_does_not_matter_what_was_sent_for_real(shop: Path, tmp_path: Path) -> None:
    """A rehearsal begins with a ledger of its own, whatever lies in ``state``."""
    copy = tmp_path / "copy"
    shutil.copytree(shop, copy)
    (copy / "state").mkdir()
    (copy / "state" / "ledger.db").write_bytes(b"not a ledger")
    assert trace(simulate(copy, DAY)) == trace(simulate(shop, DAY))


def test_broken_files_are_not_rehearsed(shop: Path) -> None:
    """They would show a week that never comes."""
    (shop / "calendars" / "noon.toml").write_text(COLUMN.replace("12:00", "noon"), "utf-8")
    with pytest.raises(WorkspaceError, match="check"):
        simulate(shop, DAY)
