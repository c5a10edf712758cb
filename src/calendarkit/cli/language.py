"""Which language the command line speaks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from calendarkit.model.text import Language

VARIABLE = "CALENDARKIT_LANG"
"""The environment's word on the language, ``zh`` or ``en``; commands of plugins find the chosen one there."""
_NEUTRAL = {"", "C", "POSIX"}
_FIRST_TABLE = re.compile(r"^\s*\[", re.MULTILINE)
_SETTING = re.compile(r"""^\s*language\s*=\s*["'](zh|en)["']""", re.MULTILINE)
_ROOT_BYTES = 64 * 1024


def choose_language(option: str | None, environ: Mapping[str, str], root: Path | None) -> Language:
    """Return the language: the option's, else ``CALENDARKIT_LANG``'s, the locale's, the workspace's, else English.

    cron starts programs with an empty environment, which says nothing about anybody's language; there the workspace
    decides, so that a Chinese shop's mail from cron is Chinese.

    Args:
        option: ``zh``, ``en`` or ``None``.
        environ: the environment; after ``CALENDARKIT_LANG``, ``LC_ALL`` beats ``LC_MESSAGES`` beats ``LANG``.
        root: the workspace, or ``None`` outside one.
    """
    chosen = option or environ.get(VARIABLE)
    if chosen in ("zh", "en"):
        return "zh" if chosen == "zh" else "en"
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environ.get(name))), "")
    if locale.split(".", maxsplit=1)[0] not in _NEUTRAL:
        return "zh" if locale.lower().startswith("zh") else "en"
    return workspace_language(root) or "en"


def workspace_language(root: Path | None) -> Language | None:
    """Return what ``calendarkit.toml`` says, read line by line: it must work while the file is broken.

    A readable workspace that says nothing speaks Chinese, the default of the key.
    """
    if root is None:
        return None
    try:
        with (root / "calendarkit.toml").open("rb") as file:
            head = file.read(_ROOT_BYTES).decode("utf-8-sig", "replace")
    except OSError:
        return None
    found = _SETTING.search(_FIRST_TABLE.split(head, maxsplit=1)[0])
    return "en" if found and found[1] == "en" else "zh"
