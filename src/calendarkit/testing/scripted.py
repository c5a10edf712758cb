"""Scripted members: a channel of any traits whose sends go as a test says, attempt by attempt, through real ticks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from calendarkit.edges.world import World
from calendarkit.extend.publishing import Envelope, Publisher, Traits
from calendarkit.testing.members import Members
from calendarkit.testing.rehearsal import RehearsedRegistry

Step = Literal["ok", "lost", "swallowed", "refused"]
"""What becomes of one attempt: an answer; no answer, but it arrived; no answer and nothing arrived; no connection."""


@dataclass(slots=True)
class ScriptedMembers(Members):
    """Members whom messages reach as scripted.

    Attributes:
        steps: what becomes of the first attempt of every delivery, of the second …; ``ok`` after the last.
        sends: how often each delivery reached members, by key; a platform that recognises a repeat shows it once.
    """

    steps: Sequence[Step] = ()

    @property
    def sends(self) -> Counter[str]:
        """How often members saw each delivery."""
        return Counter(each.key for each in self.seen)

    def fault(self, envelope: Envelope, traits: Traits) -> str:  # noqa: ARG002  # every channel follows the script
        """Return what goes wrong with this attempt."""
        step = self._step(envelope.attempt)
        return {"ok": "", "refused": "refused"}.get(step, "timeout")

    def chance(self, *words: str) -> float:
        """Return a number below a half where the attempt arrives all the same."""
        if words[-1] == "arrived":
            return 0.0 if self._step(int(words[-2])) == "lost" else 1.0
        return super(ScriptedMembers, self).chance(*words)  # a class with slots needs its name here

    def _step(self, attempt: int) -> Step:
        return self.steps[attempt - 1] if attempt <= len(self.steps) else "ok"


def scripted(world: World, members: ScriptedMembers, traits: Traits) -> None:
    """Let every channel of ``world`` behave as ``traits`` promise and lead to ``members``; before anything is sent."""
    world.registry = _ScriptedRegistry(world.calendar.workspace.plugins, members, traits)


class _ScriptedRegistry(RehearsedRegistry):
    """The enabled plugins, whose channels all have the same traits."""

    def __init__(self, tables: Mapping[str, Mapping[str, Any]], members: Members, traits: Traits) -> None:
        super().__init__(tables, members)
        self._traits = traits

    def _rehearsed(self, publisher: Publisher) -> Any:
        return super()._rehearsed(replace(publisher, traits=self._traits))
