"""Runs that overlap, are killed or are ended: members see a message once, or a person is asked."""

from __future__ import annotations

import pytest
from operator_shop import CUSTOMERS, SILENT, STAFF, Shop, a_minute_on, eventually, key

ONCE = dict.fromkeys(STAFF, 1)
LEASE_OVER = 75
"""Seconds after the deal was due at which what a killed run held is free again."""


def test_runs_at_the_same_time_send_once(shop: Shop) -> None:
    """N1, F1, F12: four start in the same second; every one of them ends silently."""
    runs = [shop.start_tick() for _ in range(4)]
    assert [run.ended() for run in runs] == [SILENT] * 4
    assert (shop.seen(), shop.packs()) == (ONCE, len(CUSTOMERS))


def test_five_restarts_in_a_minute_send_no_copy(shop: Shop) -> None:
    """N2, N11: kill -9 while the answer is under way; seen once, recorded as unknown, and a person is asked."""
    shop.spoil({"kind": "delay", "moment": "after", "seconds": 5})
    for seconds in range(5, 55, 10):
        before, run = shop.seen(), shop.start_tick(seconds)
        eventually(lambda before=before, run=run: shop.seen() != before or run.process.poll() is not None)
        run.kill()
    shop.spoil()
    assert shop.seen() == ONCE
    said = shop.tick(LEASE_OVER)
    assert (said.code, said.out, said.err) == (1, "", "✗ 2 条结果不确定\n  → calendarkit status\n")
    assert shop.tick(2 * LEASE_OVER) == SILENT
    assert (shop.seen(), shop.packs()) == (ONCE, len(CUSTOMERS))


def test_what_a_killed_run_held_goes_with_the_next(shop: Shop) -> None:
    """F2: nothing had left, so nobody is asked; not before the lease is over, and once."""
    killed = shop.tick(CALENDARKIT_FAULT="after-claim-commit:kill:1")
    assert (killed.code, killed.out, killed.err) == (-9, "", "")
    shop.tick(20)
    assert shop.tick(LEASE_OVER) == SILENT
    assert (shop.seen(), shop.packs()) == (ONCE, len(CUSTOMERS))


def test_a_run_that_is_ended_finishes_what_is_under_way(shop: Shop) -> None:
    """F37: SIGTERM; the answer is awaited, the rest is given back, the next run sends it."""
    shop.spoil({"kind": "delay", "moment": "after", "seconds": 2})
    run = shop.start_tick()
    eventually(lambda: sum(shop.seen().values()) > 0)
    run.process.terminate()
    assert run.ended() == SILENT
    shop.spoil()
    assert shop.tick(20) == SILENT
    assert (shop.seen(), shop.packs()) == (ONCE, len(CUSTOMERS))


@pytest.fixture
def unsure(shop: Shop) -> Shop:
    """Return a shop whose first group's message went out without an answer."""
    shop.spoil({"kind": "drop", "moment": "after"}, group=STAFF[0])
    said = shop.tick()
    shop.spoil()
    assert said == (1, "", "✗ 1 条结果不确定\n  → calendarkit status\n")
    assert shop.seen() == ONCE
    return shop


def test_an_unknown_one_waits_for_a_person(unsure: Shop) -> None:
    """N3: the runs after it are silent and do not send; status asks until somebody has looked into the group."""
    assert unsure.tick(65) == SILENT
    assert unsure.seen() == ONCE
    said = unsure.say("status")
    assert said.code == 1
    assert said.out.endswith(
        "✗ 1 条结果不确定，看过群再填 → calendarkit ledger resolve KEY --sent|--not-sent --by NAME\n"
        f"    {key(STAFF[0])}\n"
    )


def test_resolved_as_sent_is_the_end_of_it(unsure: Shop) -> None:
    """Nothing goes out, and nobody is needed any more."""
    said = unsure.say("ledger", "resolve", key(STAFF[0]), "--sent", "--by", "老王")
    assert said == (0, f"✓ {key(STAFF[0])} 已记下\n", "")
    assert unsure.tick(65) == SILENT
    assert unsure.seen() == ONCE
    assert unsure.say("status").code == 0


def test_resolved_as_not_sent_goes_again_when_somebody_says_so(unsure: Shop) -> None:
    """It counts as failed until ``ledger retry``; then it goes once more, and only to that group."""
    assert unsure.say("ledger", "resolve", key(STAFF[0]), "--not-sent", "--by", "老王").code == 0
    assert unsure.tick(65) == SILENT
    assert unsure.seen() == ONCE
    assert unsure.say("ledger", "retry", key(STAFF[0]), "--by", "老王").code == 0
    assert unsure.tick(a_minute_on()) == SILENT
    assert unsure.seen() == {STAFF[0]: 2, STAFF[1]: 1}
    assert unsure.say("status").code == 0
