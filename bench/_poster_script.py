"""A poster by plain Pillow, as a shop's script draws it: everything opened, drawn and encoded for each store."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from calendarkit.poster.qr import modules
from calendarkit.poster.shipped import shipped, shipped_fonts


def script(ground: Path, store: Mapping[str, str]) -> bytes:
    """Draw the footer's poster the way a shop's script does: open, draw and encode everything for each store."""
    canvas = Image.open(ground).convert("RGBA")
    _shadow(canvas, lambda pen: pen.text((540, 275), "限时秒杀", "#4A0008AA", face(190), "mm", stroke_width=12), 11)
    _shadow(canvas, lambda pen: pen.rounded_rectangle((64, 590, 1016, 1578), 52, "#4A000888"), 25)
    pen = ImageDraw.Draw(canvas)
    pen.text((540, 261), "限时秒杀", "#FFE080", face(190), "mm", stroke_width=12, stroke_fill="#8E0010")
    pen.rounded_rectangle((64, 572, 1016, 1560), 52, "#FFFDF5")
    photo = Image.open(shipped() / "photos" / "apples.webp").convert("RGBA")
    photo.thumbnail((540, 490), Image.Resampling.LANCZOS)
    canvas.alpha_composite(photo, (540 - photo.width // 2, 612))
    pen.text((540, 1185), "阿克苏冰糖心苹果", "#3A0A0E", face(76), "mm")
    for x, words, size in ((330, "¥", 125), (520, "9", 250), (660, ".9", 138)):
        pen.text((x, 1480), words, "#C2161A", face(size), "ms")
    pen.text((72, 1738), store["name"], "#FFFFFF", face(52), "lm")
    pen.rounded_rectangle((808, 1640, 1007, 1839), 16, "#FFFFFF")
    canvas.paste(modules(store["join_url"]).resize((145, 145), Image.Resampling.NEAREST), (835, 1667))
    file = io.BytesIO()
    canvas.convert("RGB").save(file, "JPEG", quality=88, subsampling=0)
    return file.getvalue()


def face(size: int) -> ImageFont.FreeTypeFont:
    """Return the bold face, opened."""
    return ImageFont.truetype(shipped_fonts() / "NotoSansSC-Bold.otf", size)


def _shadow(canvas: Image.Image, drawn: Callable[[ImageDraw.ImageDraw], object], blur: int) -> None:
    """Lay what ``drawn`` draws over the canvas, blurred."""
    layer = Image.new("RGBA", canvas.size)
    drawn(ImageDraw.Draw(layer))
    canvas.alpha_composite(layer.filter(ImageFilter.GaussianBlur(blur)))
