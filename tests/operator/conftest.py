"""One sandbox for all operators' tests, and a shop of its own for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from operator_shop import Shop

from calendarkit_sandbox.server import Sandbox, running


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """Run the sandbox; only robots that a shop gave it may speak."""
    with running(tmp_path_factory.mktemp("sandbox")) as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Shop:
    """Return the shop that the others are copied from: cron ran there a minute before the deal was due."""
    return Shop(tmp_path_factory.mktemp("model") / "shop", sandbox).open()


@pytest.fixture
def shop(tmp_path: Path, model: Shop) -> Iterator[Shop]:
    """Return a shop a minute before its deal is due in two staff groups and two customers' groups."""
    shop = model.copy(tmp_path / "shop")
    yield shop
    shop.spoil()
