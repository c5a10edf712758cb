"""The wake file: until when nothing can be due, so that a tick from cron may end at the fast door.

``state/wake`` is a few lines of text. It may only be written while nothing else writes to the ledger, and every ledger
transaction removes it, so a stale one never hides work. ``state/heartbeat`` is an empty file whose modification time is
the last tick that found nothing to do; it outlives the wake file, because a tick that wakes after days must know that
cron was alive all the time. The fast door runs this module every minute, so its top imports only what every
interpreter has loaded anyway; ``pathlib`` alone would cost as much as the whole door.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False  # typing itself would cost the door a millisecond
if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NAME = "wake"
HEARTBEAT = "heartbeat"
_FORMAT = "calendarkit wake 1"
_HEAD = 4
"""Lines before the stamps: format, version, ``written``, ``wake``."""
_RACY = 2_000_000_000
"""Nanoseconds; a file that changed so shortly before it was read may change again without a new stamp."""


def sleeps(state: str, now: float) -> bool:
    """Return whether the wake file in the folder ``state`` promises that nothing is due, and if so beat.

    Whatever is unclear means no: the full tick finds out.
    """
    path = f"{state}/{NAME}"
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:  # noqa: PTH123  # no pathlib here
            lines = file.read().split("\n")
        if not _promised(lines, now):
            return False
        root = os.path.dirname(state)  # noqa: PTH120  # no pathlib here
        for line in lines[_HEAD:-2]:
            known, _, source = line.partition(" ")
            if stamp(os.path.join(root, source)) != known:  # noqa: PTH118  # no pathlib here
                return False
        os.utime(f"{state}/{HEARTBEAT}")
    except (OSError, ValueError):
        return False
    return True


def write_wake(state_dir: Path, *, wake: int, sources: Iterable[str], now: int) -> bool:
    """Promise that nothing is due or open before ``wake`` while every source stays what it is.

    Call it only when the sources were read without a problem, and inside the ledger's quiet moment.

    Args:
        state_dir: the state folder.
        wake: epoch seconds of the earliest instant anything may be due.
        sources: every file and folder the promise rests on, absolute or relative to the workspace (the folder that
            holds ``state_dir``); one that does not exist may not come into being.
        now: epoch seconds at which the tick began, before it read the sources.

    Returns:
        Whether it was written; not when ``wake`` is past or a source changed about ``now`` or later.

    Raises:
        OSError: the state folder cannot be written.
    """
    from importlib.metadata import version

    stamps = [(stamp(str(state_dir.parent / path)), path) for path in sorted({*map(str, sources), *_own_sources()})]
    limit = now * 1_000_000_000 - _RACY
    if wake <= now or any(_changed(known) >= limit for known, _ in stamps):
        remove_wake(state_dir)
        return False
    head = [_FORMAT, f"version {version('calendarkit')}", f"written {now}", f"wake {wake}"]
    lines = [*head, *(f"{known} {path}" for known, path in stamps), f"end {len(stamps)}", ""]
    fresh = state_dir / f"{NAME}.{os.getpid()}"
    fresh.write_text("\n".join(lines), "utf-8", errors="surrogateescape")
    (state_dir / HEARTBEAT).touch()
    fresh.replace(state_dir / NAME)
    return True


def remove_wake(state_dir: Path) -> None:
    """Take the promise back; nothing happens when there is none."""
    (state_dir / NAME).unlink(missing_ok=True)


def heartbeat(state_dir: Path) -> float | None:
    """Return the epoch seconds of the last tick that found nothing to do, ``None`` when there never was one."""
    try:
        return (state_dir / HEARTBEAT).stat().st_mtime
    except FileNotFoundError:
        return None


def stamp(path: str) -> str:
    """Return what identifies the present state of a file or folder: ``mtime:ctime:size:inode``, ``-`` for none."""
    try:
        found = os.stat(path)  # noqa: PTH116  # no pathlib here
    except (FileNotFoundError, NotADirectoryError):
        return "-"
    return f"{found.st_mtime_ns}:{found.st_ctime_ns}:{found.st_size}:{found.st_ino}"


def _promised(lines: list[str], now: float) -> bool:
    if len(lines) < _HEAD + 2 or lines[0] != _FORMAT or lines[-2:] != [f"end {len(lines) - _HEAD - 2}", ""]:
        return False
    (written, began), (wake, ends) = lines[2].split(" "), lines[3].split(" ")
    return (written, wake) == ("written", "wake") and int(began) <= now < int(ends)


def _own_sources() -> list[str]:
    """Return what changes when calendarkit or the zones' data are upgraded."""
    from calendarkit.edges.zone_data import zone_files

    package = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120  # no pathlib here
    return [package, f"{package}/__main__.py", *map(str, zone_files())]


def _changed(known: str) -> int:
    """Return the nanoseconds at which a stamped file last changed; 0 for one that is not there."""
    return max(int(part) for part in known.split(":")[:2]) if known != "-" else 0
