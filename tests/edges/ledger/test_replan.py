"""Promising anew: what an edit moves and what a person sends after all, without ever touching what may have left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from ledger_shop import NOON, claim, delivery, fill, intend, ledger, report, slot

from calendarkit.edges.ledger.store import Store
from calendarkit.extend import Outcome, Text
from calendarkit.model.delivery import Plan, Withheld
from calendarkit.model.state import State

LATER = slot(at=NOON + 1800)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty ledger."""
    with ledger(tmp_path) as opened:
        yield opened


def again(store: Store, number: int = 1, now: int = NOON) -> int:
    """Promise one delivery anew, half an hour later."""
    row = store.row(delivery(number).key)
    return store.replan([(delivery(number, LATER), row)], by="老王", verb="publish --slot", now=now)


def test_a_row_that_is_not_there_is_added(store: Store) -> None:
    """It is planned, and the audit names who wanted it."""
    assert again(store) == 1
    (row,) = store.rows()
    assert (row.state, row.at, row.attend) == (State.PLANNED, NOON + 1800, NOON + 1800)
    assert [(each.who, each.verb) for each in store.audit(row.key)] == [("老王", "publish --slot")]


def test_a_frozen_row_moves_and_is_written_anew(store: Store) -> None:
    """M5: the new time counts, and its words are made again when it is due."""
    fill(store, delivery())
    assert again(store) == 1
    (row,) = store.rows()
    assert (row.state, row.revision, row.not_before, row.deadline) == (State.PLANNED, "", NOON + 1800, LATER.deadline)
    assert store.to_render(NOON, 10) == ()


def test_what_was_withheld_may_go_after_all(store: Store) -> None:
    """Guard and reason are gone, and it can be rendered."""
    held = Withheld(delivery=delivery(), guard="replaces", reason=Text("已发过", "sent already"))
    store.admit(Plan(withheld=(held,)), missed={}, mark=NOON, now=NOON)
    assert again(store) == 1
    (row,) = store.to_render(NOON + 1800, 10)
    assert (row.guard, row.reason) == ("", None)


def test_a_row_that_moved_meanwhile_stays_as_it_is(store: Store) -> None:
    """N8: cron claimed it between the reading and the writing."""
    fill(store, delivery())
    (seen,) = store.rows()
    claim(store, seen)
    store.put_back(store.rows(), NOON)
    assert store.replan([(delivery(1, LATER), seen)], by="老王", verb="move", now=NOON) == 0
    assert store.rows()[0].at == NOON
    assert store.audit() == ()


@pytest.mark.parametrize("outcome", [Outcome.DELIVERED, Outcome.UNKNOWN, Outcome.WAITING], ids=str)
def test_what_may_have_left_is_never_promised_again(store: Store, outcome: Outcome) -> None:
    """N2: neither what was sent nor what nobody can know about."""
    fill(store, delivery())
    (attempt,) = intend(store, *store.rows())
    store.record([report(attempt, outcome)], NOON)
    before = store.rows()
    assert again(store) == 0
    assert store.rows() == before


def test_what_is_sent_again_after_an_unknown_answer_keeps_its_words(store: Store) -> None:
    """N9: a resend must carry the very bytes of the first try."""
    fill(store, delivery(on_unknown="resend"))
    (attempt,) = intend(store, *store.rows())
    store.record([report(attempt, Outcome.UNKNOWN)], NOON)
    assert store.rows()[0].state is State.READY
    assert again(store) == 0


def test_a_sender_that_holds_the_row_wins(store: Store) -> None:
    """What is leased or being sent is not moved under its sender."""
    fill(store, delivery())
    (row,) = claim(store, *store.rows())
    change = (replace(row.delivery, slot=LATER), row)
    assert store.replan([change], by="老王", verb="move", now=NOON) == 0
