"""The agreement: machines that share a ledger send only by the documents that the last tick planned with."""

from __future__ import annotations

import hashlib

from calendarkit.edges.world import World
from calendarkit.errors import WorkspaceError

FACT = "documents"
PURPOSE = "serves"
"""Name of the fact that says whether the ledger serves customers or a rehearsal; a file tells one machine only."""


def agree(world: World) -> None:
    """Say which documents this tick plans with; a tick on the last good ones leaves standing what was said.

    Raises:
        WorkspaceError: on some machine the ledger serves customers and this is a rehearsal, or the other way round.
    """
    keep_purpose(world)
    if not world.stale:
        world.store.set_fact(FACT, fingerprint(world))


def agrees(world: World) -> bool:
    """Return whether this machine's documents are those the last tick planned with."""
    return not world.stale and world.store.fact(FACT) == fingerprint(world)


def keep_purpose(world: World) -> None:
    """Let the first run say whom the ledger serves, and refuse every other purpose on any machine.

    Raises:
        WorkspaceError: the ledger serves the other purpose.
    """
    wanted = "rehearsal" if world.sandbox else "customers"
    said = world.store.fact(PURPOSE)
    if said not in ("", wanted):
        raise WorkspaceError(
            "这份台账在另一台机器上作别的用途（演练或真实发送），两者不能共用：演练请用单独的 schema\n"
            "on another machine this ledger serves the other purpose (a rehearsal, or customers); rehearse with a "
            "schema of its own"
        )
    world.store.set_fact(PURPOSE, wanted)


def fingerprint(world: World) -> str:
    """Return a digest of every document: paths and texts, never what stands in ``secrets.toml``."""
    digest = hashlib.sha256()
    for each in world.documents.documents:
        digest.update(f"{each.path}\0{each.text}\0".encode())
    return digest.hexdigest()
