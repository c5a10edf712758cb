"""Hatches inside a column: what stands beside them, and the laws of what is due."""

from __future__ import annotations

import datetime as dt
from itertools import accumulate, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.workspace import Workspace
from calendarkit.clockwork.index import Index, next_instant
from calendarkit.clockwork.roll import roll
from calendarkit.model.slot import Slot, Window
from calendarkit.stages.compile import compile_index
from calendarkit.stages.due import due

DAY = 86_400
START = int(dt.datetime(2026, 11, 20, tzinfo=dt.UTC).timestamp())
RRULE = "DTSTART:20261124T120000\nRRULE:FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0;COUNT=8"


def compiled(**column: object) -> Index:
    """Compile one column."""
    made = Column.model_validate({"id": "c", "title": "栏目", **column})
    return compile_index(Calendar(workspace=Workspace(name="小店"), columns={"c": made}))


def keys(**column: object) -> list[str]:
    """Return the slots of a month."""
    return [slot.key.removeprefix("c/2026-") for slot in due(compiled(**column), Window(START, START + 30 * DAY))]


def test_a_rule_may_begin_and_end_in_the_middle_of_a_day() -> None:
    """The eighth time is the last, and the first morning came before the start."""
    assert keys(rrule=RRULE) == [
        "11-24/20:00", "11-25/08:00", "11-25/20:00", "11-26/08:00", "11-26/20:00", "11-27/08:00", "11-27/20:00",
        "11-28/08:00",
    ]  # fmt: skip


def test_what_is_skipped_added_moved_and_bounded_stays() -> None:
    """The other keys mean what they mean beside any rule; the half days at the ends are skipped too."""
    more = {"also": ["2026-12-01T09:00"], "move": {"2026-11-25T20:00": "2026-11-25T21:00"}}
    found = keys(rrule=RRULE, skip=["2026-11-24", "2026-11-26", "2026-11-28"], until=dt.date(2026, 12, 31), **more)
    assert found == ["11-25/08:00", "11-25/20:00", "11-27/08:00", "11-27/20:00", "12-01/09:00"]
    assert keys(rrule=RRULE, until=dt.date(2026, 11, 25)) == ["11-24/20:00", "11-25/08:00", "11-25/20:00"]


def test_cron_counts_on_the_clock_of_the_column() -> None:
    """Half past two on the night it is skipped is half past three, once."""
    index = compiled(cron="30 2 8 3 *", timezone="America/New_York")
    start = int(dt.datetime(2026, 3, 7, tzinfo=dt.UTC).timestamp())
    slots: tuple[Slot, ...] = due(index, Window(start, start + 3 * DAY))
    assert [(slot.key, slot.at) for slot in slots] == [
        ("c/2026-03-08/02:30", int(dt.datetime(2026, 3, 8, 7, 30, tzinfo=dt.UTC).timestamp()))
    ]


hatches = st.one_of(
    st.builds(
        lambda rule, end: {"rrule": f"DTSTART:20261116T090000\nRRULE:{rule};BYHOUR=2,9,23;BYMINUTE=30{end}"},
        st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "FREQ=MONTHLY;BYMONTHDAY=-1,15"]),
        st.sampled_from(["", ";COUNT=20", ";UNTIL=20261215T120000"]),
    ),
    st.builds(
        lambda line, how: {"cron": line, "cron_day": how},
        st.sampled_from(["30 2,14 * * *", "0 9 L * *", "15 */8 1-7 * mon", "0 12 * 3,11 fri#2"]),
        st.sampled_from(["or", "and"]),
    ),
)
zones = st.sampled_from(["Asia/Shanghai", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe"])


@given(hatches, zones, st.integers(-60 * DAY, 120 * DAY), st.lists(st.integers(1, 9 * DAY), min_size=2, max_size=5))
@settings(max_examples=100, deadline=None)
def test_adjoining_windows_share_nothing_and_lose_nothing(
    hatch: dict[str, str], zone: str, start: int, steps: list[int]
) -> None:
    """due(a, c) = due(a, b) + due(b, c), through a file and back; the roll and the next instant say the same."""
    index = Index.from_json(compiled(**hatch, timezone=zone).to_json())
    cuts = list(accumulate(steps, initial=START + start))
    window = Window(cuts[0], cuts[-1])
    whole = due(index, window)
    assert whole == tuple(slot for low, high in pairwise(cuts) for slot in due(index, Window(low, high)))
    assert sorted(roll(index, window)) == sorted((slot.at, slot.key) for slot in whole)
    following = next_instant(index, cuts[0])
    assert (following is not None and following < cuts[-1]) == bool(whole)
