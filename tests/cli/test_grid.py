"""The programme grid: golden weeks a person can read, and columns that stand exactly below each other."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_shop import at

from calendarkit.calendar.column import Column
from calendarkit.cli import cells
from calendarkit.cli.grid import month_grid, week_grid
from calendarkit.cli.lines import plain
from calendarkit.cli.programme import Programme, counts, showings
from calendarkit.model.slot import Slot
from calendarkit.model.text import Language

GOLDEN = Path(__file__).with_name("golden")
COLUMNS = {
    "morning": Column(id="morning", title="早安贴士"),
    "noon": Column(id="noon", title="午间特惠"),
    "flash": Column(id="flash", title="周三秒杀", star=True),
    "topic": Column(id="topic", title="周末话题"),
}
WEEKLY = {"morning": ("07:30", range(7)), "noon": ("12:00", range(5)), "flash": ("20:00", [2]), "topic": ("20:00", [6])}


def programme(first: dt.date, days: int, today: dt.date | None = None) -> Programme:
    """Return the programme of a fruit shop."""
    slots = []
    for day in (first + dt.timedelta(days=each) for each in range(days)):
        for column, (clock, weekdays) in WEEKLY.items():
            if day.weekday() in weekdays:
                start = at(clock, day.isoformat())
                slots.append(
                    Slot(column=column, day=day, name=clock, at=start, deadline=start + 60, zone="Asia/Shanghai")
                )
    shown = showings(slots, COLUMNS, "Asia/Shanghai")
    return Programme(
        name="鲜果时光", first=first, last=first + dt.timedelta(days=days - 1), today=today, showings=shown,
        notes=counts(shown, 5),
    )  # fmt: skip


MONDAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("week.txt", plain(week_grid(programme(MONDAY, 7), "zh"))),
        ("week-80.txt", plain(week_grid(programme(MONDAY, 7), "zh", 80))),
        ("week-62.txt", plain(week_grid(programme(MONDAY, 7), "zh", 62))),
        ("week-en.txt", plain(week_grid(programme(dt.date(2026, 12, 28), 7), "en", 100))),
        ("month.txt", plain(month_grid(programme(dt.date(2026, 11, 1), 30), "zh", 80))),
        ("week-off.txt", plain(week_grid(programme(dt.date(2026, 10, 5), 7), "zh", 80))),
        ("week-off-en.txt", plain(week_grid(programme(dt.date(2026, 9, 21), 7), "en", 80))),
        ("month-off.txt", plain(month_grid(programme(dt.date(2026, 2, 1), 28), "zh", 80))),
        ("month-off-en.txt", plain(month_grid(programme(dt.date(2026, 2, 1), 28), "en", 120))),
        ("empty.txt", plain(week_grid(Programme(name="鲜果时光", first=MONDAY, last=MONDAY + dt.timedelta(6)), "zh"))),
    ],
    ids=lambda value: value if value.endswith(".txt") else "",
)
def test_golden(name: str, text: str) -> None:
    """As it was looked at and found good."""
    assert text == (GOLDEN / name).read_text("utf-8")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [62, 80, 100, 120, 140])
def test_no_line_is_wider_than_the_terminal(width: int, language: Language) -> None:
    """From a narrow pane to a wide screen, in weeks and months with long names of terms and festivals."""
    pages = [week_grid(programme(MONDAY + dt.timedelta(weeks=each), 7), language, width) for each in range(52)]
    pages += [month_grid(programme(dt.date(2027, each, 1), 28), language, width) for each in range(1, 13)]
    assert max(cells.width(row) for page in pages for row in plain(page).splitlines()) <= width


@given(
    titles=st.lists(
        st.text(alphabet="周三秒杀abc 🍎，", min_size=1, max_size=14).filter(str.strip), min_size=1, max_size=4
    ),
    width=st.one_of(st.none(), st.integers(62, 160)),
)
def test_columns_stand_below_each_other(titles: list[str], width: int | None) -> None:
    """In every row each day's cell begins at the same cell of the terminal as the day's heading."""
    columns = {str(n): Column(id=f"c{n}", title=title.strip(), star=n % 2 == 0) for n, title in enumerate(titles)}
    slots = [
        Slot(
            column=str(n),
            day=MONDAY,
            name="x",
            at=at("07:30", f"2026-11-{23 + day}") + n * 3600,
            deadline=0,
            zone="UTC",
        )
        for n in range(len(titles))
        for day in range(7)
    ]
    shown = showings(slots, columns, "Asia/Shanghai")
    page = Programme(name="x", first=MONDAY, last=MONDAY + dt.timedelta(6), showings=shown)
    rows = week_grid(page, "zh", width)[1:]
    starts = {tuple(_starts(row)) for row in rows}
    assert len(starts) == 1


def _starts(row: tuple) -> list[int]:
    """Return where the fillers of one row end: the beginnings of the next cells."""
    place, found = 0, []
    for span in row:
        place += cells.width(span.text)
        if span.style == "" and not span.text.strip():
            found.append(place)
    return found


def test_today_is_marked() -> None:
    """In the heading of the week and on the day of the month."""
    wednesday = dt.date(2026, 11, 25)
    for grid in (
        week_grid(programme(MONDAY, 7, wednesday), "zh"),
        month_grid(programme(dt.date(2026, 11, 1), 30, wednesday), "zh"),
    ):
        assert [span.text for row in grid for span in row if span.style == "today"] in (["周三 25"], ["25"])


def test_a_crowded_day_of_the_month_says_how_many_more() -> None:
    """Rather than pushing the week off the screen."""
    columns = {str(n): Column(id=f"c{n}", title=f"栏目{n}") for n in range(9)}
    slots = [
        Slot(column=n, day=MONDAY, name="x", at=at("07:30", "2026-11-25"), deadline=0, zone="UTC") for n in columns
    ]
    shown = showings(slots, columns, "Asia/Shanghai")
    page = Programme(name="x", first=dt.date(2026, 11, 1), last=dt.date(2026, 11, 30), showings=shown)
    assert plain(month_grid(page, "zh")).count("栏目") == 5
    assert "+4" in plain(month_grid(page, "zh"))


def test_columns_of_one_title_share_an_entry() -> None:
    """As when a topic goes to three audiences, each with a column of its own; another time is another entry."""
    columns = {n: Column(id=f"c{n}", title="囤货提醒", star=n == "2") for n in "123"}
    slots = [
        Slot(column=n, day=MONDAY, name=clock, at=at(clock), deadline=0, zone="UTC")
        for n, clock in [("1", "12:30"), ("2", "12:30"), ("3", "12:30"), ("1", "18:00")]
    ]
    page = Programme(
        name="x", first=MONDAY, last=MONDAY + dt.timedelta(6), showings=showings(slots, columns, "Asia/Shanghai")
    )
    said = plain(week_grid(page, "zh"))
    assert "囤货提醒 ×3 ★" in said
    assert said.count("囤货提醒") == 2


def test_a_slot_stands_on_the_day_it_goes_out() -> None:
    """On the workspace's clock, not on its nominal day, once it was moved."""
    moved = Slot(
        column="noon", day=MONDAY, name="12:00", at=at("12:00"), deadline=0, zone="Asia/Shanghai", origin="move"
    )
    (shown,) = showings([moved], COLUMNS, "Asia/Shanghai")
    assert (shown.day.isoformat(), shown.time) == ("2026-11-25", "12:00")
