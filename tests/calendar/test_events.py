"""Events of sheets and tables: when they happened, on whose clock, and what is wrong with them."""

from __future__ import annotations

import datetime as dt

import pytest

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.documents import Document, Documents
from calendarkit.calendar.event_rows import parse_happened
from calendarkit.stages.validate import Validated, validate

SHOP = {
    "calendarkit.toml": 'name = "小店"\nchannels = ["folder"]',
    "stores.csv": "id,name,zone\nhz-001,滨江,\nny-001,NY,America/New_York",
    "groups.csv": "id,store,title\nvip,hz-001,VIP\nvip,ny-001,VIP",
    "calendars/a.toml": """
[[column]]
id = "rebuy"
title = "复购"
after = { event = "purchase", every = "28d", times = 6 }
at = "10:00"
content = { text = "{{ event.name | default('您') }} {{ event.k }}" }
""",
    "events.csv": "event,subject,store,on\npurchase,c-1,hz-001,2026-10-29",
}
KINDS = {
    "calendarkit.toml": "workspace",
    "stores.csv": "stores",
    "groups.csv": "groups",
    "calendars/a.toml": "calendar",
}


def judged(**files: str | None) -> Validated:
    """Judge the shop with other files; names have ``_`` for a dot."""
    texts = {**SHOP, **{name.replace("_", "."): text for name, text in files.items()}}
    texts = {name: text for name, text in texts.items() if text is not None}
    return validate(
        Documents(
            documents=tuple(
                Document(path=path, kind=KINDS.get(path, "events"), text=text)  # type: ignore[arg-type]
                for path, text in sorted(texts.items())
            )
        )
    )


def column(after: str, more: str = "") -> str:
    """Return the calendar file with another ``after``."""
    text = SHOP["calendars/a.toml"].replace('{ event = "purchase", every = "28d", times = 6 }', after)
    return text.replace('at = "10:00"', f'at = "10:00"\n{more}')


def codes(found: Validated) -> list[str]:
    """Return the codes of what is wrong."""
    return [each.code for each in found.problems]


def calendar(found: Validated) -> Calendar:
    """Return the calendar of a shop without problems."""
    assert codes(found) == []
    assert found.calendar is not None
    return found.calendar


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-25", "2026-11-25T00:00"),
        ("2026/11/5", "2026-11-05T00:00"),
        ("2026年11月5日", "2026-11-05T00:00"),
        ("2026-11-25 23:59", "2026-11-25T23:59"),
        ("2026/11/25 23:59", "2026-11-25T23:59"),
        ("2026-11-25T23:59:30+08:00", "2026-11-25T23:59:30+08:00"),
        ("yesterday", None),
        ("2026-02-30", None),
        ("", None),
    ],
)
def test_moments_are_read_as_sheets_have_them(written: str, moment: str | None) -> None:
    """A day is its midnight; what is no date is no guess."""
    assert parse_happened(written) == (None if moment is None else dt.datetime.fromisoformat(moment))


def test_an_event_counts_on_the_calendar_of_its_store() -> None:
    """T4: who joined at 23:59 joined on that day; an instant is put on the store's own clock first."""
    rows = "event,subject,store,on\njoined,c-1,hz-001,2026-10-29 23:59\njoined,c-2,ny-001,2026-10-30T03:59:00+00:00"
    after = column('{ event = "joined", delay = "3d" }')
    events = calendar(judged(events_csv=rows, **{"calendars/a_toml": after})).events
    assert [each.day for each in events.rows] == [dt.date(2026, 10, 29), dt.date(2026, 10, 29)]
    assert [each.zone for each in events.rows] == ["", "America/New_York"]


def test_tables_say_the_same_as_sheets() -> None:
    """One ``[[event]]`` is one row; further keys become fields."""
    toml = '[[event]]\nevent = "purchase"\nsubject = "c-1"\nstore = "hz-001"\ngroup = "vip"\non = 2026-10-29\nbox = 2'
    event = calendar(judged(events_csv=None, events_toml=toml)).events.rows[0]
    assert (event.day, event.group, event.fields) == (dt.date(2026, 10, 29), "hz-001.vip", {"box": "2"})


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("purchase,c-1,hz-001,10月29日", "CK107"),
        (",c-1,hz-001,2026-10-29", "CK202"),
        ("purchase,c-1,,2026-10-29", "CK202"),
        ("purchase,张三,hz-001,2026-10-29", "CK206"),
        ("purchase,a/b,hz-001,2026-10-29", "CK206"),
        ("purchase,,hz-001,2026-10-29", "CK202"),
        ("purchase,c-1,hz-01,2026-10-29", "CK511"),
    ],
    ids=["date", "no event", "no store", "chinese subject", "slash", "no subject", "unknown store"],
)
def test_bad_rows_are_told_and_the_others_stay(row: str, code: str) -> None:
    """One bad row takes nothing from the next."""
    found = judged(events_csv=f"event,subject,store,on\n{row}\npurchase,c-2,hz-001,2026-10-29")
    assert codes(found) == [code]
    assert found.calendar is not None
    assert "c-2" in [each.subject for each in found.calendar.events.rows]


@pytest.mark.parametrize(
    ("after", "more", "code"),
    [
        ('{ event = "purchase" }', "", "CK134"),
        ('{ event = "purchase", every = "28d" }', "", "CK134"),
        ('{ event = "purchase", every = "28d", delay = "3d", times = 2 }', "", "CK134"),
        ('{ event = "purchase", delay = "3d", times = 2 }', "", "CK134"),
        ('{ event = "purchase", delay = "36h" }', "", "CK134"),
        ('{ event = "purchase", delay = "0d" }', "", "CK134"),
        ('{ event = "purchase", delay = "3d" }', 'on = "wed"', "CK312"),
        ('{ event = "purchase", delay = "3d" }', 'cron = "0 9 * * *"', "CK312"),
        ('{ event = "purchas", delay = "3d" }', "", "CK313"),
        ('{ event = "purchase", sku = "milk", delay = "3d" }', "", "CK313"),
        ('{ event = "purchase", delay = "3d", stop_on = "purchse" }', "", "CK313"),
    ],
)
def test_a_column_says_all_it_must(after: str, more: str, code: str) -> None:
    """Each slip has its code, and nothing else is told about it."""
    assert set(codes(judged(**{"calendars/a_toml": column(after, more)}))) == {code}


def test_two_times_are_two_columns() -> None:
    """The number of a reminder is its name, so there is one a day."""
    text = SHOP["calendars/a.toml"].replace('at = "10:00"', 'at = ["10:00", "20:00"]')
    assert codes(judged(**{"calendars/a_toml": text})) == ["CK134"]


def test_nothing_to_follow_is_an_error() -> None:
    """Without any events the column would be silent for ever."""
    assert codes(judged(events_csv=None)) == ["CK314"]


def test_templates_of_other_columns_have_no_event() -> None:
    """``event`` is known where there is one."""
    plain = SHOP["calendars/a.toml"].replace('after = { event = "purchase", every = "28d", times = 6 }', "")
    assert codes(judged(**{"calendars/a_toml": plain})) == ["CK410"]
