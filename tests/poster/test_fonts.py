"""Fonts: coverage read from the file, fallback by run, and what nobody can draw."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pytest

from calendarkit.poster.coverage import coverage
from calendarkit.poster.fonts import SIMPLIFIED, SYSTEM, Face, Fonts, face_of, font, measure, missing_in, runs
from calendarkit.poster.poster_error import PosterError
from calendarkit.poster.shipped import shipped_fonts

BOLD = shipped_fonts() / "NotoSansSC-Bold.otf"
REGULAR = shipped_fonts() / "NotoSansSC-Regular.otf"


@pytest.mark.parametrize("path", [REGULAR, BOLD], ids=["regular", "bold"])
def test_the_shipped_fonts_hold_what_shops_print(path: Path) -> None:
    """All of GB 2312, prices, stars and common names that GB 2312 lacks."""
    rows = range(0xB0, 0xF8)
    gb2312 = "".join(bytes((r, c)).decode("gb2312", "ignore") for r in rows for c in range(0xA1, 0xFF))
    wanted = gb2312 + "¥￥★☆✓•·—…①⑩㎡℃←→■▲●喆堃玥珺燚昇芃祎翀煲焗瑷"
    assert [each for each in wanted if each not in coverage(path)] == []


def test_the_shipped_fonts_are_small() -> None:
    """Each stays below 1.8 MB, so that a clone stays small."""
    assert max(REGULAR.stat().st_size, BOLD.stat().st_size) < 1_800_000


def test_an_old_cmap_says_the_same(tmp_path: Path) -> None:
    """A font with only the old table (format 4) covers the same characters of the basic plane."""
    data = bytearray(REGULAR.read_bytes())
    tables = struct.unpack_from(">H", data, 4)[0]
    start = next(
        struct.unpack_from(">I", data, 20 + 16 * n)[0] for n in range(tables) if data[12 + 16 * n :][:4] == b"cmap"
    )
    for number in range(struct.unpack_from(">H", data, start + 2)[0]):
        record = start + 4 + 8 * number
        if struct.unpack_from(">H", data, start + struct.unpack_from(">I", data, record + 4)[0])[0] == 12:
            struct.pack_into(">H", data, record, 1)
    old = tmp_path / "old.otf"
    old.write_bytes(data)
    assert [
        code for code in range(0x20, 0xFFFF) if (chr(code) in coverage(old)) != (chr(code) in coverage(REGULAR))
    ] == []


def test_no_font_is_an_error(tmp_path: Path) -> None:
    """A file that is no font is named."""
    (tmp_path / "x.otf").write_bytes(b"not a font at all, really")
    with pytest.raises(ValueError, match=r"x\.otf"):
        coverage(tmp_path / "x.otf")
    with pytest.raises(PosterError, match="不是可用的字体"):
        Fonts(folders=(tmp_path,)).chain("x.otf")


@pytest.mark.parametrize("name", ["nope.otf", "../etc/passwd", ""], ids=["missing", "outside", "empty"])
def test_an_unknown_font_is_named(tmp_path: Path, name: str) -> None:
    """A font that is nowhere below the font folders is refused."""
    with pytest.raises(PosterError, match="找不到字体"):
        Fonts(folders=(tmp_path,), aliases={"title": (name,)}).chain("title")


def test_an_alias_comes_before_the_shipped_font(tmp_path: Path) -> None:
    """The workspace's own font draws what it has, and the shipped one the rest."""
    shutil.copy(BOLD, tmp_path / "Brand.otf")
    chain = Fonts(folders=(tmp_path,), aliases={"title": ("Brand.otf",)}).chain("title")
    assert [face.path.name for face in chain[:2]] == ["Brand.otf", "NotoSansSC-Regular.otf"]


def test_runs_switch_faces_and_keep_spaces() -> None:
    """Each stretch goes to the first face that has it; a space stays with what is before it."""
    one, two = Face(REGULAR), Face(BOLD)
    assert list(runs("苹果 9.9", (one, two))) == [(one, "苹果 9.9")]
    assert face_of("苹", (one, two)) == one


def test_missing_characters_are_named_once() -> None:
    """What no font has is listed in order, without repeats; white space is never missing."""
    assert missing_in("甜😀 \t😀🫠", (Face(REGULAR),)) == ("😀", "🫠")


def test_the_layout_engine_is_the_basic_one() -> None:
    """Pixels must not depend on whether FriBiDi is installed."""
    assert int(font(Face(REGULAR), 20).layout_engine) == 0


def test_widths_are_in_sizes() -> None:
    """A Chinese character is one size wide, a figure less."""
    width = measure(Fonts().chain("bold"))
    assert (width("中"), round(width("0"), 2)) == (1.0, 0.59)


def test_the_system_face_is_simplified_chinese(tmp_path: Path) -> None:
    """Where the system has Noto CJK, its third face is used: the first is Japanese."""
    system = [face for face in Fonts().chain("bold") if face.path.name == SYSTEM["bold"]]
    assert all(face.index == SIMPLIFIED for face in system)
