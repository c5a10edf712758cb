"""The global options."""

from __future__ import annotations

from pathlib import Path

import pytest

from calendarkit.cli.codes import Exit, Refusal
from calendarkit.cli.settings import Settings, find_root, read_settings


def test_the_workspace_is_this_folder_or_one_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As git does it."""
    (tmp_path / "calendarkit.toml").touch()
    (tmp_path / "a/b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a/b")
    assert Settings().root() == tmp_path


def test_a_named_folder_is_taken_at_its_word(tmp_path: Path) -> None:
    """The folder above it is not meant."""
    (tmp_path / "calendarkit.toml").touch()
    (tmp_path / "a").mkdir()
    assert find_root(tmp_path) == tmp_path
    assert find_root(tmp_path / "a") is None


@pytest.mark.parametrize("directory", [None, Path("empty")])
def test_no_workspace_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, directory: Path | None) -> None:
    """With exit code 3 and the way out."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Refusal) as refused:
        Settings(directory=directory).root()
    assert refused.value.code is Exit.WORKSPACE
    assert "calendarkit init" in refused.value.fix.zh


@pytest.mark.parametrize("place", ["nowhere", "file.csv"])
def test_a_folder_that_is_none_is_refused(tmp_path: Path, place: str) -> None:
    """Making a workspace of it is not offered."""
    (tmp_path / "file.csv").touch()
    with pytest.raises(Refusal, match="there is no folder") as refused:
        Settings(directory=tmp_path / place).root()
    assert (refused.value.code, refused.value.fix) == (Exit.WORKSPACE, None)


@pytest.mark.parametrize(
    ("values", "environ", "colour", "debug"),
    [
        ({}, {}, True, False),
        ({"no_color": True}, {}, False, False),
        ({}, {"NO_COLOR": "1", "CALENDARKIT_DEBUG": "1"}, False, True),
        ({"debug": True}, {"NO_COLOR": "", "CALENDARKIT_DEBUG": "0"}, True, True),
        ({}, {"CALENDARKIT_DEBUG": "0"}, True, False),
    ],
    ids=["plain", "option", "environment", "empty", "zero"],
)
def test_colour_and_debug(values: dict[str, bool], environ: dict[str, str], *, colour: bool, debug: bool) -> None:
    """By option or by environment; an empty NO_COLOR forbids nothing (no-color.org)."""
    settings = read_settings(values, environ)
    assert (settings.colour, settings.debug) == (colour, debug)
