"""A contact sheet: the posters of some days side by side, each with its time and column, for people to look over."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calendarkit.poster.fonts import Fonts
from calendarkit.poster.layers import Lettering
from calendarkit.poster.lettering import letter_mask
from calendarkit.poster.setting import Area, set_text

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH = 300
"""px of a poster on the sheet."""
MARGIN, GAP, HEAD, LABEL = 48, 28, 190, 62
BLANK = 150
"""px high: what stands for a slot without a poster."""
PAPER, CARD, INK, SOFT, BAD = "#F4F1EA", "#FFFFFF", "#22201C", "#6F6A60", "#C4101E"


@dataclass(frozen=True, slots=True)
class Print:
    """One slot: its time, its column, and its poster's bytes; ``None`` without one, with a word why."""

    time: str
    title: str
    data: bytes | None = None
    note: str = ""
    wrong: bool = False
    """Whether the note says that something is wrong."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its title and its slots in order."""

    title: str
    prints: tuple[Print, ...]


def contact_sheet(heading: str, subtitle: str, days: Sequence[Day]) -> Image:
    """Return the sheet: one column a day, RGB."""
    from PIL import Image

    shown = [[_small(each) for each in day.prints] for day in days]
    heights = [sum(each.height + LABEL + GAP for each in column) for column in shown]
    width = MARGIN * 2 + len(days) * WIDTH + max(0, len(days) - 1) * GAP
    sheet = Image.new("RGB", (width, HEAD + 70 + max(heights, default=0) + MARGIN), PAPER)
    _write(sheet, heading, (MARGIN, 40, width - MARGIN, 116), Lettering(font="bold", size=64, max_lines=1, color=INK))
    _write(sheet, subtitle, (MARGIN, 122, width - MARGIN, 166), Lettering(size=32, max_lines=1, color=SOFT))
    for number, (day, pictures) in enumerate(zip(days, shown, strict=True)):
        left = MARGIN + number * (WIDTH + GAP)
        _write(sheet, day.title, (left, HEAD, left + WIDTH, HEAD + 52), Lettering(font="bold", size=38, color=INK))
        top = HEAD + 70
        for each, picture in zip(day.prints, pictures, strict=True):
            sheet.paste(picture, (left, top))
            top += picture.height
            look = Lettering(font="bold", size=28, min_size=20, max_lines=1, valign="middle", color=SOFT)
            _write(sheet, f"{each.time}  {each.title}", (left, top, left + WIDTH, top + LABEL), look)
            top += LABEL + GAP
    return sheet


def saved(sheet: Image, ending: str) -> bytes:
    """Return the sheet as a file.

    Args:
        sheet: what :func:`contact_sheet` made.
        ending: ``.png``, ``.jpg`` or ``.pdf``; a PDF has one page of the sheet's shape at 144 px an inch.
    """
    file = io.BytesIO()
    match ending:
        case ".pdf":
            sheet.save(file, "PDF", resolution=144.0, quality=88)
        case ".jpg" | ".jpeg":
            sheet.save(file, "JPEG", quality=88)
        case _:
            sheet.save(file, "PNG", compress_level=6)
    return file.getvalue()


def _small(each: Print) -> Image:
    from PIL import Image

    if each.data is None:
        card = Image.new("RGB", (WIDTH, BLANK), CARD)
        look = Lettering(
            size=26, min_size=16, max_lines=4, align="center", valign="middle", color=BAD if each.wrong else SOFT
        )
        _write(card, each.note or "—", (16, 12, WIDTH - 16, BLANK - 12), look)
        return card
    with Image.open(io.BytesIO(each.data)) as poster:
        size = (WIDTH, round(poster.height * WIDTH / poster.width))
        return poster.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _write(sheet: Image, words: str, box: Area, look: Lettering) -> None:
    """Write plain words into ``box``."""
    setting = set_text(words, look, box, Fonts())
    assert isinstance(look.color, str)
    sheet.paste(look.color, (box[0], box[1]), letter_mask(setting, box))
