"""The base of a slot's posters: the picture of everything they share, proved once, and what it was made from."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from calendarkit.model.text import Text
from calendarkit.poster.colour import parse_colour
from calendarkit.poster.drawing import Assets, draw
from calendarkit.poster.layers import ImageLayer, Layout, PriceLayer, TextLayer
from calendarkit.poster.pictures import find_picture
from calendarkit.poster.resolve import Drawn
from calendarkit.poster.shipped import shipped
from calendarkit.poster.verify import Code, Proof, prove, read_code

if TYPE_CHECKING:
    from PIL.Image import Image

Stamp = tuple[str, int, int, int]
"""Path, size in bytes, and when content and inode last changed, in ns: a file that was exchanged has another one."""


@dataclass(frozen=True, slots=True)
class Base:
    """All still layers, drawn.

    Attributes:
        canvas: RGB; nobody paints on it any more.
        proof: what drawing them proved; its codes are read again where something moves above them.
        misread: for each code of the proof what was wrong with it on the base, empty for nothing.
    """

    canvas: Image
    proof: Proof
    misread: tuple[tuple[Text, ...], ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.proof.faults and not any(self.misread)

    def codes(self) -> Iterable[tuple[Code, tuple[Text, ...]]]:
        """Yield each code with what is wrong with it as long as nothing moves above it."""
        return zip(self.proof.codes, self.misread, strict=True)


def paint_base(layout: Layout, layers: Sequence[Drawn], assets: Assets) -> Base:
    """Return the canvas with the still layers drawn and proved.

    Raises:
        PosterError: one of them cannot be drawn.
    """
    from PIL import Image

    canvas = Image.new("RGB", layout.poster.size, parse_colour(layout.poster.color)[:3])
    proof = prove([draw(canvas, each, assets) for each in layers], canvas.size)
    return Base(canvas, proof, tuple(read_code(canvas, code) for code in proof.codes))


def base_key(layout: Layout, layers: Sequence[Drawn], stamps: Sequence[Stamp]) -> str:
    """Return a digest of everything the pixels of a base depend on: two bases of one key are equal."""
    digest = hashlib.sha256(repr((_engine(), stamps)).encode())
    sheet = layout.poster
    digest.update(repr((sheet.size, sheet.color, sheet.quality, sorted(layout.fonts.items()))).encode())
    for each in layers:
        digest.update(repr((each.layer, each.box, each.words, each.repeated, sorted(each.mentions))).encode())
    return digest.hexdigest()


def sources(layers: Iterable[Drawn], assets: Assets) -> tuple[Path, ...]:
    """Return the files that layers are drawn from, sorted: pictures, and fonts they may fall back on.

    A place where a picture was looked for in vain is among them: a file that appears there changes the poster.

    Raises:
        PosterError: a picture or font is nowhere.
    """
    found: set[Path] = set()
    for each in layers:
        if isinstance(each.layer, ImageLayer):
            name = each.word("src")
            path = find_picture(name, assets.pictures)
            for root in (*assets.pictures, shipped()):
                found.add(root / name)
                if root / name == path:
                    break
        elif isinstance(each.layer, TextLayer | PriceLayer):
            found.update(face.path for face in assets.fonts.chain(each.layer.font))
    return tuple(sorted(found))


def stamps_of(paths: Iterable[Path]) -> tuple[Stamp, ...]:
    """Return what the files are now; one that is not there counts as empty."""
    return tuple(_stamp(path) for path in paths)


def _stamp(path: Path) -> Stamp:
    try:
        stat = os.stat(path)  # noqa: PTH116  # half the cost of Path.stat, for every poster
    except OSError:
        return str(path), 0, 0, 0
    return str(path), stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


@cache
def _engine() -> tuple[object, ...]:
    """Return what draws: the versions of Pillow and its libraries, and this painter's own code."""
    import PIL
    from PIL import features

    libraries = tuple(features.version(name) for name in ("freetype2", "libjpeg_turbo", "webp"))
    return PIL.__version__, libraries, stamps_of(sorted(Path(__file__).parent.glob("*.py")))
