"""What an edit means for deliveries that have not left."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_shop import delivery, slot

from calendarkit.model.delivery import Delivery
from calendarkit.stages.revise import Revision, revise

NOON = slot("12:00", name="noon")
LATER = slot("14:00", name="noon")


def test_what_is_the_same_stays() -> None:
    """Planned again, nothing is different."""
    assert revise([delivery(NOON)], [delivery(NOON)]) == Revision()


def test_what_the_programme_no_longer_has_is_gone() -> None:
    """A slot, a group or a part."""
    promised = [delivery(NOON), delivery(NOON, target="b"), delivery(NOON, part="poster")]
    assert revise(promised, [delivery(NOON)]).gone == (promised[1], promised[2])


def test_a_moved_slot_takes_its_deliveries_along() -> None:
    """With the turn that ``spread`` gives them at the new time."""
    new = delivery(LATER, not_before=LATER.at + 90)
    assert revise([delivery(NOON)], [new]).moved == ((delivery(NOON), new),)


def test_what_a_guard_postponed_stays_postponed() -> None:
    """As long as the slot did not move."""
    postponed = delivery(NOON, not_before=NOON.at + 600)
    assert revise([postponed], [delivery(NOON)]) == Revision()


def test_a_deadline_that_was_extended_stays() -> None:
    """A person's word to send it late is not taken back by an edit of something else."""
    late = delivery(replace(NOON, deadline=NOON.deadline + 9999))
    assert revise([late], [delivery(NOON)]) == Revision()


@pytest.mark.parametrize(("item", "offer"), [("", "pear"), ("tip-7", "apple")], ids=["fixed", "from-a-pool"])
def test_another_offer_is_taken_over_unless_an_item_chose_it(item: str, offer: str) -> None:
    """What a pool showed is not chosen a second time."""
    promised = delivery(NOON, item=item, offer="apple")
    (changed,) = revise([promised], [delivery(NOON, offer="pear")]).moved or ((promised, promised),)
    assert changed[1].offer == offer


def test_a_group_keeps_the_channel_it_was_promised_by() -> None:
    """The channel is part of the key; a robot that came later takes the next slot."""
    assert revise([delivery(NOON, channel="folder")], [delivery(NOON, channel="robot")]) == Revision()


def test_a_store_loses_the_channel_that_was_taken_out() -> None:
    """Each channel of a store is a place of its own."""
    promised = delivery(NOON, target="hz-001", channel="page")
    assert revise([promised], [delivery(NOON, target="hz-001", channel="live")]).gone == (promised,)


_TARGETS = st.lists(st.sampled_from("abcd"), unique=True)


@given(_TARGETS, _TARGETS)
def test_every_promised_delivery_is_gone_moved_or_as_it_was(before: list[str], after: list[str]) -> None:
    """And none is two of that; nothing is invented."""
    promised = [delivery(NOON, target=each) for each in before]
    found = revise(promised, [delivery(LATER, target=each) for each in after])
    moved: list[Delivery] = [old for old, _ in found.moved]
    assert sorted(each.target for each in (*found.gone, *moved)) == sorted(before)
    assert {each.target for each in moved} == {*before} & {*after}
