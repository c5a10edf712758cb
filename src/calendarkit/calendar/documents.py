"""The documents of a workspace as plain text: what was read, so that judging it stays pure and can be repeated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from calendarkit.model.problem import Problem

Kind = Literal["workspace", "calendar", "stores", "groups", "offers", "pool", "policy", "events", "template", "poster"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    r"""One file.

    Attributes:
        path: relative to the workspace, with ``/``.
        kind: what the file is read as.
        text: its content, decoded, without a byte order mark, line breaks as ``\n``.
        stat: (modified in nanoseconds, bytes, inode) at the time of reading; equal tuples mean an unchanged file.
    """

    path: str
    kind: Kind
    text: str = ""
    stat: tuple[int, int, int] = (0, 0, 0)

    @property
    def stem(self) -> str:
        """The file name without folders and without its last ending: the id of a pool or a poster layout."""
        name = self.path.rpartition("/")[2]
        return name.rpartition(".")[0] or name

    @property
    def is_sheet(self) -> bool:
        """Whether it is a CSV sheet and not TOML."""
        return self.path.lower().endswith(".csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """Every document of a workspace, sorted by path.

    Attributes:
        documents: what could be read.
        assets: paths of the picture and font files, relative to the workspace, with ``/``.
        problems: what could not be read, already with its place.
        unread: (path, kind) of what could not be read.
        root: the workspace folder as given, for messages only.
    """

    documents: tuple[Document, ...] = ()
    assets: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    unread: tuple[tuple[str, Kind], ...] = ()
    root: str = ""

    def of(self, kind: Kind) -> Iterator[Document]:
        """Yield the documents of one kind, sorted by path."""
        return (each for each in self.documents if each.kind == kind)

    def at(self, path: str) -> Document | None:
        """Return the document at ``path``, or ``None``."""
        return next((each for each in self.documents if each.path == path), None)


def leaves(pattern: str) -> bool:
    """Tell whether a path or glob pattern could lead out of the workspace."""
    odd = pattern.startswith(("/", "~")) or "\\" in pattern or "\0" in pattern or ":" in pattern
    return not pattern or odd or ".." in pattern.split("/")
