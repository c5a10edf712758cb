"""Watching a run: whatever happens to those outside, and whatever happens inside, each side hears the truth."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from cli_shop import WEDNESDAY_NOON, make_shop

from calendarkit import pipeline
from calendarkit.edges.watch.watching import watching
from calendarkit.edges.world import World, open_world
from calendarkit.errors import LedgerBusy
from calendarkit.extend.working import Notice
from calendarkit.testing.fakes import FakeClock, FakeHttp

PING = "https://hc-ping.com/shop"
WATCH = f'\n[watch]\nping = "{PING}"\nmetrics = "out/shop.prom"\nlog = "out/actions.log"\n'


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return the starter shop, watched in every way."""
    shop = make_shop(tmp_path)
    root = shop / "calendarkit.toml"
    root.write_text(root.read_text("utf-8") + WATCH, "utf-8")
    assert tomllib.loads(root.read_text("utf-8"))["watch"]["ping"] == PING
    return shop


class Asked(FakeHttp):
    """An HTTP client that notes who is asked."""

    def close(self) -> None:
        """Close nothing."""


def opened(shop: Path, now: float = WEDNESDAY_NOON) -> tuple[World, Asked]:
    """Open the shop with an HTTP client of ours."""
    world, http = open_world(shop, clock=FakeClock(now)), Asked()
    world.__dict__["http"] = http
    return world, http


def run(shop: Path, now: float = WEDNESDAY_NOON, *, well: bool = True) -> Asked:
    """Run once and return who was asked."""
    world, http = opened(shop, now)
    with world, watching(world) as watch:
        tick = pipeline.tick(world, on_result=watch.note)
        watch.ended(tick.figures, well=well)
    return http


def actions(shop: Path) -> list[dict[str, Any]]:
    """Return what was logged."""
    return [json.loads(line) for line in (shop / "out/actions.log").read_text("utf-8").splitlines()]


def test_a_run_that_is_well(shop: Path) -> None:
    """The log has every delivery, the figures agree with it, the service is asked once."""
    run(shop, WEDNESDAY_NOON - 60)
    http = run(shop)
    told = [each for each in actions(shop) if each["action"] == "delivery.delivered"]
    ends = [each for each in actions(shop) if each["action"] == "run.end"]
    assert {each["delivery"].split("/")[3] for each in told} == {"s-001.fans", "s-001.vip"}
    assert (ends[-1]["due"], ends[-1]["sent"]) == (2, 2)
    assert 'state="delivered"} 2' in (shop / "out/shop.prom").read_text("utf-8")
    assert [each.url for each in http.calls] == [PING]


def test_a_run_that_needs_a_person(shop: Path) -> None:
    """The service hears of a failure, and the figures say it."""
    http = run(shop, well=False)
    assert [each.url for each in http.calls] == [f"{PING}/fail"]
    assert "run_success{" in (shop / "out/shop.prom").read_text("utf-8")
    assert actions(shop)[-2] | {"took": 0, "time": ""} == {
        "time": "", "level": "warning", "action": "run.end", "took": 0,
        "due": 0, "sent": 0, "failed": 0, "unknown": 0, "expired": 0, "withheld": 0,
    }  # fmt: skip


def test_a_run_that_breaks_has_failed(shop: Path) -> None:
    """Its error goes on, and is in the log; a ledger that is held is not asked for figures as well."""
    world, http = opened(shop)
    with pytest.raises(LedgerBusy), world, watching(world):
        raise LedgerBusy("held by a backup")
    end = actions(shop)[-2]
    assert (end["action"], end["error"], end["detail"]) == ("run.end", "LedgerBusy", "held by a backup")
    assert "calendarkit_deliveries" not in (shop / "out/shop.prom").read_text("utf-8")
    assert [each.url for each in http.calls] == [f"{PING}/fail"]


def test_a_rehearsal_is_told_to_nobody(shop: Path) -> None:
    """It is logged, and that is all."""
    world, http = opened(shop)
    world.sandbox = "http://127.0.0.1:8787"
    with world, watching(world):
        pass
    assert [each["action"] for each in actions(shop)] == ["run.begin", "run.end"]
    assert (http.calls, (shop / "out/shop.prom").exists()) == ([], False)


def test_what_cannot_be_told_is_a_trouble_of_its_own(shop: Path) -> None:
    """A log and figures that cannot be written are named, with the key that asked for them; the run was well."""
    (shop / "out").touch()
    world, _ = opened(shop)
    with world, watching(world) as watch:
        watch.ended({}, well=True)
    assert [each.en.split(":")[0] for each in watch.troubles] == [
        "watch.metrics cannot be written to out/shop.prom",
        "watch.log cannot be written to out/actions.log",
    ]


def test_a_ping_may_be_a_secret(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked up when it is needed, and stays out of the log; one that nobody knows is logged."""
    root = shop / "calendarkit.toml"
    root.write_text(root.read_text("utf-8").replace(PING, "secret:watch/ping"), "utf-8")
    run(shop)
    assert "watch/ping" in actions(shop)[-1]["detail"]
    monkeypatch.setenv("CALENDARKIT_SECRET_WATCH__PING", "https://hc-ping.com/0ec2f1fa5aaa")
    assert [each.url for each in run(shop).calls] == ["https://hc-ping.com/0ec2f1fa5aaa"]
    assert "0ec2f1fa5aaa" not in (shop / "out/actions.log").read_text("utf-8")


def test_observers_are_told_and_ignored(shop: Path) -> None:
    """One that breaks is named in the log, and the others still hear."""
    heard: list[str] = []

    def break_down(notice: Notice) -> None:
        raise SystemExit(notice.key)

    world, _ = opened(shop)
    offered = {
        name: type("Offered", (), {"plugin": name, "record": type("Record", (), {"notice": staticmethod(does)})})
        for name, does in {"broken": break_down, "good": lambda notice: heard.append(notice.key)}.items()
    }
    world.registry.__dict__["_records"] = {"observers": offered}
    with world, watching(world) as watch:
        watch.note(Notice(key="a/b", state="delivered"))
    assert heard == ["a/b"]
    assert [each["observer"] for each in actions(shop) if each["action"] == "observer.failed"] == ["broken"]


@pytest.mark.parametrize(("watched", "seconds"), [(WATCH, 300), ("", 7 * 3600)], ids=["watched", "unwatched"])
def test_somebody_who_waits_for_a_sign_gets_one_every_few_minutes(shop: Path, watched: str, seconds: int) -> None:
    """With nothing due until the evening the door stays shut no longer than ``every``."""
    root, now = shop / "calendarkit.toml", int(WEDNESDAY_NOON) + 3600
    root.write_text(root.read_text("utf-8").replace(WATCH, watched), "utf-8")
    world, _ = opened(shop, now)
    with world:
        pipeline.tick(world)
        assert f"\nwake {now + seconds}\n" in (world.state_dir / "wake").read_text("utf-8")
