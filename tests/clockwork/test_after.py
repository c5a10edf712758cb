"""What follows events: looked up by the day of the event, small on disk, and the same after it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendarkit.clockwork.after import After, split_name

TWICE = After(minute=600, step=28, anchors={100: ((2, ("c-1", "c-2")), (1, ("c-3",)))})


@pytest.mark.parametrize(
    ("day", "names"),
    [(100, []), (127, []), (128, ["c-1.1", "c-2.1", "c-3.1"]), (156, ["c-1.2", "c-2.2"]), (184, [])],
)
def test_the_kth_comes_k_steps_after_the_event(day: int, names: list[str]) -> None:
    """Never on the day itself, never once more than each subject has."""
    assert sorted(TWICE.on(day)) == names


@pytest.mark.parametrize(("day", "found"), [(0, 128), (128, 128), (129, 156), (156, 156), (157, None)])
def test_the_next_day_is_found_without_looking_at_each(day: int, found: int | None) -> None:
    """The last reminder of anybody ends it."""
    assert TWICE.next_day(day) == found


anchors = st.dictionaries(
    st.integers(0, 200),
    st.dictionaries(st.integers(1, 6), st.lists(st.sampled_from("abcdef"), min_size=1, unique=True).map(tuple),
                    min_size=1).map(lambda rows: tuple(sorted(rows.items(), reverse=True))),
    max_size=4,
)  # fmt: skip


@given(anchors, st.integers(1, 40), st.integers(0, 500))
def test_days_agree_with_counting(
    rows: dict[int, tuple[tuple[int, tuple[str, ...]], ...]], step: int, day: int
) -> None:
    """Every reminder of every event, written out one by one, is what each day says, and the next day too."""
    after = After(minute=0, step=step, anchors=rows)
    written = [
        (anchor + k * step, f"{subject}.{k}")
        for anchor, lasts in rows.items()
        for last, subjects in lasts
        for subject in subjects
        for k in range(1, last + 1)
    ]
    assert sorted(after.on(day)) == sorted(name for each, name in written if each == day)
    assert after.next_day(day) == min((each for each, _ in written if each >= day), default=None)


def test_fifty_thousand_events_stay_small() -> None:
    """On disk an event costs its subject, not its reminders; what comes back is the same."""
    many = {day: ((6, tuple(f"c-{number:05}" for number in range(day * 500, day * 500 + 500))),) for day in range(100)}
    after = After(minute=600, step=28, anchors=many)
    text = json.dumps(after.to_data(), separators=(",", ":"))
    assert len(text) < 10 * 50_000
    assert After.from_data(json.loads(text)) == after


def test_a_name_is_read_back() -> None:
    """A subject may hold dots."""
    assert split_name("order.2026.17.3") == ("order.2026.17", 3)
