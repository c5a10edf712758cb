"""A new workspace works at once and never overwrites anything."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from cli_shop import make_shop, say

from calendarkit.cli.init import STARTER, example_names, write_workspace


def test_the_new_shop_is_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Check finds nothing, and the week is full."""
    assert say(capsys, "--lang", "zh", "init", tmp_path / "shop", "--name", "鲜果时光").code == 0
    assert say(capsys, "-C", tmp_path / "shop", "check").code == 0
    assert "周三秒杀 ★" in say(capsys, "-C", tmp_path / "shop", "show", "week").out


@pytest.mark.parametrize("name", ["鲜果时光", 'a "b" \\1 c', "小店\n二"], ids=["chinese", "quotes", "line break"])
def test_the_name_is_written_as_toml(tmp_path: Path, name: str) -> None:
    """Whatever characters it has."""
    write_workspace(STARTER, tmp_path, name)
    assert tomllib.loads((tmp_path / "calendarkit.toml").read_text("utf-8"))["name"] == name


def test_a_workspace_is_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not even one file of it."""
    before = {each: each.read_bytes() for each in make_shop(tmp_path).rglob("*") if each.is_file()}
    said = say(capsys, "--lang", "zh", "init", tmp_path)
    assert (said.code, "已经是工作区" in said.err) == (2, True)
    assert before == {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}


def test_other_files_in_the_way_stop_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It names them and writes nothing; files that are not in the way do not matter."""
    (tmp_path / "notes.txt").touch()
    (tmp_path / "stores.toml").touch()
    said = say(capsys, "--lang", "en", "init", tmp_path)
    assert (said.code, "stores.toml" in said.err, "notes.txt" in said.err) == (2, True, False)
    assert not (tmp_path / "calendarkit.toml").exists()


def test_ledgers_and_secrets_stay_behind(tmp_path: Path) -> None:
    """An example that was tried out is copied clean."""
    source = make_shop(tmp_path / "tried")
    (source / "state").mkdir()
    (source / "state/ledger.db").touch()
    (source / "secrets.toml").touch()
    written = write_workspace(source, tmp_path / "copy")
    assert not {"ledger.db", "secrets.toml"}.intersection(each.name for each in written)


def test_the_ledger_is_kept_out_of_git(tmp_path: Path) -> None:
    """And so are the secrets."""
    assert (make_shop(tmp_path) / ".gitignore").read_text("utf-8").splitlines()[1:] == ["state/", "secrets.toml"]


@pytest.mark.parametrize("name", example_names())
def test_examples_are_copied(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """And are workspaces."""
    assert say(capsys, "init", tmp_path / name, "--example", name).code == 0
    assert (tmp_path / name / "calendarkit.toml").is_file()


def test_an_unknown_example_names_the_known_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The list does too."""
    said = say(capsys, "init", tmp_path / "x", "--example", "nothing")
    assert said.code == 2
    assert all(name in said.err for name in example_names())
    assert tuple(say(capsys, "init", "--example", "list").out.split()) == example_names()


def test_adopt_begins_a_ledger_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second time it stands already."""
    shop = make_shop(tmp_path)
    assert "台账已新建" in say(capsys, "--lang", "zh", "init", shop, "--adopt").out
    assert "没有改动" in say(capsys, "--lang", "zh", "-C", shop, "init", "--adopt").out


def test_the_english_shop_is_english_and_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """To the last comment; the same files as the Chinese one, and check finds nothing."""
    said = say(capsys, "--lang", "en", "init", tmp_path / "shop", "--name", "Corner shop")
    assert said.code == 0
    files = [each for each in (tmp_path / "shop").rglob("*") if each.is_file()]
    assert all(not re.search("[\u4e00-\u9fff]", each.read_text("utf-8")) for each in files)
    assert len(files) == len([each for each in STARTER.rglob("*") if each.is_file()])
    assert say(capsys, "--lang", "en", "-C", tmp_path / "shop", "check").code == 0
    assert "Wednesday flash" in say(capsys, "--lang", "en", "-C", tmp_path / "shop", "show", "day", "2030-11-27").out
