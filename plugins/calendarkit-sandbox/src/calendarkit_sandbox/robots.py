"""The robots: which key speaks in which group, whether it still may, and how fast."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from calendarkit.extend import CalendarkitError
from calendarkit_sandbox.replies import Refused

State = Literal["ok", "disabled", "removed", "not-in-group"]
RATE_COUNT = 20
RATE_WINDOW_MS = 60_000
RATE_BLOCK_MS = 60_000
READABLE = 32
"""Longest unknown key that is taken for a name; real keys are UUIDs of 36 characters."""
_FIELDS = {"key", "group", "title", "store", "name", "state"}


class RosterInvalid(CalendarkitError):
    """The roster of robots cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Robot:
    """One robot in one group.

    Attributes:
        key: the webhook key; leaves this process nowhere.
        group: id of the group it speaks in; several robots may share one.
        title: what the group is called.
        store: what its store is called.
        name: what the robot is called in the chat.
        state: ``disabled`` answers 93004, ``removed`` 93000, ``not-in-group`` 93008.
    """

    key: str
    group: str
    title: str = ""
    store: str = ""
    name: str = ""
    state: State = "ok"

    @property
    def fingerprint(self) -> str:
        """A name for the robot that does not give its key away: 12 hex digits."""
        return fingerprint(self.key)


def fingerprint(key: str) -> str:
    """Return the first 12 hex digits of the key's SHA-256."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


class Robots:
    """Every robot by key; with ``open`` an unknown key becomes a robot in a group of its own."""

    def __init__(self, robots: Iterable[Robot] = (), *, open: bool = False) -> None:  # noqa: A002  # as on the command line
        self.open = open
        self._by_key = {robot.key: robot for robot in robots}

    def __iter__(self) -> Iterator[Robot]:
        return iter(tuple(self._by_key.values()))

    def __len__(self) -> int:
        return len(self._by_key)

    def put(self, robot: Robot) -> None:
        """Add a robot, or change the one with the same key."""
        self._by_key[robot.key] = robot

    def find(self, key: str) -> Robot | None:
        """Return the robot with this key, made up when the sandbox is open; ``None`` for a key nobody knows."""
        robot = self._by_key.get(key)
        if robot is None and self.open and key:
            robot = self._by_key[key] = made_up(key)
        return robot

    def admit(self, key: str) -> Robot:
        """Return the robot that may speak.

        Raises:
            Refused: 93000 unknown or removed, 93004 disabled, 93008 not in the group.
        """
        robot = self.find(key)
        if robot is None or robot.state == "removed":
            raise Refused(93000, "invalid webhook url")
        if robot.state == "disabled":
            raise Refused(93004, "robot disabled")
        if robot.state == "not-in-group":
            raise Refused(93008, "not in the group")
        return robot


def made_up(key: str) -> Robot:
    """Return a robot for an unknown key; a short key names its group, a real one (a UUID) is never shown."""
    group = f"robot-{fingerprint(key)[:8]}" if len(key) > READABLE else key
    return Robot(key=key, group=group, title=group)


class RateGate:
    """At most ``count`` messages in any minute per robot; one more blocks the robot for 60 s (path/99110)."""

    def __init__(self, count: int = RATE_COUNT) -> None:
        """Take the number of messages a minute; 0 means no limit."""
        self.count = count
        self._sent: dict[str, deque[int]] = {}
        self._blocked: dict[str, int] = {}

    def check_block(self, key: str, now_ms: int) -> None:
        """Let a robot that is not blocked pass.

        Raises:
            Refused: 45009, for the rest of the 60 s.
        """
        if now_ms < self._blocked.get(key, 0):
            raise Refused(45009, "api freq out of limit")

    def take(self, key: str, now_ms: int) -> None:
        """Count one more message.

        Raises:
            Refused: 45009; it is one too many, is not counted, and blocks the robot for 60 s from now.
        """
        if not self.count:
            return
        sent = self._sent.setdefault(key, deque())
        while sent and sent[0] <= now_ms - RATE_WINDOW_MS:
            sent.popleft()
        if len(sent) >= self.count:
            self._blocked[key] = now_ms + RATE_BLOCK_MS
            raise Refused(45009, "api freq out of limit")
        sent.append(now_ms)

    def reset(self) -> None:
        """Forget every count and every block."""
        self._sent.clear()
        self._blocked.clear()


def read_robots(path: Path) -> tuple[Robot, ...]:
    """Return the robots of a roster file: TOML with ``[[robot]]`` tables, or JSON ``{"robot": [...]}``.

    Raises:
        RosterInvalid: the file cannot be read or names something unknown; the message says which.
    """
    try:
        text = path.read_text("utf-8")
        document = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise RosterInvalid(f"{path.name}: {error}") from error
    rows = document.get("robot", ()) if isinstance(document, Mapping) else document
    if not isinstance(rows, list):
        raise RosterInvalid(f"{path.name}: expected a list of robots under “robot”")
    return tuple(parse_robot(row) for row in rows)


def parse_robot(row: Any, *, known: Robot | None = None) -> Robot:
    """Return the robot that one table describes; keys left out keep what ``known`` has.

    Raises:
        RosterInvalid: a key is missing, unknown or of the wrong type.
    """
    if not isinstance(row, Mapping) or not all(isinstance(value, str) for value in row.values()):
        raise RosterInvalid("a robot is a table of strings")
    if unknown := sorted(set(row) - _FIELDS):
        raise RosterInvalid(f"a robot has no field {unknown[0]!r}; it has {', '.join(sorted(_FIELDS))}")
    if not row.get("key"):
        raise RosterInvalid("a robot needs a key")
    if row.get("state", "ok") not in get_args(State):
        raise RosterInvalid(f"state is one of {', '.join(get_args(State))}")
    return replace(known or made_up(row["key"]), **row)
