"""From layout and context to what is drawn: templates rendered, groups unrolled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from calendarkit.calendar.templates import TemplateError, parse_template
from calendarkit.model.text import Text
from calendarkit.poster.layers import (
    GroupLayer,
    ImageLayer,
    Layer,
    Layout,
    Lettering,
    QrLayer,
    RectLayer,
    Shadow,
    TextLayer,
)
from calendarkit.poster.layout import condition, templates_of
from calendarkit.poster.poster_error import PosterError
from calendarkit.poster.setting import Area

MAX_LAYERS = 500
"""Drawn layers of one poster, after groups are unrolled."""

Step = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One layer that will be drawn.

    Attributes:
        layer: the noun.
        box: absolute px.
        words: its rendered templates as (key, text) pairs.
        mentions: dotted names its main template mentions.
        repeated: whether it stands inside a repeated group.
    """

    layer: Layer
    box: Area
    words: tuple[tuple[str, str], ...] = ()
    mentions: frozenset[str] = frozenset()
    repeated: bool = False

    def word(self, key: str) -> str:
        """Return one rendered template, stripped."""
        return dict(self.words).get(key, "").strip()

    @property
    def label(self) -> str:
        """What messages call it."""
        kind = getattr(self.layer, "type", "layer")
        return self.layer.name or f"{kind} [{', '.join(str(each) for each in self.layer.box)}]"

    @property
    def reach(self) -> Area:
        """Everything it may touch: its box, grown by its shadows and turned with it; drawing is clipped to this."""
        left, top, right, bottom = self.box
        grow = max(_shadow_reach(self.layer), _turn_reach(self))
        return left - grow, top - grow, right + grow, bottom + grow


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a layer stands while groups are unrolled."""

    area: Area
    context: Mapping[str, Any]
    repeated: bool = False


def resolve(layout: Layout, context: Mapping[str, Any]) -> tuple[Drawn, ...]:
    """Return the layers to draw, in painter's order.

    Args:
        layout: as loaded.
        context: what the templates see.

    Raises:
        PosterError: a template fails, or there are too many layers.
    """
    width, height = layout.poster.size
    return unroll(layout.layer, (0, 0, width, height), context)


def unroll(layers: Sequence[Layer], area: Area, context: Mapping[str, Any]) -> tuple[Drawn, ...]:
    """Return the layers to draw of some that stand in ``area`` (px), in painter's order.

    Raises:
        PosterError: a template fails, or there are too many layers.
    """
    found = tuple(islice(_unrolled(layers, _Place(area, context)), MAX_LAYERS + 1))
    if len(found) > MAX_LAYERS:
        raise PosterError(Text(f"海报超过 {MAX_LAYERS} 个图层", f"the poster has more than {MAX_LAYERS} layers"))
    return found


def _unrolled(layers: Sequence[Layer], place: _Place) -> Iterator[Drawn]:
    for layer in layers:
        box = absolute(layer, place.area)
        if not _shown(layer, place.context):
            continue
        if isinstance(layer, GroupLayer):
            yield from _group(layer, replace(place, area=box))
        else:
            drawn = _rendered(layer, box, place)
            if not _idle(drawn):
                yield drawn


def _idle(drawn: Drawn) -> bool:
    """Whether an optional layer has nothing to show."""
    layer = drawn.layer
    if isinstance(layer, ImageLayer):
        return layer.optional and not drawn.word("src")
    if isinstance(layer, QrLayer):
        return layer.optional and not drawn.word("data")
    return isinstance(layer, TextLayer) and not drawn.word("text")


def _rendered(layer: Layer, box: Area, place: _Place) -> Drawn:
    words: list[tuple[str, str]] = []
    names: frozenset[str] = frozenset()
    for key, source in templates_of(layer):
        if key == "when":
            continue
        text, mentioned = _render(source, place.context, layer)
        words.append((key, text))
        names |= mentioned
    return Drawn(layer, box, tuple(words), names, place.repeated)


def _shown(layer: Layer, context: Mapping[str, Any]) -> bool:
    return not layer.when or bool(_render(condition(layer.when), context, layer)[0].strip())


def _render(source: str, context: Mapping[str, Any], layer: Layer) -> tuple[str, frozenset[str]]:
    try:
        template = parse_template(source)
        return template.render(context), template.names
    except TemplateError as error:
        label = layer.name or f"{getattr(layer, 'type', '')} “{source[:30]}”"
        raise PosterError(
            Text(f"海报图层 {label}：{error.text.zh}", f"poster layer {label}: {error.text.en}")
        ) from error


def _group(layer: GroupLayer, place: _Place) -> Iterator[Drawn]:
    if not layer.repeat:
        yield from _unrolled(layer.layer, place)
        return
    rows = _rows(layer, place.context)[: layer.max]
    for index, (cell, row) in enumerate(zip(_cells(layer, place.area, len(rows)), rows, strict=True), 1):
        inside = {**place.context, layer.row: row, "index": index, "count": len(rows)}
        yield from _unrolled(layer.layer, _Place(cell, inside, repeated=True))


def _rows(layer: GroupLayer, context: Mapping[str, Any]) -> list[Any]:
    value: Any = layer.repeat if ";" in layer.repeat else context
    for step in layer.repeat.split(".") if value is context else ():
        value = value.get(step) if isinstance(value, Mapping) else None
    if isinstance(value, str):
        lines = [each.strip() for each in value.replace("；", ";").replace("\n", ";").split(";")]
        return [_cells_of(each, layer.columns) for each in lines if each]
    return list(value) if isinstance(value, list | tuple) else []


def _cells_of(line: str, columns: Sequence[str]) -> Any:
    if not columns:
        return line
    cells = [each.strip() for each in line.replace("｜", "|").split("|")]
    return {name: cells[number] if number < len(cells) else "" for number, name in enumerate(columns)}


def _cells(layer: GroupLayer, area: Area, count: int) -> Iterator[Area]:
    """Yield the areas of the rows of a repeated group, in a row or a column."""
    left, top, right, bottom = area
    size = (right - left, bottom - top)
    along = 0 if layer.flow == "row" else 1
    gaps = layer.gap * max(0, count - 1)
    step = layer.cell[along] if layer.cell else (size[along] - gaps) // max(1, count)
    across = layer.cell[1 - along] if layer.cell else size[1 - along]
    spare = size[along] - step * count - gaps
    start = {"start": 0, "center": spare // 2, "end": spare}[layer.justify]
    for number in range(count):
        at = start + number * (step + layer.gap)
        if along == 0:
            yield left + at, top, left + at + step, top + across
        else:
            yield left, top + at, left + across, top + at + step


def absolute(layer: Layer, parent: Area) -> Area:
    """Return the box of a layer in px of the sheet."""
    x, y, width, height = layer.box
    left = parent[2] + x if x < 0 else parent[0] + x
    top = parent[3] + y if y < 0 else parent[1] + y
    return left, top, left + width, top + height


def _shadow_reach(layer: Layer) -> int:
    if isinstance(layer, RectLayer):
        return _wide(layer.shadow) + (layer.stroke.width if layer.stroke else 0)
    if isinstance(layer, Lettering):
        return max(_wide(layer.shadow), _wide(layer.background.shadow if layer.background else None))
    return _wide(layer.shadow) if isinstance(layer, ImageLayer) else 0


def _wide(shadow: Shadow | None) -> int:
    return shadow.blur + max(abs(shadow.offset[0]), abs(shadow.offset[1])) if shadow else 0


def _turn_reach(drawn: Drawn) -> int:
    """How far a turned layer can stick out of its box: at most by half its diagonal."""
    if not drawn.layer.rotate:
        return 0
    left, top, right, bottom = drawn.box
    width, height = right - left, bottom - top
    diagonal = (width**2 + height**2) ** 0.5
    return int((diagonal - min(width, height)) / 2) + 1 + _shadow_reach(drawn.layer)
