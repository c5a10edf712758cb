"""Which plugins are enabled, and commands that plugins offer."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click
import pytest
from cli_shop import make_shop, say

from calendarkit.cli.codes import Refusal
from calendarkit.cli.plugin_command import _as_click, find_plugin_command, plugin_tables
from calendarkit.cli.settings import Settings
from calendarkit.edges.plugins import Offered
from calendarkit.extend import Command
from calendarkit.model.text import Text


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return the starter shop."""
    return make_shop(tmp_path)


def enable(shop: Path, table: str) -> None:
    """Add a table to calendarkit.toml."""
    root = shop / "calendarkit.toml"
    root.write_text(f"{root.read_text('utf-8')}\n{table}\n", "utf-8")


def test_what_comes_with_calendarkit_is_listed(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With what it offers."""
    said = say(capsys, "--lang", "zh", "-C", shop, "plugins", "list")
    assert said.code == 0
    assert "渠道：console, folder" in said.out


def test_an_enabled_plugin_offers_its_channel(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One that is not enabled is not even named."""
    assert "wecom" not in say(capsys, "-C", shop, "plugins", "list").out
    enable(shop, "[plugins.wecom]")
    found = json.loads(say(capsys, "-C", shop, "plugins", "list", "--json").out)
    assert found["plugins"]["wecom"]["offers"]["publishers"] == ["wecom"]


def test_one_that_is_not_installed_is_named(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the exit code for it."""
    enable(shop, "[plugins.nothing]")
    said = say(capsys, "-C", shop, "plugins", "list")
    assert (said.code, "✗ nothing: is not installed" in said.err) == (69, True)


def test_tables_are_read_from_any_file(tmp_path: Path) -> None:
    """A broken one names no plugin, and neither does none."""
    assert plugin_tables(None) == {}
    assert plugin_tables(tmp_path) == {}
    (tmp_path / "calendarkit.toml").write_text('plugins = "x"')
    assert plugin_tables(tmp_path) == {}
    (tmp_path / "calendarkit.toml").write_text("[plugins.a]\nb = 1\n[plugins.c")
    assert plugin_tables(tmp_path) == {}
    (tmp_path / "calendarkit.toml").write_text("[plugins.a]\nb = 1\n")
    assert plugin_tables(tmp_path) == {"a": {"b": 1}}


def test_nobody_offers_it(shop: Path) -> None:
    """Then the root says what may have been meant."""
    assert find_plugin_command("xyzzy", Settings(directory=shop)) is None


def test_a_plugins_command_gets_its_words_untouched(tmp_path: Path) -> None:
    """Options and --help among them; its code is the program's."""
    got: list[object] = []
    words = ["--port", "0", "--help", "-x"]

    def run(args: object, root: Path) -> int:
        got.extend((args, root))
        return 7

    record = Command(name="toy", summary=Text("玩具", "A toy"), run=run)
    assert _as_click(Offered(record, "toys 1.0", "toys"), tmp_path, "en").main(words, standalone_mode=False) == 7
    assert got == [tuple(words), tmp_path]


@pytest.mark.parametrize("before", [None, "zh"], ids=["unset", "set"])
def test_a_plugins_command_speaks_the_language_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    """It finds it in the environment, which is afterwards as it was."""
    if before is None:
        monkeypatch.delenv("CALENDARKIT_LANG", raising=False)
    else:
        monkeypatch.setenv("CALENDARKIT_LANG", before)
    spoken: list[str | None] = []

    def run(*_: object) -> int:
        spoken.append(os.environ.get("CALENDARKIT_LANG"))
        return 0

    record = Command(name="toy", summary=Text("玩具", "A toy"), run=run)
    _as_click(Offered(record, "toys 1.0", "toys"), tmp_path, "en").main([], standalone_mode=False)
    assert (spoken, os.environ.get("CALENDARKIT_LANG")) == (["en"], before)


def test_a_plugins_command_that_breaks_is_named(tmp_path: Path) -> None:
    """With the plugin's version; even when it wants to end the program."""

    def run(*_: object) -> int:
        raise SystemExit(0)

    record = Command(name="toy", summary=Text("玩具", "A toy"), run=run)
    command = _as_click(Offered(record, "toys 1.0", "toys"), tmp_path, "en")
    with pytest.raises(Refusal, match=r"toys 1\.0: SystemExit") as failed:
        command.main([], standalone_mode=False)
    assert failed.value.code == 69


def test_the_sandbox_needs_no_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried before there is one."""
    monkeypatch.chdir(tmp_path)
    assert isinstance(find_plugin_command("sandbox", Settings()), click.Command)
