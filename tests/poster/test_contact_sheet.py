"""A contact sheet of some days."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from calendarkit.poster.contact_sheet import BLANK, GAP, HEAD, LABEL, MARGIN, WIDTH, Day, Print, contact_sheet, saved


def picture(colour: str, size: tuple[int, int] = (108, 192)) -> bytes:
    """Return a plain poster."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


DAYS = (
    Day("周一 23", (Print("07:30", "早安贴士", picture("#00FF00")), Print("20:00", "话题", None, "只有文字"))),
    Day("周二 24", (Print("12:00", "午间特惠", picture("#FF0000", (108, 108))),)),
    Day("周三 25", ()),
)


def test_each_day_is_a_column() -> None:
    """Posters keep their shape; the sheet is as high as its fullest day."""
    sheet = contact_sheet("鲜果时光", "2026.11.23", DAYS)
    top = HEAD + 70
    assert sheet.getpixel((MARGIN + 5, top + 5)) == (0, 255, 0)
    assert sheet.getpixel((MARGIN + WIDTH + GAP + 5, top + WIDTH - 5)) == (255, 0, 0)
    assert sheet.width == MARGIN * 2 + 3 * WIDTH + 2 * GAP
    assert sheet.height == top + round(WIDTH * 192 / 108) + BLANK + 2 * (LABEL + GAP) + MARGIN


@pytest.mark.parametrize(("ending", "head"), [(".png", b"\x89PNG"), (".jpg", b"\xff\xd8"), (".pdf", b"%PDF")])
def test_it_is_saved_in_three_forms(ending: str, head: bytes) -> None:
    """By the ending of the file."""
    assert saved(contact_sheet("店", "", DAYS[:1]), ending).startswith(head)


def test_no_day_at_all_is_an_empty_sheet() -> None:
    """Nothing fails."""
    assert contact_sheet("店", "", ()).width == MARGIN * 2
