"""Which layers of a layout are the same on every poster of a slot, and which may differ: told from the templates alone.

A layer differs when a template of it, or of a group around it, mentions one of :data:`DIFFERENT`, or when it lies above
a layer that differs and touches it. What a ``when`` decides is left out of account, so that the answer holds for every
store. The plate under a QR code is a layer of its own here, without a name: it stays, and a sixth less is encoded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from calendarkit.calendar.template_sandbox import environment
from calendarkit.poster.layers import GroupLayer, Layer, Layout, QrLayer, RectLayer
from calendarkit.poster.layout import templates_of
from calendarkit.poster.resolve import Drawn, absolute, unroll
from calendarkit.poster.setting import Area

DIFFERENT = frozenset({"store", "group", "recipient"})
"""Names whose value differs from one poster of a slot to the next."""
PLATE = -1
"""Stands in an index for the plate of a QR code."""
CLEAR = "#00000000"
Index = tuple[int, ...]
"""Where a layer stands: its number in the list, and in the list of each group around it."""


@dataclass(frozen=True, slots=True)
class Split:
    """A layout in two halves, each with its layers in painter's order.

    Attributes:
        still: what every poster of the slot shows.
        moving: what may differ from one to the next; it lies above ``still`` wherever both touch.
    """

    still: Layout
    moving: Layout


@dataclass(frozen=True, slots=True)
class _Unit:
    """A layer that stands for itself, or a repeated group as a whole.

    Attributes:
        index: where it stands.
        differs: whether it mentions what differs.
        reaches: the areas it may touch; ``None`` when nobody can say.
    """

    index: Index
    differs: bool
    reaches: tuple[Area, ...] | None


def split(layout: Layout, context: Mapping[str, Any]) -> Split:
    """Return both halves of ``layout``.

    Args:
        layout: as loaded.
        context: of any delivery of the slot; only what does not differ between them is used.

    Raises:
        PosterError: a template of a repeated group fails.
    """
    width, height = layout.poster.size
    moving: list[_Unit] = []
    for unit in _units(layout.layer, (), area=(0, 0, width, height), differs=False, context=context):
        if unit.differs or any(_touch(unit, each) for each in moving):
            moving.append(unit)
    chosen = frozenset(each.index for each in moving)
    return Split(
        layout.model_copy(update={"layer": _kept(layout.layer, (), chosen, wanted=False)}),
        layout.model_copy(update={"layer": _kept(layout.layer, (), chosen, wanted=True)}),
    )


def _units(
    layers: Sequence[Layer], above: Index, *, area: Area, differs: bool, context: Mapping[str, Any]
) -> Iterator[_Unit]:
    for number, layer in enumerate(layers):
        index, box = (*above, number), absolute(layer, area)
        own = differs or _mentions(layer)
        if not isinstance(layer, GroupLayer):
            if own and _plated(layer):
                yield _Unit((*index, PLATE), differs, (box,))
            yield _Unit(index, own, (Drawn(layer, box).reach,))
        elif layer.repeat:
            own = own or layer.repeat.partition(".")[0] in DIFFERENT or any(map(_mentions, _inside(layer)))
            yield _Unit(index, own, None if own else tuple(each.reach for each in unroll((layer,), area, context)))
        else:
            yield from _units(layer.layer, index, area=box, differs=own, context=context)


def _plated(layer: Layer) -> bool:
    """Whether it is a QR code that every poster shows, upright: its plate does not depend on what the code says."""
    return isinstance(layer, QrLayer) and not (layer.when or layer.optional or layer.rotate)


def _mentions(layer: Layer) -> bool:
    """Whether a template of this very layer mentions what differs."""
    return any(roots_of(source) & DIFFERENT for _, source in templates_of(layer))


@lru_cache(maxsize=1024)
def roots_of(source: str) -> frozenset[str]:
    """Return every name that a template takes from its context, even one that it then sets anew."""
    from jinja2 import meta

    return frozenset(meta.find_undeclared_variables(environment().parse(source)))


def _inside(group: GroupLayer) -> Iterator[Layer]:
    for layer in group.layer:
        yield layer
        if isinstance(layer, GroupLayer):
            yield from _inside(layer)


def _touch(one: _Unit, other: _Unit) -> bool:
    if one.reaches is None or other.reaches is None:
        return True
    return any(overlap(a, b) for a in one.reaches for b in other.reaches)


def overlap(one: Area, other: Area) -> bool:
    """Whether two areas have a px in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _kept(layers: Sequence[Layer], above: Index, moving: frozenset[Index], *, wanted: bool) -> tuple[Layer, ...]:
    """Return the layers whose place is among the moving ones, or is not; groups keep what is left of them."""
    kept: list[Layer] = []
    for number, layer in enumerate(layers):
        index = (*above, number)
        if isinstance(layer, QrLayer) and index in moving and _plated(layer) and (*index, PLATE) not in moving:
            kept.append(layer.model_copy(update={"background": CLEAR}) if wanted else _plate(layer))
        elif isinstance(layer, GroupLayer) and not layer.repeat:
            inside = _kept(layer.layer, index, moving, wanted=wanted)
            if inside:
                kept.append(layer.model_copy(update={"layer": inside}))
        elif (index in moving) is wanted:
            kept.append(layer)
    return tuple(kept)


def _plate(code: QrLayer) -> RectLayer:
    return RectLayer(type="rect", box=code.box, color=code.background, radius=code.radius, opacity=code.opacity)
