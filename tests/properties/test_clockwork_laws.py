"""The laws of the clockwork, on random columns, zones and windows."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Anchor, Column
from calendarkit.calendar.workspace import Workspace
from calendarkit.clockwork.day_words import parse_days
from calendarkit.clockwork.index import Index, next_instant
from calendarkit.clockwork.roll import roll
from calendarkit.clockwork.words import (
    RuleError,
    parse_dates,
    parse_duration,
    parse_hours,
    parse_moment,
    parse_time,
    parse_zone,
)
from calendarkit.clockwork.zones import instant, wall
from calendarkit.model.slot import Slot, Window
from calendarkit.stages.compile import compile_index
from calendarkit.stages.due import due
from calendarkit.stages.triage import triage

ZONES = (
    "Asia/Shanghai", "UTC", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Europe/London", "Africa/Cairo",
    "America/St_Johns", "Asia/Kathmandu", "Pacific/Chatham", "America/Sao_Paulo", "Africa/Casablanca",
)  # fmt: skip
DAY = 86400
START = int(dt.datetime(2026, 1, 1, tzinfo=dt.UTC).timestamp())
CHANGES = [
    int(dt.datetime.fromisoformat(f"{each}+00:00").timestamp())
    for each in ("2011-12-30T10:00", "2018-11-04T03:00", "2026-03-08T07:00", "2026-04-04T15:00", "2026-04-23T22:00",
                 "2026-10-03T15:30", "2026-11-01T06:00")
]  # fmt: skip

dates = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)).map(dt.date.isoformat)
times = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 1, 15, 29, 30, 59]))
moments = st.builds("{}T{}".format, dates, times)
words = st.one_of(
    st.sampled_from(
        ["daily", "mon-fri", "weekend", "wed", "周日", "day 31", "day 1", "last day", "fri-mon", "1st fri", "last mon",
         "5th sat", "2nd sun of may", "workday", "offday", "last workday", "2nd workday", "06-18", "02-29",
         "12-28..01-03", "lunar 08-15", "lunar leap 06-15", "lunar day 15", "除夕", "冬至", "七夕", "during 618.预热",
         "店庆期间", "T-7", "T+0", "T-3wd", "后2个工作日"]
    ),
    dates,
    st.tuples(dates, dates).map(lambda pair: "..".join(sorted(pair))),
)  # fmt: skip
columns = st.fixed_dictionaries(
    {
        "on": st.lists(words, min_size=1, max_size=3),
        "at": st.one_of(
            st.lists(times, max_size=3, unique=True), st.dictionaries(st.sampled_from(["a", "b"]), times, max_size=2)
        ),
        "skip": st.lists(words, max_size=1),
        "also": st.lists(moments, max_size=2),
        "move": st.dictionaries(moments, moments, max_size=2),
        "timezone": st.sampled_from(ZONES),
        "missed": st.sampled_from(["skip", "latest", "all"]),
        "anchor": st.sampled_from(["618", "店庆"]),
    },
    optional={
        "from": st.dates(dt.date(2026, 1, 1), dt.date(2026, 6, 30)),
        "until": st.dates(dt.date(2026, 4, 1), dt.date(2026, 12, 31)),
        "valid_for": st.just("20m"),
        "every": st.sampled_from(["2 days", "2 weeks", "3 weeks", "2 months"]),
        "season": st.sampled_from(["11-20..02-10", "03-01..08-31"]),
        "during": st.sampled_from(["618", "店庆.预热"]),
    },
).map(lambda table: table if "from" in table else {key: table[key] for key in table if key != "every"})
SHOP = Anchor.model_validate(
    {"id": "birthday", "title": "店庆", "on": "lunar 03-03", "dates": {"2026": "2026-09-12"},
     "phases": [{"name": "预热", "from": -5, "to": -1}, {"name": "返场", "from": 1, "to": 3}]}
)  # fmt: skip
calendars = st.lists(columns, min_size=1, max_size=4)
instants = st.one_of(
    st.integers(START, START + 365 * DAY), st.builds(int.__add__, st.sampled_from(CHANGES), st.integers(-DAY, 2 * DAY))
)


def calendar(tables: list[dict[str, object]]) -> Calendar:
    """Return the calendar of some tables."""
    made = [Column.model_validate({**each, "id": f"c{place}", "title": "栏目"}) for place, each in enumerate(tables)]
    return Calendar(workspace=Workspace(name="小店"), columns={each.id: each for each in made}, anchors={SHOP.id: SHOP})


def ordered(slots: tuple[Slot, ...]) -> bool:
    """Return whether slots are sorted as promised."""
    return list(slots) == sorted(slots, key=lambda each: (each.at, each.column, each.day, each.name))


@given(calendars, instants, st.lists(st.integers(1, 3 * DAY), min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_adjoining_windows_share_nothing_and_lose_nothing(
    tables: list[dict[str, object]], start: int, steps: list[int]
) -> None:
    """due(a, c) = due(a, b) + due(b, c), however often it is cut."""
    index = compile_index(calendar(tables))
    cuts = list(accumulate(steps, initial=start))
    parts = [due(index, Window(low, high)) for low, high in pairwise(cuts)]
    whole = due(index, Window(cuts[0], cuts[-1]))
    assert whole == tuple(slot for part in parts for slot in part)
    assert ordered(whole)


@given(calendars)
@settings(max_examples=60, deadline=None)
def test_order_in_files_means_nothing(tables: list[dict[str, object]]) -> None:
    """Columns, words, times and exceptions in any order compile to the same index."""
    plain = calendar(tables)
    turned = {}
    for key in reversed(plain.columns):
        column = plain.columns[key]
        changed = {name: getattr(column, name)[::-1] for name in ("on", "skip", "also")}
        changed["move"] = dict(reversed(column.move.items()))
        changed["at"] = dict(reversed(column.at.items())) if isinstance(column.at, dict) else tuple(column.at)[::-1]
        turned[key] = column.model_copy(update=changed)
    again = compile_index(Calendar(workspace=plain.workspace, columns=turned, anchors=plain.anchors))
    assert again.to_json() == compile_index(plain).to_json()


@given(calendars, instants)
@settings(max_examples=100, deadline=None)
def test_json_changes_nothing(tables: list[dict[str, object]], start: int) -> None:
    """An index that went through a file gives the same slots."""
    index = compile_index(calendar(tables))
    again = Index.from_json(index.to_json())
    window = Window(start, start + 20 * DAY)
    assert again == index
    assert due(again, window) == due(index, window)


@given(calendars, instants, st.integers(1, 500 * DAY))
@settings(max_examples=60, deadline=None)
def test_the_roll_is_what_is_due(tables: list[dict[str, object]], start: int, span: int) -> None:
    """Instants and keys without slots are those of the slots."""
    index, window = compile_index(calendar(tables)), Window(start, start + span)
    assert sorted(roll(index, window)) == sorted((slot.at, slot.key) for slot in due(index, window))


@given(calendars, instants)
@settings(max_examples=100, deadline=None)
def test_the_next_instant_is_the_first_due(tables: list[dict[str, object]], start: int) -> None:
    """Nothing is due before it, something is due at it."""
    index = compile_index(calendar(tables))
    found = next_instant(index, start)
    if found is None:
        assert due(index, Window(start, start + 400 * DAY)) == ()
    else:
        assert due(index, Window(start, min(found, start + 400 * DAY))) == ()
        assert due(index, Window(found, found + 1))


@given(st.sampled_from(ZONES), st.sampled_from(CHANGES), times, st.lists(st.integers(1, 2 * DAY), max_size=6))
@settings(max_examples=200, deadline=None)
def test_each_local_day_fires_exactly_once(zone: str, change: int, time: str, steps: list[int]) -> None:
    """A daily slot of every nominal day around a change of clocks, in random windows, at the instant of RFC 5545."""
    index = compile_index(calendar([{"on": ["daily"], "at": [time], "timezone": zone}]))
    start, end = change - 4 * DAY, change + 4 * DAY
    cuts = [start, *(each for each in accumulate(steps, initial=start + 1) if each < end), end]
    slots = [slot for low, high in pairwise(cuts) for slot in due(index, Window(low, high))]
    middle = dt.datetime.fromtimestamp(change, dt.UTC).date()
    counted = Counter(slot.day for slot in slots)
    assert [counted[middle + dt.timedelta(step)] for step in range(-2, 3)] == [1] * 5
    for slot in slots:
        local = dt.datetime.fromisoformat(f"{slot.day}T{time}").replace(tzinfo=ZoneInfo(zone))
        assert slot.at == int(local.timestamp())


@given(calendars)
@settings(max_examples=60, deadline=None)
def test_keys_are_unique_and_ordinals_count_up(tables: list[dict[str, object]]) -> None:
    """No slot comes twice; in nominal order each column's numbers rise by one."""
    slots = due(compile_index(calendar(tables)), Window(START - 30 * DAY, START + 400 * DAY))
    assert len({slot.key for slot in slots}) == len(slots)
    for column in {slot.column for slot in slots}:
        numbers = sorted(slot.ordinal for slot in slots if slot.column == column)
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


@given(calendars, instants, st.integers(0, 5 * DAY))
@settings(max_examples=100, deadline=None)
def test_triage_forgets_nothing(tables: list[dict[str, object]], start: int, span: int) -> None:
    """Every slot is due or missed, never both, and what is due is due in time."""
    made = calendar(tables)
    now = start + span
    slots = due(compile_index(made), Window(start, now))
    found = triage(slots, made, now)
    assert Counter(each.key for each in (*found.due, *found.missed)) == Counter(each.key for each in slots)
    assert all(now < each.deadline for each in found.due)
    assert ordered(found.due)
    assert ordered(found.missed)


@given(st.sampled_from(ZONES), instants)
@settings(max_examples=100, deadline=None)
def test_the_wall_is_the_inverse_of_the_instant(zone: str, at: int) -> None:
    """The time a clock shows fires when it shows it; inside the second half of an overlap, one overlap earlier."""
    minute_start = at - at % 60
    day, minute = wall(zone, minute_start)
    assert minute_start - instant(zone, day, minute) in {0, 1800, 3600}


scraps = st.lists(
    st.sampled_from(
        [*"0123456789:：.-~/T+ 时点分半一二十两每月日天周至到上下午晚秒小mhdsapAe", "..", "周三", "daily", "\n"]
    ),
    max_size=14,
).map("".join)
PARSERS = (parse_days, parse_dates, parse_time, parse_duration, parse_hours, parse_moment, parse_zone)


def refusal(text: str, parse: Callable[[str], object]) -> RuleError | None:
    """Return what a reader objects to, ``None`` when it reads the text."""
    try:
        parse(text)
    except RuleError as error:
        return error
    return None


@given(st.one_of(scraps, st.text(max_size=80)), st.sampled_from(PARSERS))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_or_refused_with_a_fix_that_works(text: str, parse: Callable[[str], object]) -> None:
    """No text breaks a reader, and what a refusal tells to write is read without one."""
    error = refusal(text, parse)
    told = re.fullmatch(r'write "(.+)"', error.fix.en) if error and error.fix else None
    if error and told:
        reader = {"CK103": parse_time, "CK107": parse_dates}.get(error.code, parse)
        assert refusal(told[1], reader) is None
