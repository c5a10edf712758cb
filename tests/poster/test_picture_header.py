"""Pictures judged without decoding them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from calendarkit.poster.picture_header import judge_picture

SMALL = (64, 48)


def saved(folder: Path, name: str, size: tuple[int, int] = SMALL) -> Path:
    path = folder / name
    Image.effect_noise(size, 60).convert("RGB").save(path)
    return path


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_a_picture_is_a_picture(tmp_path: Path, name: str) -> None:
    """Each of the three formats that posters take."""
    assert judge_picture(saved(tmp_path, name)) is None


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_half_a_picture_is_told(tmp_path: Path, name: str) -> None:
    """A file that was cut off while it was copied has a good header."""
    path = saved(tmp_path, name)
    path.write_bytes(path.read_bytes()[:-40])
    found = judge_picture(path)
    assert found is not None
    assert "cut off" in found.en


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"hello", "no JPEG"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"GIF89a" + bytes(40), "GIF"),
        (b"<svg xmlns=''/>", "SVG"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40) + b"IEND", "no JPEG"),
    ],
    ids=["nothing", "words", "iphone", "gif", "svg", "damaged"],
)
def test_anything_else_is_named(tmp_path: Path, data: bytes, word: str) -> None:
    """The format is named, so that people know what to save it as."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(data)
    found = judge_picture(path)
    assert found is not None
    assert word in found.en


def test_too_many_pixels_are_told_by_the_header(tmp_path: Path) -> None:
    """26 megapixels of one colour are a small file."""
    path = tmp_path / "wall.png"
    Image.new("1", (6500, 4000)).save(path)
    found = judge_picture(path)
    assert found is not None
    assert "6500×4000" in found.zh


def test_what_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    """A file that vanished is a reason, not an accident."""
    assert judge_picture(tmp_path / "gone.jpg") is not None
