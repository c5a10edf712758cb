"""Shapes: one layout file for tall, upright and square posters, by what each layer changes for a shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from calendarkit.calendar.decode import suggest
from calendarkit.calendar.finding import Finding
from calendarkit.model.text import Text

if TYPE_CHECKING:
    from calendarkit.calendar.locate import Path

HIDDEN = {"when": "false"}
"""What ``shape.NAME = false`` means."""


@dataclass(slots=True)
class Shaped:
    """A layout's table as it is for one shape.

    Attributes:
        table: without any word of shapes but ``[shapes]``.
        moved: for keys that a shape changes: where they are → where they are written.
        findings: shapes that do not exist, changes that are no table.
    """

    table: dict[str, Any]
    moved: dict[Path, Path] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def placed(self, finding: Finding) -> Finding:
        """Return ``finding`` with the path at which its value is written."""
        for length in range(len(finding.path), 0, -1):
            written = self.moved.get(finding.path[:length])
            if written is not None:
                return replace(finding, path=(*written, *finding.path[length:]))
        return finding


def shapes_of(table: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of a layout's further shapes, in the order written."""
    shapes = table.get("shapes")
    return tuple(shapes) if isinstance(shapes, Mapping) else ()


def shaped(table: Mapping[str, Any], shape: str, document: str) -> Shaped:
    """Return the layout ``table`` for ``shape``; for the empty name, as it is without any.

    Args:
        table: as parsed.
        shape: a name of ``[shapes]``.
        document: path of the file.
    """
    made = Shaped(dict(table))
    names = shapes_of(table)
    sheet, size = table.get("poster"), table.get("shapes", {})
    if shape in names and isinstance(sheet, Mapping):
        made.table["poster"] = {**sheet, "size": size[shape]}
        made.moved["poster", "size"] = ("shapes", shape)
    made.table["layer"] = _layers(table.get("layer", []), ("layer",), made, (shape, names, document))
    return made


def _layers(tables: Any, path: Path, made: Shaped, wanted: tuple[str, Sequence[str], str]) -> Any:
    if not isinstance(tables, list):
        return tables
    return [_layer(each, (*path, index), made, wanted) for index, each in enumerate(tables)]


def _layer(table: Any, path: Path, made: Shaped, wanted: tuple[str, Sequence[str], str]) -> Any:
    if not isinstance(table, Mapping):
        return table
    shape, names, document = wanted
    plain = {key: value for key, value in table.items() if key != "shape"}
    written = table.get("shape", {})
    if not isinstance(written, Mapping):
        made.findings.append(_no_table(document, (*path, "shape")))
        written = {}
    for name, change in written.items():
        if name not in names:
            made.findings.append(_unknown(name, names, document, (*path, "shape", name)))
        elif change is not False and not isinstance(change, Mapping):
            made.findings.append(_no_table(document, (*path, "shape", name)))
        elif name == shape:
            changes: Mapping[str, Any] = HIDDEN if change is False else change
            plain.update(changes)
            made.moved.update({(*path, key): (*path, "shape", name, key) for key in changes if change})
    if "layer" in plain:
        plain["layer"] = _layers(plain["layer"], (*path, "layer"), made, wanted)
    return plain


def _no_table(document: str, path: Path) -> Finding:
    message = Text("shape 的写法不对", "not a change for a shape")
    fix = Text(
        "例如 shape.square = { box = [60, 60, 960, 170] }，不要这一层就写 false",
        "such as shape.square = { box = [60, 60, 960, 170] }, or false to leave the layer out",
    )
    return Finding(code="CK203", document=document, path=path, message=message, fix=fix)


def _unknown(name: str, names: Sequence[str], document: str, path: Path) -> Finding:
    close = suggest(name, names)
    listed = "、".join(names), ", ".join(names)
    fix = Text(f"是不是 {close}？", f"did you mean {close}?") if close else None
    if not fix:
        fix = Text(f"[shapes] 里有：{listed[0]}", f"[shapes] has: {listed[1]}") if names else _ADD
    message = Text(f"[shapes] 里没有 {name}", f"[shapes] has no {name}")
    return Finding(code="CK455", document=document, path=path, where="key", message=message, fix=fix)


_ADD = Text("先写 [shapes] square = [1080, 1080]", "first write [shapes] square = [1080, 1080]")
