"""Reading layers one by one, so that a mistake is judged by the type of its own layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from calendarkit.calendar.decode import judge, suggest
from calendarkit.calendar.finding import Finding
from calendarkit.model.text import Text
from calendarkit.poster.layers import (
    GroupLayer,
    ImageLayer,
    Layer,
    PluginLayer,
    PriceLayer,
    QrLayer,
    RectLayer,
    TextLayer,
)

if TYPE_CHECKING:
    from calendarkit.calendar.locate import Path

TYPES: Mapping[str, type[Layer]] = {
    "image": ImageLayer,
    "rect": RectLayer,
    "text": TextLayer,
    "price": PriceLayer,
    "qr": QrLayer,
    "plugin": PluginLayer,
    "group": GroupLayer,
}
"""Every type of layer."""


def read_layers(tables: Any, document: str, path: Path) -> tuple[tuple[Layer, ...], tuple[Finding, ...]]:
    """Return the layers of a list of tables, and what is wrong with any of them.

    Args:
        tables: what stands at ``path``.
        document: path of the file.
        path: of the list inside the document.
    """
    if not isinstance(tables, Sequence) or isinstance(tables, str):
        message = Text("layer 要写成 [[layer]]", "layer must be written as [[layer]]")
        return (), (Finding(code="CK203", document=document, path=path, message=message),)
    layers: list[Layer] = []
    findings: list[Finding] = []
    for index, table in enumerate(tables):
        layer, found = _layer(table, document, (*path, index))
        findings.extend(found)
        if layer is not None:
            layers.append(layer)
    return tuple(layers), tuple(findings)


def _layer(table: Any, document: str, path: Path) -> tuple[Layer | None, tuple[Finding, ...]]:
    kind = table.get("type") if isinstance(table, Mapping) else None
    if not isinstance(kind, str) or kind not in TYPES:
        return None, (_strange(kind, document, path),)
    if kind != "group":
        return judge(TYPES[kind], table, document=document, path=path)
    group, findings = judge(GroupLayer, {**table, "layer": []}, document=document, path=path)
    inside, more = read_layers(table.get("layer", []), document, (*path, "layer"))
    return group and group.model_copy(update={"layer": inside}), (*findings, *more)


def _strange(kind: Any, document: str, path: Path) -> Finding:
    known = "、".join(TYPES)
    if kind is None:
        message = Text("图层缺少 type", "the layer has no type")
        return Finding(code="CK202", document=document, path=path, where="key", message=message, fix=_choose(known))
    close = suggest(str(kind), TYPES)
    fix = Text(f"是不是 {close}？", f"did you mean {close}?") if close else _choose(known)
    message = Text(f"没有名为 {kind} 的图层类型", f"there is no layer type {kind}")
    return Finding(code="CK452", document=document, path=(*path, "type"), message=message, fix=fix)


def _choose(known: str) -> Text:
    return Text(f"可选：{known}", f"choose from {known.replace('、', ', ')}")
