"""QR codes: made as modules, drawn with whole px, and read back."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from calendarkit.model.text import Text
from calendarkit.poster.poster_error import PosterError

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 1_200
"""Longest data in bytes of UTF-8; more makes modules too small to scan from a phone."""


@lru_cache(maxsize=64)
def modules(data: str) -> Image:
    """Return the code of ``data`` with error level M, one px a module, black 0 on white 255, without quiet zone.

    The bytes are UTF-8, which phones expect; given text, the encoder would choose ISO 8859-1 or Shift JIS for some.

    Raises:
        PosterError: it is empty or too long.
    """
    import zxingcpp
    from PIL import Image

    content = data.encode()
    size = len(content)
    if not data or size > MAX_BYTES:
        raise PosterError(
            Text(f"二维码内容有 {size} 字节，应为 1 到 {MAX_BYTES}", f"QR data has {size} bytes; 1 to {MAX_BYTES} fit")
        )
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    array: Any = code.to_image(scale=1, add_quiet_zones=False)
    height, width = array.shape
    return Image.frombytes("L", (width, height), bytes(memoryview(array)))


def reads(picture: Image, wanted: str) -> bool:
    """Whether a scanner that takes ``picture`` for an upright code and nothing else reads ``wanted``.

    This takes a quarter of the time of :func:`read_back`, and ours are upright; ``False`` calls for the longer look.
    """
    found = _scanned(picture, try_rotate=False, try_downscale=False, try_invert=False, is_pure=True)
    return [each.bytes for each in found] == [wanted.encode()]


def read_back(picture: Image) -> str | None:
    """Return what a scanner reads in ``picture``, ``None`` when it finds no single code."""
    found = _scanned(picture, try_rotate=False, try_downscale=False, try_invert=False)
    if len(found) != 1:  # the hasty look takes half the time and suffices for nearly all
        found = _scanned(picture)
    return found[0].bytes.decode(errors="replace") if len(found) == 1 else None


def _scanned(picture: Image, **how: Any) -> list[Any]:
    import zxingcpp

    grey = picture.convert("L")
    view = memoryview(grey.tobytes()).cast("B", (grey.height, grey.width))
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found: list[Any] = zxingcpp.read_barcodes(view, formats=formats, **how)
    return found
