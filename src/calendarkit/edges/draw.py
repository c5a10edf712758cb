"""Drawing one poster with the workspace's painter, connected once, into the media store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import cast

from calendarkit.edges.media import MediaStore
from calendarkit.edges.plugins import Failure, Offered, Registry, guarded
from calendarkit.errors import CalendarkitError, PluginError
from calendarkit.extend.painting import Foretelling, LayerKind, PainterContext, Painting, Poster, PosterJob
from calendarkit.model.message import Media
from calendarkit.model.text import Text

DEFAULT = "pillow"


class PosterRefused(CalendarkitError):
    """A poster could not be drawn, or was drawn but must not be sent.

    Attributes:
        text: why, in both languages.
        lasting: whether the same job must fail again, as long as its files stay what they are.
    """

    def __init__(self, text: Text, *, lasting: bool = True) -> None:
        super().__init__(text.en)
        self.text = text
        self.lasting = lasting


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why there is no poster; see :class:`PosterRefused`."""

    text: Text
    lasting: bool = True


Drawn = Media | Refusal
"""What came of a job."""


class Studio:
    """The workspace's painter and the shelf for what it draws."""

    def __init__(self, registry: Registry, media: MediaStore, context: PainterContext) -> None:
        """Connect nothing yet.

        Args:
            registry: who offers painters.
            media: where posters are kept.
            context: where layouts, pictures and fonts are.
        """
        self.registry = registry
        self.media = media
        self.context = context

    def draw(self, job: PosterJob) -> Media:
        """Return the poster as a file.

        Raises:
            PosterRefused: it cannot be drawn, or it did not pass its verification.
            PluginError: there is no such painter, or it returned no poster.
            OSError: the disk is full or read-only.
        """
        poster = guarded(self._owner, self._painting.paint, job)
        if isinstance(poster, Failure):
            raise _refused(poster)
        if not isinstance(poster, Poster):
            raise PluginError(f"{self._owner}: returned no poster")
        if poster.faults:
            faults = poster.faults
            raise PosterRefused(Text("；".join(each.zh for each in faults), "; ".join(each.en for each in faults)))
        return self.media.put(poster.data, poster.mime, width=poster.width, height=poster.height, sha256=poster.sha256)

    def key(self, job: PosterJob) -> str | None:
        """Return what tells equal posters, ``None`` from a painter that cannot tell.

        Raises:
            PosterRefused: the poster cannot be drawn.
            PluginError: there is no such painter.
        """
        if not isinstance(self._painting, Foretelling):
            return None
        key = guarded(self._owner, self._painting.key, job)
        if isinstance(key, Failure):
            raise _refused(key)
        return key if isinstance(key, str) else None

    @cached_property
    def _owner(self) -> str:
        return self.registry.offered("painters")[DEFAULT].plugin

    @cached_property
    def _painting(self) -> Painting:
        record = self.registry.records("painters")[DEFAULT]
        options = self.registry.options("painters", DEFAULT)
        connected = guarded(self._owner, record.connect, options, replace(self.context, layers=self.layers()))
        if isinstance(connected, Failure):
            raise PluginError(str(connected))
        painting: Painting = connected
        return painting

    def layers(self) -> dict[str, LayerKind]:
        """Return the kinds of layers that plugins offer; whatever their code does is survived.

        Raises:
            PluginError: two plugins offer one name.
        """
        found: dict[str, LayerKind] = {}
        for name, each in self.registry.offered("painters").items():
            if isinstance(each.record, LayerKind):
                draw = partial(guarded, each.plugin, each.record.draw)  # a failure is no bytes, and the painter says so
                kept = cast("Callable[[str, int, int], bytes]", draw)
                found[name] = replace(each.record, draw=kept, version=_version(each))
        return found


def _version(offered: Offered[LayerKind]) -> str:
    return f"{offered.plugin} {offered.record.version}"


def _refused(failure: Failure) -> PosterRefused:
    return PosterRefused(failure.text or Text(str(failure), str(failure)), lasting=failure.text is not None)
