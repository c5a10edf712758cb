"""Where the zones' data comes from."""

from __future__ import annotations

import zoneinfo
from importlib.metadata import version
from pathlib import Path

import pytest

from calendarkit.edges.zone_data import zone_files, zone_version


def system(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Make ``folder`` the only place the system keeps zones in."""
    monkeypatch.setattr(zoneinfo, "TZPATH", (str(folder),))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [("tzdata.zi", "# version 2026b\n# more\n", "2026b"), ("+VERSION", "2026c\n", "2026c")],
)
def test_the_system_s_version(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, text: str, expected: str
) -> None:
    """As the two kinds of systems write it."""
    (tmp_path / "Asia").mkdir()
    (tmp_path / name).write_text(text)
    system(monkeypatch, tmp_path)
    assert zone_version() == expected


def test_a_system_without_a_version_is_known_by_its_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A change of the folder is another version."""
    (tmp_path / "Asia").mkdir()
    system(monkeypatch, tmp_path)
    assert zone_version() == f"{tmp_path} {tmp_path.stat().st_mtime_ns}"


def test_without_a_system_s_data_the_package_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As zoneinfo itself falls back."""
    system(monkeypatch, tmp_path)
    assert zone_version() == version("tzdata")


def test_the_files_to_watch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The system's folder, there or not, and the package."""
    system(monkeypatch, tmp_path)
    folder, package = zone_files()
    assert folder == tmp_path / "Asia"
    assert package.parent.name == "tzdata"
