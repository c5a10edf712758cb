"""The poster index: remembers what is drawn and what cannot be, and is never believed against the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from calendarkit.edges import poster_index
from calendarkit.edges.draw import Refusal
from calendarkit.edges.media import MediaStore
from calendarkit.edges.poster_index import PosterIndex
from calendarkit.model.message import Media
from calendarkit.model.text import Text

NO = Refusal(text=Text("价格不对", "wrong price"))
AGAIN = Refusal(text=Text("进程崩溃", "crashed"), lasting=False)


@pytest.fixture
def index(tmp_path: Path) -> PosterIndex:
    """Return an index that does not exist yet."""
    return PosterIndex(tmp_path / "state" / "posters.db")


def poster(folder: Path, data: bytes = b"picture") -> Media:
    """Put a poster on the shelf."""
    return MediaStore(folder / "media").put(data, "image/jpeg", width=3, height=4)


def test_remembers_posters_and_refusals(tmp_path: Path, index: PosterIndex) -> None:
    """A later process is told the same, but for names of files, which are each delivery's own."""
    media = poster(tmp_path)
    index.note({"a": media, "b": NO, "c": AGAIN}, 1)
    found = PosterIndex(index.path).find(["a", "b", "c", "d"])
    assert found.keys() == {"a", "b"}
    assert found["b"] == NO
    assert isinstance(found["a"], Media)
    assert (found["a"].path, found["a"].sha256, found["a"].size) == (media.path, media.sha256, 7)


@pytest.mark.parametrize("harm", ["gone", "cut"])
def test_a_poster_without_its_file_is_unknown(tmp_path: Path, index: PosterIndex, harm: str) -> None:
    """Somebody may have tidied up the folder."""
    media = poster(tmp_path)
    index.note({"a": media}, 1)
    Path(media.path).unlink() if harm == "gone" else Path(media.path).write_bytes(b"pic")
    assert index.find(["a"]) == {}


def test_begins_anew_when_damaged(tmp_path: Path, index: PosterIndex) -> None:
    """A damaged file is thrown away and costs drawing again."""
    index.note({"a": poster(tmp_path)}, 1)
    index.path.write_bytes(b"no database at all, but long enough to look like one" * 200)
    assert index.find(["a"]) == {}
    index.note({"a": poster(tmp_path)}, 2)
    assert index.find(["a"]).keys() == {"a"}


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    """Nothing is remembered, and nobody fails."""
    (tmp_path / "posters.db").mkdir()
    index = PosterIndex(tmp_path / "posters.db")
    index.note({"a": NO}, 1)
    assert index.find(["a"]) == {}


def test_forgets_what_is_oldest(index: PosterIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not grow for ever."""
    monkeypatch.setattr(poster_index, "KEPT", 3)
    for now in range(5):
        index.note({f"k{now}": NO}, now)
    assert sorted(index.find([f"k{now}" for now in range(5)])) == ["k2", "k3", "k4"]
