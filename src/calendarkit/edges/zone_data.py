"""Where the time zone data comes from, and which version it is."""

from __future__ import annotations

import zoneinfo
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

_VERSION_FILES = ("tzdata.zi", "+VERSION")


def zone_version() -> str:
    """Return the version of the data that ``zoneinfo`` reads: the system's where it has any, else the package's."""
    for folder in map(Path, zoneinfo.TZPATH):
        if (folder / "Asia").is_dir():
            return _system_version(folder)
    return version("tzdata")


def zone_files() -> tuple[Path, ...]:
    """Return the files and folders that change when the data does; also those that do not exist yet."""
    spec = find_spec("tzdata")
    package = [Path(spec.origin)] if spec and spec.origin else []
    return (*(Path(folder) / "Asia" for folder in zoneinfo.TZPATH), *package)


def _system_version(folder: Path) -> str:
    for name in _VERSION_FILES:
        if (folder / name).is_file():
            with (folder / name).open(encoding="utf-8") as file:
                return file.readline().strip().removeprefix("# version ")
    return f"{folder} {folder.stat().st_mtime_ns}"
