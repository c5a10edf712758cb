"""Layers that plugins draw."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from poster_shop import context

from calendarkit.edges.draw import Studio
from calendarkit.edges.media import MediaStore
from calendarkit.edges.plugins import Registry, guarded
from calendarkit.extend import LayerKind, PainterContext, Poster, PosterJob
from calendarkit.poster.painter import PAINTERS
from calendarkit.poster.poster_error import PosterError

LAYOUT = """[poster]
name = "t"
size = [200, 100]
format = "png"

[[layer]]
type = "plugin"
kind = "bars"
data = "{{ values.numbers }}"
box = [20, 10, 100, 50]
"""


def bars(data: str, width: int, height: int) -> bytes:
    """Draw numbers from 0 to 100 as blue bars on a see-through ground."""
    picture = Image.new("RGBA", (width, height))
    pen, numbers = ImageDraw.Draw(picture), [int(each) for each in data.split()]
    step = width // len(numbers)
    for place, number in enumerate(numbers):
        if number:
            pen.rectangle((place * step, height - height * number // 100, place * step + step - 1, height), "#0000FF")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def paint(folder: Path, draw: Callable[[str, int, int], Any], *, name: str = "bars") -> Poster:
    """Draw the layout with one kind of layer, guarded as the workspace's studio does it."""
    (folder / "t.toml").write_text(LAYOUT, "utf-8")
    kinds = {name: LayerKind(name=name, draw=partial(guarded, "charts 1.0", draw))}
    painter = PAINTERS[0].connect(
        PAINTERS[0].options(), PainterContext(layouts=(folder,), assets=(), fonts=(), layers=kinds)
    )
    return painter.paint(PosterJob(layout="t", context=context(values={"numbers": "100 0"})))


def test_a_plugin_draws_into_its_box(tmp_path: Path) -> None:
    """See-through where it likes; the data is a template."""
    picture = Image.open(io.BytesIO(paint(tmp_path, bars).data)).convert("RGB")
    spots = [picture.getpixel(each) for each in ((45, 30), (95, 30), (5, 5))]
    assert spots == [(0, 0, 255), (255, 255, 255), (255, 255, 255)]


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (lambda _data, _width, _height: 1 / 0, "charts 1.0.*ZeroDivisionError"),
        (lambda _data, _width, _height: None, "None"),
        (lambda _data, _width, _height: b"GIF89a", "PNG"),
        (lambda data, width, height: bars(data, width + 2, height), "102×50.*100×50"),
    ],
    ids=["raises", "nothing", "no PNG", "wrong size"],
)
def test_what_a_plugin_does_wrong_breaks_that_poster_only(
    tmp_path: Path, draw: Callable[[str, int, int], Any], said: str
) -> None:
    """With the plugin's or the layer's name."""
    with pytest.raises(PosterError, match=said):
        paint(tmp_path, draw)


def test_an_unknown_kind_names_the_nearest(tmp_path: Path) -> None:
    """As for any name."""
    with pytest.raises(PosterError, match="是不是 barss"):
        paint(tmp_path, bars, name="barss")


def test_the_studio_takes_kinds_of_layers_from_plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the door of the painters; the built-in painter keeps its place."""
    monkeypatch.setattr("calendarkit.poster.painter.PAINTERS", (*PAINTERS, LayerKind(name="bars", draw=bars)))
    studio = Studio(Registry({}), MediaStore(tmp_path), PainterContext(layouts=(), assets=(), fonts=()))
    (kind,) = studio.layers().values()
    assert (kind.name, kind.version.endswith(" 1"), kind.draw("50", 10, 10)[:4]) == ("bars", True, b"\x89PNG")
