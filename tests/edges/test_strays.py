"""Files that lie in a workspace and are not read, though somebody thinks they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from calendarkit.calendar.workspace import Files
from calendarkit.edges.files import read
from calendarkit.edges.strays import strays


def found(root: Path, *paths: str, files: Files | None = None) -> list[tuple[str, str]]:
    """Return (path, what to call it) of the strays in a workspace with these files."""
    for path in ("calendarkit.toml", *paths):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text('name = "店"\n' if path == "calendarkit.toml" else "", "utf-8")
    problems = strays(root, read(root), files or Files())
    return [(each.file, each.fix.en if each.fix else "") for each in problems]


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("store.csv", "stores.csv"),
        ("门店名单.xlsx", "stores.csv"),
        ("groups.csv.txt", "groups.csv"),
        ("Offers.TOML", "offers.toml"),
        ("calendar/daily.toml", "calendars/"),
        ("模板/a.txt", "templates/"),
        ("calendars/daily.toml.txt", "calendars/daily.toml"),
        ("calendars/daily.csv", "calendars/daily.toml"),
        ("pools/tips.xlsx", "pools/tips.csv"),
        ("templates/noon.docx", "templates/noon.txt"),
    ],
)
def test_a_stray_is_told_its_name(tmp_path: Path, path: str, right: str) -> None:
    """What is close to a name or format that is read is not passed over in silence."""
    (stray,) = found(tmp_path, path)
    assert right in stray[1]


@pytest.mark.parametrize(
    "paths",
    [
        ("notes.txt", "README.md", ".gitignore", "secrets.toml", "logo.png"),
        ("stores.csv", "store.csv"),
        ("calendars/daily.toml", "calendar/old.toml"),
        ("pools/README.md", "pools/.tips.csv.swp", "templates/mails/a.txt"),
    ],
)
def test_other_files_are_left_alone(tmp_path: Path, paths: tuple[str, ...]) -> None:
    """Notes, copies beside the right file, and hidden files are nobody's mistake."""
    assert found(tmp_path, *paths) == []


def test_who_says_where_files_lie_is_believed(tmp_path: Path) -> None:
    """A workspace with a table of files has its own names."""
    assert found(tmp_path, "store.csv", files=Files(stores=("store.csv",))) == []
