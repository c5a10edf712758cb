"""The programme as a list of days: golden stretches, and lines that fit."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from small_shop import at

from calendarkit.calendar.column import Column
from calendarkit.cli import cells
from calendarkit.cli.agenda import agenda, day_list
from calendarkit.cli.lines import plain
from calendarkit.cli.programme import Programme, counts, showings
from calendarkit.model.slot import Slot
from calendarkit.model.text import Language

GOLDEN = Path(__file__).with_name("golden")
COLUMNS = {
    "morning": Column(id="morning", title="早安贴士"),
    "flash": Column(id="flash", title="周三秒杀", star=True),
}

LATER = [f"12-{day:02}" for day in range(1, 7)]


def programme(first: dt.date, days: int, today: dt.date | None = None) -> Programme:
    """Return a programme with tips on workdays of the week and a flash sale on Wednesdays and Thursdays."""
    listed = [first + dt.timedelta(days=each) for each in range(days)]
    wanted = [("morning", "07:30", day) for day in listed if day.weekday() < 5]
    wanted += [("flash", clock, day) for day in listed if day.weekday() in {2, 3} for clock in ("12:00", "20:00")]
    slots = [
        Slot(column=column, day=day, name=clock, at=at(clock, str(day)), deadline=0, zone="Asia/Shanghai")
        for column, clock, day in wanted
    ]
    shown = showings(slots, COLUMNS, "Asia/Shanghai")
    return Programme(name="鲜果时光", first=first, last=listed[-1], today=today, showings=shown, notes=counts(shown, 5))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("agenda.txt", plain(agenda(programme(dt.date(2026, 9, 18), 24), "zh", 80))),
        ("agenda-en.txt", plain(agenda(programme(dt.date(2026, 12, 20), 17), "en", 70))),
        ("day.txt", plain(day_list(programme(dt.date(2026, 11, 25), 1), "zh"))),
        ("day-en.txt", plain(day_list(programme(dt.date(2026, 10, 1), 1), "en"))),
    ],
    ids=lambda value: value if value.endswith(".txt") else "",
)
def test_golden(name: str, text: str) -> None:
    """As it was looked at and found good."""
    assert text == (GOLDEN / name).read_text("utf-8")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int, language: Language) -> None:
    """What does not fit goes on below the first entry of its day."""
    rows = plain(agenda(programme(dt.date(2026, 2, 1), 90), language, width)).splitlines()
    assert max(map(cells.width, rows[1:-1])) <= width


def test_every_day_stands_there_once() -> None:
    """Those on which nothing goes out too; weeks are set apart."""
    rows = plain(agenda(programme(dt.date(2026, 11, 23), 14), "zh")).splitlines()
    assert [row[:5] for row in rows[1:-1]] == [*(f"11-{day}" for day in range(23, 30)), "", "11-30", *LATER]
    assert [row.endswith("·") for row in rows if row[6:8] in {"周六", "周日"}] == [True] * 4


def test_a_long_day_goes_on_below() -> None:
    """Aligned with its first entry."""
    rows = plain(agenda(programme(dt.date(2026, 11, 25), 1), "zh", 54)).splitlines()
    assert rows[2].strip() == "20:00 周三秒杀 ★"
    assert len(rows[2]) - len(rows[2].lstrip()) == cells.width(rows[1].partition("07:30")[0])


def test_today_is_marked() -> None:
    """In bold reverse on a terminal."""
    day = dt.date(2026, 11, 25)
    spans = [span for row in agenda(programme(dt.date(2026, 11, 23), 7, day), "zh") for span in row]
    assert [span.text for span in spans if span.style == "today"] == ["11-25 周三"]
