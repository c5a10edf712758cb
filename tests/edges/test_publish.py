"""The delivery loop against fake channels, on a real ledger."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ledger_shop import NOON, FakeBook, delivery, fill, intend, ledger, slot

from calendarkit.edges.courier import paces
from calendarkit.edges.ledger.store import LEASE, Row, Store
from calendarkit.edges.publish import Deliveries, deliver
from calendarkit.errors import LedgerError, PluginError, SecretMissing
from calendarkit.extend import (
    Allow,
    Envelope,
    KindLimit,
    Limits,
    Notice,
    Outcome,
    Rate,
    Receipt,
    Secret,
    Target,
    Text,
    Traits,
)
from calendarkit.model.delivery import Withheld
from calendarkit.model.guarding import Postpone
from calendarkit.model.state import State
from calendarkit.testing.fakes import FakeClock

WHY = Text("免打扰", "quiet hours")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty ledger."""
    with ledger(tmp_path) as opened:
        yield opened


def run(store: Store, book: FakeBook, clock: FakeClock | None = None, **more: Any) -> Deliveries:
    """Deliver for fifty seconds of fake time, with few threads."""
    clock = clock or FakeClock(NOON)
    given = {"until": int(clock.now()) + 50, "senders": 4, **more}
    return deliver(store, book, clock=clock, **given)


def test_everything_due_goes_once(store: Store) -> None:
    """Posters before their texts, every group, and a second run sends nothing."""
    rows = fill(store, *(delivery(n, sequence=s, part=p) for n in range(20) for s, p in enumerate(("poster", "text"))))
    book = FakeBook()
    assert run(store, book).counts == {State.DELIVERED: 40}
    assert run(store, book).counts == {}
    assert book.sent == dict.fromkeys((row.key for row in rows), 1)
    order = [each.key for _, (each,) in book.calls if "hz-007" in each.key]
    assert order == sorted(order, key=lambda key: not key.endswith("poster"))


def test_nothing_to_do_is_silent(store: Store) -> None:
    """An empty ledger: no calls, no counts, no waiting."""
    clock, book = FakeClock(NOON), FakeBook()
    assert run(store, book, clock) == Deliveries(counts={})
    assert clock.slept == []


def test_only_the_failed_go_again(store: Store) -> None:
    """N4: 3 of 20 groups fail for the moment; the retry touches those 3 only."""
    fill(store, *(delivery(n) for n in range(20)))
    shaky = {"hz-003.vip", "hz-007.vip", "hz-011.vip"}

    def answer(envelope: Envelope) -> Receipt:
        again = envelope.target.id in shaky and envelope.attempt == 1
        return Receipt(key=envelope.key, outcome=Outcome.RETRY_SHORT if again else Outcome.DELIVERED)

    book = FakeBook(answers={"robot": answer})
    assert run(store, book).counts == {State.DELIVERED: 20}
    assert {key.split("/")[3] for key, times in book.sent.items() if times == 2} == shaky


def test_the_same_words_at_the_same_moment_go_everywhere_once(store: Store) -> None:
    """N7: one text, one instant, three channels and two groups: six sends, none collapsed, none doubled."""
    channels = ("robot", "folder", "mall")
    fill(store, *(delivery(n, channel=channel) for n in (1, 2) for channel in channels))
    book = FakeBook()
    assert run(store, book).counts == {State.DELIVERED: 6}
    assert set(book.sent.values()) == {1}
    assert {key.split("/")[4] for key in book.sent} == set(channels)


def test_a_yes_without_an_id_is_told_apart(store: Store) -> None:
    """M4: it counts as delivered by the platform's word alone, and the ledger says that there is no receipt."""
    fill(store, delivery(1), delivery(2))

    def answer(envelope: Envelope) -> Receipt:
        known = {"handle": "m-1", "proof": "receipt"} if envelope.target.id == "hz-001.vip" else {"proof": "answer"}
        return Receipt(key=envelope.key, outcome=Outcome.DELIVERED, **known)

    run(store, FakeBook(answers={"robot": answer}))
    assert [(row.proof, row.handle) for row in store.rows()] == [("receipt", "m-1"), ("answer", "")]


@pytest.mark.parametrize("outcome", [Outcome.BAD_CONTENT, Outcome.MEDIA_EXPIRED, Outcome.BAD_TARGET])
def test_a_dead_letter_is_sent_once(store: Store, outcome: Outcome) -> None:
    """What cannot get better is not tried twice."""
    fill(store, delivery())
    book = FakeBook(answers={"robot": outcome})
    assert run(store, book).counts == {State.FAILED: 1}
    assert book.sent.total() == 1


def test_a_short_retry_ends(store: Store) -> None:
    """What the platform refuses goes out six times in all, then it is a dead letter."""
    fill(store, delivery())
    busy = {"robot": lambda each: Receipt(key=each.key, outcome=Outcome.RETRY_SHORT, code="-1")}
    clock, book = FakeClock(NOON), FakeBook(answers=busy)
    assert run(store, book, clock, until=NOON + 1799).counts == {State.FAILED: 1}
    assert book.sent.total() == 6


def test_the_unknown_is_parked(store: Store) -> None:
    """N3: a timeout on a channel that cannot deduplicate waits for a person, over any number of runs."""
    fill(store, delivery())
    book = FakeBook(answers={"robot": Outcome.UNKNOWN})
    assert [run(store, book).counts, run(store, book, FakeClock(NOON + 600)).counts] == [{State.UNKNOWN: 1}, {}]
    assert book.sent.total() == 1


def test_a_morning_tip_may_be_resent(store: Store) -> None:
    """A column that says ``resend`` prefers twice to never."""
    fill(store, delivery(on_unknown="resend"))

    def answer(envelope: Envelope) -> Receipt:
        return Receipt(key=envelope.key, outcome=Outcome.UNKNOWN if envelope.attempt == 1 else Outcome.DELIVERED)

    book = FakeBook(answers={"robot": answer})
    assert run(store, book).counts == {State.DELIVERED: 1}
    assert book.sent.total() == 2


def test_what_can_be_looked_up_is_asked_about(store: Store) -> None:
    """After settling it asks, adopts what is there, sends what is not, and never repeats blindly."""
    fill(store, delivery(1), delivery(2))
    book = FakeBook(traits=Traits(dedupe="lookup", settling=60), answers={"robot": Outcome.UNKNOWN})
    assert run(store, book).counts == {State.UNKNOWN: 2}

    def found(envelope: Envelope) -> Receipt:
        there = "hz-001" in envelope.key or envelope.attempt == 2
        return Receipt(key=envelope.key, outcome=Outcome.DELIVERED if there else Outcome.RETRY_SHORT)

    book.answers = {"robot": found}
    assert run(store, book, FakeClock(NOON + 61)).counts == {State.DELIVERED: 2}
    assert [verb for verb, _ in book.calls] == ["send", "send", "lookup", "lookup", "send"]


def test_an_accepted_task_is_polled_and_never_sent_again(store: Store) -> None:
    """Waiting for an employee: asked about until the platform says delivered."""
    fill(store, delivery())
    waiting = Receipt(key=delivery().key, outcome=Outcome.WAITING, handle="msg-1")
    book = FakeBook(answers={"robot": lambda _: waiting})
    assert run(store, book).counts == {State.ACCEPTED: 1}
    book.answers = {}
    assert run(store, book, FakeClock(NOON + 3000)).counts == {State.DELIVERED: 1}
    assert [(verb, each[0].handle) for verb, each in book.calls] == [("send", ""), ("poll", "msg-1")]


def test_a_wrong_configuration_is_called_once(store: Store) -> None:
    """F30, C3: of 50 deliveries one is tried; the others stay ready, and the other channel goes on."""
    fill(store, *(delivery(n) for n in range(50)), *(delivery(n, channel="folder") for n in range(5)))
    book = FakeBook(answers={"robot": Outcome.BAD_CONFIG})
    found = run(store, book)
    assert (found.count(State.DELIVERED), found.count(State.READY)) == (5, 1)
    assert [(hold.channel, hold.outcome) for hold in found.holds] == [("robot", "bad_config")]
    assert run(store, book, FakeClock(NOON + 60)).counts == {}
    assert sum("/robot" in key for key in book.sent.elements()) == 1


def test_a_channel_that_cannot_be_connected_does_not_stop_the_others(store: Store) -> None:
    """F22: a missing plugin is told once; nothing of its channel is lost."""
    fill(store, delivery(1), delivery(2), delivery(3, channel="folder"))
    book = FakeBook(broken={"robot": PluginError("calendarkit-robot is not installed")})
    found = run(store, book)
    assert found.count(State.DELIVERED) == 1
    assert [(hold.code, hold.detail) for hold in found.holds] == [
        ("not-available", "calendarkit-robot is not installed")
    ]
    assert [row.state for row in store.rows(channel="robot")] == [State.READY, State.READY]


def test_a_missing_secret_holds_its_group_only(store: Store) -> None:
    """The others go; the one goes when its secret is there in time."""
    fill(store, delivery(1), delivery(2))
    book = FakeBook(unaddressed={"hz-001.vip": SecretMissing("no source knows robot/hz-001")})
    found = run(store, book)
    assert (found.count(State.DELIVERED), [hold.target for hold in found.holds]) == (1, ["hz-001.vip"])
    book.unaddressed = {}
    assert run(store, book, FakeClock(NOON + 301)).counts == {State.DELIVERED: 1}
    assert store.holds() == ()


def test_guards_have_the_last_word(store: Store) -> None:
    """Withheld, postponed or allowed, right before the intent."""
    fill(store, delivery(1), delivery(2), delivery(3))

    def recheck(row: Row) -> Allow | Postpone | Withheld:
        held = Withheld(delivery=row.delivery, guard="quiet", reason=WHY)
        return {"hz-001.vip": held, "hz-002.vip": Postpone(NOON + 900, WHY)}.get(row.delivery.target, Allow())

    book = FakeBook()
    assert run(store, book, recheck=recheck).counts == {State.WITHHELD: 1, State.DELIVERED: 1}
    assert list(book.sent) == [delivery(3).key]
    assert [row.attend for row in store.rows(target="hz-002.vip")] == [NOON + 900]


def test_a_rate_spreads_sends_over_time(store: Store) -> None:
    """Ten texts to one robot at 20 a minute: two at once, the rest every three and a third seconds, none lost."""
    fill(store, *(delivery(1, slot(f"column-{n}")) for n in range(10)))
    rate = Rate(name="robot", count=18, per=60.0, limit=20)
    book = FakeBook(limits=Limits(kinds={"text": KindLimit()}, rates=(rate,)))
    clock = FakeClock(NOON)
    assert run(store, book, clock).counts == {State.DELIVERED: 10}
    assert 8 * 60 / 18 <= clock.now() - NOON <= 30


def test_what_does_not_fit_the_time_stays_for_the_next_run(store: Store) -> None:
    """A tick ends; the next one goes on where it stopped."""
    fill(store, *(delivery(1, slot(f"column-{n}")) for n in range(10)))
    rate = Rate(name="robot", count=18, per=60.0, limit=20)
    book, clock = FakeBook(limits=Limits(kinds={}, rates=(rate,))), FakeClock(NOON)
    assert run(store, book, clock, until=NOON + 5).counts == {State.DELIVERED: 3}
    assert run(store, book, clock).counts == {State.DELIVERED: 7}


def test_a_stopped_run_gives_back_what_it_holds(store: Store) -> None:
    """F37: after SIGTERM nothing more leaves, what is in flight is recorded, no lease remains."""
    fill(store, *(delivery(n) for n in range(60)))

    def answer(envelope: Envelope) -> Receipt:
        if len(book.calls) == 10:
            os.kill(os.getpid(), signal.SIGTERM)
        return Receipt(key=envelope.key, outcome=Outcome.DELIVERED)

    book = FakeBook(answers={"robot": answer})
    found = run(store, book)
    assert found.count(State.DELIVERED) == book.sent.total() < 60
    assert store.counts() == {State.DELIVERED: book.sent.total(), State.READY: 60 - book.sent.total()}


def test_a_sender_that_never_came_back_is_settled(store: Store) -> None:
    """M3: what an earlier run left sending is unknown, told once, and not sent."""
    rows = fill(store, delivery())
    intend(store, *rows)
    book, told = FakeBook(), list[Notice]()
    found = run(store, book, FakeClock(NOON + LEASE), on_result=told.append)
    assert found.counts == {State.UNKNOWN: 1}
    assert [(each.key, each.state) for each in told] == [(rows[0].key, "unknown")]
    assert book.calls == []


def test_an_upsert_channel_repairs_itself(store: Store) -> None:
    """On a channel where a repeat is harmless, the next run sends what the last one left in doubt."""
    intend(store, *fill(store, delivery()))
    book = FakeBook(traits=Traits(dedupe="upsert"))
    assert run(store, book, FakeClock(NOON + LEASE)).counts == {State.DELIVERED: 1}
    assert [each[0].attempt for _, each in book.calls] == [2]


def test_batches_fill_one_call(store: Store) -> None:
    """A channel that takes many at once gets many at once."""
    fill(store, *(delivery(n) for n in range(25)))
    book = FakeBook(traits=Traits(dedupe="none", batch=10))
    assert run(store, book).counts == {State.DELIVERED: 25}
    assert sorted(len(envelopes) for _, envelopes in book.calls) == [1, 4, 10, 10]


def test_a_missing_receipt_is_unknown(store: Store) -> None:
    """S6: silence is never success."""
    fill(store, delivery())

    class Silent(FakeBook):
        def call(self, channel: str, envelopes: Any, verb: str = "send") -> tuple[Receipt, ...]:
            return ()

    assert run(store, Silent()).counts == {State.UNKNOWN: 1}


def test_several_runs_at_once_share_the_work(store: Store) -> None:
    """F1: overlapping ticks are normal; nothing is sent twice, and whoever finds nothing is silent."""
    fill(store, *(delivery(n) for n in range(200)))
    book, clock = FakeBook(), FakeClock(NOON)
    found: list[Deliveries] = []
    threads = [threading.Thread(target=lambda: found.append(run(store, book, clock))) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sum(each.count(State.DELIVERED) for each in found) == 200
    assert set(book.sent.values()) == {1}


def test_a_failing_ledger_stops_the_run(store: Store) -> None:
    """A sender that cannot read its message ends the run with the ledger's error, and nothing is sent."""
    rows = fill(store, delivery())
    store._db.write(lambda db: db.execute("DELETE FROM messages"))  # type: ignore[attr-defined]
    book = FakeBook()
    with pytest.raises(LedgerError, match="is not there"):
        run(store, book)
    assert book.calls == []
    assert store.attempts(rows[0].key) == ()


def test_scopes_name_secrets_and_never_hold_them() -> None:
    """The ledger learns which robot it is, not its key."""
    rate = Rate(name="robot", by=("key",), count=18, per=60.0, limit=20)
    publisher = FakeBook(limits=Limits(kinds={}, rates=(rate,))).publisher("wecom")
    target = Target(id="g", title="", store="", store_title="", address={"key": Secret("robot/hz-001", "canary")})
    (pace,) = paces(publisher, target)
    assert (pace.scope, pace.interval_ms, pace.burst) == ("wecom/robot/robot/hz-001", 3334, 2)
