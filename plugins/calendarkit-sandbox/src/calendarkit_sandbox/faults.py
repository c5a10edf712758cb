"""Faults on purpose: which request is spoilt, how, and whether members saw the message all the same."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field, ValidationError

from calendarkit.extend import CalendarkitError, Options

Kind = Literal[
    "drop",  # the connection ends without an answer
    "delay",  # the answer comes late
    "drip",  # the answer comes byte by byte
    "bad-gateway",  # nginx's 502 page
    "truncated",  # half of the JSON, as if it were all
    "cut",  # half of the promised bytes, then the connection ends
    "busy",  # errcode -1
    "rate",  # errcode 45009
    "huge",  # the JSON and megabytes of blanks
    "garbage",  # bytes that are no JSON
    "not-http",  # bytes that are no HTTP
    "content-type",  # the right JSON called text/html
]
Moment = Literal["before", "after"]
_NEVER_COMMIT = ("busy", "rate")
_BEFORE_BY_DEFAULT = ("drop", "delay", "bad-gateway", "busy", "rate")


class FaultInvalid(CalendarkitError):
    """The fault cannot be understood."""


class Fault(Options):
    """One rule; a request it applies to is spoilt. Of several rules the first that applies wins."""

    kind: Kind
    moment: Moment | None = None
    """``before``: members saw nothing (a late one: not yet); ``after``: they saw it. By default ``before`` for drop,
    delay and bad-gateway, ``after`` for the others; busy and rate never reach members."""
    seconds: float = Field(default=1.0, ge=0, le=3600)
    """How long ``delay`` waits, and ``drip`` between two bytes."""
    size: int = Field(default=8 * 1024 * 1024, ge=0, le=1 << 30)
    """Bytes of ``huge``."""
    key: str = ""
    """Only requests with this robot key."""
    group: str = ""
    """Only requests for this group."""
    path: str = ""
    """Only requests whose path ends like this."""
    nth: int = Field(default=0, ge=0)
    """Only the Nth request this rule could apply to, counted from 1; 0 for every one."""
    probability: float = Field(default=1.0, ge=0, le=1)
    """How many of them; which ones depends on the seed, the key and the request's place among that key's alone."""
    seed: int = 0
    count: int = Field(default=0, ge=0)
    """Spoil this many and then no more; 0 for no end."""

    @property
    def commits(self) -> bool:
        """Whether members see the message in the end."""
        if self.kind == "delay":
            return True
        return self.kind not in _NEVER_COMMIT and self.when == "after"

    @property
    def when(self) -> Moment:
        """The moment, as written or by default."""
        return self.moment or ("before" if self.kind in _BEFORE_BY_DEFAULT else "after")


@dataclass(slots=True)
class _Armed:
    fault: Fault
    met: int = 0
    spoilt: int = 0


class Faults:
    """The faults that are switched on; deterministic: the same requests in the same order per key are spoilt again."""

    def __init__(self) -> None:
        self._armed: list[_Armed] = []
        self._met: list[Counter[str]] = []

    def arm(self, faults: tuple[Fault, ...]) -> None:
        """Switch exactly these on, every count from zero."""
        self._armed = [_Armed(fault) for fault in faults]
        self._met = [Counter() for _ in faults]

    @property
    def armed(self) -> bool:
        """Whether any fault is switched on."""
        return bool(self._armed)

    def status(self) -> list[dict[str, Any]]:
        """Return every rule with how many requests it met and spoilt."""
        return [
            {**armed.fault.model_dump(exclude={"key"}), "met": armed.met, "spoilt": armed.spoilt}
            for armed in self._armed
        ]

    def pick(self, *, path: str, key: str, group: str) -> Fault | None:
        """Return the fault for this request, or ``None``."""
        for armed, met in zip(self._armed, self._met, strict=True):
            fault = armed.fault
            if not path.endswith(fault.path) or fault.key not in ("", key) or fault.group not in ("", group):
                continue
            armed.met += 1
            met[key] += 1
            if self._applies(armed, key, met[key]):
                armed.spoilt += 1
                return fault
        return None

    @staticmethod
    def _applies(armed: _Armed, key: str, place: int) -> bool:
        fault = armed.fault
        if (fault.count and armed.spoilt >= fault.count) or fault.nth not in (0, armed.met):
            return False
        return fault.probability >= 1 or _draw(fault.seed, key, place) < fault.probability


def _draw(seed: int, key: str, place: int) -> float:
    digest = hashlib.sha256(f"{seed}/{key}/{place}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def parse_faults(rows: Any) -> tuple[Fault, ...]:
    """Return the faults that a list of tables describes.

    Raises:
        FaultInvalid: one of them is wrong; the message says where.
    """
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise FaultInvalid("faults are a list of tables")
    try:
        return tuple(Fault.model_validate(row) for row in rows)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise FaultInvalid(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
