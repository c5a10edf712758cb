"""What people ask the ledger, and what they may do to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ledger_shop import NOON, delivery, fill, intend, ledger, report, slot

from calendarkit.edges.ledger.store import Audit, Mark, Row, Run, Store
from calendarkit.extend import Outcome, Receipt
from calendarkit.model.state import State


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty ledger."""
    with ledger(tmp_path) as opened:
        yield opened


def settled(store: Store, outcome: Outcome, number: int = 1) -> Row:
    """Return a row that ended with ``outcome``."""
    fill(store, delivery(number))
    (row,) = store.rows(target=f"hz-{number:03}.vip")
    store.record([report(each, outcome) for each in intend(store, row)], NOON)
    found = store.row(row.key)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"prefix": "noon-deals/2026-11-25/noon/hz-00"}, ["hz-001.vip", "hz-002.vip"]),
        ({"prefix": "noon-deals/2026-11-25/noon/hz-001"}, ["hz-001.vip"]),
        ({"column": "flash"}, ["hz-003.vip"]),
        ({"day": "2026-11-26"}, []),
        ({"target": "hz-002.vip"}, ["hz-002.vip"]),
        ({"states": [State.READY], "limit": 1}, ["hz-001.vip"]),
        ({"states": [State.DELIVERED]}, []),
        ({"channel": "robot", "since": NOON + 1}, ["hz-003.vip"]),
        ({"updated_since": NOON + 999}, []),
        ({"prefix": "noon-deals/2026-11-25/noon/hz_00%"}, []),
    ],
    ids=["prefix", "one", "column", "day", "target", "state", "no-state", "since", "updated", "no-wildcards"],
)
def test_rows_fit_all_that_is_asked(store: Store, asked: dict[str, Any], expected: list[str]) -> None:
    """Filters join with and; rows come by instant, then key."""
    fill(store, delivery(1), delivery(2), delivery(3, slot("flash", at=NOON + 60)), now=NOON + 60)
    assert [row.delivery.target for row in store.rows(**asked)] == expected


def test_an_unknown_key_is_nothing(store: Store) -> None:
    """Neither a row nor an attempt, and no verb moves it."""
    assert store.row("nobody/2026-11-25/noon/x/robot") is None
    assert store.attempts("nobody") == ()
    assert not store.resolve("nobody", sent=True, by="老王", now=NOON)
    assert not store.retry("nobody", "老王", NOON)
    assert store.audit() == ()


@pytest.mark.parametrize(("sent", "state"), [(True, State.DELIVERED), (False, State.FAILED)])
def test_a_person_resolves_the_unknown(store: Store, sent: bool, state: State) -> None:
    """N2: who looked into the group says it, once, and the ledger keeps who it was."""
    row = settled(store, Outcome.UNKNOWN)
    assert store.resolve(row.key, sent=sent, by="老王", now=NOON + 9)
    assert not store.resolve(row.key, sent=not sent, by="小李", now=NOON + 10)
    assert store.counts() == {state: 1}
    verb = "resolve --sent" if sent else "resolve --not-sent"
    assert store.audit(row.key) == (Audit(at=NOON + 9, who="老王", verb=verb, key=row.key),)


def test_retry_takes_only_what_failed(store: Store) -> None:
    """N4: of the unknown and the failed, the failed goes again, with fresh retries, and its target may be called."""
    failed, unknown = settled(store, Outcome.BAD_TARGET), settled(store, Outcome.UNKNOWN, 2)
    assert store.retry(failed.key, "老王", NOON)
    assert not store.retry(unknown.key, "老王", NOON)
    assert store.due("robot", NOON, 10) == (failed.id,)
    assert [(row.state, row.retries, row.first_sent) for row in store.rows(target="hz-001.vip")] == [
        (State.READY, 0, None)
    ]


def test_retry_wakes_what_waits_for_its_channel(store: Store) -> None:
    """Who has mended the key does not wait for the rest to end; without a rest there is nothing to do."""
    fill(store, delivery(1), delivery(2))
    row = store.rows()[0]
    assert not store.retry(row.key, "老王", NOON)
    store.stop("robot", Receipt(key=row.key, outcome=Outcome.BAD_CONFIG), 600, NOON)
    assert store.due("robot", NOON, 10) == ()
    assert store.retry(row.key, "老王", NOON)
    assert len(store.due("robot", NOON, 10)) == 2


def test_retry_is_refused_past_the_deadline(store: Store) -> None:
    """L2: a noon deal that failed is not sent in the evening, whoever asks."""
    assert not store.retry(settled(store, Outcome.BAD_CONTENT).key, "老王", NOON + 1800)


def test_cancel_takes_what_has_not_left(store: Store) -> None:
    """What is sending or sent cannot be cancelled any more."""
    sent = settled(store, Outcome.DELIVERED)
    fill(store, delivery(2))
    assert store.cancel([row.key for row in store.rows()], "店长", NOON) == 1
    assert store.counts() == {State.DELIVERED: 1, State.CANCELLED: 1}
    assert [each.verb for each in store.audit()] == ["cancel"]
    assert sent.state is State.DELIVERED


def test_runs_are_remembered(store: Store) -> None:
    """``status`` shows the last run that ended; a killed one does not hide it."""
    assert store.last_run() is None
    first = store.start_run(NOON)
    assert store.last_run() == Run(id=first, started=NOON)
    store.finish_run(first, took=41.25, figures={"due": 5, "sent": 4, "unknown": 1}, error="")
    store.start_run(NOON + 60)
    assert store.last_run() == Run(id=first, started=NOON, took=41.25, due=5, sent=4, unknown=1)


def test_figures_tell_what_is_overdue(store: Store) -> None:
    """M2: due since a while and still not sent is a number, not silence."""
    fill(store, delivery(1), delivery(2, not_before=NOON + 600), now=NOON)
    settled(store, Outcome.DELIVERED, 3)
    found = store.figures(NOON + 60)
    assert found.states == {State.READY: 1, State.PLANNED: 1, State.DELIVERED: 1}
    assert (found.overdue, found.attend, found.run) == (1, NOON, None)
    assert found.mark == Mark(instant=NOON, created=NOON)
    assert store.counts("2026-11-25") == found.states
    assert store.counts("2026-11-24") == {}


def test_the_export_is_flat(store: Store) -> None:
    """One mapping a row, without anything a spreadsheet cannot hold."""
    row = settled(store, Outcome.DELIVERED)
    (found,) = store.export(column="noon-deals")
    assert found["key"] == row.key
    assert (found["state"], found["attempts"], found["store"]) == ("delivered", 1, "hz-001")
    assert all(isinstance(value, str | int) for value in found.values())
