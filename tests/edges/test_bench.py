"""The bench does what hints say, by what the ledger says: each row once, by its own channel, a new one with care."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_shop import NOON, FakeBook, delivery, fill, ledger

from calendarkit.edges.courier import Courier
from calendarkit.edges.engines.bench import Bench
from calendarkit.edges.ledger.store import LEASE, Store
from calendarkit.errors import LedgerError
from calendarkit.extend import Batch, Envelope, Outcome, Receipt
from calendarkit.model.state import State
from calendarkit.testing.fakes import FakeClock, fake_context


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty ledger."""
    with ledger(tmp_path) as opened:
        yield opened


def bench(store: Store, book: FakeBook) -> Bench:
    """Return a bench of four senders at noon."""
    return Bench(Courier(store, book, clock=FakeClock(NOON)), fake_context(Path()), senders=4)


def hint(*ids: int, scope: str = "robot", kind: str = "send") -> Batch:
    """Return a hint of noon."""
    return Batch(kind=kind, scope=scope, ids=ids, deadline=NOON + LEASE)


def test_a_hint_given_twice_sends_once(store: Store) -> None:
    """Four senders share the ids; the second time there is nothing left to claim."""
    rows, book = fill(store, *(delivery(n) for n in range(30))), FakeBook()
    working = bench(store, book)
    for _ in range(2):
        working(hint(*(row.id for row in rows)))
    working.close()
    assert set(book.sent.values()) == {1}
    assert store.counts() == {State.DELIVERED: 30}


def test_a_wrong_configuration_is_met_once(store: Store) -> None:
    """F30: a channel that has not answered yet gets one delivery; told that it is wrong, it rests."""
    rows, book = fill(store, *(delivery(n) for n in range(30))), FakeBook(answers={"robot": Outcome.BAD_CONFIG})
    working = bench(store, book)
    working(hint(*(row.id for row in rows)))
    working.close()
    assert len(book.sent) == 1


def test_the_ledger_names_the_channel(store: Store) -> None:
    """A hint of another shop, or a forged one, cannot send anything by a channel of its choice."""
    (row,), book = fill(store, delivery(channel="robot")), FakeBook()
    working = bench(store, book)
    working(hint(row.id, scope="moments"))
    working.close()
    assert store.counts() == {State.DELIVERED: 1}
    assert book.calls[0][1][0].key == row.key
    assert [each.delivery.channel for each in store.rows()] == ["robot"]


@pytest.mark.parametrize("given", [hint(1, kind="paint"), hint(999), hint()], ids=["paint", "stranger", "empty"])
def test_other_hints_do_nothing(store: Store, given: Batch) -> None:
    """Posters are drawn where they are sent; an id that nobody knows is nobody's."""
    fill(store, delivery())
    book = FakeBook()
    working = bench(store, book)
    working(given)
    working.close()
    assert book.calls == []


def test_a_ledger_that_fails_is_heard_of(store: Store) -> None:
    """The first delivery proves the channel; what breaks in a sender afterwards is raised to whoever gives hints."""
    rows = fill(store, *(delivery(n) for n in range(3)))

    def answer(envelope: Envelope) -> Receipt:
        if envelope.key != rows[0].key:
            raise LedgerError("the disk is gone")
        return Receipt(key=envelope.key, outcome=Outcome.DELIVERED)

    working = bench(store, FakeBook(answers={"robot": answer}))
    working(hint(rows[0].id, rows[1].id))
    working.close()
    with pytest.raises(LedgerError, match="disk is gone"):
        working(hint(rows[2].id))
