"""Drawing: a poster job becomes a file in the media store, once per distinct content."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from calendarkit.edges.plugins import Failure, guarded
from calendarkit.errors import CalendarkitError, PluginError
from calendarkit.extend.records import PainterContext, Painting, Poster, PosterJob
from calendarkit.model.message import Media

if TYPE_CHECKING:
    from calendarkit.edges.world import World

DEFAULT = "pillow"


class PosterRefused(CalendarkitError):
    """A poster was drawn but must not be sent."""


class Drawing:
    """The workspace's painter, connected once; call it with a job."""

    def __init__(self, world: World) -> None:
        """Connect nothing yet."""
        self._world = world
        self._drawn: dict[str, Media] = {}

    def __call__(self, job: PosterJob) -> Media:
        """Return the poster as a file.

        Raises:
            CalendarkitError: it cannot be drawn, or it did not pass its verification.
        """
        key = _fingerprint(job)
        if key not in self._drawn:
            self._drawn[key] = self._draw(job)
        return self._drawn[key]

    def _draw(self, job: PosterJob) -> Media:
        poster = guarded(self._owner, self._painting.paint, job)
        if isinstance(poster, Failure):
            raise PluginError(str(poster))
        if not isinstance(poster, Poster):
            raise PluginError(f"{self._owner}: returned no poster")
        if poster.faults:
            raise PosterRefused("；".join(fault.to(self._world.language) for fault in poster.faults))
        ending = "png" if poster.mime == "image/png" else "jpg"
        name = f"{job.context.get('column', {}).get('title', job.layout)}.{ending}"
        return self._world.media.put(poster.data, poster.mime, width=poster.width, height=poster.height, name=str(name))

    @cached_property
    def _owner(self) -> str:
        return self._world.registry.offered("painters")[DEFAULT].plugin

    @cached_property
    def _painting(self) -> Painting:
        from calendarkit.poster.shipped import shipped

        root, files = self._world.root, self._world.calendar.workspace.files
        own: Path = shipped()
        record = self._world.registry.records("painters")[DEFAULT]
        context = PainterContext(
            layouts=(root / files.posters, own / "posters"),
            assets=(root / files.assets, own),
            fonts=(root / files.assets / "fonts", own / "fonts"),
            cache=self._world.state_dir / "painter",
        )
        connected = guarded(self._owner, record.connect, self._world.registry.options("painters", DEFAULT), context)
        if isinstance(connected, Failure):
            raise PluginError(str(connected))
        painting: Painting = connected
        return painting


def _fingerprint(job: PosterJob) -> str:
    words = json.dumps([job.layout, job.context, job.max_bytes, job.mimes], default=str, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()
