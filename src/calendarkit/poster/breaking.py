"""Line breaking of Chinese and mixed text: no mark where it must not stand, no torn word, number or price.

Which marks may not begin or end a line: GB/T 15834-2011 and W3C clreq section 3.1.3 (避头尾).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from calendarkit.poster.spacing import CLOSING, OPENING, UNITS, Advance, is_ideograph, width_of

NOT_FIRST = CLOSING | frozenset("·•—…～〜-–,.;:!?)]}%‰°℃℉％々ー")
"""Characters that must not begin a line (避头)."""
NOT_LAST = OPENING | frozenset("([{¥￥$€£#＃№")
"""Characters that must not end a line (避尾)."""

PAUSES = CLOSING | frozenset("·—…|,;:!?")
"""Marks after which a headline likes to break."""
FAIR = 0.4
"""Least length of the shorter of two lines, as a share of the longer, for a headline to break after a mark."""

_WORD = re.compile(
    r"[¥￥$€£]?\d[\d.,:/×xX*~–-]*[a-zA-Z%‰°℃％²³]*(?:[" + "".join(sorted(UNITS)) + r"](?!\d))?"
    r"|[A-Za-z0-9À-ɏ]+(?:['’.\-/&@+_:#=?][A-Za-z0-9À-ɏ]+)*"
    r"|—+|…+|\s+|.",
    re.DOTALL,
)


def break_lines(
    text: str, width: float, advance: Advance, *, tracking: float = 0.0, balance: bool = False
) -> tuple[str, ...]:
    """Return the lines of ``text``, none wider than ``width`` unless a single character is.

    Args:
        text: line breaks in it are kept; other white space becomes single spaces, dropped at the ends of lines.
        width: of the column, in sizes.
        advance: width of one character, in sizes.
        tracking: extra space between characters, in sizes.
        balance: make lines of about equal length instead of full ones.
    """
    lines: list[str] = []
    for paragraph in text.splitlines():
        column = _Column(width, advance, tracking)
        if paragraph.isalnum() and column.fits(paragraph):  # most names of stores: no space, no mark, one line
            lines.append(paragraph)
            continue
        pieces = clusters(paragraph)
        if not pieces:
            lines.append("")
            continue
        found = column.filled(pieces)
        lines.extend(column.balanced(pieces, found) if balance and len(found) > 1 else column.unwidowed(pieces, found))
    return tuple(lines)


def clusters(paragraph: str) -> tuple[str, ...]:
    """Return the pieces between which a line may end; a space hangs at the end of the piece before it."""
    words = [" " if each.isspace() else each for each in _WORD.findall(paragraph.strip())]
    pieces: list[str] = []
    for word in words:
        before = pieces[-1].rstrip() if pieces else ""
        if pieces and (word == " " or (_glued(before, word) and not pieces[-1].endswith(" "))):
            pieces[-1] += word
        elif pieces and word[0] in NOT_FIRST and not word[0].isascii():
            pieces[-1] = before + word
        else:
            pieces.append(word)
    return tuple(pieces)


def _glued(before: str, word: str) -> bool:
    return bool(before) and (before[-1] in NOT_LAST or word[0] in NOT_FIRST)


class _Column:
    """Breaks clusters into lines of one width."""

    def __init__(self, width: float, advance: Advance, tracking: float) -> None:
        self.width = width
        self.advance = advance
        self.tracking = tracking

    def fits(self, line: str, width: float | None = None) -> bool:
        return width_of(line.strip(), self.advance, self.tracking) <= (width or self.width) + 1e-6

    def filled(self, pieces: Sequence[str], width: float | None = None) -> list[str]:
        """Fill lines one after another; a piece wider than a line is torn between characters."""
        whole = "".join(pieces).strip()
        if self.fits(whole, width):
            return [whole]
        lines: list[str] = []
        line = ""
        for piece in pieces:
            if self.fits(line + piece, width):
                line += piece
                continue
            if line.strip():
                lines.append(line.strip())
            line = piece
            while not self.fits(line, width) and len(line.strip()) > 1:
                head = self._head(line.strip(), width)
                lines.append(head)
                line = line.strip()[len(head) :]
        return [*lines, line.strip()] if line.strip() or not lines else lines

    def unwidowed(self, pieces: Sequence[str], lines: list[str]) -> list[str]:
        """Move one piece down where the last line would hold a lone character."""
        if len(lines) < 2 or not _lone(lines[-1]):
            return lines
        last_two = clusters(lines[-2])
        if len(last_two) < 2:
            return lines
        moved = last_two[-1] + (" " if _spaced(pieces, lines) else "") + lines[-1]
        return [*lines[:-2], "".join(last_two[:-1]).strip(), moved] if self.fits(moved) else lines

    def balanced(self, pieces: Sequence[str], lines: list[str]) -> list[str]:
        """Break a headline after a mark where that makes two fair lines; else narrow the column as far as it goes."""
        if len(lines) == 2 and (pair := self._at_mark(pieces)):
            return pair
        low, high = self.width / len(lines) / 2, self.width
        best = self.unwidowed(pieces, lines)
        for _ in range(10):
            middle = (low + high) / 2
            found = self.filled(pieces, middle)
            if len(found) <= len(lines) and all(self.fits(each, middle) for each in found) and not _lone(found[-1]):
                best, high = found, middle
            else:
                low = middle
        return best

    def _at_mark(self, pieces: Sequence[str]) -> list[str]:
        """Return the most even two lines of which the first ends in a mark, empty when none are fair."""
        best, evenness = [], FAIR
        for count in range(1, len(pieces)):
            pair = ["".join(pieces[:count]).strip(), "".join(pieces[count:]).strip()]
            short, long = sorted(width_of(each, self.advance, self.tracking) for each in pair)
            if pair[0][-1] in PAUSES and all(map(self.fits, pair)) and short >= evenness * long:
                best, evenness = pair, short / long
        return best

    def _head(self, line: str, width: float | None) -> str:
        """Return the longest beginning that fits, at least one character, without a mark where it may not stand."""
        count = 1
        while count < len(line) and self.fits(line[: count + 1], width):
            count += 1
        while count > 1 and (line[count] in NOT_FIRST or line[count - 1] in NOT_LAST):
            count -= 1
        return line[:count]


def _lone(line: str) -> bool:
    """Whether a line holds one Chinese character, with or without marks after it."""
    seen = [each for each in line if each not in NOT_FIRST and not each.isspace()]
    return len(seen) == 1 and is_ideograph(seen[0])


def _spaced(pieces: Sequence[str], lines: list[str]) -> bool:
    """Whether the text has a space between its last two lines."""
    return "".join(pieces).rstrip().endswith(f" {lines[-1]}")
