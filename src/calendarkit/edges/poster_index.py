"""The poster index: which posters are drawn already, or cannot be, by what they are made from; a cache, no ledger.

Losing it costs drawing again, so nothing here waits for the disk, and a file that is damaged is begun anew.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from calendarkit.edges.draw import Drawn, Refusal
from calendarkit.model.message import Media
from calendarkit.model.text import Text

KEPT = 400_000
"""Posters remembered; the ones unused for longest go first."""
_AT_ONCE = 400
_SCHEMA = """
create table if not exists poster (
  key text primary key, path text, sha256 text, mime text, size integer, width integer, height integer,
  zh text, en text, used integer not null
) without rowid
"""


class PosterIndex:
    """Posters by key; any number of processes may use one file at once."""

    def __init__(self, path: Path) -> None:
        """Use ``path``; it is made when the first poster is noted."""
        self.path = path

    def find(self, keys: Iterable[str]) -> Mapping[str, Drawn]:
        """Return what is known of ``keys``; a poster whose file is gone is not."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, Drawn] = {}
        if not wanted or not self.path.exists():
            return found
        with self._surviving(), self._open() as database:
            for start in range(0, len(wanted), _AT_ONCE):
                chunk = wanted[start : start + _AT_ONCE]
                marks = ",".join("?" * len(chunk))
                rows = database.execute(f"select * from poster where key in ({marks})", chunk)  # noqa: S608  # marks
                found.update({row[0]: known for row in rows if (known := _known(row)) is not None})
        return found

    def note(self, posters: Mapping[str, Drawn], now: int) -> None:
        """Remember what came of some keys, unless another try may end otherwise.

        Args:
            posters: by key.
            now: epoch seconds; what was noted longest ago is forgotten first.
        """
        lasting = {key: each for key, each in posters.items() if isinstance(each, Media) or each.lasting}
        if not lasting:
            return
        with self._surviving(), self._open() as database:
            database.executemany(
                "insert or replace into poster values (?,?,?,?,?,?,?,?,?,?)",
                [_row(key, known, now) for key, known in lasting.items()],
            )
            database.execute(
                "delete from poster where key in (select key from poster order by used desc limit -1 offset ?)", (KEPT,)
            )

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection inside one transaction."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.closing(sqlite3.connect(self.path, timeout=5)) as database, database:
            database.execute("pragma synchronous = off")
            database.execute(_SCHEMA)
            yield database

    @contextlib.contextmanager
    def _surviving(self) -> Iterator[None]:
        """Let pass whatever the disk or another process does: then nothing is known, and nothing kept, this time."""
        try:
            yield
        except (sqlite3.OperationalError, OSError):
            return
        except sqlite3.DatabaseError:
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)


def _known(row: tuple[object, ...]) -> Drawn | None:
    _, path, sha256, mime, size, width, height, zh, en, _ = row
    if path is None:
        return Refusal(text=Text(str(zh), str(en)))
    with contextlib.suppress(OSError):
        if os.stat(str(path)).st_size == size:  # noqa: PTH116  # asked for tens of thousands
            bytes_, across, down = (int(str(each)) for each in (size, width, height))
            name = str(path).rpartition("/")[2]
            return Media(
                path=str(path), sha256=str(sha256), mime=str(mime), size=bytes_, width=across, height=down, name=name
            )
    return None


def _row(key: str, known: Drawn, now: int) -> tuple[object, ...]:
    if isinstance(known, Refusal):
        return (key, None, None, None, None, None, None, known.text.zh, known.text.en, now)
    return (
        key, known.path, known.sha256, known.mime, known.size, known.width, known.height, None, None, now,
    )  # fmt: skip
