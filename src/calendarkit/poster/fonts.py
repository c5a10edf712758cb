"""Fonts of one layout: which file draws which character, and how wide it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from calendarkit.model.text import Text
from calendarkit.poster.coverage import coverage
from calendarkit.poster.emoji import INK as EMOJI_INK
from calendarkit.poster.emoji import WIDTH, emoji, emoji_sheet
from calendarkit.poster.poster_error import PosterError
from calendarkit.poster.shipped import shipped_fonts

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

SHIPPED: Mapping[str, str] = {"regular": "NotoSansSC-Regular.otf", "bold": "NotoSansSC-Bold.otf"}
SYSTEM: Mapping[str, str] = {"regular": "NotoSansCJK-Regular.ttc", "bold": "NotoSansCJK-Bold.ttc"}
SYSTEM_FOLDERS = (
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/noto-cjk"),
    Path("/usr/share/fonts/google-noto-cjk"),
)
SIMPLIFIED = 2
"""Index of the Simplified Chinese face in a Noto CJK collection; 0 is Japanese."""
PICTURES = -1
"""Index of the face that is no font but the sheet of colour emoji."""
EM = 1000
"""Size at which widths are measured."""
INK = 100
"""Size at which ink is measured."""


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One face of one font file; made by :func:`face`, once each, so that it is a cheap key."""

    path: Path
    index: int = 0

    def __contains__(self, char: str) -> bool:
        return char in (emoji() if self.index == PICTURES else coverage(self.path, self.index))


@cache
def face(path: Path, index: int = 0) -> Face:
    """Return the one face that stands for ``index`` in the file ``path``."""
    return Face(path, index)


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts a layout may use.

    Attributes:
        folders: where font files are looked for before the shipped ones.
        aliases: the layout's ``[fonts]``.
    """

    folders: tuple[Path, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def chain(self, name: str) -> tuple[Face, ...]:
        """Return the faces to try, in order: the alias's files, the shipped font of that weight, the system's, emoji.

        Raises:
            PosterError: no file of that name exists.
        """
        return _chain(name, self.aliases.get(name, ()), self.folders)


@lru_cache(maxsize=64)
def _chain(name: str, files: tuple[str, ...], folders: tuple[Path, ...]) -> tuple[Face, ...]:
    wanted = files or (() if name in SHIPPED else (name,))
    own = [_find(each, folders) for each in wanted]
    weight = "bold" if "bold" in "".join((name, *files)).lower() else "regular"
    system = [folder / SYSTEM[weight] for folder in SYSTEM_FOLDERS if (folder / SYSTEM[weight]).is_file()][:1]
    common = (face(shipped_fonts() / SHIPPED[weight]), *(face(path, SIMPLIFIED) for path in system))
    return (*own, *common, face(emoji_sheet(), PICTURES))


def _find(name: str, folders: Sequence[Path]) -> Face:
    if name in SHIPPED:
        return face(shipped_fonts() / SHIPPED[name])
    for folder in (*folders, shipped_fonts()):
        path = (folder / name).resolve()
        if path.is_file() and path.is_relative_to(folder.resolve()):
            return _readable(path)
    raise PosterError(
        Text(f"找不到字体 {name}，请放进 assets/fonts", f"font {name} is not found; put it into assets/fonts")
    )


def _readable(path: Path) -> Face:
    try:
        coverage(path)
    except (ValueError, OSError) as error:
        raise PosterError(Text(f"{path.name} 不是可用的字体文件", f"{path.name} is not a usable font")) from error
    return face(path)


@lru_cache(maxsize=16_384)
def face_of(char: str, chain: tuple[Face, ...]) -> Face | None:
    """Return the first face that has ``char``, ``None`` when none has it."""
    return next((each for each in chain if char in each), None)


def missing_in(text: str, chain: tuple[Face, ...]) -> tuple[str, ...]:
    """Return the characters of ``text`` that no face has, each once, in order."""
    seen = dict.fromkeys(each for each in text if not each.isspace())
    return tuple(each for each in seen if face_of(each, chain) is None)


def runs(text: str, chain: tuple[Face, ...]) -> Iterator[tuple[Face, str]]:
    """Yield stretches of ``text`` with the face that draws them; what no face has goes to the first."""
    current, start = None, 0
    for index, char in enumerate(text):
        found = current if char.isspace() and current else (face_of(char, chain) or chain[0])
        if current is not None and found is not current:
            yield current, text[start:index]
            start = index
        current = found
    if current is not None:
        yield current, text[start:]


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """Widths of characters in sizes, remembered."""

    chain: tuple[Face, ...]
    known: dict[str, float] = field(default_factory=dict)

    def __call__(self, char: str) -> float:
        """Return the width of ``char`` in sizes."""
        width = self.known.get(char)
        if width is None:
            width = self.known[char] = advance(face_of(char, self.chain) or self.chain[0], char)
        return width


def advance(face: Face, char: str) -> float:
    """Return the width of a character in sizes."""
    return WIDTH if face.index == PICTURES else font(face, EM).getlength(char) / EM


@lru_cache(maxsize=16_384)
def drawn_advance(face: Face, char: str, size: int) -> float:
    """Return the width in px that a character takes at ``size`` px, where hinting rounds it."""
    return WIDTH * size if face.index == PICTURES else font(face, size).getlength(char)


@lru_cache(maxsize=16_384)
def glyph_ink(face: Face, char: str) -> tuple[float, float, float, float] | None:
    """Return left, top, right and bottom of a character's ink in sizes, from its origin on the baseline, y downward."""
    if face.index == PICTURES:
        return EMOJI_INK
    mask, (x, y) = font(face, INK).getmask2(char, mode="L", anchor="ls")
    box = mask.getbbox()
    if box is None:
        return None
    return (box[0] + x) / INK, (box[1] + y) / INK, (box[2] + x) / INK, (box[3] + y) / INK


@lru_cache(maxsize=32)
def measure(chain: tuple[Face, ...]) -> Measure:
    """Return the widths of one chain of faces."""
    return Measure(chain)


@lru_cache(maxsize=256)
def font(face: Face, size: int) -> FreeTypeFont:
    """Return a face at ``size`` px; the basic layout engine, so that pixels do not depend on what else is installed."""
    from PIL import ImageFont

    return ImageFont.truetype(face.path, size, index=face.index, layout_engine=ImageFont.Layout.BASIC)
