"""An edition: one layout in the context of one slot; what its posters share, what differs, and which are equal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calendarkit.calendar.templates import parse_template
from calendarkit.extend.painting import PainterContext, PosterJob
from calendarkit.poster.base import Stamp, base_key, sources, stamps_of
from calendarkit.poster.drawing import Assets
from calendarkit.poster.fonts import Fonts
from calendarkit.poster.layers import GroupLayer, ImageLayer, Layer, Layout
from calendarkit.poster.layout import templates_of
from calendarkit.poster.resolve import Drawn, resolve
from calendarkit.poster.split import DIFFERENT, roots_of, split

CHECKED = "offer.price"
"""What a poster is held against although no template may mention it."""


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything about a slot's posters that can be known before one is drawn.

    Attributes:
        layout: as loaded.
        assets: where pictures and fonts come from.
        still: what every poster shows.
        moving: the layout of what may differ.
        names: dotted names that the moving templates mention, sorted.
        files: pictures and fonts, and where they were looked for.
        stamps: what these were.
        base_key: equal bases have equal keys.
        pictured: whether a picture may differ, so that only its file tells two posters apart.
    """

    layout: Layout
    assets: Assets
    still: tuple[Drawn, ...]
    moving: Layout
    names: tuple[str, ...]
    files: tuple[Path, ...]
    stamps: tuple[Stamp, ...]
    base_key: str
    pictured: bool

    @property
    def fresh(self) -> bool:
        """Whether no picture or font was exchanged since."""
        return stamps_of(self.files) == self.stamps

    def key(self, job: PosterJob) -> str:
        """Return a digest of everything that the poster of ``job`` depends on.

        Raises:
            PosterError: a moving picture is nowhere.
        """
        sheet = self.layout.poster
        told = (self.base_key, sheet, job.max_bytes, job.mimes, [_value(name, job.context) for name in self.names])
        moving = resolve(self.moving, job.context) if self.pictured else ()
        pictures = stamps_of(sources(moving, self.assets))
        return hashlib.sha256(repr((told, pictures)).encode()).hexdigest()


def edition(layout: Layout, job: PosterJob, folders: PainterContext) -> Edition:
    """Return the edition that ``job`` belongs to.

    Raises:
        PosterError: a template fails, or a picture or font is nowhere.
    """
    halves = split(layout, job.context)
    still = resolve(halves.still, job.context)
    assets = _assets(folders, layout)
    moving = tuple(_leaves(halves.moving.layer))
    lettered = tuple(Drawn(each, (0, 0, 1, 1)) for each in moving if not isinstance(each, ImageLayer))
    files = sources((*still, *lettered), assets)
    stamps = stamps_of(files)
    foreign = sorted((name, each.version) for name, each in folders.layers.items())
    shared = repr((base_key(layout, still, stamps), halves.moving.layer, foreign))
    return Edition(
        layout=layout,
        assets=assets,
        still=still,
        moving=halves.moving,
        names=tuple(sorted({CHECKED, *_names(halves.moving.layer)})),
        files=files,
        stamps=stamps,
        base_key=hashlib.sha256(shared.encode()).hexdigest(),
        pictured=any(isinstance(each, ImageLayer) for each in moving),
    )


def shared_context(context: Mapping[str, Any]) -> str:
    """Return a text that is equal for all deliveries of a slot, and differs as soon as one of their values does."""
    return repr([(root, value) for root, value in context.items() if root not in DIFFERENT])


def _assets(folders: PainterContext, layout: Layout) -> Assets:
    aliases = {name: (files,) if isinstance(files, str) else tuple(files) for name, files in layout.fonts.items()}
    return Assets(folders.assets, Fonts(folders.fonts, aliases), folders.layers)


def _leaves(layers: Sequence[Layer]) -> Iterator[Layer]:
    for layer in layers:
        if isinstance(layer, GroupLayer):
            yield from _leaves(layer.layer)
        else:
            yield layer


def _names(layers: Sequence[Layer]) -> Iterator[str]:
    """Yield the dotted names whose values decide what the layers show; a bare root stands for all of it."""
    for layer in layers:
        for _, source in templates_of(layer):
            names = parse_template(source).names
            yield from names
            yield from roots_of(source) - {each.partition(".")[0] for each in names}
        if isinstance(layer, GroupLayer):
            if layer.repeat:
                yield layer.repeat.partition(".")[0]
            yield from _names(layer.layer)


def _value(name: str, context: Mapping[str, Any]) -> object:
    root, _, attribute = name.partition(".")
    value = context.get(root)
    return value.get(attribute) if attribute and isinstance(value, Mapping) else value
