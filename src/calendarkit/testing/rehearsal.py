"""The rehearsed world: a workspace as it is, with a clock, a ledger and members of its own; it is only read."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from calendarkit.edges import files
from calendarkit.edges.drawing import Drawing
from calendarkit.edges.plugins import Offered, Registry
from calendarkit.edges.secrets import SecretChain
from calendarkit.edges.world import World, judged
from calendarkit.extend.lent import Clock
from calendarkit.extend.painting import PosterJob
from calendarkit.model.message import Media
from calendarkit.model.secret import Secret
from calendarkit.testing.members import Members


class RehearsedWorld(World):
    """A workspace whose channels lead to :class:`Members`, and whose state lies in a folder of its own."""

    def __init__(self, root: Path, *, state: Path, members: Members | None, draw: bool = False, **given: Any) -> None:
        """Take what :func:`rehearse` read."""
        super().__init__(root, **given)
        self.state_dir = state
        self.ledger_url = ""
        self._members = members
        self._draw = draw

    @cached_property
    def registry(self) -> Registry:
        """The enabled plugins; their channels lead to the members, unless a sandbox answers for them."""
        tables, rates = self.calendar.workspace.plugins, self.calendar.workspace.rates
        if self._members is None:
            return Registry(tables, rates=rates)
        return RehearsedRegistry(tables, self._members, rates=rates)

    @cached_property
    def secrets(self) -> SecretChain:
        """Somebody who knows every secret: its own name."""
        return _Everyone(self.root, os.environ, redactor=self.redactor)

    @cached_property
    def drawing(self) -> Drawing:
        """The painter; a rehearsal needs the names of posters only, unless it is asked to draw them."""
        if self._draw:
            return super().drawing
        return _Titles()


class RehearsedRegistry(Registry):
    """The enabled plugins, with channels that lead to members."""

    def __init__(self, tables: Mapping[str, Mapping[str, Any]], members: Members, **given: Any) -> None:
        """Take the tables of the plugins."""
        super().__init__(tables, **given)
        self._members = members

    def offered(self, hook: str) -> Mapping[str, Offered[Any]]:
        """Return the records by name; publishers keep everything but the way out."""
        found = super().offered(hook)
        if hook != "publishers":
            return found
        return {name: replace(each, record=self._rehearsed(each.record)) for name, each in found.items()}

    def _rehearsed(self, publisher: Any) -> Any:
        return replace(publisher, connect=lambda *_: self._members.channel(publisher.traits))


def rehearse(
    root: Path,
    *,
    state: Path,
    clock: Clock,
    members: Members | None,
    draw: bool = False,
    sandbox: str | None = None,
    language: Literal["zh", "en"] | None = None,
) -> RehearsedWorld:
    """Open a workspace for a rehearsal.

    Args:
        root: the folder that holds ``calendarkit.toml``; it is only read.
        state: an empty folder.
        clock: the time.
        members: who gets the messages; ``None`` lets the real channels send, to ``sandbox``.
        draw: draw posters, which takes time.
        sandbox: an origin that every request goes to instead.
        language: beats the workspace's.
    """
    documents = files.read(root)
    validated = judged(documents)
    world = RehearsedWorld(
        root,
        state=state,
        members=members,
        draw=draw,
        documents=documents,
        validated=validated,
        problems=validated.problems,
        clock=clock,
        language=language,
        began=int(clock.now()),
    )
    world.sandbox = sandbox
    return world


class _Everyone(SecretChain):
    """Knows a value for every name, none of them true."""

    def resolve(self, name: str) -> Secret:
        """Return a secret that opens nothing."""
        return Secret(name, f"rehearsed-{name}")


class _Titles(Drawing):
    """Names posters instead of drawing them."""

    def __init__(self) -> None:
        """Need nothing."""

    def __call__(self, job: PosterJob) -> Media:
        """Return the name of the layout as a picture that is nowhere."""
        return Media(path="", sha256="", mime="image/jpeg", size=1, width=1, height=1, name=job.layout)

    def warm(self, jobs: Sequence[PosterJob], stopping: Callable[[], bool] = lambda: False) -> int:  # noqa: ARG002
        """Return that every poster is there."""
        return 0
