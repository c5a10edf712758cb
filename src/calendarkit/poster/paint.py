"""Painting a poster: the base that all stores share, then the layers that differ, then proof and bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

from calendarkit.extend.painting import PainterContext, Poster, PosterJob
from calendarkit.model.text import Text
from calendarkit.poster.base import paint_base
from calendarkit.poster.base_store import BaseStore
from calendarkit.poster.drawing import draw
from calendarkit.poster.edition import Edition, edition, shared_context
from calendarkit.poster.encode import Encoded, encode
from calendarkit.poster.layout import load_layout
from calendarkit.poster.press import Press
from calendarkit.poster.resolve import resolve
from calendarkit.poster.splice import encode_whole
from calendarkit.poster.verify import verify

PRESSES = 4
"""Presses kept in memory; one of 1080 × 1920 px takes 13 MB."""
EDITIONS = 32
"""Editions kept in memory; they hold no pixels."""


class PillowPainting:
    """Draws layouts with Pillow; made for a slot's posters, which come one after another and look much alike."""

    def __init__(self, context: PainterContext, *, whole: bool = False) -> None:
        """Read nothing yet.

        Args:
            context: the folders.
            whole: draw and encode everything anew each time; the bytes are the same.
        """
        self.context = context
        self.whole = whole
        self._store = BaseStore(context.cache / "bases" if context.cache else None)
        self._editions: OrderedDict[tuple[int, str], Edition] = OrderedDict()
        self._presses: OrderedDict[str, Press] = OrderedDict()
        self._turn = threading.Lock()

    def key(self, job: PosterJob, /) -> str:
        """Return a digest of everything the poster depends on; jobs of one key give the same poster.

        Raises:
            PosterError: it cannot be drawn at all.
        """
        with self._turn:
            return self._edition(job).key(job)

    def paint(self, job: PosterJob, /) -> Poster:
        """Draw one poster; whatever is wrong with the finished picture stands in its ``faults``.

        Raises:
            PosterError: it cannot be drawn at all.
        """
        with self._turn:
            return self._whole(job) if self.whole else self._spliced(job)

    def _spliced(self, job: PosterJob) -> Poster:
        """Draw and encode only what differs from the poster before."""
        found = self._edition(job)
        press = self._press(found)
        press.show(resolve(found.moving, job.context))
        sheet = found.layout.poster
        encoded = encode(press.canvas, sheet, max_bytes=job.max_bytes, mimes=job.mimes, jpeg=press.jpeg)
        return _poster(encoded, sheet.size, press.faults(job.context))

    def _whole(self, job: PosterJob) -> Poster:
        """Draw and encode everything anew: the same bytes, by the long way."""
        found = self._edition(job)
        sheet = found.layout.poster
        base = paint_base(found.layout, (), found.assets)
        traces = [draw(base.canvas, each, found.assets) for each in resolve(found.layout, job.context)]
        encoded = encode(base.canvas, sheet, max_bytes=job.max_bytes, mimes=job.mimes)
        return _poster(encoded, sheet.size, verify(base.canvas, traces, job.context))

    def _edition(self, job: PosterJob) -> Edition:
        layout = load_layout(job.layout, self.context.layouts)
        key = (id(layout), shared_context(job.context))
        found = self._editions.get(key)
        if found is None or found.layout is not layout or not found.fresh:
            found = self._editions[key] = edition(layout, job, self.context)
        _keep(self._editions, key, EDITIONS)
        return found

    def _press(self, found: Edition) -> Press:
        press = self._presses.get(found.base_key)
        if press is None:
            press = self._presses[found.base_key] = self._prepared(found)
        _keep(self._presses, found.base_key, PRESSES)
        return press

    def _prepared(self, found: Edition) -> Press:
        quality = found.layout.poster.quality
        kept = self._store.load(found.base_key)
        if kept is None:
            base = paint_base(found.layout, found.still, found.assets)
            kept = base, encode_whole(base.canvas, quality)
            self._store.save(found.base_key, *kept)
        return Press(kept[0], found.assets, quality=quality, jpeg=kept[1])


def _poster(encoded: Encoded, size: tuple[int, int], faults: tuple[Text, ...]) -> Poster:
    return Poster(
        data=encoded.data, mime=encoded.mime, width=size[0], height=size[1], faults=(*faults, *encoded.faults),
        sha256=encoded.sha256,
    )  # fmt: skip


def _keep(kept: OrderedDict[Any, Any], key: object, most: int) -> None:
    """Let what was used longest ago go."""
    kept.move_to_end(key)
    while len(kept) > most:
        kept.popitem(last=False)
