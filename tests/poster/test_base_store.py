"""Bases on disk: a new process takes them as they are, and never one that is damaged, stale or wrong."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from poster_shop import APPLES, LONG, context, painter

from calendarkit.extend import PosterJob
from calendarkit.poster import base_store, paint
from calendarkit.poster.base import Base

JOB = PosterJob(layout="flash_sale", context=context("20:00", offer=APPLES))
OTHER = PosterJob(layout="flash_sale", context=context("20:00", offer=APPLES, store=LONG))


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows with every base that is drawn."""
    found: list[str] = []
    honest: Callable[..., Base] = paint.paint_base

    def count(layout: object, *more: object) -> Base:
        found.append("drawn")
        return honest(layout, *more)

    monkeypatch.setattr(paint, "paint_base", count)
    return found


def bases(folder: Path) -> list[Path]:
    """Return the files of the cache."""
    return sorted((folder / "bases").glob("*"))


def test_the_next_process_finds_the_base(tmp_path: Path, drawn: list[str]) -> None:
    """The poster is the same, byte for byte, without drawing the base again."""
    first = painter(cache=tmp_path).paint(JOB)
    second = painter(cache=tmp_path)
    assert (second.paint(JOB).data, drawn) == (first.data, ["drawn"])
    assert second.paint(OTHER).data == painter().paint(OTHER).data
    assert [stat.S_IMODE(each.stat().st_mode) for each in bases(tmp_path)] == [0o600]


@pytest.mark.parametrize("harm", ["cut", "flipped", "empty", "text"])
def test_a_damaged_base_is_drawn_again(tmp_path: Path, drawn: list[str], harm: str) -> None:
    """Half a file, a flipped bit or something else altogether never becomes a poster."""
    first = painter(cache=tmp_path).paint(JOB)
    (path,) = bases(tmp_path)
    data = path.read_bytes()
    middle = len(data) // 2
    harmed = {"cut": data[:middle], "flipped": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]}
    path.write_bytes(harmed.get(harm, b"" if harm == "empty" else b'{"size": 3}\n'))
    assert painter(cache=tmp_path).paint(JOB).data == first.data
    assert len(drawn) == 2


def test_an_exchanged_picture_makes_another_base(tmp_path: Path) -> None:
    """A photo that changes, in size or not, is seen at once, in this process and the next."""
    from PIL import Image

    (tmp_path / "posters").mkdir()
    (tmp_path / "assets").mkdir()
    layer = '[[layer]]\ntype = "image"\nsrc = "p.png"\nbox = [0, 0, 64, 64]\n'
    (tmp_path / "posters" / "t.toml").write_text(f'[poster]\nname = "t"\nsize = [64, 64]\n{layer}', "utf-8")
    warm, job, seen = painter(tmp_path, cache=tmp_path), PosterJob(layout="t", context=context()), []
    for number, colour in enumerate(("red", "blue")):
        path = tmp_path / "assets" / "p.png"
        Image.new("RGB", (64, 64), colour).save(path)
        os.utime(path, (1_000, 1_000 + number))
        posters = {each.paint(job).data for each in (warm, painter(tmp_path, cache=tmp_path))}
        seen.append(posters)
    assert [len(each) for each in seen] == [1, 1]
    assert seen[0] != seen[1]


def test_few_bases_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one unused for longest goes first, leftovers of a killed process with it."""
    monkeypatch.setattr(base_store, "KEPT", 2)
    store = base_store.BaseStore(tmp_path / "bases")
    painting = painter(cache=tmp_path)
    (tmp_path / "bases").mkdir()
    (tmp_path / "bases" / ".new-left").write_bytes(b"half")
    os.utime(tmp_path / "bases" / ".new-left", (1, 1))
    for time in ("08:00", "09:00", "10:00"):
        painting.paint(PosterJob(layout="flash_sale", context=context(time, offer=APPLES)))
    assert len(bases(tmp_path)) == 2
    assert all(store.load(each.stem) for each in bases(tmp_path))


def test_a_disk_that_cannot_be_written_stops_no_poster(tmp_path: Path) -> None:
    """The cache is a convenience."""
    (tmp_path / "bases").write_text("in the way")
    assert painter(cache=tmp_path).paint(JOB).faults == ()
