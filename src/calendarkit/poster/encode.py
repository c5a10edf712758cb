"""Encoding a finished canvas: JPEG 4:4:4 that steps down to fit, or PNG."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from calendarkit.model.text import Text
from calendarkit.poster.layers import Sheet
from calendarkit.poster.splice import Spliced, encode_whole

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
    sha256: str = ""
    """Hex digest of the bytes, where it is already known."""


def encode(
    canvas: Image,
    sheet: Sheet,
    *,
    max_bytes: int | None = None,
    mimes: Sequence[str] = (),
    jpeg: Callable[[int], Spliced] | None = None,
) -> Encoded:
    """Return the canvas as the layout and the channel want it.

    Args:
        canvas: RGB.
        sheet: the layout's format, quality, floor and limit.
        max_bytes: the channel's limit; the smaller of both holds.
        mimes: what the channel takes; empty for anything.
        jpeg: gives the canvas at a quality as a JPEG whose unchanged parts are known; without it, all is encoded.
    """
    limit = min(sheet.max_bytes, max_bytes or sheet.max_bytes)
    wanted = f"image/{sheet.format}"
    mime = wanted if not mimes or wanted in mimes else next((each for each in _MIMES if each in mimes), wanted)
    encoded = _png(canvas) if mime == "image/png" else _jpeg(canvas, sheet, limit, jpeg)
    faults: list[Text] = []
    if mimes and mime not in mimes:
        faults.append(Text(f"渠道不收 {mime}", f"the channel does not take {mime}"))
    if len(encoded.data) > limit:
        faults.append(_too_big(len(encoded.data), limit))
    return replace(encoded, mime=mime, faults=tuple(faults))


_MIMES = ("image/jpeg", "image/png")


def _jpeg(canvas: Image, sheet: Sheet, limit: int, jpeg: Callable[[int], Spliced] | None) -> Encoded:
    """Encode at the best quality that fits, at worst at the layout's floor."""
    floor = min(sheet.min_quality, sheet.quality)
    for quality in [*range(sheet.quality, floor, -STEP), floor]:
        spliced = jpeg(quality) if jpeg else None
        data = spliced.data if spliced else encode_whole(canvas, quality)
        if len(data) <= limit:
            break
    return Encoded(data, "image/jpeg", quality, sha256=spliced.digest() if spliced else "")


def _png(canvas: Image) -> Encoded:
    file = io.BytesIO()
    canvas.save(file, "PNG", compress_level=6)
    return Encoded(file.getvalue(), "image/png", 100)


def _too_big(size: int, limit: int) -> Text:
    return Text(
        f"海报有 {size / 1000:.0f} KB，超过 {limit / 1000:.0f} KB；请换更简单的背景或缩小尺寸",
        f"the poster has {size / 1000:.0f} KB, over {limit / 1000:.0f} KB; use a plainer background or a smaller size",
    )
