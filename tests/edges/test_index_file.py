"""The index on disk: kept while its sources are what they were, compiled anew otherwise, never half written."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from calendarkit.clockwork.index import Index, Lane
from calendarkit.edges import index_file
from calendarkit.edges.index_file import last_good, load, look, save

INDEX = Index(lanes=(Lane(column="周三秒杀", zone="Asia/Shanghai", days=0, start=0, lateness=3600),))
LONG_AGO = 1_700_000_000


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Return two sources and one that is not there."""
    made = [tmp_path / "calendarkit.toml", tmp_path / "noon.toml"]
    for path in made:
        path.write_text(f"# {path.name}\n")
        os.utime(path, (LONG_AGO, LONG_AGO))
    return [*made, tmp_path / "policy.toml"]


@pytest.fixture
def state(tmp_path: Path, files: list[Path]) -> Path:
    """Return a state folder that holds the index of ``files``."""
    folder = tmp_path / "state"
    folder.mkdir()
    assert save(folder, INDEX, look(files))
    return folder


def test_unchanged_sources_bring_the_index_back(state: Path, files: list[Path]) -> None:
    """In whatever order they are named."""
    assert load(state, look(files)) == INDEX
    assert load(state, look(reversed(files))) == INDEX


def test_the_file_is_json(state: Path) -> None:
    """A person can look inside."""
    kept = json.loads((state / "index.json").read_text("utf-8"))
    assert kept["made_by"].startswith("calendarkit ")
    assert "周三秒杀" in (state / "index.json").read_text("utf-8")


@pytest.mark.parametrize("place", [0, 1, 2], ids=["root", "calendar", "new file"])
def test_other_content_needs_a_new_index(state: Path, files: list[Path], place: int) -> None:
    """Also when size or time happen to be the same."""
    files[place].write_text("# other\n")
    assert load(state, look(files)) is None


def test_same_size_and_other_content_needs_a_new_index(state: Path, files: list[Path]) -> None:
    """A changed time is enough to look at the content."""
    files[1].write_text("# NOON.toml\n")
    assert load(state, look(files)) is None


def test_a_touched_file_is_known_by_its_content(state: Path, files: list[Path]) -> None:
    """A copy or a checkout changes times only."""
    os.utime(files[1], (LONG_AGO + 5, LONG_AGO + 5))
    assert load(state, look(files)) == INDEX


def test_a_file_that_was_fresh_is_known_by_its_content(state: Path, files: list[Path]) -> None:
    """An edit within the same tick of the file system's clock does not slip through."""
    files[1].write_text("# noon.toml\n")
    looked = look(files)
    save(state, INDEX, looked)
    fresh = files[1].stat().st_mtime_ns
    files[1].write_text("# NOON.toml\n")
    os.utime(files[1], ns=(fresh, fresh))
    assert look(files) == looked
    assert load(state, look(files)) is None


def test_a_removed_source_needs_a_new_index(state: Path, files: list[Path]) -> None:
    """One file less, on disk or in the question."""
    assert load(state, look(files[:2])) is None
    files[1].unlink()
    assert load(state, look(files)) is None


@pytest.mark.parametrize("name", ["version", "zone_version"])
def test_an_upgrade_needs_a_new_index(
    state: Path, files: list[Path], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another calendarkit or other time zone data may answer differently."""
    monkeypatch.setattr(index_file, name, lambda *_: "later")
    assert load(state, look(files)) is None
    assert last_good(state) == INDEX


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '{"made_by": 1}', "\x00\x01"])
def test_a_corrupt_file_counts_as_none(state: Path, files: list[Path], damage: str) -> None:
    """It is compiled anew and replaced."""
    (state / "index.json").write_text(damage)
    assert load(state, look(files)) is None
    assert last_good(state) is None
    assert save(state, INDEX, look(files))
    assert load(state, look(files)) == INDEX


def test_every_cut_of_the_file_counts_as_none(state: Path, files: list[Path]) -> None:
    """A disk that lost the end of it is noticed."""
    whole = (state / "index.json").read_bytes()
    for length in range(0, len(whole), 7):
        (state / "index.json").write_bytes(whole[:length])
        assert load(state, look(files)) is None


def test_a_source_that_changed_while_it_was_read_is_not_saved(state: Path, files: list[Path]) -> None:
    """The index may be of either version, so nothing is kept."""
    looked = look(files)
    files[0].write_text("# changed meanwhile\n")
    assert not save(state, Index(), looked)
    assert last_good(state) == INDEX


def test_the_last_good_index_outlives_its_sources(state: Path, files: list[Path]) -> None:
    """While a new file cannot be read, the old rules hold."""
    files[0].write_text("[[[")
    assert last_good(state) == INDEX


def test_a_failed_write_leaves_the_old_index(state: Path, files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """No half file, no leftovers."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        save(state, Index(), look(files))
    assert last_good(state) == INDEX
    assert [each.name for each in state.iterdir()] == ["index.json"]


def test_there_may_be_none(tmp_path: Path) -> None:
    """The first tick."""
    assert load(tmp_path, ()) is None
    assert last_good(tmp_path) is None
