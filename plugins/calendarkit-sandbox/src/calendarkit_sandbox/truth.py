"""The truth log: what the members of every group really saw, in order, on disk before the answer leaves."""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections import Counter, deque
from pathlib import Path
from typing import Any

from calendarkit.extend import CalendarkitError
from calendarkit_sandbox.robots import Robot
from calendarkit_sandbox.seen import Seen, Shown

COPY_WINDOW_MS = 24 * 3600 * 1000
LOG = "truth.jsonl"


class FolderInUse(CalendarkitError):
    """Another sandbox is using this folder."""


class LogDamaged(CalendarkitError):
    """The truth log cannot be read."""


class TruthLog:
    """An append-only JSONL file and the same lines in memory.

    A line is handed to the operating system before :meth:`add` returns, so that it outlives a killed process. Another
    thread may read; one thread writes.
    """

    def __init__(self, folder: Path) -> None:
        """Open or make the log in ``folder`` and read what is there; half a last line (a kill) is cut off.

        Raises:
            FolderInUse: another process has it open.
            LogDamaged: a line is not one of ours.
        """
        for each in (folder.parent, folder):
            each.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = folder / LOG
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._file)
            raise FolderInUse(f"another sandbox is using {folder}") from error
        self._seen: list[Seen] = []
        self._by_group: dict[str, list[Seen]] = {}
        self._looks: dict[tuple[str, str], deque[int]] = {}
        self._read()

    def add(self, robot: Robot, shown: Shown, *, at_ms: int) -> Seen:
        """Write that the members of the robot's group see ``shown`` from ``at_ms`` on."""
        digest = shown.digest
        seen = Seen(
            number=len(self._seen) + 1,
            at_ms=at_ms,
            group=robot.group,
            title=robot.title or robot.group,
            store=robot.store,
            robot=robot.fingerprint,
            name=robot.name,
            shown=shown,
            digest=digest,
            copy=self._earlier(robot.group, digest, at_ms),
        )
        line = json.dumps(seen.to_json(), ensure_ascii=False, separators=(",", ":")) + "\n"
        self._append(line.encode())
        self._remember(seen)
        return seen

    def seen(self, group: str | None = None, *, after: int = 0) -> tuple[Seen, ...]:
        """Return what was seen, in order: everywhere or in one group, with numbers above ``after``."""
        if group is not None:
            return tuple(each for each in self._by_group.get(group, ()) if each.number > after)
        return tuple(self._seen[after:])

    def groups(self) -> tuple[str, ...]:
        """Return the ids of the groups that saw anything, in the order of their first message."""
        return tuple(self._by_group)

    def counts(self) -> dict[str, Any]:
        """Return figures: messages, copies, groups, by msgtype and by group."""
        seen = tuple(self._seen)
        return {
            "messages": len(seen),
            "copies": sum(1 for each in seen if each.copy),
            "groups": len(self._by_group),
            "by_msgtype": dict(sorted(Counter(each.shown.msgtype for each in seen).items())),
            "by_group": {group: len(lines) for group, lines in tuple(self._by_group.items())},
        }

    def clear(self) -> None:
        """Empty the log, on disk too."""
        os.ftruncate(self._file, 0)
        self._seen, self._by_group, self._looks = [], {}, {}

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def _append(self, line: bytes) -> None:
        """Write one line, whole or not at all."""
        written = os.write(self._file, line)
        if written < len(line):
            os.ftruncate(self._file, os.fstat(self._file).st_size - written)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))

    def _earlier(self, group: str, digest: str, at_ms: int) -> int:
        looks = self._looks.get((group, digest))
        if looks is None:
            return 0
        while looks and looks[0] <= at_ms - COPY_WINDOW_MS:
            looks.popleft()
        return len(looks)

    def _remember(self, seen: Seen) -> None:
        self._seen.append(seen)
        self._by_group.setdefault(seen.group, []).append(seen)
        self._looks.setdefault((seen.group, seen.digest), deque()).append(seen.at_ms)

    def _read(self) -> None:
        data = self.path.read_bytes()
        whole = data.rfind(b"\n") + 1
        if whole < len(data):
            os.ftruncate(self._file, whole)
        for number, line in enumerate(data[:whole].split(b"\n")[:-1], start=1):
            try:
                self._remember(Seen.from_json(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                os.close(self._file)
                raise LogDamaged(f"{self.path}:{number} cannot be read; move the file away to start anew") from error
