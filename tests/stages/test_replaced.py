"""Which new slots stand in for one that went out: the nearest new one, once, and never one that stood there before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from small_shop import VIP, at, slot

from calendarkit.clockwork.memory import Memory
from calendarkit.stages.replaced import replaced

MORNING = at("06:00")
EDITED = at("12:10")


def memory(*old: str, new: tuple[str, ...] = (), **more: object) -> Memory:
    """Return what is known: some times since the morning, others since 12:10."""
    since = dict.fromkeys(old, MORNING) | dict.fromkeys(new, EDITED)
    return Memory(began=EDITED, fingerprint="f", since={"noon": since}, **more)


def held(present: tuple[str, ...], knows: Memory, *sent: str) -> set[str]:
    """Return the times that are held for the VIP group, which got ``sent``."""
    found = replaced([slot(each) for each in present], [(slot(each), VIP.id) for each in sent], knows)
    assert {target for _, target in found} <= {VIP.id}
    return {key.rpartition("/")[2] for key, _ in found}


def test_a_new_time_in_the_place_of_a_sent_one_is_held() -> None:
    """12:00 went out, now it says 12:30."""
    assert held(("12:30",), memory(new=("12:30",)), "12:00") == {"12:30"}


def test_the_reason_names_the_slot_that_was_sent() -> None:
    """In both languages."""
    ((_, reason),) = replaced([slot("12:30")], [(slot("12:00"), VIP.id)], memory(new=("12:30",))).items()
    assert "noon/2026-11-25/12:00" in reason.zh
    assert "noon/2026-11-25/12:00" in reason.en


def test_a_time_that_stood_there_before_is_not_held() -> None:
    """20:00 was in the programme when 12:00 went out; 12:00 was simply deleted."""
    assert held(("20:00",), memory("20:00"), "12:00") == set()


def test_a_sent_slot_that_is_still_there_is_replaced_by_none() -> None:
    """13:00 was added beside it."""
    assert held(("12:00", "13:00"), memory("12:00", new=("13:00",)), "12:00") == set()


def test_each_sent_slot_holds_one_at_most_and_the_nearest() -> None:
    """12:00 became 12:30; 15:00 is new."""
    assert held(("12:30", "15:00"), memory(new=("12:30", "15:00")), "12:00") == {"12:30"}


def test_two_that_went_out_hold_two() -> None:
    """Each the one next to it."""
    knows = memory(new=("10:30", "12:30", "15:00"))
    assert held(("10:30", "12:30", "15:00"), knows, "10:00", "12:00") == {"10:30", "12:30"}


def test_another_day_is_another_slot() -> None:
    """Yesterday's noon replaces nothing today."""
    yesterday = slot("12:00", day="2026-11-24")
    assert replaced([slot("12:30")], [(yesterday, VIP.id)], memory(new=("12:30",))) == {}


def test_a_column_under_a_new_id_is_known_by_the_old_one() -> None:
    """Proven renames count as the same column."""
    knows = memory(new=("12:30",), renamed={"noon": ("lunch", EDITED)})
    assert len(replaced([slot("12:30")], [(slot("12:00", column="lunch"), VIP.id)], knows)) == 1


def test_a_name_nobody_remembers_is_new_only_if_it_is_known_to_be() -> None:
    """A slot the memory has never heard of is not held by it."""
    assert held(("12:30",), memory(), "12:00") == set()


_TIMES = st.lists(st.sampled_from([f"{hour}:00" for hour in range(10, 22)]), unique=True, max_size=6)


@given(_TIMES, _TIMES, _TIMES)
def test_no_more_is_held_than_was_sent_and_is_gone(present: list[str], fresh: list[str], sent: list[str]) -> None:
    """And only what is new and in the programme."""
    old = tuple(each for each in present if each not in fresh)
    gone = [each for each in sent if each not in present]
    found = held(tuple(present), memory(*old, new=tuple(fresh)), *sent)
    assert len(found) <= len(gone)
    assert found <= {*present} & {*fresh}
