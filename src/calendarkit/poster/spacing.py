"""Spacing of one line: squeezed punctuation and the gap between Chinese and Latin, in shares of the font size.

Rules after W3C "Requirements for Chinese Text Layout" (clreq, 2023), sections 3.1.6 and 3.2.2: a fullwidth mark gives
up its empty half beside another mark and at the ends of a line; Chinese and Latin stand a little apart, by space that
is not in the text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

OPENING = frozenset("「『《〈（【〖〔［｛“‘")
"""Fullwidth marks whose left half is empty."""
CLOSING = frozenset("」』》〉）】〗〕］｝”’，。、；：！？")
"""Fullwidth marks that must not begin a line."""
UNITS = frozenset(
    "元角分折斤克两千公升毫米寸尺件份个只枚颗粒盒袋包瓶罐桶箱提筐束把条支根片张块双套台部杯碗人位天日号月年时点秒周岁期楼层室店倍成万亿起"
)
"""Characters that stay with the number before them, without a gap."""
GAP = 0.12
"""Space between a Chinese character and a Latin letter or digit, in sizes."""
NARROW = 0.2
"""Width of a written space beside a Chinese character, in sizes."""

Advance = Callable[[str], float]
"""Width of one character in sizes."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One character of a line: where its origin stands and how far the next one is, in sizes."""

    char: str
    x: float
    advance: float


@lru_cache(maxsize=512)
def spaced(line: str, advance: Advance, tracking: float = 0.0) -> tuple[Spot, ...]:
    """Return the characters of ``line`` from left to right; one whose left half is empty may start left of 0."""
    spots: list[Spot] = []
    at = 0.0
    for index, char in enumerate(line):
        before = line[index - 1] if index else ""
        after = line[index + 1] if index + 1 < len(line) else ""
        left, step = _stepped((before, char, after), advance(char), tracking)
        spots.append(Spot(char, at - left, step + left))
        at += step
    return tuple(spots)


@lru_cache(maxsize=8192)
def _stepped(chars: tuple[str, str, str], width: float, tracking: float) -> tuple[float, float]:
    """Return what a character gives up on its left, and how far the next one is; ``chars`` has its neighbours."""
    before, char, after = chars
    left = width / 2 if _squeezed_left(char, before, width) else 0.0
    right = width / 2 if _squeezed_right(char, after, width) else 0.0
    step = width - left - right + _gap(char, after) + (tracking if after else 0.0)
    return left, _space(before, after, step) if char == " " else step


def width_of(line: str, advance: Advance, tracking: float = 0.0) -> float:
    """Return how wide ``line`` is, in sizes."""
    spots = spaced(line, advance, tracking)
    return spots[-1].x + spots[-1].advance if spots else 0.0


def is_chinese(char: str) -> bool:
    """Whether a character is set like a Chinese one: an ideograph, kana or a fullwidth mark."""
    code = ord(char)
    return (
        0x2E80 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0xFF00 <= code <= 0xFFEF or 0x20000 <= code <= 0x3FFFF
    )


def is_ideograph(char: str) -> bool:
    """Whether a character is a Chinese character or kana, and no mark."""
    code = ord(char)
    return 0x3040 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF


def _squeezed_left(char: str, before: str, width: float) -> bool:
    return width > 0.9 and char in OPENING and (not before or before in OPENING)


def _squeezed_right(char: str, after: str, width: float) -> bool:
    return width > 0.9 and char in CLOSING and (not after or after in CLOSING or after in OPENING)


def _gap(char: str, after: str) -> float:
    if not after or (char.isdigit() and after in UNITS) or (char in UNITS and after.isdigit()):
        return 0.0
    pair = (is_ideograph(char) and _latin(after)) or (_latin(char) and is_ideograph(after))
    return GAP if pair else 0.0


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _space(before: str, after: str, step: float) -> float:
    """Return the width of a written space: none beside a fullwidth dot, a narrow one beside Chinese."""
    if "·" in (before, after):
        return 0.0
    return NARROW if any(each and is_ideograph(each) for each in (before, after)) else step
