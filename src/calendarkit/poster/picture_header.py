"""A picture judged by its header and its end, without decoding it: whether a poster could show it."""

from __future__ import annotations

import warnings
from pathlib import Path

from calendarkit.model.text import Text
from calendarkit.poster.pictures import FORMATS, MAX_BYTES, MAX_PIXELS

_HEAD, _TAIL = 32, 65_536
_OTHERS: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftyphei", "HEIC"), (4, b"ftypmif1", "HEIC"), (4, b"ftypavif", "AVIF"), (0, b"GIF8", "GIF"), (0, b"BM", "BMP"),
    (0, b"%PDF", "PDF"), (0, b"II*\0", "TIFF"), (0, b"MM\0*", "TIFF"), (0, b"8BPS", "PSD"), (0, b"<svg", "SVG"),
    (0, b"<?xml", "SVG"),
)  # fmt: skip
"""Formats that people put there and posters do not take: offset, signature, name."""


def judge_picture(path: Path) -> Text | None:
    """Return why a poster could not show the file at ``path``, ``None`` when it most likely can.

    Reads the header and the last 64 KiB: a file that is no JPEG, PNG or WebP, is larger than 25 megapixels or 40 MB,
    or was cut off while it was copied.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD)
            file.seek(max(0, size - _TAIL))
            tail = file.read(_TAIL)
    except OSError:
        return Text("读不了这个文件", "the file cannot be read")
    if not size:
        return Text("文件是空的", "the file is empty")
    if size > MAX_BYTES:
        return Text("超过 40 MB，请先缩小", "it is larger than 40 MB; scale it down")
    for offset, signature, name in _OTHERS:
        if head[offset:].startswith(signature):
            return Text(f"是 {name} 格式，另存为 JPEG 或 PNG", f"it is {name}; save it as JPEG or PNG")
    return _cut_off(head, tail, size) or _pixels(path)


def _pixels(path: Path) -> Text | None:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # judged below, by a stricter limit
            with Image.open(path, formats=FORMATS) as opened:
                width, height = opened.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, Image.DecompressionBombError):
            return Text("像素太多，请先缩小", "it has too many pixels; scale it down")
        return Text("不是 JPEG、PNG 或 WebP 图片", "it is no JPEG, PNG or WebP picture")
    if width * height > MAX_PIXELS:
        return Text(
            f"有 {width}×{height} 像素，超过 2500 万，请先缩小",
            f"it has {width}×{height} px, more than 25 megapixels; scale it down",
        )
    return None


def _cut_off(head: bytes, tail: bytes, size: int) -> Text | None:
    """Tell whether the end of the picture is missing."""
    whole = True
    if head.startswith(b"\xff\xd8"):
        whole = b"\xff\xd9" in tail
    elif head.startswith(b"\x89PNG"):
        whole = b"IEND" in tail
    elif head.startswith(b"RIFF"):
        whole = int.from_bytes(head[4:8], "little") + 8 <= size
    return None if whole else Text("没有复制完整，请重新导出", "it was cut off; export it again")
