"""Text measured in the cells a terminal draws: Chinese characters take two."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, split_graphemes

_CLOSING = frozenset("，。、：；！？）》〉】〕」』”’…—～·,.;:!?)]}%％")
_OPENING = frozenset("（《〈【〔「『“‘([{￥$")
_BACK = 6
"""Characters that may go to the next line so that a mark stays with its word."""


def width(text: str) -> int:
    """Return how many cells ``text`` takes."""
    return cell_len(text)


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """Return ``text`` filled with spaces to ``cells``; ``right`` puts them in front. Longer text stays as it is."""
    gap = " " * (cells - cell_len(text))
    return gap + text if right else text + gap


def wrap(text: str, cells: int) -> tuple[str, ...]:
    """Break ``text`` into lines of at most ``cells``: at spaces where there are any, else between characters.

    Empty text gives one empty line, so that a row of a table keeps its height.

    >>> wrap("周三限时秒杀", 8)
    ('周三限时', '秒杀')
    """
    lines, line = [], ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= cells:
            line = joined
            continue
        latin = word.isascii() and cell_len(word) <= cells
        room = "" if latin else joined
        if latin and line:
            lines.append(line)
        pieces = [word] if latin else list(_pieces(room, cells))
        lines.extend(pieces[:-1])
        line = pieces[-1]
    return (*lines, line)


def _pieces(text: str, cells: int) -> list[str]:
    """Cut ``text`` between characters as the terminal sees them, never inside an emoji.

    No line begins with a closing mark or ends with an opening one (避头尾): the character before goes along.
    """
    marks = [text[start:end] for start, end, _ in split_graphemes(text)[0]]
    sizes = [size for _, _, size in split_graphemes(text)[0]]
    pieces, begin = [], 0
    while begin < len(marks):
        end = _fit(sizes, begin, cells)
        if end < len(marks):
            end = _decent(marks, begin, end)
        pieces.append("".join(marks[begin:end]))
        begin = end
    return [*(each.rstrip() for each in pieces[:-1]), *(pieces[-1:] or [""])]


def _fit(sizes: Sequence[int], begin: int, cells: int) -> int:
    """Return the end of the longest piece from ``begin`` that fits; at least one character goes in."""
    end, used = begin + 1, sizes[begin]
    while end < len(sizes) and used + sizes[end] <= cells:
        used += sizes[end]
        end += 1
    return end


def _decent(marks: Sequence[str], begin: int, end: int) -> int:
    """Return the last place up to ``end`` where a line may break, or ``end`` where there is none near."""
    for place in range(end, max(begin, end - _BACK), -1):
        if marks[place] not in _CLOSING and marks[place - 1] not in _OPENING:
            return place
    return end
