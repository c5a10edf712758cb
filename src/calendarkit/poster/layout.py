"""Poster layouts: found by name, read from TOML, and every mistake in them told with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calendarkit.calendar.decode import judge, suggest
from calendarkit.calendar.documents import Document
from calendarkit.calendar.finding import Finding, place
from calendarkit.calendar.parse_toml import parse_toml
from calendarkit.calendar.templates import TemplateError, parse_template
from calendarkit.model.problem import Problem
from calendarkit.model.text import Text
from calendarkit.poster.layers import GroupLayer, Layout, Lettering, PriceLayer, TextLayer
from calendarkit.poster.poster_error import PosterError
from calendarkit.poster.read_layers import read_layers
from calendarkit.poster.shipped import shipped_layouts

if TYPE_CHECKING:
    from calendarkit.calendar.locate import Path as Place

TEMPLATED = ("when", "src", "text", "value", "symbol", "unit", "data")
"""Keys of layers that are Jinja2 templates."""


def load_layout(name: str, folders: Sequence[Path]) -> Layout:
    """Return the layout called ``name``, styles already applied; the first folder that has it wins.

    Args:
        name: without the ending ``.toml``.
        folders: where to look before the shipped layouts.

    Raises:
        PosterError: there is none, or it has problems.
    """
    path = find_layout(name, folders)
    stat = path.stat()
    return _load(path, (stat.st_mtime_ns, stat.st_size))


def find_layout(name: str, folders: Sequence[Path]) -> Path:
    """Return the file of the layout called ``name``.

    Raises:
        PosterError: no folder has it; the message names the nearest one that exists.
    """
    searched = (*folders, shipped_layouts())
    plain = name.removesuffix(".toml")
    if plain and not {"/", "\\", "\0"} & set(plain) and not plain.startswith("."):
        for folder in searched:
            if (folder / f"{plain}.toml").is_file():
                return folder / f"{plain}.toml"
    close = suggest(plain, layout_names(folders))
    hint = Text(f"，是不是 {close}？", f"; did you mean {close}?") if close else Text("", "")
    raise PosterError(Text(f"没有名为 {name} 的海报版式{hint.zh}", f"no poster layout is called {name}{hint.en}"))


def layout_names(folders: Sequence[Path]) -> tuple[str, ...]:
    """Return the names of all layouts in ``folders`` and shipped, sorted."""
    return tuple(sorted({each.stem for folder in (*folders, shipped_layouts()) for each in folder.glob("*.toml")}))


def lint(text: str, path: str) -> tuple[Problem, ...]:
    """Return every mistake in the layout ``text``, with its place in the file ``path``; empty for a good one."""
    document = Document(path=path, kind="poster", text=text)
    return place(_read(document)[1], (document,))


@lru_cache(maxsize=32)
def _load(path: Path, _: tuple[int, int]) -> Layout:
    try:
        document = Document(path=path.name, kind="poster", text=path.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise PosterError(Text(f"{path.name} 不是 UTF-8 文件", f"{path.name} is not UTF-8")) from error
    layout, findings = _read(document)
    if layout is None or findings:
        first = place(findings[:1], (document,))[0]
        raise PosterError(
            Text(f"海报版式 {first.place}：{first.message.zh}", f"poster layout {first.place}: {first.message.en}")
        )
    return layout


def _read(document: Document) -> tuple[Layout | None, tuple[Finding, ...]]:
    table, findings = parse_toml(document)
    if table is None:
        return None, findings
    layout, found = judge(Layout, {**table, "layer": []}, document=document.path)
    layers, inside = read_layers(table.get("layer", []), document.path, ("layer",))
    if layout is None or inside:
        return None, (*found, *inside)
    whole = layout.model_copy(update={"layer": layers})
    return _styled(whole), tuple(_inside(whole, document.path))


def _inside(layout: Layout, document: str) -> Iterator[Finding]:
    """Yield what the shape alone cannot tell: templates that are none, styles that do not exist."""
    for where, layer in _walk(layout.layer, ("layer",)):
        for key in TEMPLATED:
            words = getattr(layer, key, "")
            try:
                parse_template(condition(words) if key == "when" else words)
            except TemplateError as error:
                yield Finding(code=error.code, document=document, path=(*where, key), message=error.text)
        style = getattr(layer, "style", "")
        if style and style not in layout.style:
            close = suggest(style, layout.style)
            fix = Text(f"是不是 {close}？", f"did you mean {close}?") if close else None
            message = Text(f"没有名为 {style} 的样式", f"there is no style called {style}")
            yield Finding(code="CK450", document=document, path=(*where, "style"), message=message, fix=fix)


def condition(expression: str) -> str:
    """Return the template that is ``1`` where a ``when`` holds and empty where it does not."""
    if not expression or "{{" in expression or "{%" in expression:
        return expression
    return f"{{% if ({expression}) | default %}}1{{% endif %}}"


def _walk(layers: Sequence[Any], path: Place) -> Iterator[tuple[Place, Any]]:
    for index, layer in enumerate(layers):
        yield (*path, index), layer
        if isinstance(layer, GroupLayer):
            yield from _walk(layer.layer, (*path, index, "layer"))


def _styled(layout: Layout) -> Layout:
    return layout.model_copy(update={"layer": tuple(_with_style(each, layout) for each in layout.layer)})


def _with_style(layer: Any, layout: Layout) -> Any:
    if isinstance(layer, GroupLayer):
        return layer.model_copy(update={"layer": tuple(_with_style(each, layout) for each in layer.layer)})
    if not isinstance(layer, TextLayer | PriceLayer) or layer.style not in layout.style:
        return layer
    style: Lettering = layout.style[layer.style]
    wanted = style.model_fields_set - layer.model_fields_set
    return layer.model_copy(update={name: getattr(style, name) for name in wanted})
