"""Encoding a finished canvas: JPEG 4:4:4 that steps down to fit, or PNG."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calendarkit.model.text import Text
from calendarkit.poster.layers import Sheet

if TYPE_CHECKING:
    from PIL.Image import Image

STEP = 6
"""By how much quality goes down at a time."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Bytes of a picture, and what is wrong with them."""

    data: bytes
    mime: str
    quality: int
    faults: tuple[Text, ...] = ()


def encode(canvas: Image, sheet: Sheet, *, max_bytes: int | None = None, mimes: Sequence[str] = ()) -> Encoded:
    """Return the canvas as the layout and the channel want it.

    Args:
        canvas: RGB.
        sheet: the layout's format, quality, floor and limit.
        max_bytes: the channel's limit; the smaller of both holds.
        mimes: what the channel takes; empty for anything.
    """
    limit = min(sheet.max_bytes, max_bytes or sheet.max_bytes)
    wanted = f"image/{sheet.format}"
    mime = wanted if not mimes or wanted in mimes else next((each for each in _MIMES if each in mimes), wanted)
    encoded = _png(canvas) if mime == "image/png" else _jpeg(canvas, sheet, limit)
    faults: list[Text] = []
    if mimes and mime not in mimes:
        faults.append(Text(f"渠道不收 {mime}", f"the channel does not take {mime}"))
    if len(encoded.data) > limit:
        faults.append(_too_big(len(encoded.data), limit))
    return Encoded(encoded.data, mime, encoded.quality, tuple(faults))


_MIMES = ("image/jpeg", "image/png")


def _jpeg(canvas: Image, sheet: Sheet, limit: int) -> Encoded:
    """Encode with full colour resolution, because 4:2:0 dulls small red words."""
    floor = min(sheet.min_quality, sheet.quality)
    for quality in [*range(sheet.quality, floor, -STEP), floor]:
        file = io.BytesIO()
        canvas.save(file, "JPEG", quality=quality, subsampling=0)
        if file.tell() <= limit:
            break
    return Encoded(file.getvalue(), "image/jpeg", quality)


def _png(canvas: Image) -> Encoded:
    file = io.BytesIO()
    canvas.save(file, "PNG", compress_level=6)
    return Encoded(file.getvalue(), "image/png", 100)


def _too_big(size: int, limit: int) -> Text:
    return Text(
        f"海报有 {size / 1000:.0f} KB，超过 {limit / 1000:.0f} KB；请换更简单的背景或缩小尺寸",
        f"the poster has {size / 1000:.0f} KB, over {limit / 1000:.0f} KB; use a plainer background or a smaller size",
    )
