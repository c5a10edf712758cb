"""How a benchmark says whether a goal was met: one line a goal, exit code 1 when one is missed."""

from __future__ import annotations

import operator
from dataclasses import dataclass, field

_COMPARE = {"<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt}


@dataclass(slots=True)
class Goals:
    """The goals of one benchmark."""

    missed: list[str] = field(default_factory=list)

    def check(self, name: str, value: float, sign: str, bound: float, *, unit: str = "") -> None:
        """Print ``goal NAME value <= bound unit ok`` or ``MISSED``."""
        good = _COMPARE[sign](value, bound)
        if not good:
            self.missed.append(name)
        print(f"goal {name:<44} {value:9.3f} {sign} {bound:g} {unit}".ljust(84), "ok" if good else "MISSED", flush=True)

    @property
    def exit_code(self) -> int:
        """0 when all were met."""
        return 1 if self.missed else 0
