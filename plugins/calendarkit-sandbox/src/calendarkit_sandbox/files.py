"""Files members can open: pictures and uploads, stored once by their digest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from calendarkit_sandbox.replies import Refused
from calendarkit_sandbox.seen import StoredFile

MEDIA_LIFE_MS = 3 * 24 * 3600 * 1000
_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "audio/amr": ".amr"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A temporary media file: only ``robot`` may use it, and only for three days from ``at_ms``."""

    robot: str
    kind: str
    at_ms: int
    stored: StoredFile


class Files:
    """The files of one sandbox folder and the media ids that point at them."""

    def __init__(self, folder: Path) -> None:
        """Store below ``folder/media``."""
        self.folder = folder
        (folder / "media").mkdir(parents=True, exist_ok=True, mode=0o700)
        self._uploads: dict[str, Upload] = {}

    def keep(self, data: bytes, mime: str, *, name: str = "") -> StoredFile:
        """Store ``data`` and return where; the same bytes are stored once."""
        digest = hashlib.sha256(data).hexdigest()
        path = self.folder / "media" / (digest + _ENDINGS.get(mime, ".bin"))
        if not path.exists():
            fresh = path.with_suffix(".new")
            fresh.write_bytes(data)
            fresh.replace(path)
        return StoredFile(sha256=digest, size=len(data), mime=mime, file=f"media/{path.name}", name=name)

    def offer(self, media_id: str, upload: Upload) -> None:
        """Let ``media_id`` point at an upload."""
        self._uploads[media_id] = upload

    def find(self, media_id: str, kind: str, *, robot: str, now_ms: int) -> StoredFile:
        """Return the uploaded file.

        Raises:
            Refused: 40007 for an id that nobody knows, is older than three days, of another kind or another robot's.
        """
        upload = self._uploads.get(media_id)
        if upload is None or upload.robot != robot or upload.kind != kind or now_ms - upload.at_ms >= MEDIA_LIFE_MS:
            raise Refused(40007, "invalid media_id")
        return upload.stored

    def clear(self) -> None:
        """Forget every media id; the files stay."""
        self._uploads.clear()
