"""A rule: words become integers, and exceptions that change nothing are found."""

from __future__ import annotations

import datetime as dt

import pytest

from calendarkit.clockwork.dates import FIRST_DAY, LAST_DAY, number
from calendarkit.clockwork.days import Days
from calendarkit.clockwork.rule import Rule, orphans, read_rule, written
from calendarkit.clockwork.words import RuleError

WEDNESDAY = number(dt.date(2026, 11, 25))


def flash(**more: object) -> Rule:
    """Return Wednesdays at 10:00 and 12:00, and more."""
    return read_rule(**{"on": ("wed",), "at": ("12:00", "10:00"), **more})


def test_an_unnamed_slot_is_named_by_its_time() -> None:
    """Times are sorted, whatever their order."""
    assert flash().times == ((600, "10:00"), (720, "12:00"))


def test_a_named_slot_keeps_its_name() -> None:
    """The name is the identity, the time an attribute."""
    assert flash(at={"tail": "13:30", "noon": "12:00"}).times == ((720, "noon"), (810, "tail"))


def test_days_are_a_union_and_open_ended() -> None:
    """Without from and until a rule holds for ever."""
    rule = flash(on=("wed", "周末"))
    assert (rule.on, rule.since, rule.until) == (Days(week=0b1100100), FIRST_DAY, LAST_DAY)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, True),
        ({"at": ("12:30",)}, False),
        ({"on": ("thu",)}, False),
        ({"skip": ("2026-11-25",)}, False),
        ({"since": dt.date(2026, 11, 26)}, False),
        ({"until": dt.date(2026, 11, 24)}, False),
        ({"since": dt.date(2026, 11, 25), "until": dt.date(2026, 11, 25)}, True),
        ({"move": {"2026-11-25T12:00": "2026-11-26T12:00"}}, True),
    ],
    ids=["plain", "other time", "other day", "skipped", "not yet", "no longer", "only day", "moved"],
)
def test_whether_a_rule_has_a_slot(more: dict[str, object], expected: bool) -> None:
    """Both ends are included; a moved slot is still the rule's."""
    assert (WEDNESDAY * 1440 + 720 in flash(**more)) is expected


def test_exceptions_that_change_something_are_no_orphans() -> None:
    """A move of a real slot, a moment of its own."""
    assert orphans(flash(move={"2026-11-25T12:00": "2026-11-26T12:00"}, also=("2026-11-11T00:00",))) == ()


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"move": {"2026-11-24T12:00": "2026-11-26T12:00"}}, ("CK120", "move", "2026-11-24T12:00", 0)),
        ({"move": {"2026-11-25T12:30": "2026-11-26T12:00"}}, ("CK120", "move", "2026-11-25T12:30", 0)),
        ({"also": ("2026-11-11T00:00", "2026-11-25T10:00")}, ("CK121", "also", "2026-11-25T10:00", 1)),
        ({"also": ("2026-11-13T00:00",) * 2}, ("CK122", "also", "2026-11-13T00:00", 1)),
    ],
    ids=["no such day", "no such time", "already there", "twice"],
)
def test_an_exception_that_changes_nothing_is_an_orphan(more: dict[str, object], expected: tuple[object, ...]) -> None:
    """It is named as it stands in the file, and where."""
    (orphan,) = orphans(flash(**more))
    assert (orphan.code, orphan.key, orphan.written, orphan.place) == expected
    assert orphan.written in orphan.message.zh
    assert orphan.written in orphan.message.en


def test_a_moment_is_written_as_people_write_it() -> None:
    """The inverse of reading."""
    assert written(WEDNESDAY * 1440 + 425) == "2026-11-25T07:05"


def test_a_wrong_word_anywhere_is_an_error() -> None:
    """The first one is raised; validation names all."""
    with pytest.raises(RuleError, match="dialy"):
        flash(skip=("dialy",))
