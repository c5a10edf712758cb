"""Strays: files that lie in a workspace and are not read, though somebody most likely thinks they are."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from calendarkit.calendar.documents import Documents
from calendarkit.calendar.workspace import Files
from calendarkit.model.problem import Problem
from calendarkit.model.text import Text

_SHEETS = (".xlsx", ".xls", ".et", ".numbers", ".ods")
_NAMED = {
    "门店": "stores",
    "店铺": "stores",
    "社群": "groups",
    "群": "groups",
    "商品": "offers",
    "日历": "calendars",
    "栏目": "calendars",
    "素材": "pools",
    "模板": "templates",
    "海报": "posters",
    "图片": "assets",
}
_ENDINGS = {
    "calendars": (".toml",),
    "pools": (".toml", ".csv"),
    "offers": (".toml", ".csv"),
    "templates": (".txt", ".md", ".j2"),
    "posters": (".toml",),
}
"""What is read in each folder."""
_FILES = {"stores": "stores.csv", "groups": "groups.csv", "offers": "offers.toml", "policy": "policy.toml"}
_FOLDERS = (*_ENDINGS, "assets")
_ALIKE = 0.75
"""Likeness of two names from which one is taken for the other."""


def strays(root: Path, documents: Documents, files: Files) -> tuple[Problem, ...]:
    """Return a warning for each file or folder that was most likely meant to be read; sorted by path.

    A file whose proper name is taken already is somebody's copy and left alone, and so is a workspace that says itself
    where its files lie.

    Args:
        root: the workspace.
        documents: what was read.
        files: where the workspace says its documents lie.
    """
    read = {each.path for each in documents.documents} | {path for path, _ in documents.unread}
    if files != Files():
        return ()
    found = [*_at_root(root, read, {each.kind for each in documents.documents}), *_in_folders(root, read)]
    return tuple(sorted(found, key=lambda problem: problem.file))


def _at_root(root: Path, read: set[str], kinds: set[str]) -> Iterator[Problem]:
    for path in sorted(root.iterdir()):
        name = path.name
        if name.startswith((".", "~$")) or name in read or name in (*_FOLDERS, "state", "out", "secrets.toml"):
            continue
        meant = _meant(name)
        if path.is_dir():
            if meant in _FOLDERS and not (root / meant).is_dir():
                yield _stray(f"{name}/", f"{meant}/")
        elif meant in _FILES and meant not in kinds and path.suffix.lower() in (*_SHEETS, ".csv", ".toml", ".txt"):
            yield _stray(name, _FILES[meant])


def _in_folders(root: Path, read: set[str]) -> Iterator[Problem]:
    for folder, endings in _ENDINGS.items():
        for path in sorted((root / folder).iterdir()) if (root / folder).is_dir() else ():
            name = f"{folder}/{path.name}"
            if path.is_dir() or path.name.startswith((".", "~$", "README", "LICEN")) or name in read:
                continue
            if path.suffix in endings:
                continue  # what could not be read is a problem of its own
            yield _stray(name, f"{folder}/{_stem(path.name)}{endings[0]}")


def _meant(name: str) -> str:
    """Return the folder or document that a name most likely means, nothing where none is alike."""
    stem = _stem(name).casefold()
    for word, right in _NAMED.items():
        if stem.startswith(word) or stem.endswith(word):
            return right
    known = sorted({*_FILES, *_FOLDERS})
    return next(iter(get_close_matches(stem.split(" ")[0], known, n=1, cutoff=_ALIKE)), "")


def _stem(name: str) -> str:
    """Return a file name without its endings: ``daily.toml.txt`` is ``daily``."""
    return name.partition(".")[0].removesuffix("(1)").strip()


def _stray(path: str, right: str) -> Problem:
    fix = Text(f"是不是要叫 {right}？", f"should it be called {right}?")
    if path.lower().endswith(_SHEETS):
        sheet = f"{right.rpartition('.')[0]}.csv" if not right.startswith(("calendars", "templates")) else right
        fix = Text(f"在 Excel 里另存为“CSV UTF-8”，文件名 {sheet}", f'save it as "CSV UTF-8" in Excel, named {sheet}')
    return Problem(
        code="CK021",
        severity="warning",
        file=path,
        message=Text("没有读取：名字或格式不对", "it is not read: it has another name or format"),
        fix=fix,
    )
