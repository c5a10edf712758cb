"""The agreement: machines that share a ledger send only by the documents that the last tick planned with."""

from __future__ import annotations

import hashlib

from calendarkit.edges.world import World

FACT = "documents"


def agree(world: World) -> None:
    """Say which documents this tick plans with; a tick on the last good ones leaves standing what was said."""
    if not world.stale:
        world.store.set_fact(FACT, fingerprint(world))


def agrees(world: World) -> bool:
    """Return whether this machine's documents are those the last tick planned with."""
    return not world.stale and world.store.fact(FACT) == fingerprint(world)


def fingerprint(world: World) -> str:
    """Return a digest of every document: paths and texts, never what stands in ``secrets.toml``."""
    digest = hashlib.sha256()
    for each in world.documents.documents:
        digest.update(f"{each.path}\0{each.text}\0".encode())
    return digest.hexdigest()
