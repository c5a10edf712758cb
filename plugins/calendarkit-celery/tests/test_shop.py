"""A shop whose noon goes out through Celery, and through ``publish`` alone where Celery is of no help."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

import pytest
import redis_server
from cli_shop import WEDNESDAY_NOON, make_shop, open_at, program, say
from postgres_server import server

from calendarkit import pipeline
from calendarkit.edges.world import open_world
from calendarkit.model.state import State

NOWHERE = "http://127.0.0.1:9"
"""A sandbox that nobody runs: the starter's channel writes files."""


def shop_on(folder: Path, broker: str, ledger: str = "") -> Path:
    """Write the starter shop with the engine ``celery``."""
    shop = make_shop(folder)
    with (shop / "calendarkit.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[engine]\nname = "celery"\nledger = "{ledger}"\n')
        file.write(f'\n[plugins.celery]\nbroker = "{broker}"\nqueue = "{redis_server.queue()}"\n')
    return shop


def nobody() -> str:
    """Return the address of a broker that is away."""
    return f"redis://127.0.0.1:{redis_server.free_port()}/0"


def test_a_worker_sends_what_publish_hints_at(tmp_path: Path) -> None:
    """Planned and rendered by the one process, sent by the other, all of it, over a real server of each kind."""
    shop = shop_on(tmp_path / "shop", redis_server.server().url, server().schema())
    assert publish(shop, "2026-11-25T11:59:00").code == 0
    command = [sys.executable, "-m", "calendarkit", "-C", str(shop), "--lang", "en", "worker", "--sandbox", NOWHERE]
    with subprocess.Popen([*command, "--now", "2026-11-25T12:00:00"], stdout=subprocess.PIPE, text=True) as child:
        published = publish(shop, "2026-11-25T12:00:00")
        child.send_signal(signal.SIGTERM)
        said, _ = child.communicate(timeout=30)
    with open_world(shop) as world:
        counts = world.store.counts()
    assert (published.code, child.returncode) == (0, 0)
    assert set(counts) == {State.DELIVERED}
    assert f"{counts[State.DELIVERED]} delivered" in said


def publish(shop: Path, now: str):
    """Run one tick as cron does."""
    return program("-C", shop, "--lang", "en", "publish", "--sandbox", NOWHERE, "--now", now)


@pytest.mark.parametrize(
    ("broker", "told"),
    [(nobody, ["out of reach"]), (lambda: redis_server.server().url, [])],
    ids=["no broker", "no worker"],
)
def test_publish_sends_by_itself_what_nobody_takes(tmp_path: Path, broker, told: list[str]) -> None:
    """F43: the noon deal goes out in the minute it is due, whatever is broken between the machines."""
    shop = shop_on(tmp_path / "shop", broker())
    for now in (WEDNESDAY_NOON - 60, WEDNESDAY_NOON):
        with open_at(shop, now) as world:
            tick = pipeline.tick(world)
            assert world.clock.now() < now + 50
    assert tick.deliveries.count(State.DELIVERED) > 0
    assert [words for words in told if words in tick.notes[-1].en] == told
    with open_at(shop, WEDNESDAY_NOON + 60) as world:
        assert set(world.store.counts()) == {State.DELIVERED}


def test_a_worker_without_a_broker_says_so_and_ends_when_told(tmp_path: Path) -> None:
    """F37: it tries again every few seconds; SIGTERM ends it all the same."""
    shop = shop_on(tmp_path / "shop", nobody())
    command = [sys.executable, "-m", "calendarkit", "-C", str(shop), "--lang", "en", "worker"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as child:
        line = first_line(child.stderr)
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=30)
    assert "Celery's broker is out of reach (OperationalError); trying again" in line
    assert child.returncode == 0


def first_line(stream: IO[str] | None) -> str:
    """Return the first line, or nothing after a minute."""
    lines: list[str] = []
    reader = threading.Thread(target=lambda: lines.append(stream.readline() if stream else ""), daemon=True)
    reader.start()
    reader.join(60)
    return lines[0] if lines else ""


def test_check_accepts_the_engine_and_refuses_a_password(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The options are checked like every plugin's; a password belongs into a secret."""
    shop = shop_on(tmp_path / "one", "redis://10.0.0.5:6379/0")
    assert "celery" not in say(capsys, "-C", shop, "--lang", "en", "check").out
    other = shop_on(tmp_path / "two", "redis://:hunter2@10.0.0.5:6379/0")
    said = say(capsys, "-C", other, "--lang", "en", "check")
    assert said.code == 1
    assert "CK601" in said.out
    assert "hunter2" not in said.out
