"""Text measured in the cells a terminal draws: Chinese characters take two."""

from __future__ import annotations

from rich.cells import cell_len, split_graphemes


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
    """Cut ``text`` between characters as the terminal sees them, never inside an emoji."""
    pieces, piece, room = [], "", cells
    for start, end, size in split_graphemes(text)[0]:
        if size > room and piece:
            pieces.append(piece.rstrip())
            piece, room = "", cells
        piece += text[start:end]
        room -= size
    return [*pieces, piece]
