"""Members: what a rehearsed channel answers, and what people see of it, by the traits of the real one."""

from __future__ import annotations

import pytest

from calendarkit.extend import Envelope, Message, Outcome, Target, Traits
from calendarkit.testing.fakes import FakeClock
from calendarkit.testing.members import FAULTS, Killed, Members


def members(**rates: float) -> Members:
    """Return members with these faults."""
    return Members(clock=FakeClock(), rates=rates)


def envelope(number: int = 1, attempt: int = 1) -> Envelope:
    """Return a message on its way to one group."""
    target = Target(id=f"g{number}", title="一群", store="s1", store_title="滨江店")
    return Envelope(key=f"noon/{number}", message=Message(kind="text", text="草莓"), target=target, attempt=attempt)


def send(group: Members, traits: Traits, number: int = 1, attempt: int = 1) -> Outcome:
    """Send one message and return what the channel says."""
    (receipt,) = group.channel(traits).send([envelope(number, attempt)])
    return receipt.outcome


@pytest.mark.parametrize(("receipt", "proof"), [("none", "answer"), ("id", "receipt")], ids=["without-id", "with-id"])
def test_a_plain_channel_delivers_at_once(receipt: str, proof: str) -> None:
    """And proves it as the real one can."""
    group = members()
    (said,) = group.channel(Traits(dedupe="none", receipt=receipt)).send([envelope()])
    assert (said.outcome, said.proof) == (Outcome.DELIVERED, proof)
    assert [each.target for each in group.seen] == ["g1"]


def test_a_person_confirms_after_a_while() -> None:
    """Until then it waits and nobody sees it."""
    group, traits = members(), Traits(dedupe="lookup", receipt="human")
    assert send(group, traits) is Outcome.WAITING
    assert group.seen == []
    group.clock.advance(3600)
    (said,) = group.channel(traits).poll([envelope()])
    assert (said.outcome, len(group.seen)) == (Outcome.DELIVERED, 1)


def test_a_person_may_forget() -> None:
    """Then it waits for ever."""
    group, traits = members(forgot=1), Traits(dedupe="lookup", receipt="human")
    send(group, traits)
    group.clock.advance(90_000)
    (said,) = group.channel(traits).poll([envelope()])
    assert (said.outcome, group.seen, group.struck["forgot"]) == (Outcome.WAITING, [], 1)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [("429", Outcome.RATE_WAIT), ("refused", Outcome.RETRY_SHORT), ("gone", Outcome.BAD_TARGET)],
)
def test_faults_that_prove_nothing_happened(fault: str, outcome: Outcome) -> None:
    """Nobody sees anything."""
    group = members(**{fault: 1})
    assert send(group, Traits(dedupe="none")) is outcome
    assert (group.seen, group.struck[fault]) == ([], 1)


def test_half_of_what_gets_no_answer_arrived() -> None:
    """That is why it is unknown."""
    group = members(timeout=1)
    assert {send(group, Traits(dedupe="none"), number) for number in range(40)} == {Outcome.UNKNOWN}
    assert 5 < len(group.seen) < 35


def test_a_kill_ends_the_run() -> None:
    """No guard around plugins may survive it."""
    with pytest.raises(Killed):
        send(members(kill=1), Traits(dedupe="none"))


def test_a_lookup_tells_whether_it_is_there() -> None:
    """Found is delivered, absent proves that nothing happened."""
    group, traits = members(timeout=1), Traits(dedupe="lookup", receipt="id")
    for number in range(20):
        send(group, traits, number)
    arrived = {each.key for each in group.seen}
    for receipt in group.channel(traits).lookup([envelope(number) for number in range(20)]):
        assert receipt.outcome is (Outcome.DELIVERED if receipt.key in arrived else Outcome.RETRY_SHORT)


@pytest.mark.parametrize("dedupe", ["upsert", "window"])
def test_a_repeat_on_a_channel_that_knows_it_is_not_seen(dedupe: str) -> None:
    """A channel without that shows it twice."""
    group, plain = members(), members()
    for attempt in (1, 2):
        send(group, Traits(dedupe=dedupe, window=3600), attempt=attempt)
        send(plain, Traits(dedupe="none"), attempt=attempt)
    assert (len(group.seen), len(plain.seen)) == (1, 2)


def test_a_folder_on_this_machine_knows_no_network() -> None:
    """Only a kill can hit it."""
    group = members(**dict.fromkeys(("timeout", "429", "refused", "gone"), 0.25))
    assert send(group, Traits(dedupe="none", local=True)) is Outcome.DELIVERED


def test_every_fault_is_explained() -> None:
    """The command's help names the same ones."""
    from calendarkit.cli.simulate import _FAULTS

    assert set(FAULTS) == set(_FAULTS)
