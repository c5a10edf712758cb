"""Poster layouts: found by name, read from TOML, and every mistake in them told with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calendarkit.calendar.decode import judge, suggest
from calendarkit.calendar.documents import Document
from calendarkit.calendar.finding import Finding, place
from calendarkit.calendar.parse_toml import parse_toml
from calendarkit.calendar.poster_name import is_theme, poster_name
from calendarkit.calendar.templates import TemplateError, parse_template
from calendarkit.model.problem import Problem
from calendarkit.model.text import Text
from calendarkit.poster.layers import GroupLayer, Layer, Layout, Lettering, PriceLayer, TextLayer
from calendarkit.poster.poster_error import PosterError
from calendarkit.poster.read_layers import read_layers
from calendarkit.poster.shaping import shaped, shapes_of
from calendarkit.poster.shipped import shipped_layouts
from calendarkit.poster.theme import Theme, find_theme, lint_theme, read_theme, themed

if TYPE_CHECKING:
    from calendarkit.calendar.locate import Path as Place

NO_THEME = Theme()
TEMPLATED = ("when", "src", "text", "value", "symbol", "unit", "data")
"""Keys of layers that are Jinja2 templates."""


def load_layout(name: str, folders: Sequence[Path]) -> Layout:
    """Return the layout called ``name``, in its shape and theme, styles already applied; the first folder wins.

    Args:
        name: ``LAYOUT``, ``LAYOUT.SHAPE``, ``LAYOUT@THEME`` or both.
        folders: where to look before the shipped layouts.

    Raises:
        PosterError: there is none, or it has problems.
    """
    parts = poster_name(name)
    path = find_layout(parts.layout, folders)
    theme = find_theme(parts.theme, folders) if parts.theme else None
    return _load(path, _stamp(path), parts.shape, (theme, _stamp(theme)))


def _stamp(path: Path | None) -> tuple[int, int]:
    stat = path.stat() if path else None
    return (stat.st_mtime_ns, stat.st_size) if stat else (0, 0)


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


def shape_names(name: str, folders: Sequence[Path]) -> tuple[str, ...]:
    """Return the names of the further shapes of the layout called ``name``.

    Raises:
        PosterError: there is no such layout, or it has problems.
    """
    return tuple(load_layout(poster_name(name).layout, folders).shapes)


def lint(text: str, path: str) -> tuple[Problem, ...]:
    """Return every mistake in the layout (or theme) ``text``, with its place in ``path``; empty for a good one."""
    document = Document(path=path, kind="poster", text=text)
    if is_theme(document):
        return lint_theme(text, path)
    table, findings = parse_toml(document)
    if table is not None:
        found = (each for shape in ("", *shapes_of(table)) for each in _read(table, path, shape)[1])
        findings = tuple(dict.fromkeys(found))
    return place(findings, (document,))


@lru_cache(maxsize=32)
def _load(path: Path, _: tuple[int, int], shape: str, theme: tuple[Path | None, tuple[int, int]]) -> Layout:
    try:
        document = Document(path=path.name, kind="poster", text=path.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise PosterError(Text(f"{path.name} 不是 UTF-8 文件", f"{path.name} is not UTF-8")) from error
    table, findings = parse_toml(document)
    layout = None
    if table is not None:
        if shape and shape not in shapes_of(table):
            raise _no_shape(path.stem, shape, shapes_of(table))
        layout, findings = _read(table, path.name, shape, read_theme(theme[0], path.stem) if theme[0] else NO_THEME)
    if layout is None or findings:
        first = place(findings[:1], (document,))[0]
        raise PosterError(
            Text(f"海报版式 {first.place}：{first.message.zh}", f"poster layout {first.place}: {first.message.en}")
        )
    return layout


def _read(
    table: Mapping[str, Any], document: str, shape: str, theme: Theme = NO_THEME
) -> tuple[Layout | None, tuple[Finding, ...]]:
    """Return the layout that ``table`` is in one shape and theme, or what is wrong with it."""
    own = table.get("theme")
    names = {**(own if isinstance(own, Mapping) else {}), **theme.names}
    bare, unknown = themed({key: each for key, each in table.items() if key != "theme"}, names, document)
    made = shaped(bare, shape, document)
    layout, found = judge(Layout, {**made.table, "layer": []}, document=document)
    layers, inside = read_layers(made.table.get("layer", []), document, ("layer",))
    if layout is None or inside or unknown or made.findings:
        return None, (*unknown, *made.findings, *map(made.placed, (*found, *inside)))
    whole = layout.model_copy(update={"layer": layers, "fonts": {**layout.fonts, **theme.fonts}})
    return _styled(whole), tuple(map(made.placed, _inside(whole, document)))


def _no_shape(layout: str, shape: str, shapes: Sequence[str]) -> PosterError:
    there = ", ".join(f"{layout}.{each}" for each in shapes) or layout
    return PosterError(
        Text(
            f"版式 {layout} 没有 {shape} 这个尺寸；有：{there}",
            f"layout {layout} has no shape {shape}; there are: {there}",
        )
    )


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


def templates_of(layer: Layer) -> Iterator[tuple[str, str]]:
    """Yield the key and the Jinja2 source of each template that a layer really has, ``when`` as its condition."""
    for key in _templated(type(layer)):
        source = getattr(layer, key)
        if source:
            yield key, condition(source) if key == "when" else source


@cache
def _templated(kind: type[Layer]) -> tuple[str, ...]:
    """Return which keys a kind of layer has; to ask a layer for one that it has not takes 5 µs, for every poster."""
    return tuple(key for key in TEMPLATED if key in kind.model_fields)


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
