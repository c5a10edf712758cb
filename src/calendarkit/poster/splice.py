"""A JPEG in tiles that can be exchanged one by one, because a restart marker ends each of them.

At a restart marker the encoder forgets the brightness before it and begins a new byte (ITU-T T.81, F.1.2.3), so the
bytes between two markers depend on the pixels of one tile alone. A tile is a run of blocks of 8 × 8 px in one row.
Changed tiles are put one under another, encoded in one go, and their bytes take the place of the old ones. The result
is byte for byte what encoding the whole picture with the same markers gives.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from calendarkit.poster.setting import Area

if TYPE_CHECKING:
    from PIL.Image import Image

BLOCK = 8
"""px of a block's side, at full colour resolution (4:4:4)."""
BEST = 27
"""Blocks a tile should have: fewer cost markers, more cost pixels that did not change."""
WORTH = 0.5
"""Share of changed tiles above which the whole picture is encoded anew."""
MOST = 8_000
"""Tiles of one encoding; a JPEG is at most 65,535 px high."""

_MARKER = re.compile(rb"\xff[\xd0-\xd7]")


class Spliced:
    """The JPEG of one canvas, kept up to date tile by tile."""

    def __init__(self, canvas: Image, quality: int, data: bytes = b"") -> None:
        """Encode all of ``canvas`` (RGB), unless ``data`` is what :func:`encode_whole` made of it."""
        self.quality = quality
        self.blocks = tile_blocks(canvas.width)
        self._hash, self._hashed, self._changed = sha256(), 0, 0
        self._adopt(data or encode_whole(canvas, quality))

    def update(self, canvas: Image, dirty: Iterable[Area]) -> None:
        """Encode again what of ``canvas`` lies in ``dirty`` (px areas); everything else must be as it was."""
        tiles = sorted({tile for area in dirty for tile in self._touched(area, canvas)})
        if not tiles:
            return
        segments = None
        if len(tiles) <= min(MOST, WORTH * len(self._pieces)):
            segments = self._segments(encode_whole(self._atlas(canvas, tiles), self.quality, self.blocks), len(tiles))
        if segments is None:
            self._adopt(encode_whole(canvas, self.quality))
            return
        columns, last = -(-_blocks(canvas.width) // self.blocks), len(self._pieces) - 1
        places = [row * columns + column for column, row in tiles]
        for at, segment in zip(places, segments, strict=True):
            self._pieces[at] = segment + (_EOI if at == last else _restart(at))
        self._changed = min(self._changed, *places)

    @property
    def data(self) -> bytes:
        """The whole file."""
        return b"".join((self._head, *self._pieces))

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return len(self._head) + sum(map(len, self._pieces))

    def digest(self) -> str:
        """Return the SHA-256 of :attr:`data` in hex; what lies before the first tile that changed is hashed once."""
        first = self._changed
        if first < self._hashed:
            self._hashed, self._hash = 0, sha256(self._head)
        self._hash.update(b"".join(self._pieces[self._hashed : first]))
        self._hashed, self._changed = first, len(self._pieces)
        whole = self._hash.copy()
        whole.update(b"".join(self._pieces[first:]))
        return whole.hexdigest()

    def _adopt(self, data: bytes) -> None:
        head, scan = parts(data)
        segments = _MARKER.split(scan)
        last = len(segments) - 1
        self._head = head
        self._pieces = [each + (_EOI if at == last else _restart(at)) for at, each in enumerate(segments)]
        self._hash, self._hashed, self._changed = sha256(head), 0, 0

    def _touched(self, area: Area, canvas: Image) -> Iterable[tuple[int, int]]:
        """Yield column and row of each tile that ``area`` touches."""
        left, top = max(0, area[0]), max(0, area[1])
        right, bottom = min(canvas.width, area[2]), min(canvas.height, area[3])
        if right <= left or bottom <= top:
            return
        wide = self.blocks * BLOCK
        for column in range(left // wide, (right - 1) // wide + 1):
            for row in range(top // BLOCK, (bottom - 1) // BLOCK + 1):
                yield column, row

    def _atlas(self, canvas: Image, tiles: Sequence[tuple[int, int]]) -> Image:
        """Return the tiles one under another; at the right and lower edge the last px are repeated, as encoders do."""
        from PIL import Image

        wide = self.blocks * BLOCK
        atlas = Image.new("RGB", (wide, len(tiles) * BLOCK))
        at = 0
        for column, row, count in _runs(tiles):
            x, y = column * wide, row * BLOCK
            run = canvas.crop((x, y, min(x + wide, canvas.width), min(y + count * BLOCK, canvas.height)))
            atlas.paste(_padded(run, (wide, count * BLOCK)), (0, at))
            at += count * BLOCK
        return atlas

    def _segments(self, data: bytes, count: int) -> list[bytes] | None:
        """Return the bytes of each tile; ``None`` unless tables and headers are those of the whole picture."""
        head, scan = parts(data)
        segments = _MARKER.split(scan)
        return segments if len(segments) == count and _alike(head, self._head) else None


def encode_whole(canvas: Image, quality: int, blocks: int = 0) -> bytes:
    """Return the JPEG of all of ``canvas``: 4:4:4, because 4:2:0 dulls small red words, with a marker after each tile.

    Args:
        canvas: RGB.
        quality: 1 to 95.
        blocks: blocks a tile, by default what suits the width.
    """
    file = io.BytesIO()
    canvas.save(file, "JPEG", quality=quality, subsampling=0, restart_marker_blocks=blocks or tile_blocks(canvas.width))
    return file.getvalue()


def tile_blocks(width: int) -> int:
    """Return how many blocks a tile has on a picture ``width`` px wide: about :data:`BEST`, filling rows exactly."""
    row = _blocks(width)
    fair = [each for each in range(10, min(row, 3 * BEST) + 1) if row % each == 0]
    return min(fair, key=lambda each: abs(each - BEST), default=row)


def parts(data: bytes) -> tuple[bytes, bytes]:
    """Return a baseline JPEG's headers and its scan, without the marker at its end.

    Raises:
        ValueError: it has no scan.
    """
    at = 2
    while data[at : at + 1] == b"\xff":
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] == _SOS:
            return data[: at + 2 + size], data[at + 2 + size : -2]
        at += 2 + size
    raise ValueError("no scan in this JPEG")


_SOS, _SOF = 0xDA, 0xC0
_EOI = b"\xff\xd9"


def _alike(one: bytes, other: bytes) -> bool:
    """Whether two headers (DQT, DHT, DRI, SOS …) are equal but for the size of the picture."""
    return _sizeless(one) == _sizeless(other)


def _sizeless(head: bytes) -> bytes:
    at = 2
    while at < len(head) and head[at + 1] != _SOF:
        at += 2 + int.from_bytes(head[at + 2 : at + 4], "big")
    return head[: at + 5] + head[at + 9 :]


def _restart(at: int) -> bytes:
    return bytes((0xFF, 0xD0 + at % 8))


def _blocks(length: int) -> int:
    return -(-length // BLOCK)


def _runs(tiles: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield column, first row and number of tiles that stand one under another."""
    start = 0
    for end in range(1, len(tiles) + 1):
        if end == len(tiles) or tiles[end] != (tiles[end - 1][0], tiles[end - 1][1] + 1):
            yield *tiles[start], end - start
            start = end


def _padded(tile: Image, size: tuple[int, int]) -> Image:
    """Return ``tile`` made as large as ``size`` by repeating its last column and row."""
    from PIL import Image

    if tile.size == size:
        return tile
    whole = Image.new("RGB", size)
    whole.paste(tile, (0, 0))
    for x in range(tile.width, size[0]):
        whole.paste(tile.crop((tile.width - 1, 0, tile.width, tile.height)), (x, 0))
    for y in range(tile.height, size[1]):
        whole.paste(whole.crop((0, tile.height - 1, size[0], tile.height)), (0, y))
    return whole
