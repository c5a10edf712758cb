"""Claims, fences, intents and answers on a real file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_shop import NOON, claim, delivery, fill, intend, ledger, report, slot

from calendarkit.edges.ledger.store import LEASE, Attempt, Denied, Store, Wish
from calendarkit.extend import Outcome, Receipt, Text, Traits
from calendarkit.model.delivery import Withheld
from calendarkit.model.guarding import Postpone
from calendarkit.model.state import State
from calendarkit.stages.pace import Pace
from calendarkit.stages.settle import TARGET_REST, Settlement

PARK = Settlement(state=State.UNKNOWN)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty ledger."""
    with ledger(tmp_path) as opened:
        yield opened


def test_a_claim_is_exclusive_and_moves_the_fence(store: Store) -> None:
    """N1: whoever comes second gets nothing."""
    (row,) = fill(store, delivery())
    (held,) = claim(store, row)
    assert (held.state, held.fence, held.lease_until) == (State.LEASED, 1, NOON + LEASE)
    assert claim(store, row) == ()


@pytest.mark.parametrize("now", [NOON - 1, NOON + 1800], ids=["too-early", "too-late"])
def test_nothing_is_claimed_outside_its_time(store: Store, now: int) -> None:
    """Neither before its instant nor from its deadline on."""
    (row,) = fill(store, delivery())
    assert claim(store, row, now=now) == ()
    assert store.due("robot", now, 10) == ()


def test_parts_go_in_their_order(store: Store) -> None:
    """S8: the text waits until its poster is settled, and a failed poster does not hold it for ever."""
    text, poster = fill(store, delivery(sequence=1), delivery(part="poster"))
    assert store.due("robot", NOON, 10) == (poster.id,)
    assert [row.id for row in claim(store, poster, text)] == [poster.id]
    (attempt,) = store.intend([Wish(row=store.row(poster.key))], NOON)  # type: ignore[arg-type]
    assert store.due("robot", NOON, 10) == ()
    assert isinstance(attempt, Attempt)
    store.record([report(attempt, Outcome.BAD_CONTENT)], NOON)
    assert store.due("robot", NOON, 10) == (text.id,)


def test_an_earlier_slot_goes_first_but_its_backoff_blocks_nobody(store: Store) -> None:
    """L4: a morning tip that waits for a retry does not make the noon deal late."""
    tip, deal = fill(store, delivery(1, slot("tips", at=NOON - 60)), delivery(1))
    assert store.due("robot", NOON, 10) == (tip.id,)
    (attempt,) = intend(store, tip)
    store.record([report(attempt, Outcome.RETRY_LATER)], NOON)
    assert store.due("robot", NOON, 10) == (deal.id,)


def test_due_is_the_longest_due_first(store: Store) -> None:
    """Fair over targets: each one's first row, in the order of their instants."""
    rows = fill(store, delivery(2, not_before=NOON - 5), delivery(1), delivery(3, not_before=NOON - 9))
    by_target = {row.delivery.target: row.id for row in rows}
    assert store.due("robot", NOON, 2) == (by_target["hz-003.vip"], by_target["hz-002.vip"])
    assert store.channels_due(NOON) == ("robot",)
    assert store.channels_due(NOON - 10) == ()


def test_an_intent_is_an_open_attempt(store: Store) -> None:
    """The intent is in the ledger before anything is sent."""
    (row,) = fill(store, delivery())
    (attempt,) = intend(store, row)
    assert [(each.id, each.number, each.outcome) for each in store.attempts(row.key)] == [(attempt.id, 1, None)]
    assert [each.state for each in store.rows()] == [State.SENDING]


def test_intents_of_several_rows_answer_in_order(store: Store) -> None:
    """Answers belong to the wishes by position, also when one in the middle is denied."""
    rows = claim(store, *fill(store, delivery(1), delivery(2), delivery(3)))
    store.put_back([rows[1]], NOON)
    first, middle, last = store.intend([Wish(row=row) for row in rows], NOON)
    assert [first.row.id, middle.row.id, last.row.id] == [row.id for row in rows]
    assert isinstance(first, Attempt)
    assert isinstance(middle, Denied)
    assert isinstance(last, Attempt)


@pytest.mark.parametrize(("now", "why"), [(NOON + LEASE, "lost"), (NOON + 1800, "expired")])
def test_an_intent_is_denied_when_it_comes_too_late(store: Store, now: int, why: str) -> None:
    """A sender that slept past its lease, or past the deadline, sends nothing."""
    fill(store, delivery())
    (row,) = store.claim([store.rows()[0].id], NOON, LEASE if why == "lost" else 9999)
    (answer,) = store.intend([Wish(row=row)], now)
    assert isinstance(answer, Denied)
    assert answer.why == why
    assert store.attempts(row.key) == ()


def test_the_fence_denies_who_lost_the_lease(store: Store) -> None:
    """F33: after another sender took over, the first may not send."""
    fill(store, delivery())
    (first,) = claim(store, *store.rows())
    store.reap(NOON + LEASE, lambda row: PARK)
    (second,) = claim(store, first, now=NOON + LEASE)
    late, good = store.intend([Wish(row=first), Wish(row=second)], NOON + LEASE)
    assert isinstance(late, Denied)
    assert isinstance(good, Attempt)
    assert second.fence == first.fence + 1


def test_delivered_is_final(store: Store) -> None:
    """I3: no later answer, no operator, nobody moves it."""
    (row,) = fill(store, delivery())
    (attempt,) = intend(store, row)
    store.record([report(attempt, Outcome.DELIVERED, proof="receipt", handle="m-1")], NOON)
    assert store.record([report(attempt, Outcome.BAD_CONTENT)], NOON) == (State.DELIVERED,)
    assert not store.retry(row.key, "老王", NOON)
    assert not store.resolve(row.key, sent=False, by="老王", now=NOON)
    assert store.cancel([row.key], "老王", NOON) == 0
    found = store.row(row.key)
    assert found is not None
    assert (found.state, found.proof, found.handle, found.attend) == (State.DELIVERED, "receipt", "m-1", None)


def test_late_evidence_beats_the_fence(store: Store) -> None:
    """F33: who was paused past the lease and comes back with a yes is believed."""
    (row,) = fill(store, delivery())
    (attempt,) = intend(store, row)
    assert [each.state for each in store.reap(NOON + LEASE, lambda row: PARK)] == [State.UNKNOWN]
    assert store.record([report(attempt, Outcome.DELIVERED)], NOON + 99) == (State.DELIVERED,)


def test_late_evidence_stops_a_resend_that_is_claimed(store: Store) -> None:
    """A resend that is about to leave is denied when the first answer arrives after all."""
    (row,) = fill(store, delivery())
    (attempt,) = intend(store, row)
    store.reap(NOON + LEASE, lambda row: Settlement(state=State.READY, attend=NOON + LEASE, retried=True))
    (again,) = claim(store, row, now=NOON + LEASE)
    store.record([report(attempt, Outcome.DUPLICATE)], NOON + LEASE)
    (answer,) = store.intend([Wish(row=again)], NOON + LEASE)
    assert isinstance(answer, Denied)


def test_a_late_refusal_does_not_move_what_someone_else_holds(store: Store) -> None:
    """F33: without evidence of delivery, the old fence may only add to the attempts."""
    (row,) = fill(store, delivery())
    (attempt,) = intend(store, row)
    store.reap(NOON + LEASE, lambda row: Settlement(state=State.READY, attend=NOON + LEASE, retried=True))
    (newer,) = intend(store, row, now=NOON + LEASE)
    assert store.record([report(attempt, Outcome.BAD_CONTENT)], NOON + 99) == (State.SENDING,)
    assert store.record([report(newer, Outcome.DELIVERED)], NOON + 99) == (State.DELIVERED,)
    assert [each.outcome for each in store.attempts(row.key)] == [Outcome.BAD_CONTENT, Outcome.DELIVERED]


def test_a_stuck_row_is_settled(store: Store) -> None:
    """M3: claimed past its lease is ready again, sending past its lease is unknown."""
    rows = fill(store, delivery(1), delivery(2))
    claim(store, rows[0])
    intend(store, rows[1])
    assert store.reap(NOON + LEASE - 1, lambda row: PARK) == ()
    store.reap(NOON + LEASE, lambda row: PARK)
    assert [(row.state, row.outcome) for row in store.rows()] == [(State.READY, ""), (State.UNKNOWN, "unknown")]


def test_what_is_too_late_expires_once(store: Store) -> None:
    """F45: it is told once, and what is accepted or unknown does not expire."""
    rows = fill(store, delivery(1), delivery(2), delivery(3))
    attempts = intend(store, rows[1], rows[2])
    store.record([report(attempts[0], Outcome.WAITING), report(attempts[1], Outcome.UNKNOWN)], NOON)
    assert [row.key for row in store.reap(NOON + 1800, lambda row: PARK)] == [rows[0].key]
    assert store.reap(NOON + 1800, lambda row: PARK) == ()
    assert [row.state for row in store.rows()] == [State.EXPIRED, State.ACCEPTED, State.UNKNOWN]


def test_a_rate_denies_and_lets_the_target_rest(store: Store) -> None:
    """The third message in a burst of two waits for its token, and takes none meanwhile."""
    rate = (Pace(scope="robot/key", interval_ms=3000, burst=2),)
    rows = claim(store, *fill(store, delivery(1), delivery(2), delivery(3)))
    answers = store.intend([Wish(row=row, paces=rate) for row in rows], NOON)
    assert [isinstance(each, Attempt) for each in answers] == [True, True, False]
    assert isinstance(answers[2], Denied)
    assert (answers[2].why, answers[2].until) == ("rate", NOON + 3)
    assert claim(store, rows[2], now=NOON + 2) == ()
    assert store.next_ready(NOON) == NOON + 3
    (again,) = claim(store, rows[2], now=NOON + 3)
    assert isinstance(store.intend([Wish(row=again, paces=rate)], NOON + 3)[0], Attempt)


def test_too_fast_pauses_the_whole_scope(store: Store) -> None:
    """G4: after 45009 nothing of that robot leaves for as long as told, other robots go on."""
    rate, other = Pace(scope="robot/a", interval_ms=1), Pace(scope="robot/b", interval_ms=1)
    rows = claim(store, *fill(store, delivery(1), delivery(2), delivery(3)))
    (first,) = store.intend([Wish(row=rows[0], paces=(rate,))], NOON)
    assert isinstance(first, Attempt)
    store.record([report(first, Outcome.RATE_WAIT, retry_after=30.0)], NOON)
    same, free = store.intend([Wish(row=rows[1], paces=(rate,)), Wish(row=rows[2], paces=(other,))], NOON + 1)
    assert isinstance(same, Denied)
    assert same.until == NOON + 30
    assert isinstance(free, Attempt)
    assert store.holds() == ()


def test_a_refused_configuration_stops_the_channel_until_one_probe(store: Store) -> None:
    """F30: one call, then silence; after the rest one probe, and its success opens the channel."""
    rows = fill(store, delivery(1), delivery(2), delivery(3))
    (attempt,) = intend(store, rows[0])
    assert store.record([report(attempt, Outcome.BAD_CONFIG, code="40001")], NOON) == (State.READY,)
    assert store.due("robot", NOON + 1, 10) == ()
    assert [(hold.channel, hold.target, hold.code) for hold in store.holds()] == [("robot", "", "40001")]
    ready = claim(store, *rows, now=NOON + 600)
    answers = store.intend([Wish(row=row) for row in ready], NOON + 600)
    probes = [each for each in answers if isinstance(each, Attempt)]
    assert len(probes) == 1
    store.record([report(probes[0], Outcome.DELIVERED, now=NOON + 600)], NOON + 600)
    assert store.holds() == ()
    assert len(store.due("robot", NOON + 601, 10)) == 2


def test_a_mended_configuration_opens_the_channel(store: Store) -> None:
    """An operator who mended it does not wait for the rest to end."""
    rows = fill(store, delivery(1), delivery(2))
    (attempt,) = intend(store, rows[0])
    store.record([report(attempt, Outcome.BAD_CONFIG)], NOON)
    assert store.lift("robot", before=NOON) == 0
    assert store.lift("robot", before=NOON + 1) == 1
    assert len(store.due("robot", NOON + 1, 10)) == 2


def test_rests_that_are_long_over_are_forgotten(store: Store) -> None:
    """A robot that was removed with its group does not stand in ``status`` for ever."""
    (attempt,) = intend(store, *fill(store, delivery()))
    store.record([report(attempt, Outcome.BAD_TARGET)], NOON)
    rested = NOON + TARGET_REST
    store.reap(rested + 7 * 86_400 - 1, lambda row: PARK)
    assert len(store.holds()) == 1
    store.reap(rested + 7 * 86_400, lambda row: PARK)
    assert store.holds() == ()


def test_a_gone_target_rests_alone(store: Store) -> None:
    """A removed robot fails its row; the next slot of that group does not call it again, other groups go on."""
    rows = fill(store, delivery(1), delivery(1, slot("flash")), delivery(2))
    gone = next(row for row in rows if row.delivery.target == "hz-001.vip")
    (attempt,) = intend(store, gone)
    assert store.record([report(attempt, Outcome.BAD_TARGET, code="93000")], NOON) == (State.FAILED,)
    assert [store.rows(ids=store.due("robot", NOON, 10))[0].delivery.target] == ["hz-002.vip"]


def test_a_guard_has_the_last_word(store: Store) -> None:
    """What a guard withholds or postpones at the last moment has no attempt."""
    held, late = claim(store, *fill(store, delivery(1), delivery(2)))
    why = Text("价格低于底价", "below the floor")
    assert store.withhold(held, Withheld(delivery=held.delivery, guard="discount", reason=why), NOON)
    assert store.withhold(late, Postpone(NOON + 300, why), NOON)
    assert [(row.state, row.guard, row.attend) for row in store.rows()] == [
        (State.WITHHELD, "discount", None),
        (State.READY, "", NOON + 300),
    ]


def test_follow_ups_are_taken_by_one(store: Store) -> None:
    """Two ticks do not both ask; the answer of who asked about an older attempt does not count."""
    (row,) = fill(store, delivery())
    (attempt,) = intend(store, row)
    lookup = Traits(dedupe="lookup", settling=60)
    store.record([report(attempt, Outcome.UNKNOWN, traits=lookup)], NOON)
    assert store.follow_ups(NOON + 59, 10) == ()
    (asked,) = store.follow_ups(NOON + 60, 10)
    assert store.follow_ups(NOON + 60, 10) == ()
    absent = Receipt(key=row.key, outcome=Outcome.RETRY_SHORT)
    ready = Settlement(state=State.READY, attend=NOON + 60, retried=True)
    assert store.follow_up(asked, absent, ready, NOON + 60) is State.READY
    assert store.follow_up(asked, absent, PARK, NOON + 60) is State.READY
    assert [each.outcome for each in store.attempts(row.key)] == [Outcome.RETRY_SHORT]


def test_attend_is_the_earliest_of_all_that_is_open(store: Store) -> None:
    """The fast door sleeps until the first of: due, lease over, poll, end of a rest, deadline."""
    rows = fill(store, delivery(1), delivery(2, not_before=NOON + 30), now=NOON + 30)
    assert store.attend() == NOON
    (attempt,) = intend(store, rows[0])
    assert store.attend() == NOON + 30
    store.record([report(attempt, Outcome.BAD_CONFIG, retry_after=120.0)], NOON)
    assert store.attend() == NOON + 120
    store.stop("robot", Receipt(key="", outcome=Outcome.BAD_CONFIG), 9999, NOON)
    assert store.attend() == NOON + 1800
