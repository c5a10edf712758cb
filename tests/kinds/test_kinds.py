"""The built-in kinds of columns: each is whole, and its example is a calendar that passes."""

from __future__ import annotations

import pytest

from calendarkit.calendar.column import Column
from calendarkit.calendar.documents import Document, Documents
from calendarkit.calendar.known import Known
from calendarkit.kinds import KINDS
from calendarkit.stages.validate import Validated, validate

BY_NAME = {each.name: each for each in KINDS}
EVERY = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def judged(calendar: str) -> Validated:
    """Judge a shop with one calendar file."""
    shop = Document(path="calendarkit.toml", kind="workspace", text='name = "小店"\nchannels = "console"\n')
    column = Document(path="calendars/a.toml", kind="calendar", text=calendar)
    stores = Document(path="stores.csv", kind="stores", text="id,name\nhz-001,滨江一号店\n")
    groups = Document(
        path="groups.csv", kind="groups", text="id,store,tags,members\na,hz-001,new,customers\nb,hz-001,,staff\n"
    )
    return validate(Documents(documents=(shop, column, stores, groups)), Known(kinds=BY_NAME))


@EVERY
def test_the_example_passes(kind):
    """The example of a kind can be pasted into a calendar: it has no problems and is of that kind."""
    found = judged(kind.example)
    assert found.problems == ()
    assert found.calendar is not None
    assert [each.kind for each in found.calendar.columns.values()] == [kind.name]


@EVERY
def test_a_kind_speaks_both_languages(kind):
    """Title and summary are there in Chinese and English."""
    assert all((kind.title.zh, kind.title.en, kind.summary.zh, kind.summary.en))


@EVERY
def test_defaults_are_fields_of_a_column(kind):
    """A default that no column has would be lost without a word."""
    assert set(kind.defaults) <= set(Column.model_fields)
    Column(id="a", title="a", **kind.defaults)


def test_a_column_starts_with_the_values_of_its_kind():
    """A flash sale may be ten minutes late unless it says otherwise."""
    found = judged(BY_NAME["flash_sale"].example).calendar
    assert found is not None
    assert (found.columns["flash-wed"].late, found.columns["flash-wed"].on_unknown) == ("10m", "park")


def test_what_a_column_writes_beats_its_kind():
    """A shop whose flash sale may be an hour late says so."""
    written = BY_NAME["flash_sale"].example.replace('at = "20:00"', 'at = "20:00"\nlate = "1h"')
    found = judged(written).calendar
    assert found is not None
    assert found.columns["flash-wed"].late == "1h"


def test_options_are_complete():
    """Templates see an option that nobody wrote with the default of its kind."""
    found = judged(BY_NAME["checkin"].example).calendar
    assert found is not None
    assert found.columns["breakfast-checkin"].options == {"days": 21, "reward": "鲜奶一箱", "makeup": 0}


@pytest.mark.parametrize(
    ("kind", "written", "wrong", "code"),
    [
        ("red_packet", "options = {", "x = {", "CK201"),
        ("red_packet", "count = 20", "count = 0", "CK204"),
        ("lecture", 'teacher = "王医生"', 'techer = "王医生"', "CK201"),
        ("sponsored", "until = 2026-12-31", 'until = "年底"', "CK203"),
        ("koc_story", '"approved"', '"done"', "CK204"),
    ],
    ids=["no-such-key", "out-of-range", "misspelt", "no-date", "no-such-stage"],
)
def test_options_that_do_not_fit_are_found_at_their_line(kind, written, wrong, code):
    """A red packet without a rule is none, and a misspelt option is named."""
    found = judged(BY_NAME[kind].example.replace(written, wrong))
    assert code in {each.code for each in found.problems}
    assert all(each.file == "calendars/a.toml" and each.line for each in found.problems)


def test_a_required_option_is_missed():
    """Without its rule a red packet is refused."""
    text = BY_NAME["red_packet"].example
    rule = next(line for line in text.splitlines() if line.startswith("options"))
    assert {each.code for each in judged(text.replace(f"{rule}\n", "")).problems} >= {"CK202"}


def test_a_template_may_ask_only_for_options_of_its_kind():
    """A misspelt option in a template is found before a customer sees a gap."""
    found = judged(BY_NAME["course"].example.replace("options.teacher", "options.techer"))
    assert [(each.code, each.fix.zh if each.fix else "") for each in found.problems] == [
        ("CK406", "是不是 options.teacher？")
    ]
