"""A press: one base, and all that moves on it; each poster costs only what changed since the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from calendarkit.model.text import Text
from calendarkit.poster.base import Base, Stamp, sources, stamps_of
from calendarkit.poster.drawing import Assets, draw
from calendarkit.poster.layers import ImageLayer
from calendarkit.poster.resolve import Drawn
from calendarkit.poster.setting import Area
from calendarkit.poster.splice import Spliced
from calendarkit.poster.split import overlap
from calendarkit.poster.verify import Proof, compare_prices, prove, read_code

if TYPE_CHECKING:
    from PIL.Image import Image

Key = tuple[int, int, Area, tuple[tuple[str, str], ...], tuple[Stamp, ...]]
"""Which of the moving layers, the layer itself, its box, its words, its picture: equal keys give equal pixels."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """What one moving layer left on the canvas.

    Attributes:
        drawn: the layer.
        reach: the area it may touch; no two marks whose reaches overlap are drawn at different times.
        touched: the area it did touch, ``None`` for nothing.
        proof: what drawing it proved.
        misread: what is wrong with its codes.
    """

    drawn: Drawn
    reach: Area
    touched: Area | None
    proof: Proof
    misread: tuple[Text, ...] = ()


class Press:
    """The canvas of one base, from one poster to the next."""

    def __init__(self, base: Base, assets: Assets, *, quality: int, jpeg: bytes = b"") -> None:
        """Begin with the bare base.

        Args:
            base: what all posters share.
            assets: where pictures and fonts come from.
            quality: of ``jpeg``.
            jpeg: the base encoded; empty when nobody did so yet.
        """
        self.base = base
        self.canvas: Image = base.canvas.copy()
        self._assets = assets
        self._marks: dict[Key, _Mark] = {}
        self._jpegs = {quality: Spliced(base.canvas, quality, jpeg)} if jpeg else {}
        self._pending: dict[int, set[Area]] = {each: set() for each in self._jpegs}

    def show(self, layers: Sequence[Drawn]) -> None:
        """Make the canvas show exactly these moving layers.

        Raises:
            PosterError: one of them cannot be drawn; the canvas shows the others or none, and can go on.
        """
        wanted = {self._key(number, each): each for number, each in enumerate(layers)}
        areas = [mark.reach for key, mark in self._marks.items() if key not in wanted]
        areas += [each.reach for key, each in wanted.items() if key not in self._marks]
        self._wipe(areas)
        try:
            self._draw({key: each for key, each in wanted.items() if key not in self._marks})
        except BaseException:  # the layer that failed left no mark, and perhaps half of itself
            self._wipe(areas)
            for area in areas:
                self._restore(_within(area, self.canvas.size))
            raise

    def jpeg(self, quality: int) -> Spliced:
        """Return the canvas as a JPEG of that quality; only what changed since the last time is encoded."""
        spliced = self._jpegs.get(quality)
        if spliced is None:
            spliced = self._jpegs[quality] = Spliced(self.canvas, quality)
        else:
            spliced.update(self.canvas, self._pending[quality])
        self._pending[quality] = set()
        return spliced

    def faults(self, context: Mapping[str, Any]) -> tuple[Text, ...]:
        """Return everything that is wrong with what the canvas shows."""
        faults = list(self.base.proof.faults)
        prices = list(self.base.proof.prices)
        for code, misread in self.base.codes():
            covered = any(overlap(code.area, mark.reach) for mark in self._marks.values())
            faults += read_code(self.canvas, code) if covered else misread
        for _, mark in sorted(self._marks.items(), key=lambda each: each[0][0]):
            faults += [*mark.proof.faults, *mark.misread]
            prices += mark.proof.prices
        return (*faults, *compare_prices(prices, context))

    def _key(self, number: int, drawn: Drawn) -> Key:
        stamps = stamps_of(sources((drawn,), self._assets)) if isinstance(drawn.layer, ImageLayer) else ()
        return number, id(drawn.layer), drawn.box, drawn.words, stamps

    def _draw(self, layers: Mapping[Key, Drawn]) -> None:
        """Draw layers in their order; codes are read when all are drawn, because one may cover another."""
        for key, each in layers.items():
            trace = draw(self.canvas, each, self._assets)
            self._marks[key] = _Mark(each, each.reach, trace.touched, prove([trace], self.canvas.size))
            self._spoil(trace.touched)
        for key in layers:
            mark = self._marks[key]
            if mark.proof.codes:
                misread = [fault for code in mark.proof.codes for fault in read_code(self.canvas, code)]
                self._marks[key] = replace(mark, misread=tuple(misread))

    def _wipe(self, areas: list[Area]) -> None:
        """Take away each mark that one of ``areas`` overlaps, and each that overlaps these, and show the base again."""
        for area in areas:  # grows while it is read
            for key in [key for key, mark in self._marks.items() if overlap(mark.reach, area)]:
                mark = self._marks.pop(key)
                areas.append(mark.reach)
                self._restore(mark.touched)

    def _restore(self, area: Area | None) -> None:
        if area is not None:
            self.canvas.paste(self.base.canvas.crop(area), area)
            self._spoil(area)

    def _spoil(self, area: Area | None) -> None:
        """Note that ``area`` must be encoded again."""
        if area is not None:
            for pending in self._pending.values():
                pending.add(area)


def _within(area: Area, size: tuple[int, int]) -> Area | None:
    left, top, right, bottom = max(0, area[0]), max(0, area[1]), min(size[0], area[2]), min(size[1], area[3])
    return (left, top, right, bottom) if right > left and bottom > top else None
