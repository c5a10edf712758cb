"""Reading on behind a mistake: all syntax errors of a document, and what it would say without them."""

from __future__ import annotations

import pytest

from calendarkit.calendar.documents import Document
from calendarkit.calendar.recover_toml import MAX_CHARACTERS, MOST, Recovered, recover_toml


def recovered(text: str) -> Recovered:
    return recover_toml(Document(path="a.toml", kind="calendar", text=text))


def test_every_mistake_is_found() -> None:
    """Nobody mends a file one message at a time."""
    found = recovered("a = 午\nb = 9:30\nc = 1\nc = 2\n")
    assert [(each.code, each.line) for each in found.findings] == [("CK017", 1), ("CK017", 2), ("CK010", 4)]
    assert found.table == {"a": "午", "b": "09:30", "c": 1}
    assert found.text.split("\n")[1] == 'b = "09:30"'


def test_single_brackets_become_double_ones_everywhere() -> None:
    """Whoever writes [column] writes it for every column; lines stay where they were."""
    found = recovered('[column]\nid = "a"\n\n[column]\nid = "b"\n')
    assert [(each.code, each.line) for each in found.findings] == [("CK010", 4)]
    assert found.table == {"column": [{"id": "a"}, {"id": "b"}]}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("a = 午\nb = 9折折\nprice = 9折\nc = 晚\n", 3, id="no one can tell"),
        pytest.param('a = "x\nb = 9:30\n', 2, id="a guess"),
        pytest.param("a = 午\n[a]\n", 2, id="a key and a table"),
        pytest.param("a = 午\n" * (MOST + 5), MOST + 1, id="too many"),
    ],
)
def test_a_guess_is_not_judged(text: str, count: int) -> None:
    """Where a mending is only a guess, what can be told is told, and there is no table."""
    found = recovered(text)
    assert found.table is None
    assert len(found.findings) == count


def test_a_long_document_is_read_once() -> None:
    """Twenty readings of a large file would take too long."""
    found = recovered("a = 午\nb = 晚\n" + "#" * MAX_CHARACTERS)
    assert (found.table, [each.line for each in found.findings]) == (None, [1])


def test_a_good_document_is_itself() -> None:
    """Without mistakes nothing is changed."""
    assert recovered("a = 1\n") == Recovered(table={"a": 1}, findings=(), text="a = 1\n")
