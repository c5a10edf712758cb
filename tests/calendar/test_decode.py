"""The decoder: every mistake at once, with suggestions, in both languages, never in pydantic's words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from calendarkit.calendar.column import CalendarDocument, Column
from calendarkit.calendar.decode import decode, suggest
from calendarkit.calendar.documents import Document
from calendarkit.calendar.noun import Noun
from calendarkit.calendar.offer import Offer
from calendarkit.calendar.parse_toml import parse_toml
from calendarkit.calendar.policy import Quiet
from calendarkit.calendar.workspace import Workspace
from calendarkit.model.problem import Problem

PYDANTIC = ("Input should", "valid string", "Field required", "Extra inputs", "Value error")


def decoded(model: type[Noun], text: str) -> tuple[Any, tuple[Problem, ...]]:
    document = Document(path="x.toml", kind="calendar", text=text)
    table, findings = parse_toml(document)
    assert table is not None, findings
    return decode(model, table, document=document)


BASE = 'id = "a"\ntitle = "甲"\n'


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ('on = "daily"', "on", ("daily",)),
        ('on = ["mon", "周三"]', "on", ("mon", "周三")),
        ("skip = 2026-12-24", "skip", ("2026-12-24",)),
        ('at = "07:30"', "at", ("07:30",)),
        ("at = 07:30:00", "at", ("07:30",)),
        ('at = ["10:00", 20:00:00]', "at", ("10:00", "20:00")),
        ("at = { noon = 12:00:00 }", "at", {"noon": "12:00"}),
        ("also = 2026-11-11T00:00:00", "also", ("2026-11-11T00:00",)),
        ("from = 2026-11-26", "since", dt.date(2026, 11, 26)),
        ("quiet = false", "quiet", False),
        ('quiet = { hours = "22:00-07:30" }', "quiet", Quiet(hours="22:00-07:30")),
        ('channels = "folder"', "channels", ("folder",)),
    ],
)
def test_a_value_may_be_written_so(text: str, field: str, value: object) -> None:
    """One word does where a list is due, and TOML's own dates and times do where words are."""
    column, problems = decoded(Column, BASE + text)
    assert problems == ()
    assert getattr(column, field) == value


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        ('at = "25:00"', "CK103", "at"),
        ('at = ["10:00", "9点"]', "CK103", "at[1]"),
        ('at = { noon = "x" }', "CK103", "at.noon"),
        ('at = { "a/b" = "12:00" }', "CK206", "at.a/b"),
        ("at = 7", "CK203", "at"),
        ('on = ["mon", "funday"]', "CK101", "on[1]"),
        ('late = "半天"', "CK104", "late"),
        ("quiet = true", "CK203", "quiet"),
        ('quiet = { hours = "late" }', "CK105", "quiet.hours"),
        ('quiet = { hour = "22:00-07:30" }', "CK201", "quiet.hour"),
        ('missed = "never"', "CK204", "missed"),
        ("star = 3", "CK203", "star"),
        ("from = 2026-11-26T10:00:00", "CK203", "from"),
        ('content = { offer = ["a"] }', "CK203", "content.offer"),
        ('content = { parts = ["text", "video"] }', "CK204", "content.parts[1]"),
        ("content = 3", "CK203", "content"),
    ],
)
def test_a_mistake_is_one_problem(text: str, code: str, path: str) -> None:
    """Each mistake is one problem with its key path and line, in our own words."""
    column, problems = decoded(Column, BASE + text)
    assert column is None
    assert [(each.code, each.path, each.line) for each in problems] == [(code, path, 3)]
    assert not any(word in problems[0].message.en for word in PYDANTIC)
    assert any("一" <= char <= "鿿" for char in problems[0].message.zh)


def test_all_mistakes_come_at_once() -> None:
    """Nobody mends a file one message at a time."""
    text = '[[column]]\nid = "甲"\ntitel = "x"\nat = ["24:30"]\n[column.content]\nseed = "x"\n'
    _, problems = decoded(CalendarDocument, text)
    assert {(each.code, each.line) for each in problems} == {
        ("CK206", 2),
        ("CK201", 3),
        ("CK202", 1),
        ("CK103", 4),
        ("CK203", 6),
    }


def test_a_known_key_is_suggested() -> None:
    """A slip of the pen is answered with the right key."""
    problem = decoded(Workspace, 'name = "x"\nchanels = []\n')[1][0]
    assert problem.fix is not None
    assert (problem.fix.zh, problem.fix.en) == ("是不是 channels？", "did you mean channels?")


@pytest.mark.parametrize("price", ["-1", "9.999", "nan", "inf", "1e999999", "true", '"贵"', "99999999999"])
def test_a_price_is_yuan_and_fen(price: str) -> None:
    """A price is a number from 0 with at most two decimals, whatever else TOML could say."""
    _, problems = decoded(Offer, f"{BASE}price = {price}")
    assert [each.code[:4] for each in problems] == ["CK20"]


def test_suggest_ignores_case_and_gives_up() -> None:
    """Only a word that is close is suggested."""
    assert suggest("Wecom", ["wecom", "folder"]) == "wecom"
    assert suggest("xyz", ["wecom", "folder"]) == ""
