"""Which characters a font file has: its ``cmap`` table (OpenType 1.9, formats 4 and 12), read without drawing."""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Coverage:
    """Ranges of code points, sorted; ``ends`` are inclusive."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __contains__(self, char: str) -> bool:
        at = bisect_right(self.starts, ord(char)) - 1
        return at >= 0 and ord(char) <= self.ends[at]


@lru_cache(maxsize=32)
def coverage(path: Path, index: int = 0) -> Coverage:
    """Return what face ``index`` of the font file ``path`` covers.

    Raises:
        ValueError: it is no OpenType font, or has no Unicode table.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        try:
            return _ranges(_table(file, index))
        except (struct.error, IndexError) as error:
            raise ValueError(f"{path.name} is not a font") from error


def _table(file: BinaryIO, index: int) -> bytes:
    """Return the best Unicode subtable."""
    file.seek(_face(file, index))
    count = struct.unpack(">4xH6x", file.read(12))[0]
    tables = {file.read(4): struct.unpack(">4xII", file.read(12)) for _ in range(count)}
    start, size = tables.get(b"cmap", (0, 0))
    file.seek(start)
    cmap = file.read(size)
    found: dict[int, bytes] = {}
    for number in range(struct.unpack_from(">H", cmap, 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * number)
        kind = struct.unpack_from(">H", cmap, offset)[0]
        if kind in (4, 12) and (platform == 0 or (platform == 3 and encoding in (1, 10))):
            found[kind] = cmap[offset:]
    if not found:
        raise ValueError("no Unicode table")
    return found[max(found)]


def _face(file: BinaryIO, index: int) -> int:
    if file.read(4) != b"ttcf":
        return 0
    count = struct.unpack(">4xI", file.read(8))[0]
    return int(struct.unpack(f">{count}I", file.read(4 * count))[index])


def _ranges(table: bytes) -> Coverage:
    if struct.unpack_from(">H", table)[0] == 12:
        count = struct.unpack_from(">I", table, 12)[0]
        groups = [struct.unpack_from(">III", table, 16 + 12 * number) for number in range(count)]
        return Coverage(tuple(g[0] for g in groups), tuple(g[1] for g in groups))
    return _segments(table)


def _segments(table: bytes) -> Coverage:
    """Read format 4, where single characters of a segment may be missing."""
    half = struct.unpack_from(">H", table, 6)[0] // 2
    ends = struct.unpack_from(f">{half}H", table, 14)
    starts = struct.unpack_from(f">{half}H", table, 16 + 2 * half)
    deltas = struct.unpack_from(f">{half}H", table, 16 + 4 * half)
    where = 16 + 6 * half
    offsets = struct.unpack_from(f">{half}H", table, where)
    codes: list[int] = []
    for number in range(half):
        for code in range(starts[number], min(ends[number], 0xFFFE) + 1):
            glyph = code
            if offsets[number]:
                at = where + 2 * number + offsets[number] + 2 * (code - starts[number])
                glyph = struct.unpack_from(">H", table, at)[0]
                glyph = glyph and glyph + deltas[number]
            else:
                glyph += deltas[number]
            if glyph & 0xFFFF:
                codes.append(code)
    return Coverage(tuple(codes), tuple(codes))
