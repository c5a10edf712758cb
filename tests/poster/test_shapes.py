"""Shapes: gradients run where they should, corners are round, shadows are soft."""

from __future__ import annotations

import pytest

from calendarkit.poster.layers import Gradient
from calendarkit.poster.shapes import faded, filled, plain_colour, rounded, softened

RUN = ("#000000", "#FFFFFF")


@pytest.mark.parametrize(
    ("angle", "dark", "light"),
    [(0, (1, 50), (98, 50)), (90, (50, 1), (50, 98)), (180, (98, 50), (1, 50)), (45, (1, 1), (98, 98))],
    ids=["right", "down", "left", "to the corner"],
)
def test_a_linear_gradient_runs_along_its_angle(angle: int, dark: tuple[int, int], light: tuple[int, int]) -> None:
    """0 degrees runs to the right and 90 down."""
    tile = filled(Gradient(colors=RUN, angle=angle), (100, 100))
    assert tile.getpixel(dark)[0] < 12
    assert tile.getpixel(light)[0] > 243


def test_a_radial_gradient_ends_at_the_edge() -> None:
    """Its middle has the first colour; the edge and the corners have the last."""
    tile = filled(Gradient(kind="radial", colors=RUN), (200, 100))
    assert tile.getpixel((100, 50))[0] < 8
    assert min(tile.getpixel(at)[0] for at in ((1, 50), (198, 50), (100, 1), (0, 0))) > 245


def test_stops_move_the_colours() -> None:
    """With the first stop in the middle, the first half is plain."""
    tile = filled(Gradient(colors=RUN, stops=(0.5, 1.0), angle=0), (100, 4))
    assert tile.getpixel((40, 2))[0] == 0
    assert tile.getpixel((75, 2))[0] in range(115, 140)


def test_opacity_has_a_gradient_too() -> None:
    """A colour may fade to nothing."""
    tile = filled(Gradient(colors=("#FF0000", "#FF000000"), angle=0), (100, 4))
    assert tile.getpixel((1, 2))[3] > 245
    assert tile.getpixel((98, 2))[3] < 10


def test_one_colour_for_a_gradient() -> None:
    """Contrast is judged by the average."""
    assert plain_colour(Gradient(colors=RUN)) == (128, 128, 128, 255)
    assert plain_colour("#E60012") == (230, 0, 18, 255)


def test_round_corners_are_empty_and_edges_full() -> None:
    """A radius takes the corner away and nothing else; a huge one makes a disc."""
    mask = rounded((100, 60), 20)
    assert (mask.getpixel((0, 0)), mask.getpixel((50, 0)), mask.getpixel((0, 30))) == (0, 255, 255)
    disc = rounded((60, 60), 999)
    assert disc.getpixel((4, 4)) == 0
    assert disc.getpixel((30, 30)) == 255


@pytest.mark.parametrize("blur", [4, 40])
def test_a_blurred_mask_has_no_hard_edge(blur: int) -> None:
    """Across the edge, levels fall gradually; without blur nothing changes."""
    from PIL import Image

    mask = Image.new("L", (200, 200), 0)
    mask.paste(255, (60, 60, 140, 140))
    soft = softened(mask, blur)
    assert 60 < soft.getpixel((60, 100)) < 200
    assert soft.size == mask.size
    assert softened(mask, 0) is mask


def test_fading_scales_a_mask() -> None:
    """Half of 200 is 100."""
    from PIL import Image

    assert faded(Image.new("L", (1, 1), 200), 0.5).getpixel((0, 0)) == 100
