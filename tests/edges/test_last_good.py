"""The last good documents: kept whole, recalled equal, never trusted when damaged."""

from __future__ import annotations

import pytest

from calendarkit.calendar.documents import Document, Documents
from calendarkit.edges.last_good import NAME, keep, recall

DOCUMENTS = Documents(
    documents=(Document(path="calendarkit.toml", kind="workspace", text='name = "小店"', stat=(1, 2, 3)),),
    assets=frozenset({"photos/apple.webp"}),
)


def test_what_was_kept_is_recalled_equal(tmp_path):
    """Texts, kinds and assets come back as they were."""
    keep(tmp_path, DOCUMENTS)
    recalled = recall(tmp_path, tmp_path)
    assert recalled is not None
    assert (recalled.documents, recalled.assets) == (DOCUMENTS.documents, DOCUMENTS.assets)


def test_keeping_the_same_again_writes_nothing(tmp_path):
    """Every tick keeps; only a change touches the disk."""
    keep(tmp_path, DOCUMENTS)
    before = (tmp_path / NAME).stat().st_ino
    keep(tmp_path, DOCUMENTS)
    assert (tmp_path / NAME).stat().st_ino == before
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


@pytest.mark.parametrize("damage", ["", "{", '{"format": 99}'], ids=["empty", "cut-short", "newer"])
def test_what_cannot_be_read_is_as_if_it_were_not_there(tmp_path, damage):
    """A damaged or newer file is no reason to stop."""
    (tmp_path / NAME).write_text(damage, "utf-8")
    assert recall(tmp_path, tmp_path) is None
