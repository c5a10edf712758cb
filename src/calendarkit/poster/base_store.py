"""Bases kept on disk, so that a new process every minute need not draw them again."""

from __future__ import annotations

import json
import os
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from calendarkit.poster.base import Base
from calendarkit.poster.verify import Code, Proof, Shown

KEPT = 16
"""Bases in the folder; one of 1080 × 1920 px takes 6.5 MB. The one unused for longest goes first."""
ENDING = ".base"


class BaseStore:
    """A folder of bases; any number of processes may use one at once, and losing a file costs only time."""

    def __init__(self, folder: Path | None) -> None:
        """Use ``folder``, which need not exist; keep nothing when it is ``None``."""
        self.folder = folder

    def load(self, key: str) -> tuple[Base, bytes] | None:
        """Return a sound base and its JPEG at the layout's quality; ``None`` when it is not here in full."""
        if self.folder is None:
            return None
        path = self.folder / f"{key}{ENDING}"
        try:
            content = path.read_bytes()
            os.utime(path)
            return _read(content)
        except (OSError, ValueError, KeyError, TypeError, ArithmeticError):
            return None

    def save(self, key: str, base: Base, jpeg: bytes) -> None:
        """Keep a base, unless something is wrong with it; a disk that cannot be written is no reason to fail."""
        if self.folder is None or not base.sound:
            return
        with _spared():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(self.folder / f"{key}{ENDING}", _content(base, jpeg))
            self._prune()

    def _prune(self) -> None:
        assert self.folder is not None
        aged = sorted(((each.stat().st_mtime_ns, each) for each in self.folder.iterdir()), reverse=True)
        for _, path in aged[KEPT:]:
            path.unlink(missing_ok=True)


@contextmanager
def _spared() -> Iterator[None]:
    """Let a full or read-only disk, or a file that another process took away, pass."""
    try:
        yield
    except OSError:
        return


def _content(base: Base, jpeg: bytes) -> bytes:
    pixels = base.canvas.tobytes()
    head = {
        "size": base.canvas.size,
        "sum": zlib.crc32(jpeg, zlib.crc32(pixels)),
        "prices": [[each.label, str(each.price), each.size, each.quotes, each.single] for each in base.proof.prices],
        "codes": [[each.area, each.wanted, each.label] for each in base.proof.codes],
    }
    return b"".join((json.dumps(head).encode(), b"\n", pixels, jpeg))


def _read(content: bytes) -> tuple[Base, bytes]:
    from PIL import Image

    line = content.index(b"\n")
    head: Mapping[str, Any] = json.loads(content[:line])
    body = memoryview(content)[line + 1 :]
    if zlib.crc32(body) != head["sum"]:
        raise ValueError("damaged")
    width, height = head["size"]
    canvas = Image.frombytes("RGB", (width, height), body[: width * height * 3])
    prices = tuple(
        Shown(label, Decimal(price), size, quotes, single) for label, price, size, quotes, single in head["prices"]
    )
    codes = tuple(Code((area[0], area[1], area[2], area[3]), wanted, label) for area, wanted, label in head["codes"])
    return Base(canvas, Proof((), prices, codes), ((),) * len(codes)), bytes(body[width * height * 3 :])


def _write(path: Path, content: bytes) -> None:
    """Write beside the final place and move it there, so that nobody reads half a base."""
    handle, temporary = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
