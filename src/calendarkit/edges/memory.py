"""The memory of the last tick on disk: ``state/programme.json``, replaced atomically; losing it holds more, never less.

The first line is the fingerprint alone, so that a tick after no edit reads nothing else.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import fields
from pathlib import Path
from typing import Any

from calendarkit.calendar.documents import Documents
from calendarkit.clockwork.index import Index, IndexUnreadable
from calendarkit.clockwork.memory import Memory
from calendarkit.edges import last_good
from calendarkit.edges.world import World
from calendarkit.stages.remember import remember

NAME = "programme.json"
_FORMAT = 1


def present_memory(world: World, now: int, before: Memory | None) -> Memory:
    """Return what a tick at ``now`` knows, given what the last one knew."""
    documents = documents_in_use(world)
    digest = fingerprint(documents)
    if before is not None and before.fingerprint == digest:
        return before
    layouts = {each.stem: each.text for each in documents.of("poster")}
    return remember(world.calendar, world.index, layouts=layouts, fingerprint=digest, before=before, now=now)


def edited(world: World) -> bool:
    """Return whether the documents in use say something else than those of the last tick."""
    return recall_fingerprint(world.state_dir) != fingerprint(documents_in_use(world))


def documents_in_use(world: World) -> Documents:
    """Return the documents that hold: the present ones, or the last good ones while those have errors."""
    kept = last_good.recall(world.state_dir, world.root) if world.stale else None
    return kept or world.documents


def recall(state_dir: Path) -> Memory | None:
    """Return what the last tick knew; ``None`` when nothing is kept or it is of another format."""
    try:
        _, _, text = (state_dir / NAME).read_text("utf-8").partition("\n")
        return _thaw(json.loads(text))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexUnreadable):
        return None


def recall_fingerprint(state_dir: Path) -> str:
    """Return the fingerprint of what the last tick knew, empty when nothing is kept."""
    try:
        with (state_dir / NAME).open(encoding="utf-8") as file:
            return file.readline().strip()
    except (OSError, UnicodeDecodeError):
        return ""


def keep(state_dir: Path, memory: Memory) -> None:
    """Replace what is kept; a kill at any moment leaves the old memory or the new one."""
    values = {each.name: getattr(memory, each.name) for each in fields(memory)}
    data = json.dumps({"format": _FORMAT, **values, "index": memory.index.to_data()}, ensure_ascii=False)
    descriptor, fresh = tempfile.mkstemp(prefix=f"{NAME}.", dir=state_dir)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{memory.fingerprint}\n{data}\n")
        file.flush()
        os.fsync(descriptor)
    Path(fresh).replace(state_dir / NAME)


def fingerprint(documents: Documents) -> str:
    """Return a digest of every document's place and text."""
    digest = hashlib.sha256()
    for each in documents.documents:
        digest.update(f"{each.path}\0{len(each.text)}\0{each.text}".encode())
    return digest.hexdigest()


def _thaw(data: dict[str, Any]) -> Memory:
    if data.pop("format") != _FORMAT:
        raise ValueError("another format")
    renamed = {new: (str(old), int(at)) for new, (old, at) in data["renamed"].items()}
    return Memory(**{**data, "index": Index.from_data(data["index"]), "renamed": renamed})
