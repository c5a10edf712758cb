"""What follows from each answer, for each kind of channel."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.extend import Outcome, Receipt, Traits
from calendarkit.model.state import State
from calendarkit.stages.settle import RETRIES, Settlement, Situation, settle, settle_follow_up

NONE = Traits(dedupe="none")
WINDOW = Traits(dedupe="window", window=600)
LOOKUP = Traits(dedupe="lookup", settling=180)
UPSERT = Traits(dedupe="upsert")
ASKED = Situation(traits=NONE, now=1000, deadline=2800, jitter=0.5, first_sent=1000)


def after(outcome: Outcome, situation: Situation = ASKED, **more: object) -> Settlement:
    """Settle one answer."""
    return settle(Receipt(key="k", outcome=outcome, **more), situation)  # type: ignore[arg-type]


@pytest.mark.parametrize("outcome", [Outcome.DELIVERED, Outcome.DUPLICATE, Outcome.PARTIAL])
def test_what_the_platform_has_is_delivered(outcome: Outcome) -> None:
    """Delivered, already there and partly there are all final: a repeat would annoy those who have it."""
    assert after(outcome) == Settlement(state=State.DELIVERED)


@pytest.mark.parametrize("outcome", [Outcome.BAD_CONTENT, Outcome.MEDIA_EXPIRED])
def test_what_cannot_get_better_fails(outcome: Outcome) -> None:
    """A refused message is a dead letter at once."""
    assert after(outcome) == Settlement(state=State.FAILED)


def test_waiting_is_accepted_and_polled_by_its_handle() -> None:
    """A task that an employee must confirm is asked about; without a handle only a person can say."""
    assert after(Outcome.WAITING, handle="msg-1") == Settlement(state=State.ACCEPTED, attend=1060)
    assert after(Outcome.WAITING) == Settlement(state=State.ACCEPTED)


@pytest.mark.parametrize(
    ("outcome", "more", "attend"),
    [
        (Outcome.RETRY_SHORT, {}, 1001),
        (Outcome.RETRY_SHORT, {"retry_after": 7}, 1007),
        (Outcome.RETRY_LATER, {}, 1060),
        (Outcome.RETRY_LATER, {"retry_after": 120}, 1120),
        (Outcome.TOKEN_REFRESH, {}, 1000),
    ],
    ids=["short", "short-told", "later", "later-told", "token"],
)
def test_proof_of_nothing_is_tried_again(outcome: Outcome, more: dict[str, int], attend: int) -> None:
    """Where nothing happened it goes again after the backoff, and never earlier than the platform says."""
    assert after(outcome, **more) == Settlement(state=State.READY, attend=attend, retried=True)


def test_retries_end() -> None:
    """What the platform itself refused five times is not tried a sixth time."""
    spent = replace(ASKED, retries=RETRIES)
    refused = Receipt(key="k", outcome=Outcome.RETRY_SHORT, code="-1")
    assert settle(refused, spent) == Settlement(state=State.FAILED)


def test_what_could_not_be_reached_is_tried_until_its_deadline() -> None:
    """F23: an outage longer than five retries costs nothing but time; past its deadline nothing goes."""
    spent = replace(ASKED, retries=RETRIES, jitter=0.5)
    assert after(Outcome.RETRY_SHORT, spent) == Settlement(state=State.READY, attend=spent.now + 180)
    late = replace(spent, deadline=spent.now + 180)
    assert after(Outcome.RETRY_SHORT, late) == Settlement(state=State.FAILED)


@given(st.sampled_from(list(Outcome)), st.integers(0, 9), st.integers(0, 5000), st.floats(0, 0.999))
def test_nothing_is_ever_tried_past_its_deadline(outcome: Outcome, retries: int, now: int, jitter: float) -> None:
    """Whatever the answer: what is ready again is so before the deadline, or waits for something that rests."""
    for traits in (NONE, WINDOW, LOOKUP, UPSERT, None):
        situation = replace(ASKED, traits=traits, retries=retries, now=now, jitter=jitter, on_unknown="resend")
        found = settle(Receipt(key="k", outcome=outcome), situation)
        if found.state is State.READY and not found.rest:
            assert found.attend is not None
            assert found.attend < ASKED.deadline
            assert found.retried == (retries < RETRIES)
            assert found.retried or outcome is Outcome.RETRY_SHORT


def test_a_rate_pauses_the_scope_and_costs_no_retry() -> None:
    """Too fast is nobody's fault: the scope pauses as long as told, else a minute."""
    told = after(Outcome.RATE_WAIT, retry_after=30.2)
    assert (told.state, told.rest, told.rest_seconds, told.retried) == (State.READY, "scope", 31, False)
    assert after(Outcome.RATE_WAIT).rest_seconds == 60


def test_a_wrong_configuration_stops_the_channel_and_a_missing_secret_its_target() -> None:
    """F30: the delivery stays ready either way, because nothing happened and a person can mend it in time."""
    assert after(Outcome.BAD_CONFIG).rest == "channel"
    alone = after(Outcome.BAD_CONFIG, replace(ASKED, alone=True))
    assert (alone.state, alone.rest) == (State.READY, "target")


@pytest.mark.parametrize(
    ("left", "seconds"),
    [(86_400, 600), (1200, 600), (600, 300), (130, 65), (60, 60), (1, 60)],
    ids=["a day", "twenty minutes", "ten minutes", "two minutes", "a minute", "a second"],
)
def test_a_channel_is_probed_before_the_delivery_is_over(left: int, seconds: int) -> None:
    """A flash sale of ten minutes is not lost to a pause of ten; but never more than one call a minute."""
    told = after(Outcome.BAD_CONFIG, replace(ASKED, deadline=ASKED.now + left))
    assert told.rest_seconds == seconds


def test_a_gone_target_fails_and_rests() -> None:
    """A removed robot is not called for every slot of the day."""
    found = after(Outcome.BAD_TARGET)
    assert (found.state, found.rest) == (State.FAILED, "target")


@pytest.mark.parametrize(
    ("traits", "on_unknown", "expected"),
    [
        (NONE, "park", Settlement(state=State.UNKNOWN)),
        (NONE, "resend", Settlement(state=State.READY, attend=1000, retried=True)),
        (None, "park", Settlement(state=State.UNKNOWN)),
        (UPSERT, "park", Settlement(state=State.READY, attend=1000, retried=True)),
        (WINDOW, "park", Settlement(state=State.READY, attend=1000, retried=True)),
        (LOOKUP, "resend", Settlement(state=State.UNKNOWN, attend=1180)),
    ],
    ids=["none", "none-resend", "plugin-gone", "upsert", "window", "lookup"],
)
def test_the_unknown_follows_the_trait(traits: Traits | None, on_unknown: str, expected: Settlement) -> None:
    """N3: a timeout is never success and never a blind repeat."""
    situation = replace(ASKED, traits=traits, on_unknown=on_unknown)  # type: ignore[arg-type]
    assert settle(Receipt(key="k", outcome=Outcome.UNKNOWN), situation) == expected


@pytest.mark.parametrize("age", [585, 600, 10_000])
def test_a_dedupe_window_that_may_be_over_parks(age: int) -> None:
    """The repeat must arrive inside the window, so one that might not is left to a person."""
    old = replace(ASKED, traits=WINDOW, deadline=99_999, now=1000 + age)
    assert after(Outcome.UNKNOWN, old) == Settlement(state=State.UNKNOWN)


def test_lookup_adopts_what_is_there_and_sends_what_is_not() -> None:
    """After settling, found is delivered and absent is ready again."""
    found = settle_follow_up(Receipt(key="k", outcome=Outcome.DUPLICATE), State.UNKNOWN, ASKED)
    absent = settle_follow_up(Receipt(key="k", outcome=Outcome.RETRY_SHORT), State.UNKNOWN, ASKED)
    assert (found.state, absent.state, absent.attend) == (State.DELIVERED, State.READY, 1000)


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - {Outcome.BAD_CONTENT, Outcome.BAD_TARGET}))
def test_polling_never_sends_again(outcome: Outcome) -> None:
    """Whatever a poll says, an accepted send does not become ready."""
    found = settle_follow_up(Receipt(key="k", outcome=outcome, handle="m"), State.ACCEPTED, ASKED, polls=3)
    assert found.state in {State.ACCEPTED, State.DELIVERED}


def test_polls_slow_down_to_once_an_hour() -> None:
    """A task nobody confirms is not asked about every minute for ever."""
    waiting = Receipt(key="k", outcome=Outcome.WAITING, handle="m")
    pauses = [settle_follow_up(waiting, State.ACCEPTED, ASKED, polls).attend for polls in (0, 1, 3, 20)]
    assert [each and each - 1000 for each in pauses] == [60, 120, 480, 3600]
