"""Admitting and freezing: planned once, frozen once, forgotten never."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_shop import HELLO, NOON, delivery, fill, intend, ledger, report, slot

from calendarkit.edges.ledger.store import Admitted, Mark, Store
from calendarkit.extend import Message, Outcome, Sent, Text
from calendarkit.model.delivery import Plan, Withheld
from calendarkit.model.message import Broken
from calendarkit.model.state import State
from calendarkit.testing.invariants import broken_promises

REASON = Text("当天已有 3 条", "three already that day")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty ledger."""
    with ledger(tmp_path) as opened:
        yield opened


def test_a_new_ledger_has_no_mark(store: Store) -> None:
    """N5: without a mark nobody can say what went out before, so nothing is assumed."""
    assert store.mark() is None
    assert store.attend() is None


def test_planning_twice_adds_nothing(store: Store) -> None:
    """The same plan a second time, even renamed and moved, changes no row."""
    plan = Plan(deliveries=(delivery(1), delivery(2)), withheld=(_withheld(3),))
    assert store.admit(plan, missed={}, mark=NOON, now=NOON) == Admitted(new=2, withheld=1)
    before = store.rows()
    moved = Plan(deliveries=(delivery(1, slot(at=NOON + 1800)), delivery(2)), withheld=(_withheld(3),))
    assert store.admit(moved, missed={}, mark=NOON + 60, now=NOON + 60) == Admitted()
    assert store.rows() == before


def test_the_mark_never_moves_back(store: Store) -> None:
    """N12: a clock that stepped back does not open the past again."""
    store.admit(Plan(), missed={}, mark=NOON, now=NOON)
    store.admit(Plan(), missed={}, mark=NOON - 3600, now=NOON - 3600)
    assert store.mark() == Mark(instant=NOON, created=NOON)


def test_every_candidate_becomes_a_row(store: Store) -> None:
    """Delivered, withheld with its reason, or missed with its reason: none is forgotten."""
    late = slot("morning-tips", at=NOON - 90_000)
    plan = Plan(deliveries=(delivery(1), delivery(2, late)), withheld=(_withheld(3),))
    store.admit(plan, missed={late.key: "三天没有运行"}, mark=NOON, now=NOON)
    found = {row.delivery.target: (row.state, row.reason) for row in store.rows()}
    assert found == {
        "hz-001.vip": (State.PLANNED, None),
        "hz-002.vip": (State.EXPIRED, Text("三天没有运行", "三天没有运行")),
        "hz-003.vip": (State.WITHHELD, REASON),
    }


def test_a_row_remembers_the_delivery_exactly(store: Store) -> None:
    """What comes out of the ledger equals what was planned."""
    promised = delivery(
        1, part="poster", sequence=1, item="apple", offer="a5", on_unknown="resend", not_before=NOON + 9
    )
    store.admit(Plan(deliveries=(promised,)), missed={}, mark=NOON, now=NOON)
    assert [row.delivery for row in store.rows()] == [promised]


def test_only_what_is_due_is_rendered(store: Store) -> None:
    """What is postponed waits, what is over is not rendered any more."""
    plan = Plan(deliveries=(delivery(1), delivery(2, not_before=NOON + 600), delivery(3, slot("old", at=NOON - 9999))))
    store.admit(plan, missed={}, mark=NOON, now=NOON)
    assert [row.delivery.target for row in store.to_render(NOON, 10)] == ["hz-001.vip"]


def test_equal_messages_are_stored_once(store: Store) -> None:
    """The words of 5,000 stores are kept once, and a frozen message thaws to itself."""
    first, second, third = fill(store, delivery(1), delivery(2), delivery(3))
    assert first.revision == second.revision == third.revision == HELLO.revision
    assert store.message(first.revision) == HELLO


def test_a_broken_message_fails_its_row_alone(store: Store) -> None:
    """G7: one store without its photo does not stop the others."""
    store.admit(Plan(deliveries=(delivery(1), delivery(2))), missed={}, mark=NOON, now=NOON)
    one, two = store.to_render(NOON)
    why = Broken(key=one.key, code="CK601", detail="no photo", reason=Text("没有照片", "no photo"))
    assert store.freeze([(one.id, why), (two.id, HELLO)], NOON) == 2
    assert [(row.state, row.code) for row in store.rows()] == [(State.FAILED, "CK601"), (State.READY, "")]


def test_freezing_twice_keeps_the_first_words(store: Store) -> None:
    """E1: what was frozen goes out; a second renderer comes too late."""
    (row,) = fill(store, delivery(1))
    assert store.freeze([(row.id, Message(kind="text", text="other"))], NOON) == 0
    assert store.rows()[0].revision == HELLO.revision


def test_history_counts_the_parts_of_a_slot_once(store: Store) -> None:
    """A poster with its text is one message to a group; what failed is none."""
    rows = fill(store, delivery(1, offer="apple"), delivery(1, part="poster", sequence=1, offer="apple"), delivery(2))
    store.record([report(each, Outcome.BAD_CONTENT) for each in intend(store, rows[-1])], NOON)
    sent = Sent(slot="noon-deals/2026-11-25/noon", column="noon-deals", at=NOON, offer="apple")
    assert store.history().sends == {"hz-001.vip": (sent,)}
    assert store.history(["hz-009.vip"]).sends == {}
    assert store.history(since=NOON + 1).sends == {}


def _withheld(number: int) -> Withheld:
    return Withheld(delivery=delivery(number), guard="caps", reason=REASON)


def test_a_restored_ledger_doubts_what_it_cannot_know(store: Store) -> None:
    """F48: planned, leased or being sent in the backup, or due since: unknown; what can be asked about is asked."""
    rows = fill(store, delivery(1), delivery(2), delivery(3, channel="tasks"))
    intend(store, rows[0])
    since = Plan(deliveries=(delivery(4), delivery(5, channel="tasks")))
    assert store.doubt(since, mark=NOON + 60, asked={"tasks"}, by="老王", now=NOON + 60) == 5
    assert {row.state for row in store.rows()} == {State.UNKNOWN}
    assert [row.delivery.channel for row in store.follow_ups(NOON + 60, 10)] == ["tasks", "tasks"]
    assert store.resolve(rows[0].key, sent=True, by="老王", now=NOON + 60)
    assert broken_promises(store, now=NOON + 60) == ()
    mark = store.mark()
    assert mark is not None
    assert mark.instant == NOON + 60


def test_old_receipts_push_nothing_out(store: Store) -> None:
    """N10: a thousand later rows do not make the ledger forget what was sent; its key admits nothing again."""
    (attempt,) = intend(store, *fill(store, delivery(1)))
    store.record([report(attempt, Outcome.DELIVERED)], NOON)
    many = [delivery(n, slot(f"column-{n % 20}", at=NOON + 60)) for n in range(1000)]
    store.admit(Plan(deliveries=tuple(many)), missed={}, mark=NOON + 60, now=NOON + 60)
    again = store.admit(Plan(deliveries=(delivery(1),)), missed={}, mark=NOON + 61, now=NOON + 61)
    assert again == Admitted()
    found = store.row(attempt.row.key)
    assert found is not None
    assert found.state is State.DELIVERED
