"""Laws of documents: nothing anybody can write makes the reader or the decoder raise, and every place is a place."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from calendarkit.calendar.audience import AudienceError, parse_audience
from calendarkit.calendar.column import CalendarDocument
from calendarkit.calendar.decode import decode, keys_of
from calendarkit.calendar.documents import Document, Documents, Kind
from calendarkit.calendar.offer import Offer
from calendarkit.calendar.show_problems import format_github, format_json, format_text
from calendarkit.calendar.template_budget import MAX_OUTPUT_BYTES
from calendarkit.calendar.templates import TemplateError, parse_template
from calendarkit.edges.files import read
from calendarkit.model.problem import Problem
from calendarkit.stages.validate import validate

KINDS: tuple[Kind, ...] = (
    "workspace",
    "calendar",
    "stores",
    "groups",
    "offers",
    "pool",
    "policy",
    "template",
    "poster",
)
WORDS = ["column", "id", "title", "on", "at", "content", "text", "offer", "price", "12:00", "栏目"]
TOMLISH = st.text(alphabet=st.sampled_from("abc.[]{}=\"'\\#,\n 中：“”1"), max_size=60)
KEYS = st.sampled_from([*keys_of(CalendarDocument), *keys_of(Offer), *WORDS])
SCALARS = st.one_of(
    st.sampled_from(WORDS), st.text(max_size=8), st.integers(-5, 99), st.floats(), st.booleans(), st.dates(),
    st.times(), st.datetimes(timezones=st.sampled_from([None, dt.UTC])),
)  # fmt: skip
TABLES: st.SearchStrategy[dict[str, Any]] = st.recursive(
    st.dictionaries(KEYS, SCALARS, max_size=4),
    lambda inner: st.dictionaries(KEYS, st.one_of(SCALARS, inner, st.lists(inner, max_size=2)), max_size=4),
    max_leaves=12,
)


def check(problems: tuple[Problem, ...], texts: dict[str, str]) -> None:
    """Sorted, inside the file, and printable in every form."""
    places = [(each.file, each.line, each.column) for each in problems]
    assert places == sorted(places)
    for each in problems:
        if each.line and each.file in texts:
            line = texts[each.file].split("\n")[each.line - 1]
            assert each.column <= len(line) + 1
    assert format_text(problems).count("[CK") >= len(problems)
    format_json(problems)
    format_github(problems)


@given(table=TABLES)
@settings(max_examples=150, deadline=None)
def test_decoding_never_raises(table: dict[str, Any]) -> None:
    """A table gives a value or problems, never both and never an exception."""
    document = Document(path="x.toml", kind="calendar", text=tomli_w.dumps(table))
    for model in (CalendarDocument, Offer):
        value, problems = decode(model, table, document=document)
        assert (value is None) == bool(problems)
        check(tuple(sorted(problems, key=lambda each: (each.file, each.line, each.column))), {"x.toml": document.text})


@given(text=st.one_of(TOMLISH, st.text(max_size=60)), kind=st.sampled_from(KINDS), sheet=st.booleans())
@settings(max_examples=300, deadline=None)
def test_validation_never_raises(text: str, kind: Kind, sheet: bool) -> None:
    """Whatever a document says, the answer is problems with places inside it."""
    path = "x.csv" if sheet else "x.toml"
    workspace = Document(path="calendarkit.toml", kind="workspace", text='name = "x"\n')
    documents = (workspace, Document(path=path, kind=kind, text=text.replace("\r", "")))
    found = validate(Documents(documents=documents[-1:] if kind == "workspace" else documents))
    check(found.problems, {each.path: each.text for each in documents})


@given(data=st.one_of(st.binary(max_size=80), TOMLISH.map(lambda text: text.encode("gbk", "ignore"))))
@settings(max_examples=60, deadline=None)
def test_reading_never_raises(data: bytes) -> None:
    """Random bytes in every file are read or refused with a problem."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "calendars").mkdir()
        for name in ("calendarkit.toml", "calendars/a.toml", "stores.csv", "groups.toml"):
            (root / name).write_bytes(data)
        documents = read(root)
        assert len(documents.documents) + len(documents.unread) == 4
        check(validate(documents).problems, {each.path: each.text for each in documents.documents})


@given(text=st.text(alphabet=st.sampled_from("ab {}%|.()~+'1\nifendforsetin store"), max_size=60))
@settings(max_examples=200, deadline=None)
def test_templates_print_or_explain(text: str) -> None:
    """A template gives bounded words or a TemplateError, nothing else."""
    words, line = "", 0
    try:
        words = parse_template(text).render({"store": {"name": "店"}, "a": (1, 2)})
    except TemplateError as error:
        line = error.line
    assert line <= text.count("\n") + 1
    assert len(words.encode()) <= MAX_OUTPUT_BYTES


@given(text=st.text(alphabet=st.sampled_from("ab 城市=<>!()'[],.&|andornti-\\\n1"), max_size=40))
@settings(max_examples=200, deadline=None)
def test_audiences_parse_or_explain(text: str) -> None:
    """An expression is understood, or its mistake has a place inside it."""
    offset, width = 0, 1
    try:
        parse_audience(text)
    except AudienceError as error:
        offset, width = error.offset, error.width
    assert 0 <= offset <= len(text)
    assert width >= 1
