"""What a poster layout may say: the frozen nouns of ``posters/NAME.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from calendarkit.calendar.explain_value import refuse
from calendarkit.calendar.noun import Noun
from calendarkit.model.text import Text
from calendarkit.poster.colour import parse_colour


def _coloured(text: str) -> str:
    try:
        parse_colour(text)
    except ValueError as error:
        fix = Text('写成 "#E60012"，或带透明度 "#E6001280"', 'write "#E60012", or "#E6001280" with opacity')
        raise refuse("CK451", Text(f"“{text}”不是颜色", f"“{text}” is not a colour"), fix) from error
    return text


Colour = Annotated[str, AfterValidator(_coloured)]
"""``#RGB``, ``#RRGGBB`` or ``#RRGGBBAA``."""


def _boxed(box: tuple[int, ...]) -> tuple[int, ...]:
    if len(box) == 4 and max(map(abs, box)) <= 10_000 and box[2] > 0 and box[3] > 0:
        return box
    fix = Text("例如 [60, 165, 960, 170]", "such as [60, 165, 960, 170]")
    zh, en = (
        "box 要写四个数：左、上、宽、高，宽高大于 0",
        "box has four numbers: left, top, width, height; the last two above 0",
    )
    raise refuse("CK453", Text(zh, en), fix)


Box = Annotated[tuple[int, ...], AfterValidator(_boxed)]
"""x, y, width, height in px; negative x or y count from the right or the bottom of the parent."""
Pixels = Annotated[int, Field(ge=0, le=2_000)]
Share = Annotated[float, Field(ge=0, le=1)]


class Gradient(Noun):
    """A smooth run of colours."""

    kind: Literal["linear", "radial"] = "linear"
    colors: tuple[Colour, ...] = Field(min_length=2, max_length=8)
    stops: tuple[Share, ...] = ()
    """Where each colour stands, 0 to 1, rising; empty spreads them evenly."""
    angle: float = 90.0
    """Degrees: 0 runs to the right, 90 runs down."""


Fill = Colour | Gradient


class Stroke(Noun):
    """An outline."""

    width: Annotated[int, Field(ge=1, le=40)]
    color: Colour


class Shadow(Noun):
    """A soft copy underneath."""

    color: Colour = "#00000066"
    blur: Annotated[int, Field(ge=0, le=80)] = 12
    offset: tuple[Annotated[int, Field(ge=-80, le=80)], Annotated[int, Field(ge=-80, le=80)]] = (0, 6)


class Background(Noun):
    """A pill behind words that is as wide as they are."""

    color: Fill
    padding: tuple[Pixels, Pixels] = (28, 12)
    """px left and right, px above and below."""
    radius: Pixels = 999
    stroke: Stroke | None = None
    shadow: Shadow | None = None


class Lettering(Noun):
    """How words look; a ``[style.NAME]`` table holds any of these keys."""

    font: str = "regular"
    """``regular``, ``bold``, an alias of ``[fonts]``, or a font file below ``assets/fonts``."""
    size: Annotated[int, Field(ge=8, le=600)] = 40
    """px of the em square."""
    min_size: Annotated[int, Field(ge=0, le=600)] = 0
    """Down to which it shrinks to fit; 0 means two thirds of ``size``."""
    max_lines: Annotated[int, Field(ge=0, le=60)] = 0
    """0 means as many as the box holds."""
    overflow: Literal["ellipsis", "error", "clip"] = "ellipsis"
    color: Fill = "#222222"
    align: Literal["left", "center", "right"] = "left"
    valign: Literal["top", "middle", "bottom"] = "top"
    leading: Annotated[float, Field(ge=0.9, le=3)] = 1.35
    """Distance of baselines, in sizes."""
    tracking: Annotated[float, Field(ge=-0.1, le=2)] = 0.0
    """Extra space between characters, in sizes."""
    balance: bool = False
    """Lines of about the same length, for headlines."""
    stroke: Stroke | None = None
    shadow: Shadow | None = None
    background: Background | None = None


class Layer(Noun):
    """What every layer has."""

    box: Box
    name: str = ""
    """What messages call it."""
    when: str = ""
    """Shown only when this expression is true, such as ``offer.list_price``; a missing value is false."""
    opacity: Share = 1.0
    rotate: Annotated[float, Field(ge=-45, le=45)] = 0.0
    """Degrees, clockwise, around the middle of the box."""
    shape: Mapping[str, Mapping[str, Any] | Literal[False]] | None = None
    """What is different in another of the layout's shapes: ``shape.square = { box = [0, 0, 400, 90], size = 60 }``;
    ``false`` leaves the layer out there."""


class ImageLayer(Layer):
    """A picture (JPEG, PNG or WebP) from the assets."""

    type: Literal["image"]
    src: str
    fit: Literal["cover", "contain", "fill", "tile"] = "cover"
    """Cut to fill the box, whole inside it, stretched to it, or repeated at its own size."""
    focus: tuple[Share, Share] = (0.5, 0.5)
    """Which point stays in sight when ``cover`` cuts, and where ``contain`` puts what is left."""
    tint: Fill | None = None
    """Paint its outline in this colour instead of its own: for ornaments on a see-through ground."""
    radius: Pixels = 0
    shadow: Shadow | None = None
    optional: bool = False
    """Draw nothing, instead of failing, when ``src`` comes out empty."""


class RectLayer(Layer):
    """A rectangle, a rounded one, a disc, or a line."""

    type: Literal["rect"]
    color: Fill
    radius: Pixels = 0
    stroke: Stroke | None = None
    shadow: Shadow | None = None


class TextLayer(Layer, Lettering):
    """Words."""

    type: Literal["text"]
    text: str
    vertical: bool = False
    """From top to bottom, columns from right to left."""
    style: str = ""


class PriceLayer(Layer, Lettering):
    """A price in yuan: a big number with a small sign, small decimals and a small unit."""

    type: Literal["price"]
    value: str
    style: str = ""
    symbol: str = "¥"
    unit: str = ""
    symbol_scale: Annotated[float, Field(gt=0, le=2)] = 0.5
    decimals_scale: Annotated[float, Field(gt=0, le=2)] = 0.55
    unit_scale: Annotated[float, Field(gt=0, le=2)] = 0.26
    unit_color: Colour | None = None
    strike: bool = False
    """A line through it, as for a list price."""


class QrLayer(Layer):
    """A QR code; drawn with whole px a module and a quiet zone, and read back before the poster may go."""

    type: Literal["qr"]
    data: str
    color: Colour = "#000000"
    background: Colour = "#FFFFFF"
    radius: Pixels = 0
    quiet: Annotated[int, Field(ge=2, le=8)] = 4
    """Light modules around it; ISO/IEC 18004 asks for 4."""
    optional: bool = False
    """Draw nothing, instead of failing, when ``data`` comes out empty."""


class PluginLayer(Layer):
    """A layer that a plugin draws."""

    type: Literal["plugin"]
    kind: str
    """Name of the plugin's kind of layer."""
    data: str = ""
    """What it is drawn from; its kind says in which form."""


class GroupLayer(Layer):
    """Layers with a common origin, once, or once for each row of a list."""

    type: Literal["group"]
    layer: tuple[AnyLayer, ...]
    repeat: str = ""
    """Dotted name of a list, or of a text with one row a line (or between ``;``) and cells between ``|``; what has a
    ``;`` is the rows themselves."""
    row: str = Field(default="row", alias="as", pattern=r"[a-z][a-z_0-9]*")
    """What the layers inside call the row."""
    columns: tuple[str, ...] = ()
    """Names of the cells, where ``repeat`` is a text."""
    max: Annotated[int, Field(ge=1, le=50)] = 12
    flow: Literal["row", "column"] = "row"
    gap: Pixels = 0
    cell: tuple[Pixels, Pixels] | None = None
    """px width and height of one row; by default the box divided evenly among the rows there are."""
    justify: Literal["start", "center", "end"] = "start"


AnyLayer = Annotated[
    ImageLayer | RectLayer | TextLayer | PriceLayer | QrLayer | PluginLayer | GroupLayer, Field(discriminator="type")
]
GroupLayer.model_rebuild()


Size = tuple[Annotated[int, Field(ge=64, le=4096)], Annotated[int, Field(ge=64, le=8192)]]
"""px width and height."""


class Sheet(Noun):
    """The table ``[poster]``."""

    name: str
    title: str = ""
    size: Size = (1080, 1920)
    """px width and height."""
    format: Literal["jpeg", "png"] = "jpeg"
    quality: Annotated[int, Field(ge=40, le=95)] = 88
    min_quality: Annotated[int, Field(ge=30, le=95)] = 62
    """Floor to which quality steps down to keep ``max_bytes``."""
    max_bytes: Annotated[int, Field(ge=1_000)] = 2_000_000
    color: Colour = "#FFFFFF"
    """Behind everything."""


class Layout(Noun):
    """One file of ``posters/``."""

    poster: Sheet
    fonts: Mapping[str, tuple[str, ...] | str] = Field(default_factory=dict)
    """Aliases: font files below ``assets/fonts``, the first that has a character wins."""
    shapes: Mapping[str, Size] = Field(default_factory=dict)
    """Further sizes in px, by name: ``square = [1080, 1080]`` makes ``poster = "NAME.square"``."""
    theme: Mapping[str, Any] = Field(default_factory=dict)
    """What ``$NAME`` stands for in any key but the words: colours, gradients, pictures, numbers; a theme beats it."""
    style: Mapping[str, Lettering] = Field(default_factory=dict)
    layer: tuple[AnyLayer, ...] = ()
