"""A worker's share: it sends what publish made ready, from any machine that has the same documents."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_shop import WEDNESDAY_NOON, make_shop, open_at, say
from postgres_server import server

from calendarkit import pipeline
from calendarkit.edges.ledger.postgres_failures import LedgerAway
from calendarkit.edges.window import PURPOSE, SANDBOX_LEDGER, keep_worlds_apart
from calendarkit.edges.work import Told, work
from calendarkit.edges.world import World
from calendarkit.errors import LedgerBusy, WorkspaceError
from calendarkit.model.state import State

LATER = WEDNESDAY_NOON + 60


def shop_on(folder: Path, ledger: str = "") -> Path:
    """Write the starter shop with the engine ``worker``."""
    shop = make_shop(folder)
    engine = f'\n[engine]\nname = "worker"\nledger = "{ledger}"\n'
    with (shop / "calendarkit.toml").open("a", encoding="utf-8") as file:
        file.write(engine)
    return shop


@pytest.fixture(params=["sqlite", "postgres"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A shop whose ledger was begun a minute before noon, and whose noon deal is planned and rendered."""
    made = shop_on(tmp_path / "shop", server().schema() if request.param == "postgres" else "")
    for now in (WEDNESDAY_NOON - 60, WEDNESDAY_NOON):
        with open_at(made, now) as world:
            tick = pipeline.tick(world)
            assert tick.deliveries.count(State.DELIVERED) == 0
    return made


def once(shop: Path, now: int = LATER) -> list[Told]:
    """Let one worker do what there is."""
    told: list[Told] = []
    work(lambda: open_at(shop, now), tell=told.append, stop=lambda: False, once=True)
    return told


def counts(shop: Path) -> dict[State, int]:
    """Return the ledger's rows by state."""
    with open_at(shop, LATER) as world:
        return dict(world.store.counts())


def test_publish_leaves_the_sending_to_the_worker(shop: Path) -> None:
    """Planned and rendered by the one, sent by the other, once."""
    ready = counts(shop)
    assert set(ready) == {State.READY}
    assert [each.deliveries.count(State.DELIVERED) for each in once(shop)] == [ready[State.READY]]
    assert counts(shop) == {State.DELIVERED: ready[State.READY]}
    assert once(shop) == []


def test_other_documents_send_nothing(shop: Path) -> None:
    """A machine whose prices are not those of the last tick waits, and says so."""
    offers = shop / "offers.toml"
    text = offers.read_text("utf-8")
    offers.write_text(text + "\n# an edit that publish has not seen\n", "utf-8")
    assert [each.kind for each in once(shop)] == ["waits"]
    assert set(counts(shop)) == {State.READY}
    offers.write_text(text, "utf-8")
    assert [each.kind for each in once(shop)] == ["sent"]


def test_a_poster_of_another_machine_is_drawn_again(tmp_path: Path) -> None:
    """The second machine has the files and the ledger but no state folder; it sends the same bytes."""
    first = shop_on(tmp_path / "one", server().schema())
    column = first / "calendars" / "daily.toml"
    words = 'offer = "apple-5", text = "noon.txt"'
    column.write_text(column.read_text("utf-8").replace(words, f'{words}, poster = "noon_deal"'), "utf-8")
    for now in (WEDNESDAY_NOON - 60, WEDNESDAY_NOON):
        with open_at(first, now) as world:
            pipeline.tick(world)
    second = tmp_path / "two"
    shutil.copytree(first, second, ignore=shutil.ignore_patterns("state"))
    shutil.rmtree(first / "state" / "media", ignore_errors=True)
    with open_at(first, LATER) as world:
        assert any(world.store.message(row.revision).media for row in world.store.rows())
    assert [each.kind for each in once(second)] == ["sent"]
    assert set(counts(second)) == {State.DELIVERED}


def test_a_ledger_out_of_reach_ends_only_who_came_for_once() -> None:
    """A worker that stays tells it and tries again."""
    told: list[Told] = []
    tries: list[int] = []

    def reopen() -> World:
        tries.append(1)
        raise LedgerAway("postgresql://db/shop", "connection refused")

    with pytest.raises(LedgerBusy):
        work(reopen, tell=told.append, stop=lambda: False, once=True)
    work(reopen, tell=told.append, stop=lambda: len(tries) > 1)
    assert [each.kind for each in told] == ["away"]
    assert "db/shop" in told[0].reason.zh


def test_sigterm_ends_a_worker_well(shop: Path) -> None:
    """F37: it finishes what it holds and exits with 0."""
    command = [sys.executable, "-m", "calendarkit", "-C", str(shop), "--lang", "en", "worker"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        while not listens(child.pid):
            time.sleep(0.05)
        child.send_signal(signal.SIGTERM)
        _, err = child.communicate(timeout=30)
    assert (child.returncode, err) == (0, b"")


def listens(pid: int) -> bool:
    """Return whether a process has taken SIGTERM into its own hands."""
    (caught,) = (line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)


def test_the_command_says_what_it_waits_for(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the language asked for, on standard error."""
    with (shop / "offers.toml").open("a", encoding="utf-8") as file:
        file.write("\n# edited here only\n")
    said = say(capsys, "-C", shop, "--lang", "zh", "worker", "--once")
    assert said.code == 0
    assert "与 publish 用的不同" in said.err


def test_another_time_needs_a_sandbox(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody sends tomorrow's deal to customers by a slip."""
    assert say(capsys, "-C", shop, "worker", "--once", "--now", "12:00").code == 2


def second_machine(first: Path, folder: Path) -> Path:
    """Return a copy of a workspace without its state, as another machine of the same ledger has it."""
    return Path(shutil.copytree(first, folder, ignore=shutil.ignore_patterns("state")))


def test_a_rehearsal_on_one_machine_does_not_use_up_the_slots_of_another(tmp_path: Path) -> None:
    """The ledger itself remembers whom it serves."""
    first = shop_on(tmp_path / "one", server().schema())
    with open_at(first, WEDNESDAY_NOON) as world:
        pipeline.tick(world)
    with open_at(second_machine(first, tmp_path / "two"), LATER) as world:
        world.sandbox = "http://127.0.0.1:1"
        with pytest.raises(WorkspaceError, match="schema"):
            pipeline.tick(world)


def test_a_second_machine_may_join_a_rehearsal_and_never_serves_customers_from_it(tmp_path: Path) -> None:
    """Neither its tick nor its worker needs a file of the first machine to know."""
    first = shop_on(tmp_path / "one", server().schema())
    with open_at(first, WEDNESDAY_NOON) as world:
        world.sandbox = "http://127.0.0.1:1"
        keep_worlds_apart(world)
    with open_at(second_machine(first, tmp_path / "two"), LATER) as world:
        with pytest.raises(WorkspaceError, match="another schema"):
            keep_worlds_apart(world)
        world.sandbox = "http://127.0.0.1:1"
        keep_worlds_apart(world)


def test_a_rehearsal_of_an_earlier_version_stays_one(shop: Path) -> None:
    """It was marked by a file in its state folder."""
    with open_at(shop, LATER) as world:
        world.store.set_fact(PURPOSE, "")
        (world.state_dir / SANDBOX_LEDGER).touch()
        with pytest.raises(WorkspaceError, match="belongs to a rehearsal"):
            keep_worlds_apart(world)
