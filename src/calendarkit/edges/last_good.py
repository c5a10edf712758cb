"""The last good documents: the texts of the workspace as they were when they last made a valid calendar."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path

from calendarkit.calendar.documents import Document, Documents

NAME = "last-good.json"
FORMAT = 1


def keep(state_dir: Path, documents: Documents) -> None:
    """Keep the texts of ``documents``, unless exactly these are kept already; replaced atomically."""
    content = json.dumps(
        {
            "format": FORMAT,
            "documents": [asdict(each) for each in documents.documents],
            "assets": sorted(documents.assets),
        },
        ensure_ascii=False,
    )
    path = state_dir / NAME
    if path.is_file() and path.read_text("utf-8") == content:
        return
    descriptor, temporary = tempfile.mkstemp(dir=state_dir, prefix=f"{NAME}.")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(path)


def recall(state_dir: Path, root: Path) -> Documents | None:
    """Return what was kept, ``None`` when nothing was or it is of another format."""
    try:
        kept = json.loads((state_dir / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if kept.get("format") != FORMAT:
        return None
    documents = tuple(Document(**{**each, "stat": tuple(each["stat"])}) for each in kept["documents"])
    return Documents(documents=documents, assets=frozenset(kept["assets"]), root=str(root))


def kept_at(state_dir: Path) -> float | None:
    """Return since when the documents that are kept have been good, epoch seconds; ``None`` when none are kept."""
    try:
        return (state_dir / NAME).stat().st_mtime
    except OSError:
        return None
