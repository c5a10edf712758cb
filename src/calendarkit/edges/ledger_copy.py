"""A copy of a ledger that nobody can write to, so that what it holds can still be read."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from calendarkit.edges.ledger import open_ledger
from calendarkit.edges.ledger.store import Store
from calendarkit.errors import LedgerError


@contextmanager
def ledger_copy(path: Path) -> Iterator[Store]:
    """Yield the ledger at ``path`` as it stands, from a copy that is thrown away.

    SQLite cannot read a write-ahead log on a disk that is read-only, and without the log the last answers are missing.
    A disk that nobody can write to does not change meanwhile.

    Raises:
        LedgerError: it cannot be read, or is damaged.
    """
    with tempfile.TemporaryDirectory(prefix="calendarkit-") as folder:
        for each in (path, path.with_name(f"{path.name}-wal")):
            try:
                shutil.copyfile(each, Path(folder, each.name))
            except FileNotFoundError:
                continue
            except OSError as problem:
                raise LedgerError(f"{each}: {problem.strerror}") from problem
        with open_ledger(Path(folder, path.name)) as store:
            yield store
