"""The media store: files named by their own digest, so that equal bytes are kept once and never change."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from calendarkit.model.message import Media

ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
FILE_MODE, FOLDER_MODE = 0o600, 0o700


class MediaStore:
    """A folder of files; any number of threads and processes may use the same one at once."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``; it is made, with mode 0700, when the first file is put."""
        self.folder = folder

    def put(
        self, data: bytes, mime: str, *, width: int = 0, height: int = 0, name: str = "", sha256: str = ""
    ) -> Media:
        """Keep ``data`` and return what it is called here; putting the same bytes again writes nothing.

        Args:
            data: the file.
            mime: such as ``image/jpeg``.
            width: px, 0 when it is no picture.
            height: px, 0 when it is no picture.
            name: the file name a person sees.
            sha256: hex digest of ``data``, where the caller knows it; :meth:`get` finds out whether it was right.

        Raises:
            OSError: the disk is full or read-only; nothing was left behind.
        """
        sha256 = sha256 or hashlib.sha256(data).hexdigest()
        path = self._path(sha256, mime)
        if _holds(path, len(data)):
            os.utime(path)
        else:
            _write(path, data)
        return Media(
            path=str(path), sha256=sha256, mime=mime, size=len(data), width=width, height=height, name=name or path.name
        )

    def get(self, media: Media) -> bytes | None:
        """Return the bytes of ``media``; ``None`` when the file is gone or no longer what it was."""
        try:
            data = Path(media.path).read_bytes()
        except FileNotFoundError:
            return None
        return data if hashlib.sha256(data).hexdigest() == media.sha256 else None

    def prune(self, most: int, *, older_than: float) -> int:
        """Delete what was unused for longest until at most ``most`` bytes are left; return how many files went.

        Args:
            most: bytes.
            older_than: epoch seconds; a file used since then stays, however full the store is.
        """
        found = sorted((each.stat().st_mtime, each.stat().st_size, each) for each in self.folder.glob("*/*"))
        size, gone = sum(each[1] for each in found), 0
        for used, bytes_, path in found:
            if size <= most or used >= older_than:
                break
            path.unlink(missing_ok=True)
            size, gone = size - bytes_, gone + 1
        return gone

    def _path(self, sha256: str, mime: str) -> Path:
        return self.folder.absolute() / sha256[:2] / f"{sha256}{ENDINGS.get(mime, '.bin')}"


def _holds(path: Path, size: int) -> bool:
    """Return whether ``path`` is there in full; a file cut short by a broken disk is written again."""
    try:
        return path.stat().st_size == size
    except FileNotFoundError:
        return False


def _write(path: Path, data: bytes) -> None:
    """Write beside the final place and move it there, so that nobody ever sees half a file."""
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), FILE_MODE)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
