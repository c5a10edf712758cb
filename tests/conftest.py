"""Options of the whole test run."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the long runs be asked for."""
    parser.addoption("--soak", action="store_true", help="run the long soaks too")


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker of the long runs."""
    config.addinivalue_line("markers", "soak: takes minutes; run by dev.py soak")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long runs out unless they were asked for."""
    if config.getoption("--soak"):
        return
    soaks = [item for item in items if item.get_closest_marker("soak")]
    if soaks:
        config.hook.pytest_deselected(items=soaks)
        items[:] = [item for item in items if not item.get_closest_marker("soak")]
