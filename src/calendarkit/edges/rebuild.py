"""Rebuilding what was computed from the files: the index, the wake file, the painter's caches; never what was sent."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from calendarkit.edges import index_file, wake
from calendarkit.edges.world import World

COMPUTED = (index_file.NAME, wake.NAME, "posters.db", "posters.db-wal", "posters.db-shm", "painter")
"""Files and folders of the state folder that everything can be made from again. The ledger, frozen posters, the last
good documents and what is remembered of edits are none of them."""


def rebuild(world: World) -> tuple[str, ...]:
    """Throw away what was computed and compile the index anew; return the names of what was there, sorted.

    The next tick looks at everything; nothing is sent again, because that is decided by the ledger alone.

    Args:
        world: opened, its index not yet read.

    Raises:
        OSError: the state folder cannot be written.
    """
    gone = tuple(sorted(_removed(world.state_dir)))
    world.__dict__.pop("index", None)
    _ = world.index
    return gone


def _removed(state: Path) -> Iterator[str]:
    for name in COMPUTED:
        path = state / name
        if path.is_dir():
            aside = path.rename(state / f"{name}.{os.getpid()}")  # at once, also for who is writing into it
            shutil.rmtree(aside, ignore_errors=True)
            yield name
        elif path.exists():
            path.unlink()
            yield name
