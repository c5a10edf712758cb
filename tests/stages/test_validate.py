"""Validation: documents become a calendar and a roster, whatever order and state they are in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from calendarkit.calendar.documents import Document, Documents, Kind
from calendarkit.calendar.known import Known
from calendarkit.kinds import KINDS
from calendarkit.stages.validate import MOST, Validated, validate

COLUMN = '[[column]]\nid = "{0}"\ntitle = "甲"\nat = "12:00"\ncontent.text = "你好"\n'
TEXTS: dict[str, tuple[Kind, str]] = {
    "calendarkit.toml": ("workspace", 'name = "店"\nchannels = ["folder"]\n[quiet]\nhours = "22:00-07:00"\n'),
    "calendars/a.toml": ("calendar", COLUMN.format("b")),
    "calendars/b.toml": ("calendar", '[quiet]\nhours = "21:00-08:00"\n' + COLUMN.format("a")),
    "stores.csv": ("stores", "id,name,zone\nhz-2,二店,\nhz-1,一店,\n"),
    "groups.csv": ("groups", "id,store\nvip,hz-2\nnew,hz-1\n"),
    "pools/tips.toml": ("pool", '[[item]]\nid = "x"\n'),
    "templates/t/a.txt": ("template", "你好"),
}


def documents(**changed: str) -> Documents:
    """Return the good documents, some of them changed; keys are file names with _ for / and the ending left out."""
    made = []
    for path, (kind, text) in TEXTS.items():
        name = path.rpartition(".")[0].replace("/", "_")
        made.append(Document(path=path, kind=kind, text=changed.get(name, text)))
    return Documents(documents=tuple(made))


def codes(validated: Validated) -> list[str]:
    return [each.code for each in validated.problems]


OFFER = '[[offer]]\nid = "apple"\ntitle = "苹果"\nsku = "A"\nprice = 9.9\n'


@pytest.mark.parametrize(
    ("offer", "policy", "found", "usable"),
    [
        ("", "", [], True),
        ("floor = 12\n", "", ["CK412"], True),
        ("mall_price = 8\n", "[prices]\n", ["CK460"], True),
        ("prize = 1\n", "", ["CK201"], False),
    ],
    ids=["good", "below-its-floor", "above-the-mall", "another-mistake"],
)
def test_a_price_that_a_guard_holds_leaves_the_rest_usable(
    offer: str, policy: str, found: list[str], usable: bool
) -> None:
    """With the last good documents the guard would go by the old price."""
    more = (
        Document(path="offers.toml", kind="offers", text=OFFER + offer),
        Document(path="policy.toml", kind="policy", text=policy),
    )
    validated = validate(replace(documents(), documents=(*documents().documents, *more)))
    assert (sorted(codes(validated)), validated.usable) == (found, usable)


def test_good_documents_become_a_calendar() -> None:
    """Columns are sorted by id, rosters keep their order, templates and pools are there."""
    found = validate(documents())
    assert found.problems == ()
    assert found.calendar is not None
    assert list(found.calendar.columns) == ["a", "b"]
    assert (list(found.roster.stores), list(found.roster.groups)) == (["hz-2", "hz-1"], ["hz-2.vip", "hz-1.new"])
    assert found.calendar.templates == {"t/a.txt": "你好"}
    assert found.calendar.pools["tips"].items[0].id == "x"
    assert found.calendar.places["column.a"] == "calendars/b.toml:3"


@pytest.mark.parametrize(
    ("column", "policy", "expected"),
    [
        ("", "", "21:00-08:00"),
        ('quiet = { hours = "23:00-06:00" }\n', "", "23:00-06:00"),
        ("quiet = false\n", "", None),
    ],
)
def test_the_nearest_quiet_hours_hold(column: str, policy: str, expected: str | None) -> None:
    """The column's own beat the file's, the file's beat the workspace's."""
    text = '[quiet]\nhours = "21:00-08:00"\n' + COLUMN.format("a").replace("content", f"{column}content")
    calendar = validate(documents(calendars_b=text)).calendar
    assert calendar is not None
    held = calendar.quiet.get("a")
    assert (held.hours if held else None) == expected
    assert calendar.quiet["b"].hours == "22:00-07:00"


def test_file_names_mean_nothing() -> None:
    """Moving a column to another file changes no noun; ids decide."""
    before = validate(documents()).calendar
    moved = [replace(each, path=each.path.replace("calendars/a", "calendars/z")) for each in documents().documents]
    after = validate(Documents(documents=tuple(reversed(moved)))).calendar
    assert before is not None
    assert after is not None
    assert (before.columns, before.quiet, before.pools) == (after.columns, after.quiet, after.pools)


def test_one_bad_file_leaves_the_others() -> None:
    """The other columns, stores and groups are still understood."""
    found = validate(documents(calendars_a="[[column"))
    assert codes(found) == ["CK001"]
    assert found.calendar is not None
    assert list(found.calendar.columns) == ["a"]


def test_what_an_unread_file_held_is_not_called_unknown() -> None:
    """A broken stores file does not make every group an orphan, nor a broken pool every column."""
    column = COLUMN.format("b") + 'content.pool = "tips"\naudience = "vip"\n'
    found = validate(documents(stores="id;name\n", calendars_a=column, pools_tips="[[item]\n"))
    assert codes(found) == ["CK001", "CK015"]


@pytest.mark.parametrize("rows", ["3", '"x"', "[1]", "{ id = 1 }", "[[]]"])
def test_columns_that_are_no_tables_are_told(rows: str) -> None:
    """Whatever stands where the columns belong is a problem, never an accident."""
    assert "CK203" in codes(validate(documents(calendars_a=f"column = {rows}\n")))


def test_a_column_with_a_mistake_is_judged_on_but_not_published() -> None:
    """What else is wrong with it is told at once; the calendar does without it."""
    column = COLUMN.format("b").replace("12:00", "八点").replace("你好", "{{ stor.name }}")
    found = validate(documents(calendars_a=column))
    assert codes(found) == ["CK103", "CK406"]
    assert found.calendar is not None
    assert list(found.calendar.columns) == ["a"]


def test_without_a_workspace_there_is_no_calendar() -> None:
    """A broken calendarkit.toml is one problem, and the roster is still read."""
    found = validate(documents(calendarkit="name = 店"))
    assert (found.calendar, codes(found)) == (None, ["CK017"])
    assert len(found.roster.groups) == 2


def test_nothing_is_still_an_answer() -> None:
    """No documents at all: no calendar, no problems of its own."""
    assert validate(Documents()) == Validated(calendar=None, roster=validate(Documents()).roster, problems=())


def test_many_problems_of_one_kind_are_cut() -> None:
    """50,000 wrong rows do not fill the screen."""
    rows = "".join(f"群{number},hz-1\n" for number in range(MOST + 7))
    found = validate(documents(groups=f"id,store\n{rows}"))
    assert codes(found).count("CK206") == MOST
    assert [each.message.zh for each in found.problems if each.code == "CK990"] == [
        "还有 7 个同样的问题（CK206）没有列出"
    ]


def test_silence_about_plugins_is_not_judged() -> None:
    """Without knowledge of plugins no channel, layout, kind or table is called unknown."""
    text = COLUMN.format("a") + 'content.poster = "any"\nchannels = "any"\nkind = "any"\n'
    workspace = 'name = "店"\n[plugins.any]\nx = 1\n'
    changed = documents(calendars_b=text, calendarkit=workspace, calendars_a="# 空\n")
    assert validate(changed).problems == ()
    kinds = {each.name: each for each in KINDS}
    known = Known(options={"other": type(Known)}, kinds=kinds, layouts={"noon": ""})  # type: ignore[dict-item]
    assert sorted(codes(validate(changed, known))) == ["CK404", "CK603", "CK604"]


def test_warnings_are_no_errors() -> None:
    """A warning stops nothing."""
    found = validate(documents(calendars_a=COLUMN.format("b").replace("12:00", "06:30")))
    assert (codes(found), found.errors) == (["CK305"], ())


def test_duplicates_keep_the_first() -> None:
    """Of two columns with one id the first one counts, and the problem names both places."""
    found = validate(documents(calendars_b=COLUMN.format("b").replace("甲", "乙")))
    assert [(each.code, each.file, each.related) for each in found.problems] == [
        ("CK205", "calendars/b.toml", ("calendars/a.toml:2",))
    ]
    assert found.calendar is not None
    assert found.calendar.columns["b"].title == "甲"
