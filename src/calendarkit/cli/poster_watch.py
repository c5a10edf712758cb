"""Watching: draws again whenever a layout, theme, picture or font of the workspace changes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from calendarkit.cli.codes import sentence_of
from calendarkit.cli.lines import Span, line, show
from calendarkit.cli.settings import Settings
from calendarkit.errors import CalendarkitError
from calendarkit.model.text import Text

PAUSE = 0.4
"""Seconds between two looks at the files; polling needs no further package and sees every kind of editor save."""
_LEFT_OUT = {"state", "out", ".git", "__pycache__"}


def watch(settings: Settings, draw: Callable[[], None], *, wait: Callable[[], bool] | None = None) -> None:
    """Call ``draw`` after every change below the workspace, until interrupted; failures are told and watching goes on.

    Args:
        settings: for the workspace and the language.
        draw: draws once and says so.
        wait: called before each look; false ends the watching. By default it sleeps a moment.
    """
    show([line(Span(settings.say(Text("正在看着文件，Ctrl-C 结束", "watching; Ctrl-C ends it")), "dim"))], settings)
    root = settings.root()
    before = stamp(root)
    while (wait or _sleep)():
        now = stamp(root)
        if now == before:
            continue
        before = now
        try:
            draw()
        except CalendarkitError as error:
            said, _ = sentence_of(error)
            show([line(Span("✗ ", "bad"), settings.say(said))], settings)


def _sleep() -> bool:
    time.sleep(PAUSE)
    return True


def stamp(root: Path) -> frozenset[tuple[str, int, int]]:
    """Return every file below ``root`` that may change a poster, with its time and size."""
    found = set()
    for folder, inside, names in os.walk(root):
        inside[:] = [each for each in inside if each not in _LEFT_OUT]
        for name in names:
            path = Path(folder, name)
            try:
                stat = path.stat()
            except OSError:  # an editor's passing file
                continue
            found.add((str(path), stat.st_mtime_ns, stat.st_size))
    return frozenset(found)


def write_page(picture: Path) -> Path:
    """Write a page beside ``picture`` that shows it and loads it anew every second; return its path."""
    page = picture.with_suffix(".html")
    style = "html{background:#444}img{display:block;margin:2vh auto;height:96vh;box-shadow:0 4px 30px #0008}"
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="1"><title>{picture.name}</title>'
        f'<style>{style}</style><img src="{picture.name}">',
        "utf-8",
    )
    return page
