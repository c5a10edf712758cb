"""The memory on disk: it survives a restart, and whatever is not one counts as none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from small_shop import calendar

from calendarkit.calendar.column import Column
from calendarkit.calendar.documents import Document, Documents
from calendarkit.clockwork.memory import Memory
from calendarkit.edges.memory import NAME, fingerprint, keep, recall, recall_fingerprint
from calendarkit.stages.compile import compile_index


@pytest.fixture
def memory() -> Memory:
    """Return a memory with something in every field."""
    columns = {"noon": Column(id="noon", title="午间特惠", at=("12:00",), also=("2026-11-26T20:00",))}
    return Memory(
        began=7,
        fingerprint="abc",
        index=compile_index(replace(calendar(), columns=columns)),
        since={"noon": {"12:00": 5}},
        facets={"noon": {"text": "1"}},
        titles={"noon": "午间特惠"},
        renamed={"noon": ("lunch", 6)},
    )


def test_what_was_kept_is_recalled(tmp_path: Path, memory: Memory) -> None:
    """Equal in every field."""
    keep(tmp_path, memory)
    assert recall(tmp_path) == memory
    assert recall_fingerprint(tmp_path) == "abc"
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_the_newest_replaces_the_one_before(tmp_path: Path, memory: Memory) -> None:
    """There is one memory."""
    keep(tmp_path, memory)
    keep(tmp_path, replace(memory, fingerprint="def"))
    assert recall_fingerprint(tmp_path) == "def"


def test_nothing_kept_is_no_memory(tmp_path: Path) -> None:
    """And no fingerprint."""
    assert (recall(tmp_path), recall_fingerprint(tmp_path)) == (None, "")


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: data[: len(data) // 2], id="cut-short"),
        pytest.param(lambda data: data.replace(b'"format": 1', b'"format": 2'), id="another-format"),
        pytest.param(lambda data: b"\xff\xfe" + data, id="no-text"),
        pytest.param(lambda data: b"abc\n[1, 2]\n", id="something-else"),
    ],
)
def test_what_is_spoilt_counts_as_none(tmp_path: Path, memory: Memory, spoil: Callable[[bytes], bytes]) -> None:
    """Then more is held, never less."""
    keep(tmp_path, memory)
    (tmp_path / NAME).write_bytes(spoil((tmp_path / NAME).read_bytes()))
    assert recall(tmp_path) is None


def test_a_fingerprint_follows_every_text_and_every_name() -> None:
    """Where one text ends and the next begins matters too."""
    documents = [
        [("a.toml", "x"), ("b.toml", "y")],
        [("a.toml", "x"), ("b.toml", "z")],
        [("a.toml", "x"), ("c.toml", "y")],
        [("a.toml", "xb.toml"), ("", "y")],
    ]
    digests = {
        fingerprint(Documents(documents=tuple(Document(path=p, kind="calendar", text=t) for p, t in each)))
        for each in documents
    }
    assert len(digests) == len(documents)
