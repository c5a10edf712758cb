"""Every fault strikes over a SQLite file and over a real PostgreSQL server."""

from __future__ import annotations

from pathlib import Path

import pytest
from ledger_shop import ADDRESS
from postgres_server import server


@pytest.fixture(params=["sqlite", "postgres"], autouse=True)
def database_kind(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Let every process that opens ``ledger(tmp_path)`` open this kind of database."""
    if request.param == "postgres":
        (tmp_path / ADDRESS).write_text(server().schema())
    return str(request.param)
