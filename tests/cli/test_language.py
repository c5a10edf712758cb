"""Which language is spoken."""

from __future__ import annotations

from pathlib import Path

import pytest

from calendarkit.cli.language import choose_language, workspace_language


@pytest.mark.parametrize(
    ("option", "environ", "language"),
    [
        ("zh", {"LANG": "en_US.UTF-8"}, "zh"),
        ("en", {"LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, {"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LC_MESSAGES": "zh_TW", "LANG": "en_US"}, "zh"),
        (None, {"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
        (None, {"LC_ALL": "C", "LANG": "zh_CN"}, "en"),
        (None, {}, "en"),
    ],
)
def test_option_beats_locale(option: str | None, environ: dict[str, str], language: str) -> None:
    """LC_ALL beats LC_MESSAGES beats LANG; outside a workspace the rest is English."""
    assert choose_language(option, environ, None) == language


@pytest.mark.parametrize("environ", [{}, {"LANG": "C"}, {"LC_ALL": "POSIX"}, {"LANG": "C.UTF-8"}], ids=str)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_cron_speaks_the_workspace(tmp_path: Path, environ: dict[str, str], language: str) -> None:
    """A neutral locale says nothing about anybody's language."""
    (tmp_path / "calendarkit.toml").write_text(f'name = "x"\nlanguage = "{language}"\n')
    assert choose_language(None, environ, tmp_path) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ('name = "x"', "zh"),
        ("name = [[[ broken\nlanguage = 'en' # half written", "en"),
        ('\ufefflanguage="en"', "en"),
        ('[plugins.x]\nlanguage = "en"', "zh"),
        ('language = "fr"', "zh"),
    ],
    ids=["default", "broken", "bom", "of a plugin", "unknown"],
)
def test_the_key_is_found_in_any_state_of_the_file(tmp_path: Path, text: str, language: str) -> None:
    """The message that the file is broken must already speak its language."""
    (tmp_path / "calendarkit.toml").write_text(text, "utf-8")
    assert workspace_language(tmp_path) == language


def test_no_file_says_nothing(tmp_path: Path) -> None:
    """It is no reason to fail."""
    assert workspace_language(tmp_path) is None


@pytest.mark.parametrize(
    ("option", "environ", "language"),
    [
        (None, {"CALENDARKIT_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ("zh", {"CALENDARKIT_LANG": "en"}, "zh"),
        (None, {"CALENDARKIT_LANG": "fr", "LANG": "zh_CN.UTF-8"}, "zh"),
    ],
    ids=["beats the locale", "option beats it", "another language"],
)
def test_our_own_variable(option: str | None, environ: dict[str, str], language: str) -> None:
    """Commands of plugins find there what was chosen on the command line."""
    assert choose_language(option, environ, None) == language
