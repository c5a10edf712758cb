"""Typesetting: words become runs of glyphs at places in a box, shrunk, broken and cut until they fit."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from calendarkit.poster.breaking import break_lines
from calendarkit.poster.emoji import plain_emoji
from calendarkit.poster.fonts import Face, Fonts, Measure, advance, drawn_advance, glyph_ink, measure, missing_in, runs
from calendarkit.poster.layers import Lettering
from calendarkit.poster.spacing import spaced, width_of

WORTH = 0.85
"""A text keeps its own line breaks, and gets no others, where that costs at most this much of its size."""
Area = tuple[int, int, int, int]
"""Left, top, right, bottom in px; right and bottom are outside."""
ASCENT, DESCENT = 0.88, 0.12
"""The em box of a Chinese character above and below the baseline, in sizes."""


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one face and size on one baseline; ``x`` is their origin, ``y`` the baseline, in px."""

    text: str
    face: Face
    size: int
    x: float
    y: float
    faint: bool = False
    """Drawn in the price's ``unit_color``."""
    turned: bool = False
    """One character that lies on its side, turned clockwise around the middle of its em square."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Words that are set.

    Attributes:
        runs: what to draw, in absolute px.
        area: what the words take: their columns and em boxes.
        ink: what they blacken, outlines included; ``None`` when nothing is visible.
        size: px they came out at.
        lines: the words of each line, as set.
        rules: lines to draw through them, as areas.
        missing: characters no font has.
        spilled: whether they do not fit even at the smallest size.
    """

    runs: tuple[Run, ...]
    area: Area
    ink: Area | None
    size: int
    lines: tuple[str, ...]
    rules: tuple[Area, ...] = ()
    missing: tuple[str, ...] = ()
    spilled: bool = False


def set_text(text: str, look: Lettering, box: Area, fonts: Fonts) -> Setting:
    """Return ``text`` set into ``box`` (px): as large as ``size`` allows, never smaller than ``min_size``.

    Args:
        text: the words; their line breaks are kept.
        look: font, sizes, alignment.
        box: where it must stay.
        fonts: where fonts come from.
    """
    inner = inner_of(look, box)
    chain = fonts.chain(look.font)
    text = plain_emoji(text)
    column = _Column(text, look, inner, measure(chain))
    size, lines = column.fitted()
    spilled = lines is None
    lines = column.cut(size) if lines is None and look.overflow == "ellipsis" else lines or column.broken(size)
    setting = _placed(lines, size, look, inner, chain=chain)
    while setting.ink and not _inside(setting.ink, inner) and size > column.smallest and not spilled:
        size -= 1
        tighter = column.broken(size)
        setting = _placed(tighter if column.holds(tighter, size) else lines, size, look, inner, chain=chain)
    return replace(setting, missing=missing_in(text, chain), spilled=spilled and look.overflow == "error")


def inner_of(look: Lettering, box: Area) -> Area:
    """Return what of ``box`` is left for letters inside a pill's padding and an outline."""
    across, down = look.background.padding if look.background else (0, 0)
    edge = look.stroke.width if look.stroke else 0
    left, top, right, bottom = box
    return (
        left + across + edge,
        top + down + edge,
        max(right - across - edge, left + 1),
        max(bottom - down - edge, top + 1),
    )


class _Column:
    """Tries sizes and breaks for one text in one box."""

    def __init__(self, text: str, look: Lettering, inner: Area, width: Measure) -> None:
        self.text = text.strip("\n")
        self.look = look
        self.wide = inner[2] - inner[0]
        self.high = inner[3] - inner[1]
        self.width = width
        self.smallest = min(look.min_size or max(8, look.size * 2 // 3), look.size)

    def fitted(self) -> tuple[int, tuple[str, ...] | None]:
        """Return the largest size that fits and its lines; the smallest and ``None`` when none does."""
        best, lines = self._largest(self.smallest, unwrapped=False)
        if lines is not None and len(lines) > len(self.text.splitlines()) > 1:
            whole, kept = self._largest(max(self.smallest, math.ceil(best * WORTH)), unwrapped=True)
            return (whole, kept) if kept is not None else (best, lines)
        return best, lines

    def _largest(self, low: int, *, unwrapped: bool) -> tuple[int, tuple[str, ...] | None]:
        """Search the largest size from ``low`` up; ``unwrapped`` allows no line break that is not in the text."""
        best: tuple[int, tuple[str, ...] | None] = (low, None)
        size = high = self.look.size
        while low <= high:
            lines = self.broken(size)
            if self.holds(lines, size) and not (unwrapped and len(lines) > len(self.text.splitlines())):
                best, low = (size, lines), size + 1
            else:
                high = size - 1
            size = (low + high) // 2
        return best

    def broken(self, size: int) -> tuple[str, ...]:
        return break_lines(
            self.text, self.wide / size, self.width, tracking=self.look.tracking, balance=self.look.balance
        )

    def holds(self, lines: Sequence[str], size: int) -> bool:
        if self.look.max_lines and len(lines) > self.look.max_lines:
            return False
        wide = max((self.line_width(each) for each in lines), default=0) * size
        return wide <= self.wide + 0.01 and self.height(len(lines), size) <= self.high

    def height(self, count: int, size: int) -> float:
        return (ASCENT + DESCENT + (count - 1) * self.look.leading) * size

    def line_width(self, line: str) -> float:
        return width_of(line, self.width, self.look.tracking)

    def cut(self, size: int) -> tuple[str, ...]:
        """Return the lines there is room for, the last one ending in an ellipsis."""
        lines = self.broken(size)
        room = max(1, self.look.max_lines or len(lines))
        while room > 1 and self.height(room, size) > self.high:
            room -= 1
        if len(lines) <= room and self.holds(lines[:room], size):
            return lines
        last = lines[room - 1]
        while last and self.line_width(f"{last}…") * size > self.wide:
            last = last[:-1]
        return (*lines[: room - 1], f"{last.rstrip(' ，。、；：,.;:')}…")


def _placed(lines: Sequence[str], size: int, look: Lettering, inner: Area, *, chain: tuple[Face, ...]) -> Setting:
    width = measure(chain)
    step = look.leading * size
    top = _start(inner, (len(lines) - 1) * step + size, look.valign, size)
    found: list[Run] = []
    left, right = inner[2], inner[0]
    for number, line in enumerate(lines):
        wide = width_of(line, width, look.tracking) * size
        x = left_of(inner, wide, look.align)
        left, right = min(left, int(x)), max(right, int(x + wide + 0.999))
        found.extend(line_runs(line, (x, top + number * step, size), look, chain))
    bottom = top + (len(lines) - 1) * step
    area = (left, round(top - ASCENT * size), max(right, left + 1), round(bottom + DESCENT * size))
    return nudged(Setting(tuple(found), area, ink_of(found), size, tuple(lines)), inner)


def _start(inner: Area, height: float, valign: str, size: int) -> float:
    """Return the first baseline."""
    spare = inner[3] - inner[1] - height
    share = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[valign]
    return inner[1] + spare * share + ASCENT * size


def left_of(inner: Area, wide: float, align: str) -> float:
    """Return where a line ``wide`` px wide begins."""
    spare = inner[2] - inner[0] - wide
    return inner[0] + spare * {"left": 0.0, "center": 0.5, "right": 1.0}[align]


def line_runs(line: str, at: tuple[float, float, int], look: Lettering, chain: tuple[Face, ...]) -> Iterator[Run]:
    """Yield the runs of one line; characters that follow each other without adjustment share a run.

    Args:
        line: the words.
        at: left end, baseline and size, px.
        look: for its tracking.
        chain: the faces.
    """
    left, baseline, size = at
    width = measure(chain)
    spots = [each for each in spaced(line, width, look.tracking) if not each.char.isspace()]
    pieces: list[list[int]] = []
    for number, spot in enumerate(spots):
        before = spots[number - 1] if number else None
        if before is not None and abs(before.x + width(before.char) - spot.x) < 1e-6 and before.char.isalnum():
            pieces[-1].append(number)
        else:
            pieces.append([number])
    for piece in pieces:
        x = spots[piece[0]].x
        for face, text in runs("".join(spots[number].char for number in piece), chain):
            yield Run(text, face, size, left + x * size, baseline)
            x += sum(width(char) for char in text)


def nudged(setting: Setting, inner: Area) -> Setting:
    """Move everything by the few px that ink sticks out of the box, where the other side has room."""
    if setting.ink is None or _inside(setting.ink, inner):
        return setting
    left, top, right, bottom = setting.ink
    dx = _shift(left, right, inner[0], inner[2])
    dy = _shift(top, bottom, inner[1], inner[3])
    moved = tuple(replace(each, x=each.x + dx, y=each.y + dy) for each in setting.runs)
    rules = tuple(_moved(each, dx, dy) for each in setting.rules)
    area = _moved(setting.area, dx, dy)
    return replace(setting, runs=moved, ink=_moved(setting.ink, dx, dy), area=area, rules=rules)


def _shift(low: int, high: int, start: int, end: int) -> int:
    if high - low > end - start:
        return 0
    return max(start - low, 0) or min(end - high, 0)


def _moved(area: Area, dx: int, dy: int) -> Area:
    return area[0] + dx, area[1] + dy, area[2] + dx, area[3] + dy


def _inside(ink: Area, box: Area) -> bool:
    return ink[0] >= box[0] and ink[1] >= box[1] and ink[2] <= box[2] and ink[3] <= box[3]


def laid(ink: tuple[float, float, float, float], run: Run) -> tuple[float, float, float, float]:
    """Return the ink of a turned character, in sizes from the origin that it has upright."""
    left, top, right, bottom = ink
    across, down = advance(run.face, run.text) / 2, (DESCENT - ASCENT) / 2
    return across - (bottom - down), down + (left - across), across - (top - down), down + (right - across)


def ink_of(found: Sequence[Run], rules: Sequence[Area] = ()) -> Area | None:
    """Return the area that becomes black, from the glyphs themselves; the box already leaves room for outlines."""
    boxes: list[tuple[float, float, float, float]] = [*rules]
    for run in found:
        at = run.x
        for char in run.text:
            ink = glyph_ink(run.face, char)
            if ink:
                left, top, right, bottom = (each * run.size for each in (laid(ink, run) if run.turned else ink))
                boxes.append((at + left, run.y + top, at + right, run.y + bottom))
            at += drawn_advance(run.face, char, run.size)
    if not boxes:
        return None
    left, top = min(each[0] for each in boxes), min(each[1] for each in boxes)
    right, bottom = max(each[2] for each in boxes), max(each[3] for each in boxes)
    return math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom)
