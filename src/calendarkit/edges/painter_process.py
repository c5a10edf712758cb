"""A painter process: draws the posters it is sent, one at a time, until nobody is left to ask."""

from __future__ import annotations

import gc
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from calendarkit.edges.draw import Drawn, PosterRefused, Refusal, Studio
from calendarkit.edges.media import MediaStore
from calendarkit.edges.plugins import Registry
from calendarkit.errors import CalendarkitError
from calendarkit.extend.painting import PainterContext, PosterJob
from calendarkit.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a painter process must know before its first poster.

    Attributes:
        tables: ``[plugins]`` of the workspace.
        context: where layouts, pictures and fonts are.
        media: folder of the media store.
    """

    tables: Mapping[str, Mapping[str, Any]]
    context: PainterContext
    media: Path


def painter_process(connection: Connection) -> None:
    """Answer every job with its media, or with why there is none, until the other end closes."""
    setting: Setting = connection.recv()
    studio = Studio(Registry(setting.tables), MediaStore(setting.media), setting.context)
    while True:
        try:
            job = connection.recv()
        except (EOFError, ConnectionError):
            return
        connection.send(_drawn(studio, job))
        if not gc.get_freeze_count():  # what the first poster loaded stays: looking through it again and again took 3 %
            gc.freeze()


def _drawn(studio: Studio, job: PosterJob) -> Drawn:
    try:
        return studio.draw(job)
    except PosterRefused as refused:
        return Refusal(text=refused.text, lasting=refused.lasting)
    except (CalendarkitError, OSError) as error:
        return Refusal(text=Text(str(error), str(error)), lasting=False)


if __name__ == "__main__":
    painter_process(Connection(int(sys.argv[1])))
