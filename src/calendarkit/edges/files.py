"""Reading a workspace: every document as text, safely, with a problem for each that cannot be read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from calendarkit.calendar.decode_bytes import Unreadable, decode_bytes
from calendarkit.calendar.documents import Document, Documents, Kind, leaves
from calendarkit.calendar.parse_toml import MAX_BYTES, parse_toml
from calendarkit.calendar.templates import MAX_SOURCE_BYTES
from calendarkit.calendar.workspace import Files
from calendarkit.model.problem import Problem
from calendarkit.model.text import Text

ROOT_DOCUMENT = "calendarkit.toml"
MAX_SHEET_BYTES = 64 * 1024 * 1024
"""Largest CSV sheet; 50,000 groups take about 5 MB."""
MAX_FILES = 20_000
"""Most files looked at below one folder."""
_TEMPLATE_ENDINGS = (".txt", ".md", ".j2")
_ATTEMPTS = 3


def read(root: Path) -> Documents:
    """Read every document of the workspace at ``root``.

    Only regular files inside the workspace are opened, whatever links and patterns say; nothing beyond its limit is
    read; text is UTF-8. Whatever cannot be read becomes a problem and the other documents are still read. Hidden files
    and the lock files of editors are left out.
    """
    reader = _Reader(root)
    if not (root / ROOT_DOCUMENT).is_file():
        reader.problems.append(_no_workspace(root))
        return reader.documents()
    reader.take(ROOT_DOCUMENT, "workspace")
    files = _files_of(reader.found.get(ROOT_DOCUMENT))
    for kind, pattern in _patterns(files):
        for path in reader.matches(pattern):
            reader.take(path, kind)
    for path in reader.below(files.templates):
        if path.endswith(_TEMPLATE_ENDINGS):
            reader.take(path, "template")
    for path in reader.below(files.posters):
        if path.endswith(".toml"):
            reader.take(path, "poster")
    reader.assets = frozenset(reader.below(files.assets))
    return reader.documents()


def _patterns(files: Files) -> Iterator[tuple[Kind, str]]:
    """Yield each kind of document with its glob patterns, one by one."""
    yield from (("calendar", each) for each in files.calendars)
    yield from (("stores", each) for each in files.stores)
    yield from (("groups", each) for each in files.groups)
    yield from (("offers", each) for each in files.offers)
    yield from (("pool", each) for each in files.pools)
    yield from (("policy", each) for each in files.policy)
    yield from (("events", each) for each in files.events)


class _Reader:
    """Collects documents, assets and problems of one workspace."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.real = Path(os.path.realpath(root))
        self.found: dict[str, Document] = {}
        self.problems: list[Problem] = []
        self.assets: frozenset[str] = frozenset()
        self.tried: dict[str, Kind] = {}

    def documents(self) -> Documents:
        """Return what was collected, sorted by path."""
        return Documents(
            documents=tuple(self.found[path] for path in sorted(self.found)),
            assets=self.assets,
            problems=tuple(self.problems),
            unread=tuple(sorted((path, kind) for path, kind in self.tried.items() if path not in self.found)),
            root=str(self.root),
        )

    def matches(self, pattern: str) -> list[str]:
        """Return the paths a glob pattern finds, sorted; none for one that leads out, which validation reports."""
        if leaves(pattern):
            return []
        found = (path.relative_to(self.root).as_posix() for path in self.root.glob(pattern))
        return sorted(path for path in found if not _is_hidden(path))

    def below(self, folder: str) -> list[str]:
        """Return the paths of all files below a folder of the workspace, sorted; links that leave it are problems."""
        return [] if leaves(folder) else sorted(self._walk(folder))

    def take(self, path: str, kind: Kind) -> None:
        """Read one document, or note why it cannot be read."""
        if path in self.tried:
            return
        self.tried[path] = kind
        if not self._is_inside(path):
            return
        limit = MAX_SHEET_BYTES if path.lower().endswith(".csv") else MAX_BYTES
        limit = MAX_SOURCE_BYTES if kind == "template" else limit
        try:
            data, seen = _bytes_of(self.root / path, limit)
        except OSError as error:
            self.problems.append(_unreadable(path, error))
            return
        if data is None:
            self.problems.append(_too_large(path, seen[1], limit))
            return
        text = decode_bytes(data, path)
        if isinstance(text, Unreadable):
            self.problems.append(text.problem)
        else:
            self.found[path] = Document(path=path, kind=kind, text=text, stat=seen)

    def _walk(self, folder: str) -> Iterator[str]:
        count = 0
        for here, folders, names in os.walk(self.root / folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                path = (Path(here) / name).relative_to(self.root).as_posix()
                count += 1
                if count > MAX_FILES:
                    self.problems.append(_too_many(folder))
                    return
                if not _is_hidden(path) and self._is_inside(path):
                    yield path

    def _is_inside(self, path: str) -> bool:
        real = Path(os.path.realpath(self.root / path))
        if real.is_relative_to(self.real):
            return True
        self.problems.append(_outside(path))
        return False


def _bytes_of(path: Path, limit: int) -> tuple[bytes | None, tuple[int, int, int]]:
    """Return the bytes of a regular file that did not change while it was read, and its stat; ``None`` if too large.

    Raises:
        OSError: it cannot be opened, is no regular file, or keeps changing.
    """
    for _ in range(_ATTEMPTS):
        # not to block on a pipe that someone put there
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        with os.fdopen(descriptor, "rb") as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise OSError(f"{path.name} is not a regular file")
            data = file.read(limit + 1)
            after = os.fstat(file.fileno())
        seen = (after.st_mtime_ns, after.st_size, after.st_ino)
        if len(data) > limit:
            return None, seen
        if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size) == (seen[0], len(data)):
            return data, seen
    raise OSError(f"{path.name} keeps changing")


def _files_of(document: Document | None) -> Files:
    """Return the ``[files]`` table of the workspace, or the usual places when it cannot be used."""
    table = parse_toml(document)[0] if document else None
    try:
        return Files.model_validate((table or {}).get("files", {}))
    except ValidationError:
        return Files()


def _is_hidden(path: str) -> bool:
    return any(part.startswith((".", "~$")) for part in path.split("/")) or path.endswith("~")


def _no_workspace(root: Path) -> Problem:
    return Problem(
        code="CK007",
        file=ROOT_DOCUMENT,
        message=Text(f"{root} 里没有 {ROOT_DOCUMENT}", f"there is no {ROOT_DOCUMENT} in {root}"),
        fix=Text(
            "用 -C 指定日历目录，或运行 calendarkit init 新建", "name the workspace with -C, or run calendarkit init"
        ),
    )


def _unreadable(path: str, error: OSError) -> Problem:
    zh = {PermissionError: "没有读取权限", IsADirectoryError: "这是一个目录", FileNotFoundError: "文件不存在"}
    en = {PermissionError: "no permission", IsADirectoryError: "it is a folder", FileNotFoundError: "it does not exist"}
    return Problem(
        code="CK006",
        file=path,
        message=Text(
            f"读不了这个文件：{zh.get(type(error), '不是普通文件，或正在被改写')}",
            f"this file cannot be read: {en.get(type(error), 'it is no regular file, or it is being written')}",
        ),
        fix=Text(f"检查权限：ls -l {path}", f"look at its permissions: ls -l {path}"),
    )


def _too_large(path: str, size: int, limit: int) -> Problem:
    shown = f"{limit // 1024 // 1024} MiB" if limit >= 1024 * 1024 else f"{limit // 1024} KiB"
    return Problem(
        code="CK005",
        file=path,
        message=Text(f"文件有 {size} 字节，超过 {shown}", f"the file has {size} bytes, more than {shown}"),
        fix=Text("拆成几个文件；很长的名单请用 CSV", "split it into several files; long lists belong in CSV"),
    )


def _too_many(folder: str) -> Problem:
    return Problem(
        code="CK005",
        file=folder,
        message=Text(f"{folder} 下超过 {MAX_FILES} 个文件", f"there are more than {MAX_FILES} files below {folder}"),
        fix=Text("把不用的文件移走", "move away what is not needed"),
    )


def _outside(path: str) -> Problem:
    return Problem(
        code="CK016",
        file=path,
        message=Text(f"{path} 指向日历目录之外，没有读取", f"{path} leads out of the workspace and was not read"),
        fix=Text("把文件复制到日历目录里", "copy the file into the workspace"),
    )
