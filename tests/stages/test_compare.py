"""What an edit did to the programme, slot by slot."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from small_shop import at, slot

from calendarkit.clockwork.memory import Memory
from calendarkit.model.slot import Slot, Window
from calendarkit.stages.compare import Change, compare

DAY = Window(at("00:00"), at("00:00", "2026-11-26"))
SAME = Memory(began=0, fingerprint="a", facets={"noon": {"text": "1", "price": "1"}})


def changes(before: list[Slot], after: list[Slot], knows: Memory = SAME) -> list[tuple[str, str]]:
    """Return kind and key of each change of the day."""
    found = compare(before, after, window=DAY, knew=SAME, knows=knows)
    return [(each.kind, each.slot.key) for each in found]


def test_the_same_programme_has_no_changes() -> None:
    """Nothing is told about what stays."""
    assert changes([slot("12:00")], [slot("12:00")]) == []


def test_a_named_slot_at_another_time_moved() -> None:
    """It is told with the time it had."""
    old, new = slot("12:00", name="noon"), slot("13:00", name="noon")
    assert compare([old], [new], window=DAY, knew=SAME, knows=SAME) == (Change(kind="moved", slot=new, former=old),)


def test_another_name_is_one_added_and_one_cancelled() -> None:
    """By instant."""
    assert changes([slot("12:00")], [slot("13:00")]) == [
        ("cancelled", "noon/2026-11-25/12:00"),
        ("added", "noon/2026-11-25/13:00"),
    ]


def test_what_a_column_says_changes_its_slots() -> None:
    """Which part is told."""
    knows = Memory(began=1, fingerprint="b", facets={"noon": {"text": "1", "price": "2"}})
    (found,) = compare([slot()], [slot()], window=DAY, knew=SAME, knows=knows)
    assert (found.kind, found.what) == ("changed", ("price",))


def test_a_proven_rename_is_no_addition() -> None:
    """The new id and the former slot."""
    knows = Memory(began=1, fingerprint="b", facets={"lunch": SAME.facets["noon"]}, renamed={"lunch": ("noon", 1)})
    assert changes([slot()], [slot(column="lunch")], knows) == [("renamed", "lunch/2026-11-25/12:00")]


def test_an_unproven_rename_is_one_added_and_one_cancelled() -> None:
    """Something else changed too, so nobody can know."""
    assert {kind for kind, _ in changes([slot()], [slot(column="lunch")])} == {"added", "cancelled"}


def test_what_left_the_window_is_told_as_moved() -> None:
    """It was inside, so whoever asks about that day wants to hear of it."""
    old, new = slot("12:00", name="noon"), slot("12:00", name="noon")
    away = Slot(**{name: getattr(new, name) for name in new.__slots__} | {"at": at("12:00", "2026-11-27")})
    assert changes([old], [away]) == [("moved", "noon/2026-11-25/noon")]


def test_what_lies_outside_is_not_told() -> None:
    """Before or after the window."""
    tomorrow = slot("12:00", day="2026-11-27")
    assert changes([], [tomorrow]) == changes([tomorrow], []) == []


_SLOTS = st.lists(st.sampled_from(["08:00", "12:00", "16:00", "20:00"]), unique=True)


@given(_SLOTS, _SLOTS)
def test_changes_turn_the_old_programme_into_the_new_one(before: list[str], after: list[str]) -> None:
    """What was, without the cancelled and with the added, is what is."""
    found = changes([slot(each) for each in before], [slot(each) for each in after])
    names = {kind: {key.rpartition("/")[2] for one, key in found if one == kind} for kind in ("added", "cancelled")}
    assert {*before} - names["cancelled"] | names["added"] == {*after}
