"""Layers that plugins draw: a PNG of the layer's size, laid where the layout wants it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from calendarkit.calendar.decode import suggest
from calendarkit.extend.painting import LayerKind
from calendarkit.model.text import Text
from calendarkit.poster.brush import Brush
from calendarkit.poster.layers import PluginLayer
from calendarkit.poster.lettering import Trace
from calendarkit.poster.poster_error import PosterError

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 20_000_000


def foreign(brush: Brush, layer: PluginLayer, kinds: Mapping[str, LayerKind]) -> Trace:
    """Draw a plugin's layer and return its trace, in which nothing is to be proved.

    Raises:
        PosterError: no plugin offers the kind, or what it returned is no PNG of the layer's size.
    """
    left, top, right, bottom = brush.drawn.box
    kind = kinds.get(layer.kind)
    if kind is None:
        raise _unknown(layer.kind, kinds)
    made = kind.draw(brush.drawn.word("data"), right - left, bottom - top)
    picture = _opened(made, layer.kind)
    if picture.size != (right - left, bottom - top):
        size, wanted = (f"{each[0]}×{each[1]}" for each in (picture.size, (right - left, bottom - top)))
        raise _broken(layer.kind, Text(f"画出的是 {size}，应为 {wanted}", f"drew {size} px instead of {wanted}"))
    brush.paint(picture, picture.getchannel("A"), (left, top))
    return Trace(brush.drawn)


def _opened(made: object, kind: str) -> Image:
    from PIL import Image, UnidentifiedImageError

    if not isinstance(made, bytes):
        raise _broken(kind, Text(str(made), str(made)))
    if len(made) > MAX_BYTES:
        raise _broken(kind, Text("图片超过 20 MB", "more than 20 MB"))
    try:
        with Image.open(io.BytesIO(made), formats=("PNG",)) as opened:
            return opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _broken(kind, Text("返回的不是 PNG 图片", "returned no PNG")) from error


def _unknown(name: str, kinds: Mapping[str, LayerKind]) -> PosterError:
    close = suggest(name, kinds)
    hint = Text(f"，是不是 {close}？", f"; did you mean {close}?") if close else Text("", "")
    zh, en = f"没有插件提供 {name} 图层{hint.zh}", f"no enabled plugin offers the layer {name}{hint.en}"
    return PosterError(Text(zh, en))


def _broken(name: str, why: Text) -> PosterError:
    return PosterError(Text(f"插件图层 {name}：{why.zh}", f"plugin layer {name}: {why.en}"))
