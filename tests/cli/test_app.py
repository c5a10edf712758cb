"""The root: its help, its languages, its failures, and how little it imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from cli_shop import make_shop, say

from calendarkit.cli import cells
from calendarkit.cli.app import COMMANDS, app
from calendarkit.cli.bilingual import Command, summary

HEAVY = ("pydantic", "jinja2", "PIL", "rich", "arrow", "tomli", "pluggy", "sqlite3", "urllib3", "tree_sitter")


@pytest.mark.parametrize(("lang", "word"), [("zh", "用法："), ("en", "Usage: ")])
def test_help_speaks_the_language(capsys: pytest.CaptureFixture[str], lang: str, word: str) -> None:
    """Also when the option that chooses it stands behind --help."""
    before, behind = say(capsys, "--lang", lang, "--help"), say(capsys, "--help", "--lang", lang)
    assert before.out.startswith(word)
    assert before == behind


def test_without_a_command_there_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    """It is no mistake to look around."""
    assert say(capsys).code == 0
    assert all(name in say(capsys).out for name in COMMANDS)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", [name for name, (module, _) in COMMANDS.items() if module])
def test_every_help_fits_80_cells(capsys: pytest.CaptureFixture[str], name: str, lang: str) -> None:
    """In both languages; examples may be longer."""
    said = say(capsys, "--lang", lang, name, "--help")
    described = said.out.split("示例:" if lang == "zh" else "Examples:")[0]
    assert said.code == 0
    assert max(map(cells.width, described.splitlines())) <= 80


@pytest.mark.parametrize("name", [name for name, (module, _) in COMMANDS.items() if module])
def test_every_command_says_what_it_does_twice(name: str) -> None:
    """The command's own words and its line in the root's help, in both languages."""
    command = app.get_command(click.Context(app), name)
    assert isinstance(command, Command)
    for words in (command.words, summary(command.words), COMMANDS[name][1]):
        assert words.zh
        assert words.zh != words.en


def test_help_imports_nothing_heavy() -> None:
    """It must be quick: only click and what click needs."""
    code = "import sys; from calendarkit.cli.app import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {name.split(".")[0] for name in done.stderr.split()}.intersection(HEAVY)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """Name and number."""
    assert say(capsys, "--version").out.startswith("calendarkit 0.")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["chek"], "没有 chek 这个命令，是不是 check？"),
        (["xyzzy"], "没有 xyzzy 这个命令"),
        (["--bad"], "没有 --bad 这个选项"),
        (["show", "week", "--jsno"], "没有 --jsno 这个选项，是不是 --json？"),
        (["check", "--format", "xml"], "'--format' 的值不对：'xml' 不是 'text', 'json', 'github' 之一"),
        (["show", "weak"], "没有 weak 这个命令，是不是 week？"),
        (["check", "--lang", "en"], "--lang 是全局选项，要写在命令前面"),
        (["ledger", "list", "--limit", "x"], "'--limit' 的值不对：'x' 不是整数"),
        (["ledger", "list", "--limit", "0"], "'--limit' 的值不对：0 不在 x>=1 的范围内"),
        (["plan", "--to"], "--to 后面要写一个值"),
        (["plan", "--json=1"], "--json 后面不能写值"),
        (["schema", "--out", "calendarkit.toml"], "'--out' 的值不对：calendarkit.toml 是文件，不是文件夹"),
        (["preview"], "缺少 'SLOT'"),
        (["check", "a", "b"], "多余的参数 (a b)"),
        (["show", "week", "foo"], "“foo”不是日期"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_line_is_told_in_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, args: list[str], words: str
) -> None:
    """With exit code 2, on standard error, without a traceback."""
    monkeypatch.chdir(make_shop(tmp_path))
    said = say(capsys, "--lang", "zh", *args)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"calendarkit: {words}")
    assert "Traceback" not in said.err


def test_a_group_without_its_command_shows_help(capsys: pytest.CaptureFixture[str]) -> None:
    """As wrong usage, so that a script notices."""
    said = say(capsys, "--lang", "en", "ledger")
    assert said.code == 2
    assert "retry" in said.err


def test_debug_shows_the_traceback(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """And the sentence still comes last."""
    said = say(capsys, "--debug", "--lang", "en", "-C", tmp_path, "check")
    assert said.code == 3
    assert "Traceback" in said.err
    assert "is no workspace" in said.err


def test_sandbox_is_in_the_help_without_being_imported(capsys: pytest.CaptureFixture[str]) -> None:
    """It is the first thing to try."""
    assert "sandbox" in say(capsys, "--help").out
    assert COMMANDS["sandbox"][0] == ""
