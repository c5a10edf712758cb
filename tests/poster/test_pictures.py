"""Pictures: found below their root, refused when dangerous or damaged, scaled to fit."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image
from poster_shop import paint

from calendarkit.poster.pictures import find_picture, fitted
from calendarkit.poster.poster_error import PosterError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An asset folder with one picture, and a secret beside it."""
    assets = tmp_path / "assets"
    assets.mkdir()
    Image.new("RGB", (200, 100), "#E60012").save(assets / "wide.png")
    Image.new("RGB", (10, 10)).save(tmp_path / "secret.png")
    return assets


def bomb(path: Path, side: int) -> None:
    """Write a tiny PNG whose header claims ``side`` × ``side`` px."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + parts)


@pytest.mark.parametrize(
    "name",
    ["../secret.png", "/etc/passwd", "a/../../secret.png", "C:\\x.png", "a\0b.png", "", "..\\secret.png"],
    ids=["up", "absolute", "down and up", "drive", "nul", "empty", "backslash"],
)
def test_paths_that_leave_the_root_are_refused(root: Path, name: str) -> None:
    """A picture lies below the assets folder or nowhere."""
    with pytest.raises(PosterError, match="不在素材目录里"):
        find_picture(name, (root,))


def test_links_are_refused(root: Path) -> None:
    """A symbolic link is no picture, whether it is the file or a folder above it."""
    (root / "link.png").symlink_to(root.parent / "secret.png")
    (root / "folder").symlink_to(root.parent)
    for name in ("link.png", "folder/secret.png"):
        with pytest.raises(PosterError, match="链接"):
            find_picture(name, (root,))


def test_the_workspace_wins_over_the_shipped(root: Path) -> None:
    """The same name below both is the workspace's; a shipped one is found without any workspace."""
    (root / "photos").mkdir()
    Image.new("RGB", (4, 4)).save(root / "photos" / "apples.webp")
    assert find_picture("photos/apples.webp", (root,)).is_relative_to(root)
    assert find_picture("photos/apples.webp", ()).is_file()


def test_a_missing_picture_is_named(root: Path) -> None:
    """The message says which one."""
    with pytest.raises(PosterError, match=r"photos/nope\.png"):
        find_picture("photos/nope.png", (root,))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: bomb(path, 6_000), "2500 万"),
        (lambda path: bomb(path, 60_000), "太大|2500 万"),
        (lambda path: path.write_bytes(b"hello"), "不是 JPEG"),
        (lambda path: path.write_bytes(b""), "不是 JPEG"),
        (lambda path: Image.new("RGB", (9, 9)).save(path, "GIF"), "不是 JPEG"),
        (lambda path: path.write_bytes(whole_jpeg()[:700]), "已损坏"),
    ],
    ids=["36 megapixels", "bomb", "text", "empty", "GIF", "half a JPEG"],
)
def test_bad_pictures_are_explained(root: Path, make: object, message: str) -> None:
    """Each kind of bad file has its own sentence, and nothing large is ever decoded."""
    make(root / "bad.png")
    with pytest.raises(PosterError, match=message):
        fitted(root / "bad.png", (100, 100), fit="cover", focus=(0.5, 0.5))


def whole_jpeg() -> bytes:
    """Return a noisy JPEG."""
    file = io.BytesIO()
    Image.effect_noise((64, 64), 90).save(file, "JPEG")
    return file.getvalue()


def test_cover_fills_and_contain_shows_all(root: Path) -> None:
    """Cover cuts what is too wide; contain leaves room and says where the picture stands."""
    covered, at = fitted(root / "wide.png", (100, 100), fit="cover", focus=(0.5, 0.5))
    assert (covered.size, at) == ((100, 100), (0, 0))
    contained, at = fitted(root / "wide.png", (100, 100), fit="contain", focus=(0.5, 1.0))
    assert (contained.size, at) == ((100, 50), (0, 50))


def test_fill_stretches_and_tile_repeats(root: Path) -> None:
    """The whole box is covered either way."""
    filled, at = fitted(root / "wide.png", (100, 100), fit="fill")
    assert (filled.size, at) == ((100, 100), (0, 0))
    Image.new("RGB", (4, 4), "#00FF00").save(root / "four.png")
    tiled, at = fitted(root / "four.png", (10, 6), fit="tile")
    assert (tiled.size, at, tiled.getcolors()) == ((10, 6), (0, 0), [(60, (0, 255, 0))])


def test_a_tinted_ornament_keeps_its_outline_only(root: Path, tmp_path: Path) -> None:
    """Its colour is the layout's."""
    ring = Image.new("RGBA", (40, 40), (255, 255, 255, 0))
    ring.paste((255, 255, 255, 255), (10, 10, 30, 30))
    (tmp_path / "assets").mkdir(exist_ok=True)
    ring.save(tmp_path / "assets" / "ring.png")
    layer = '[[layer]]\ntype = "image"\nsrc = "ring.png"\ntint = "#0000FF"\nbox = [0, 0, 40, 40]\n'
    poster = paint(tmp_path, layer, size=(64, 64), sheet='format = "png"')
    drawn = Image.open(io.BytesIO(poster.data)).convert("RGB")
    assert (drawn.getpixel((20, 20)), drawn.getpixel((5, 5))) == ((0, 0, 255), (255, 255, 255))


def test_a_turned_photo_is_set_upright(root: Path) -> None:
    """A phone's orientation tag is obeyed."""
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (200, 100)).save(root / "turned.jpg", exif=exif)
    picture, _ = fitted(root / "turned.jpg", (100, 100), fit="contain", focus=(0.5, 0.5))
    assert picture.size == (50, 100)


def test_a_replaced_file_is_read_again(root: Path) -> None:
    """Pictures are remembered by their time and size."""
    first, _ = fitted(root / "wide.png", (10, 10), fit="cover", focus=(0.5, 0.5))
    Image.new("RGB", (201, 101), "#0000FF").save(root / "wide.png")
    second, _ = fitted(root / "wide.png", (10, 10), fit="cover", focus=(0.5, 0.5))
    assert (first.getpixel((5, 5))[:3], second.getpixel((5, 5))[:3]) == ((230, 0, 18), (0, 0, 255))
