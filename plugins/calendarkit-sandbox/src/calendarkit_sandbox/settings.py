"""What a workspace and the environment say about the sandbox: its options, its folder, the language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from calendarkit.extend import CalendarkitError
from calendarkit_sandbox import SandboxOptions

ROOT_FILE = "calendarkit.toml"


class SettingsInvalid(CalendarkitError):
    """``[plugins.sandbox]`` cannot be understood."""


def read_options(workspace: Path) -> SandboxOptions:
    """Return ``[plugins.sandbox]``; the defaults where there is no readable workspace.

    Raises:
        SettingsInvalid: the table does not fit; the message says where.
    """
    try:
        return SandboxOptions.model_validate(_document(workspace).get("plugins", {}).get("sandbox", {}))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise SettingsInvalid(f"[plugins.sandbox] {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def default_folder(workspace: Path) -> Path:
    """Return where the sandbox keeps its log: ``state/sandbox`` of a workspace, else ``calendarkit-sandbox`` here."""
    return workspace / "state" / "sandbox" if (workspace / ROOT_FILE).is_file() else workspace / "calendarkit-sandbox"


def read_zone(workspace: Path) -> ZoneInfo:
    """Return the workspace's time zone; Shanghai's where it says nothing readable."""
    try:
        return ZoneInfo(str(_document(workspace).get("timezone", "Asia/Shanghai")))
    except (ValueError, ZoneInfoNotFoundError):
        return ZoneInfo("Asia/Shanghai")


def choose_language(workspace: Path, environ: Mapping[str, str]) -> Literal["zh", "en"]:
    """Return the language to speak on a terminal: the command line's, the locale's, the workspace's, else English."""
    if environ.get("CALENDARKIT_LANG") in ("zh", "en"):
        return "zh" if environ["CALENDARKIT_LANG"] == "zh" else "en"
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    if locale.partition(".")[0] not in ("", "C", "POSIX"):
        return "zh" if locale.lower().startswith("zh") else "en"
    document = _document(workspace)
    return "zh" if document and document.get("language", "zh") == "zh" else "en"


def _document(workspace: Path) -> dict[str, Any]:
    try:
        return tomllib.loads((workspace / ROOT_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
