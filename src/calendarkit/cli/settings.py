"""What the options before the command say: where, in which language, with colours or without."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calendarkit.cli.codes import Exit, Refusal
from calendarkit.cli.language import choose_language
from calendarkit.model.text import Language, Text

ROOT_FILE = "calendarkit.toml"
_NONE = Text(
    f"这里没有工作区：当前文件夹及其上级都没有 {ROOT_FILE}",
    f"no workspace here: neither this folder nor one above it holds {ROOT_FILE}",
)
_NONE_FIX = Text(
    "用 -C 指定文件夹，或用 calendarkit init 新建一个", "name one with -C, or make one with: calendarkit init"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The global options, read once.

    Attributes:
        directory: what ``-C`` names, ``None`` without it.
        language: the language to speak.
        colour: ``False`` when colours are forbidden; a terminal decides otherwise.
        debug: whether a failure shows its traceback.
    """

    directory: Path | None = None
    language: Language = "en"
    colour: bool = True
    debug: bool = False

    def root(self) -> Path:
        """Return the workspace's folder, absolute.

        Raises:
            Refusal: there is none (exit code 3).
        """
        found = find_root(self.directory)
        if found is not None:
            return found
        if self.directory is None:
            raise Refusal(_NONE, fix=_NONE_FIX, code=Exit.WORKSPACE)
        place = str(self.directory)
        if not self.directory.is_dir():
            raise Refusal(Text(f"没有 {place} 这个文件夹", f"there is no folder {place}"), code=Exit.WORKSPACE)
        missing = Text(f"{place} 不是工作区：里面没有 {ROOT_FILE}", f"{place} is no workspace: it holds no {ROOT_FILE}")
        raise Refusal(missing, fix=Text(f"calendarkit init {place}", f"calendarkit init {place}"), code=Exit.WORKSPACE)

    def say(self, text: Text) -> str:
        """Return ``text`` in the language spoken."""
        return text.to(self.language)


def read_settings(values: Mapping[str, Any], environ: Mapping[str, str]) -> Settings:
    """Return the settings that the parsed global options and the environment make together.

    Args:
        values: ``directory``, ``lang``, ``no_color``, ``debug``; missing ones count as not given.
        environ: the environment.
    """
    directory = Path(str(values["directory"])).expanduser() if values.get("directory") else None
    return Settings(
        directory=directory,
        language=choose_language(values.get("lang"), environ, find_root(directory)),
        colour=not (values.get("no_color") or environ.get("NO_COLOR")),
        debug=bool(values.get("debug")) or environ.get("CALENDARKIT_DEBUG", "") not in {"", "0"},
    )


def find_root(directory: Path | None) -> Path | None:
    """Return the folder that holds ``calendarkit.toml``: ``directory``, or else this folder or the nearest above."""
    try:
        start = Path.cwd() if directory is None else directory.absolute()
        candidates = (start,) if directory is not None else (start, *start.parents)
        return next((each for each in candidates if (each / ROOT_FILE).is_file()), None)
    except OSError:
        return None
