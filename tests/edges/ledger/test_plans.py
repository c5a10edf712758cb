"""How SQLite finds what is open among a million rows that are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from ledger_shop import NOON, ledger

from calendarkit.edges.ledger.queries import queries

PARAMETERS = {"now": NOON, "limit": 10, "channel": "robot", "ids": "[1]", "until": NOON + 60, "target": "x"}


@pytest.fixture(autouse=True)
def database_kind() -> str:
    """SQLite's plans do not depend on how many rows there are."""
    return "sqlite"


@pytest.mark.parametrize(
    ("file", "name", "index"),
    [
        ("sending", "attend", "INDEX open_attend"),
        ("sending", "attend_despite_holds", "INDEX open_attend"),
        ("sending", "channels_due", "INDEX open_ready"),
        ("sending", "due", "INDEX open_ready"),
        ("sending", "due", "INDEX open_lanes"),
        ("sending", "claim", "INTEGER PRIMARY KEY"),
        ("sending", "claim", "INDEX open_lanes"),
        ("sending", "over_lease", "INDEX open_attend"),
        ("sending", "expire", "INDEX open_lanes"),
        ("sending", "follow_ups", "INDEX open_attend"),
        ("sending", "next_ready", "INDEX open_ready"),
        ("planning", "to_render", "INDEX open_attend"),
        ("planning", "history", "INDEX deliveries_at"),
    ],
)
def test_open_rows_are_found_by_a_partial_index(tmp_path: Path, file: str, name: str, index: str) -> None:
    """Rows that are final cost nothing: no statement of a tick reads the whole table."""
    query = queries(file)[name]
    given = {**PARAMETERS, "since": NOON, "targets": None}
    with ledger(tmp_path) as store:
        plan = store._db.read(lambda db: db.execute(f"EXPLAIN QUERY PLAN {query}", given).fetchall())  # type: ignore[attr-defined]
    steps = [step for *_, step in plan]
    assert any(index in step for step in steps), steps
    assert not [step for step in steps if step.startswith("SCAN deliveries") and "INDEX" not in step]
