"""The index on disk: ``state/index.json``, kept with what it was compiled from and replaced atomically."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from calendarkit.clockwork.index import Index, IndexUnreadable
from calendarkit.edges.zone_data import zone_version

NAME = "index.json"
_RACY = 2_000_000_000
"""Nanoseconds; a source that changed so shortly before the index was saved is known by its content only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file as it was looked at before it was read; ``mtime_ns`` and ``size`` are 0 for one that is not there."""

    path: str
    mtime_ns: int = 0
    size: int = 0


def look(paths: Iterable[Path]) -> tuple[Source, ...]:
    """Look at the sources, sorted by path. Do it before reading them: then no change can slip in between."""
    return tuple(_look(path) for path in sorted({str(path) for path in paths}))


def load(state_dir: Path, sources: Iterable[Source]) -> Index | None:
    """Return the index that was compiled from exactly these sources by this version of everything, else ``None``.

    A source is the same when its time and size are, or else its content. A file that is corrupt, cut short or of
    another version counts as none: compile anew.
    """
    kept = _read(state_dir)
    if kept.get("made_by") != _made_by():
        return None
    known = {path: (mtime, size, digest) for path, mtime, size, digest in kept["sources"]}
    looked = {each.path: each for each in sources}
    if known.keys() != looked.keys() or not all(_same(each, *known[path]) for path, each in looked.items()):
        return None
    return _index(kept)


def last_good(state_dir: Path) -> Index | None:
    """Return the index that was saved last, whatever its sources have become; ``None`` when there is none."""
    return _index(_read(state_dir))


def save(state_dir: Path, index: Index, sources: Iterable[Source]) -> bool:
    """Replace the index on disk; a kill at any moment leaves the old one or the new one.

    Returns:
        Whether it was saved; not when a source changed since it was looked at.
    """
    known = [(each.path, each.mtime_ns, each.size, _digest(each.path)) for each in sources]
    if any(_look(path) != Source(path=path, mtime_ns=mtime, size=size) for path, mtime, size, _ in known):
        return False
    descriptor, fresh = tempfile.mkstemp(prefix=f"{NAME}.", dir=state_dir)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            limit = os.fstat(descriptor).st_mtime_ns - _RACY
            aged = [(path, mtime if mtime < limit else -1, size, digest) for path, mtime, size, digest in known]
            kept = {"made_by": _made_by(), "sources": aged, "index": index.to_data()}
            json.dump(kept, file, ensure_ascii=False, separators=(",", ":"))
            file.flush()
            os.fsync(descriptor)
        Path(fresh).replace(state_dir / NAME)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(fresh).unlink()
        raise
    _sync_folder(state_dir)
    return True


def _made_by() -> str:
    return f"calendarkit {version('calendarkit')}, zones {zone_version()}"


def _look(path: str) -> Source:
    try:
        found = os.stat(path)  # noqa: PTH116  # the path is a string from here to the file
    except FileNotFoundError:
        return Source(path=path)
    return Source(path=path, mtime_ns=found.st_mtime_ns, size=found.st_size)


def _same(looked: Source, mtime_ns: int, size: int, digest: str) -> bool:
    if looked.size != size:
        return False
    return looked.mtime_ns == mtime_ns or _digest(looked.path) == digest


def _digest(path: str) -> str:
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except (FileNotFoundError, IsADirectoryError):
        return ""


def _read(state_dir: Path) -> dict[str, Any]:
    """Return what is kept, empty for nothing or for something that is not ours."""
    try:
        kept = json.loads((state_dir / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _index(kept: dict[str, Any]) -> Index | None:
    try:
        return Index.from_data(kept.get("index"))
    except IndexUnreadable:
        return None


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
