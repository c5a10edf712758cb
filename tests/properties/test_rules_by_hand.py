"""The rules once more, day by day and by hand: what a patient person with a wall calendar would find."""

from __future__ import annotations

import calendar as wall_calendar
import datetime as dt
import re
from collections.abc import Callable
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column
from calendarkit.calendar.workspace import Workspace
from calendarkit.clockwork import lunar, terms
from calendarkit.clockwork.dates import number
from calendarkit.clockwork.statutory import CHINA
from calendarkit.model.slot import Window
from calendarkit.stages.compile import compile_index
from calendarkit.stages.due import due

ONE = dt.timedelta(1)
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ANCHORS = {"618": lambda day: (day.month, day.day) == (6, 18), "七夕": lambda day: moon(day) == (7, 7, False)}
PHASES = {"618.预热": ("618", -18, -4), "618": ("618", -18, 5), "七夕.预热": ("七夕", -7, -1)}


def moon(day: dt.date) -> tuple[int, int, bool]:
    """Return the lunar month, day and whether it is a leap month."""
    found = lunar.of(number(day))
    assert found is not None
    return found.month, found.day, found.leap


def works(day: dt.date) -> bool | None:
    """Return whether people work, ``None`` where nobody announced it."""
    return CHINA.is_workday(number(day))


def is_nth(day: dt.date, n: int) -> bool:
    """Return whether this is the n-th of its weekday in its month, 0 for the last."""
    return (day + 7 * ONE).month != day.month if n == 0 else (day.day - 1) // 7 + 1 == n


def nth_workday(day: dt.date, n: int) -> bool:
    """Return whether this is the n-th workday of its month, 0 for the last."""
    last = wall_calendar.monthrange(day.year, day.month)[1]
    days = [each for each in range(1, last + 1) if works(day.replace(day=each))]
    return len(days) >= max(n, 1) and day.day == days[n - 1]


def counted(day: dt.date, step: int, anchor: str, *, working: bool) -> bool:
    """Return whether a day lies so many days, or workdays, from an anchor."""
    if not working or not step:
        return ANCHORS[anchor](day - step * ONE)
    at, left, way = day, abs(step), ONE if step < 0 else -ONE
    if not works(day):
        return False
    while left:
        at += way
        if ANCHORS[anchor](at) and left == 1:
            return True
        if works(at) is None:
            return False
        left -= bool(works(at))
    return any_anchor_between(day, at, way, anchor)


def any_anchor_between(day: dt.date, at: dt.date, way: dt.timedelta, anchor: str) -> bool:
    """Return whether the walk may end on an anchor that is no workday, or stands at its very end."""
    if ANCHORS[anchor](at):
        return True
    at += way
    while works(at) is False:
        if ANCHORS[anchor](at):
            return True
        at += way
    return False


@cache
def means(word: str, anchor: str) -> Callable[[dt.date], bool]:
    """Return whether a day is one of a word's, as a question about that day alone."""
    if word in NAMES:
        return lambda day: NAMES[day.weekday()] == word
    if match := re.fullmatch(r"(\w+) (\w{3})(?: of (\w+))?", word):
        n = 0 if match[1] == "last" else int(match[1][0]) if match[1][0].isdigit() else -1
        if n >= 0 and match[2] in NAMES:
            month = match[3]
            return lambda day: (
                NAMES[day.weekday()] == match[2] and is_nth(day, n) and month in (None, f"{day:%b}".lower())
            )
    if match := re.fullmatch(r"day (\d+)", word):
        return lambda day: day.day == int(match[1])
    if match := re.fullmatch(r"(\d\d-\d\d)(?:\.\.(\d\d-\d\d))?", word):
        first, last = match[1], match[2] or match[1]
        if first <= last:
            return lambda day: first <= f"{day:%m-%d}" <= last
        return lambda day: f"{day:%m-%d}" >= first or f"{day:%m-%d}" <= last
    if match := re.fullmatch(r"lunar (leap )?(\d\d)-(\d\d)", word):
        return lambda day: moon(day) == (int(match[2]), int(match[3]), bool(match[1]))
    if match := re.fullmatch(r"T([+-]\d+)(wd)?", word):
        return lambda day: counted(day, int(match[1]), anchor, working=bool(match[2]))
    if match := re.fullmatch(r"(\w+) workday", word):
        n = 0 if match[1] == "last" else int(match[1][0])
        return lambda day: nth_workday(day, n)
    return {
        "last day": lambda day: (day + ONE).day == 1,
        "workday": lambda day: works(day) is True,
        "offday": lambda day: works(day) is False,
        "lunar day 15": lambda day: moon(day)[1] == 15,
        "除夕": lambda day: moon(day + ONE) == (1, 1, False),
        "冬至": lambda day: terms.on(number(day)) == "冬至",
    }[word]


WORDS = (
    *NAMES, "1st fri", "5th sun", "last thu", "2nd sun of may", "day 18", "day 31", "last day", "06-18", "02-29",
    "12-20..01-05", "lunar 08-15", "lunar 12-30", "lunar leap 06-15", "lunar day 15", "除夕", "冬至", "workday",
    "offday", "last workday", "1st workday", "T-7", "T+0", "T+3", "T-3wd", "T+2wd",
)  # fmt: skip
tables = st.fixed_dictionaries(
    {
        "on": st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
        "skip": st.lists(st.sampled_from(WORDS), max_size=2),
        "anchor": st.sampled_from(sorted(ANCHORS)),
        "from": st.dates(dt.date(2024, 1, 1), dt.date(2025, 12, 31)),
    },
    optional={
        "until": st.dates(dt.date(2025, 6, 1), dt.date(2027, 6, 30)),
        "season": st.sampled_from(["11-20..02-10", "03-01..08-31"]),
        "during": st.sampled_from(sorted(PHASES)),
        "every": st.sampled_from(["1 week", "2 weeks", "5 weeks", "3 days", "2 months", "3 months"]),
    },
)


def in_phase(day: dt.date, phase: str) -> bool:
    """Return whether a day lies in a phase."""
    anchor, first, last = PHASES[phase]
    return any(ANCHORS[anchor](day - step * ONE) for step in range(first, last + 1))


def in_step(day: dt.date, every: str, start: dt.date) -> bool:
    """Return whether a day's interval is one of every so many."""
    amount, unit = every.split()
    step = int(amount)
    if unit.startswith("day"):
        return (day - start).days % step == 0
    if unit.startswith("week"):
        mondays = [each - each.weekday() * ONE for each in (day, start)]
        return (mondays[0] - mondays[1]).days // 7 % step == 0
    return ((day.year - start.year) * 12 + day.month - start.month) % step == 0


def by_hand(table: dict[str, object], first: dt.date, days: int) -> list[dt.date]:
    """Return the days of a column among so many from a day on, asking each of them."""
    found = []
    for day in (first + step * ONE for step in range(days)):
        asked = {key: [means(word, table["anchor"])(day) for word in table[key]] for key in ("on", "skip")}
        within = table["from"] <= day <= table.get("until", day)
        within = within and ("season" not in table or means(table["season"], "")(day))
        within = within and ("during" not in table or in_phase(day, table["during"]))
        within = within and ("every" not in table or in_step(day, table["every"], table["from"]))
        if any(asked["on"]) and not any(asked["skip"]) and within:
            found.append(day)
    return found


@given(tables, st.dates(dt.date(2024, 6, 1), dt.date(2026, 10, 1)))
@settings(max_examples=120, deadline=None)
def test_every_day_is_due_or_not_as_one_finds_by_hand(table: dict[str, object], first: dt.date) -> None:
    """200 days of a random column, each judged by itself."""
    column = Column.model_validate({**table, "id": "c", "title": "栏目", "at": "12:00", "timezone": "UTC"})
    index = compile_index(Calendar(workspace=Workspace(name="小店"), columns={"c": column}))
    start = number(first) * 86_400
    assert [slot.day for slot in due(index, Window(start, start + 200 * 86_400))] == by_hand(table, first, 200)
