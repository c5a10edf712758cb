"""Reading a workspace from a real folder, whatever lies in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from calendarkit.calendar.parse_toml import MAX_BYTES
from calendarkit.edges.files import read


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    root = tmp_path / "shop"
    for folder in ("calendars", "pools", "templates/tips", "posters", "assets/photos", ".git"):
        (root / folder).mkdir(parents=True)
    (root / "calendarkit.toml").write_text('name = "店"\n', "utf-8")
    (root / "calendars" / "a.toml").write_text("# 一\n", "utf-8")
    return root


def write(shop: Path, path: str, data: bytes) -> Path:
    file = shop / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def test_every_document_is_found(shop: Path) -> None:
    """Each kind by its usual place, sorted by path, with its stat."""
    for path in ("stores.csv", "groups.toml", "offers.toml", "policy.toml", "pools/b.csv", "posters/p.toml"):
        write(shop, path, b"#\n")
    write(shop, "templates/tips/am.txt", "早安".encode())
    write(shop, "assets/photos/a.jpg", b"\xff\xd8")
    found = read(shop)
    assert [(each.path, each.kind) for each in found.documents] == [
        ("calendarkit.toml", "workspace"),
        ("calendars/a.toml", "calendar"),
        ("groups.toml", "groups"),
        ("offers.toml", "offers"),
        ("policy.toml", "policy"),
        ("pools/b.csv", "pool"),
        ("posters/p.toml", "poster"),
        ("stores.csv", "stores"),
        ("templates/tips/am.txt", "template"),
    ]
    assert (found.assets, found.problems) == (frozenset({"assets/photos/a.jpg"}), ())
    assert all(each.stat[1] == (shop / each.path).stat().st_size for each in found.documents)


@pytest.mark.parametrize("name", [".#a.toml", ".a.toml.swp", "a.toml~", "~$b.toml", ".hidden.toml", "a.txt"])
def test_editors_droppings_are_left_out(shop: Path, name: str) -> None:
    """Lock files, swap files and backups are no calendars."""
    write(shop, f"calendars/{name}", b"[[column")
    assert [each.path for each in read(shop).of("calendar")] == ["calendars/a.toml"]


def test_files_may_lie_elsewhere(shop: Path) -> None:
    """The [files] table names other places; they are read once even when two patterns find them."""
    (shop / "calendarkit.toml").write_text(
        'name = "店"\n[files]\ncalendars = ["plan/**/*.toml", "plan/x.toml"]\n', "utf-8"
    )
    write(shop, "plan/deep/y.toml", b"#")
    write(shop, "plan/x.toml", b"#")
    assert [each.path for each in read(shop).of("calendar")] == ["plan/deep/y.toml", "plan/x.toml"]


@pytest.mark.parametrize("pattern", ["../*.toml", "/etc/*.toml", "~/x.toml", "a\\b.toml", "", "C:/x.toml"])
def test_patterns_cannot_leave(shop: Path, pattern: str) -> None:
    """Nothing outside of the workspace is looked at, and nothing raises."""
    (shop.parent / "secret.toml").write_text("x = 1", "utf-8")
    escaped = pattern.replace("\\", "\\\\")
    (shop / "calendarkit.toml").write_text(f'name = "店"\n[files]\ncalendars = ["{escaped}"]\n', "utf-8")
    assert list(read(shop).of("calendar")) == []


def test_a_link_out_of_the_workspace_is_refused(shop: Path) -> None:
    """A link to a file or folder outside is a problem; one inside is followed."""
    secret = write(shop.parent, "outside/secret.toml", b"key = 1")
    (shop / "calendars" / "out.toml").symlink_to(secret)
    (shop / "calendars" / "in.toml").symlink_to(shop / "calendars" / "a.toml")
    (shop / "assets" / "etc").symlink_to(secret)
    found = read(shop)
    assert [each.path for each in found.of("calendar")] == ["calendars/a.toml", "calendars/in.toml"]
    assert [(each.code, each.file) for each in found.problems] == [
        ("CK016", "calendars/out.toml"),
        ("CK016", "assets/etc"),
    ]
    assert found.assets == frozenset()


def test_a_pipe_does_not_block(shop: Path) -> None:
    """Only regular files are read."""
    os.mkfifo(shop / "calendars" / "pipe.toml")
    (shop / "calendars" / "folder.toml").mkdir()
    (shop / "calendars" / "gone.toml").symlink_to(shop / "nowhere.toml")
    found = read(shop)
    assert [each.code for each in found.problems] == ["CK006", "CK006", "CK006"]
    assert found.unread == (
        ("calendars/folder.toml", "calendar"),
        ("calendars/gone.toml", "calendar"),
        ("calendars/pipe.toml", "calendar"),
    )


def test_too_large_is_not_read(shop: Path) -> None:
    """1 MiB for TOML, 64 KiB for a template, more for a sheet."""
    write(shop, "calendars/big.toml", b"#" * (MAX_BYTES + 1))
    write(shop, "templates/big.txt", b"x" * (64 * 1024 + 1))
    write(shop, "stores.csv", b"id,name\n" + b"a,b\n" * 300_000)
    found = read(shop)
    assert [(each.code, each.file) for each in found.problems] == [
        ("CK005", "calendars/big.toml"),
        ("CK005", "templates/big.txt"),
    ]
    assert found.at("stores.csv") is not None


@pytest.mark.parametrize("folder", ["missing", "calendars"])
def test_no_workspace_is_one_problem(shop: Path, folder: str) -> None:
    """A folder without calendarkit.toml, or none at all, says so."""
    found = read(shop / folder)
    assert [each.code for each in found.problems] == ["CK007"]
    assert found.documents == ()


def test_a_broken_workspace_document_still_finds_the_others(shop: Path) -> None:
    """The usual places are read when calendarkit.toml cannot be."""
    (shop / "calendarkit.toml").write_text("name = [", "utf-8")
    assert [each.path for each in read(shop).of("calendar")] == ["calendars/a.toml"]


def test_reading_twice_is_equal(shop: Path) -> None:
    """Nothing but the files decides."""
    assert read(shop) == read(shop)
