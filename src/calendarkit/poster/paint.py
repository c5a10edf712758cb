"""Painting a poster: the base that all stores share, then the layers that differ, then proof and bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calendarkit.extend.painting import PainterContext, Poster, PosterJob
from calendarkit.poster.colour import parse_colour
from calendarkit.poster.drawing import Assets, draw
from calendarkit.poster.encode import encode
from calendarkit.poster.fonts import Fonts
from calendarkit.poster.layers import Layout
from calendarkit.poster.layout import load_layout
from calendarkit.poster.lettering import Trace
from calendarkit.poster.resolve import Drawn, resolve
from calendarkit.poster.verify import verify

if TYPE_CHECKING:
    from PIL.Image import Image

KEPT = 4
"""Bases kept in memory; a base of 1080 × 1920 px takes 6 MB."""


@dataclass(frozen=True, slots=True)
class Base:
    """The picture of all static layers, and what drawing them left to be proved."""

    canvas: Image
    traces: tuple[Trace, ...]


class PillowPainting:
    """Draws layouts with Pillow; keeps the last few bases, because a slot's posters come one after another."""

    def __init__(self, context: PainterContext) -> None:
        """Take the folders; nothing is read yet."""
        self.context = context
        self._bases: OrderedDict[tuple[object, ...], Base] = OrderedDict()

    def paint(self, job: PosterJob, /) -> Poster:
        """Draw one poster; whatever is wrong with the finished picture stands in its ``faults``.

        Raises:
            PosterError: it cannot be drawn at all.
        """
        layout = load_layout(job.layout, self.context.layouts)
        layers = resolve(layout, job.context)
        assets = _assets(self.context, layout)
        base = self._base(layout, [each for each in layers if not each.dynamic], assets)
        canvas = base.canvas.copy()
        traces = [*base.traces, *(draw(canvas, each, assets) for each in layers if each.dynamic)]
        encoded = encode(canvas, layout.poster, max_bytes=job.max_bytes, mimes=job.mimes)
        return Poster(
            data=encoded.data, mime=encoded.mime, width=canvas.width, height=canvas.height,
            faults=(*verify(canvas, traces, job.context), *encoded.faults),
        )  # fmt: skip

    def _base(self, layout: Layout, layers: Sequence[Drawn], assets: Assets) -> Base:
        key = (layout.poster, tuple(sorted(layout.fonts.items())), *layers)
        base = self._bases.get(key)
        if base is None:
            base = self._bases[key] = paint_base(layout, layers, assets)
        self._bases.move_to_end(key)
        while len(self._bases) > KEPT:
            self._bases.popitem(last=False)
        return base


def paint_base(layout: Layout, layers: Sequence[Drawn], assets: Assets) -> Base:
    """Return the canvas with the static layers drawn."""
    from PIL import Image

    canvas = Image.new("RGB", layout.poster.size, parse_colour(layout.poster.color)[:3])
    return Base(canvas, tuple(draw(canvas, each, assets) for each in layers))


def _assets(context: PainterContext, layout: Layout) -> Assets:
    aliases = {name: (files,) if isinstance(files, str) else tuple(files) for name, files in layout.fonts.items()}
    return Assets(context.assets, Fonts(context.fonts, aliases))
