"""Everything one sandbox holds, and one request to the platform it stands for."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from calendarkit_sandbox.clock import SandboxClock
from calendarkit_sandbox.faults import Faults
from calendarkit_sandbox.files import Files
from calendarkit_sandbox.replies import Reply
from calendarkit_sandbox.robots import RateGate, Robots
from calendarkit_sandbox.truth import TruthLog


@dataclass(slots=True, kw_only=True)
class World:
    """One sandbox.

    Attributes:
        folder: where the truth log and the files lie.
        chance: the digits in hints and media ids; nothing a test should depend on.
        https_only: answer the platform's paths with a 301 to https, as the real servers answer plain http.
        answers: how often each errcode was answered; 0 is success.
        zone: the zone of the phones on the pages.
        requests: requests to the platform so far, answered or not.
    """

    folder: Path
    clock: SandboxClock
    robots: Robots
    truth: TruthLog
    files: Files
    rate: RateGate
    faults: Faults = field(default_factory=Faults)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    chance: random.Random = field(default_factory=random.Random)
    https_only: bool = False
    answers: Counter[int] = field(default_factory=Counter)
    requests: int = 0

    @classmethod
    def open(cls, folder: Path, *, robots: Robots, rate: int, zone: ZoneInfo) -> World:
        """Open the sandbox in ``folder``, which is made when it is missing.

        Raises:
            FolderInUse: another sandbox has it open.
        """
        truth = TruthLog(folder)
        return cls(
            folder=folder,
            clock=SandboxClock(),
            robots=robots,
            truth=truth,
            files=Files(folder),
            rate=RateGate(rate),
            zone=zone,
        )

    def reset(self) -> None:
        """Forget messages, uploads, rates, faults and counts; robots and the clock stay."""
        self.truth.clear()
        self.files.clear()
        self.rate.reset()
        self.faults.arm(())
        self.answers.clear()
        self.requests = 0

    def close(self) -> None:
        """Close the truth log."""
        self.truth.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request to the platform.

    Attributes:
        query: of several values of one name the first.
        content_type: as sent, empty without one.
        ip: the caller's address, as error texts repeat it.
    """

    method: str
    path: str
    query: Mapping[str, str]
    content_type: str
    body: bytes
    ip: str

    @property
    def key(self) -> str:
        """The robot key, empty without one."""
        return self.query.get("key", "")


Endpoint = Callable[[World, Call], Reply]
"""What answers one path; raises ``Refused`` for every no."""
