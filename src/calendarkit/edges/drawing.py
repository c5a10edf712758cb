"""Drawing: a poster job becomes a file in the media store, once per distinct content."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property

from calendarkit.edges.media import MediaStore
from calendarkit.edges.plugins import Failure, Registry, guarded
from calendarkit.errors import CalendarkitError, PluginError
from calendarkit.extend.painting import PainterContext, Painting, Poster, PosterJob
from calendarkit.model.message import Media
from calendarkit.model.text import Text

DEFAULT = "pillow"


class PosterRefused(CalendarkitError):
    """A poster could not be drawn, or was drawn but must not be sent.

    Attributes:
        text: why, in both languages.
    """

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Drawing:
    """The workspace's painter, connected once; call it with a job."""

    def __init__(self, registry: Registry, media: MediaStore, context: PainterContext) -> None:
        """Connect nothing yet.

        Args:
            registry: who offers painters.
            media: where posters are kept.
            context: where layouts, pictures and fonts are.
        """
        self._registry = registry
        self._media = media
        self._context = context
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
            raise PosterRefused(poster.text or Text(str(poster), str(poster)))
        if not isinstance(poster, Poster):
            raise PluginError(f"{self._owner}: returned no poster")
        if poster.faults:
            faults = poster.faults
            raise PosterRefused(Text("；".join(each.zh for each in faults), "; ".join(each.en for each in faults)))
        ending = "png" if poster.mime == "image/png" else "jpg"
        name = f"{job.context.get('column', {}).get('title', job.layout)}.{ending}"
        return self._media.put(poster.data, poster.mime, width=poster.width, height=poster.height, name=str(name))

    @cached_property
    def _owner(self) -> str:
        return self._registry.offered("painters")[DEFAULT].plugin

    @cached_property
    def _painting(self) -> Painting:
        record = self._registry.records("painters")[DEFAULT]
        options = self._registry.options("painters", DEFAULT)
        connected = guarded(self._owner, record.connect, options, self._context)
        if isinstance(connected, Failure):
            raise PluginError(str(connected))
        painting: Painting = connected
        return painting


def _fingerprint(job: PosterJob) -> str:
    words = json.dumps([job.layout, job.context, job.max_bytes, job.mimes], default=str, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()
