"""Vertical setting: columns from right to left, characters upright, two digits side by side, brackets turned.

Marks stand as W3C clreq (2023), sections 2.3.3 and 3.1.1, wants them: 、，。at the top right of their square, brackets
and dashes turned, the rest in the middle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from calendarkit.poster.breaking import break_lines
from calendarkit.poster.emoji import plain_emoji
from calendarkit.poster.fonts import Face, Fonts, advance, face_of, glyph_ink, missing_in
from calendarkit.poster.layers import Lettering
from calendarkit.poster.setting import ASCENT, Area, Run, Setting, ink_of, inner_of, nudged

HIGH = frozenset("、，。．")
"""Marks that stand at the top right."""
TURNED = frozenset("「」『』《》〈〉（）()【】〔〕［］｛｝“”‘’—…～〜–-")
"""Characters that lie on their side."""
_CELL = re.compile(r"(?<!\d)\d\d(?!\d)|.", re.DOTALL)


def set_vertical(text: str, look: Lettering, box: Area, fonts: Fonts) -> Setting:
    """Return ``text`` set into ``box`` (px) from top to bottom, as large as ``size`` allows, down to ``min_size``.

    ``align`` places the columns in the box (``left`` the last one at its left edge), ``valign`` the characters in their
    columns, ``leading`` is the distance of columns, ``tracking`` the space between characters, both in sizes.

    Args:
        text: the words; their line breaks begin columns.
        look: font, sizes, alignment.
        box: where it must stay.
        fonts: where fonts come from.
    """
    inner = inner_of(look, box)
    chain = fonts.chain(look.font)
    text = plain_emoji(text).strip("\n")
    smallest = min(look.min_size or max(8, look.size * 2 // 3), look.size)
    for size in range(look.size, smallest - 1, -1):
        columns = _columns(text, look, (inner[3] - inner[1]) / size)
        if _fits(columns, look, inner, size):
            break
    fits = _fits(columns, look, inner, size)
    if not fits:
        columns = _cut(columns, look, inner, size)
    setting = nudged(_placed(columns, look, inner, size, chain=chain), inner)
    return replace(setting, missing=missing_in(text, chain), spilled=not fits and look.overflow == "error")


def _columns(text: str, look: Lettering, height: float) -> tuple[str, ...]:
    return break_lines(text, height, lambda _: 1.0, tracking=look.tracking, balance=look.balance)


def _cells(column: str) -> list[str]:
    return [each for each in _CELL.findall(column) if not each.isspace()]


def _length(column: str, look: Lettering) -> float:
    count = len(_cells(column))
    return count + max(0, count - 1) * look.tracking


def _fits(columns: Sequence[str], look: Lettering, inner: Area, size: int) -> bool:
    if look.max_lines and len(columns) > look.max_lines:
        return False
    wide = (1 + (len(columns) - 1) * look.leading) * size
    high = max((_length(each, look) for each in columns), default=0) * size
    return wide <= inner[2] - inner[0] + 0.01 and high <= inner[3] - inner[1] + 0.01


def _cut(columns: Sequence[str], look: Lettering, inner: Area, size: int) -> tuple[str, ...]:
    """Return as many columns as there is room for; what is left out ends in an ellipsis."""
    room = max(1, int(((inner[2] - inner[0]) / size - 1) / look.leading) + 1)
    most = min(room, look.max_lines or room)
    high = (inner[3] - inner[1]) / size
    kept = list(columns[:most])
    if len(columns) > most and kept and look.overflow == "ellipsis":
        last = kept[-1]
        while last and _length(f"{last}…", look) > high:
            last = last[:-1]
        kept[-1] = f"{last}…"
    return tuple(kept)


def _placed(columns: Sequence[str], look: Lettering, inner: Area, size: int, *, chain: tuple[Face, ...]) -> Setting:
    step = look.leading * size
    wide = (len(columns) - 1) * step + size
    spare = inner[2] - inner[0] - wide
    right = inner[0] + spare * {"left": 0.0, "center": 0.5, "right": 1.0}[look.align] + wide
    high = max((_length(each, look) for each in columns), default=0.0) * size
    top = inner[1] + (inner[3] - inner[1] - high) * {"top": 0.0, "middle": 0.5, "bottom": 1.0}[look.valign]
    found = [
        run
        for number, column in enumerate(columns)
        for run in _column_runs(column, (right - number * step - size, top, size), look, chain)
    ]
    area = (round(right - wide), round(top), max(round(right), round(right - wide) + 1), round(top + high))
    return Setting(tuple(found), area, ink_of(found), size, tuple(columns))


def _column_runs(column: str, at: tuple[float, float, int], look: Lettering, chain: tuple[Face, ...]) -> Iterator[Run]:
    """Yield the runs of one column, whose first square has its top left corner at ``at``."""
    left, top, size = at
    for number, cell in enumerate(_cells(column)):
        face = face_of(cell[0], chain) or chain[0]
        base = top + number * (1 + look.tracking) * size + ASCENT * size
        if len(cell) == 2:
            small = min(size, round(size * 0.96 / sum(advance(face, each) for each in cell)))
            wide = sum(advance(face, each) for each in cell) * small
            yield Run(cell, face, small, left + (size - wide) / 2, base - (size - small) * 0.37)
            continue
        turned = cell in TURNED
        x, y = _shifted(cell, face) if not turned else ((1 - advance(face, cell)) / 2, 0.0)
        yield Run(cell, face, size, left + x * size, base + y * size, turned=turned)


def _shifted(char: str, face: Face) -> tuple[float, float]:
    """Return how far an upright character moves inside its square, in sizes."""
    if char in HIGH:
        return 0.58, -0.55
    ink = glyph_ink(face, char)
    if ink is None or (advance(face, char) > 0.9 and char not in "！？：；"):
        return (1 - advance(face, char)) / 2, 0.0
    return 0.5 - (ink[0] + ink[2]) / 2, 0.0
