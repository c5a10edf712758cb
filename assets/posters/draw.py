#!/usr/bin/env python3
"""Draws the ornaments of the shipped poster layouts: light, leaves, rays, lanterns, as SVG rendered to see-through WebP.

    python3 assets/posters/draw.py [rays|confetti|lanterns …]

Needs Chromium on the path and Pillow. Everything here was drawn for calendarkit and has its licence (MIT). Ornaments are
white; a layout gives them a colour with ``tint``. Shapes are placed by a fixed sequence of numbers, so the same pictures
come out again.
"""
# ruff: noqa: E501  # lines of SVG read better whole

from __future__ import annotations

import math
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "ornaments"
SCALE = 2
"""They are drawn this many times larger and scaled down."""
BLUR = '<filter id="b{0}" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="{0}"/></filter>'


def draw(names: list[str]) -> None:
    """Write the ornaments called ``names``, or all."""
    FOLDER.mkdir(exist_ok=True)
    for name in names or list(SCENES):
        (width, height), scene = SCENES[name]
        box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        _save(
            f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{scene()}</svg>', (width, height), FOLDER / f"{name}.webp"
        )


def numbers(seed: int) -> Iterator[float]:
    """Yield a fixed sequence of numbers from 0 to 1 (a linear congruence; constants of Numerical Recipes)."""
    state = seed
    while True:
        state = (state * 1664525 + 1013904223) % 2**32
        yield state / 2**32


def rays() -> str:
    """Wedges of light around a point a little above the middle."""
    shade = '<radialGradient id="r" gradientUnits="userSpaceOnUse" cx="540" cy="700" r="1250"><stop stop-color="#fff" stop-opacity=".75"/><stop offset=".55" stop-color="#fff" stop-opacity=".34"/><stop offset="1" stop-color="#fff" stop-opacity=".05"/></radialGradient>'
    return f'<defs>{shade}</defs><g fill="url(#r)">{_rays((540, 700), 32, 1700)}</g>'


def glow() -> str:
    """A soft round light."""
    return '<defs><radialGradient id="g"><stop stop-color="#fff"/><stop offset=".25" stop-color="#fff" stop-opacity=".8"/><stop offset=".6" stop-color="#fff" stop-opacity=".28"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient></defs><circle cx="270" cy="270" r="270" fill="url(#g)"/>'


def confetti() -> str:
    """Strips, dots and four-pointed stars along the edges."""
    dice = numbers(88)
    return '<g fill="#fff">' + "".join(_confetto(dice) for _ in range(96)) + "</g>"


def bokeh() -> str:
    """Circles of light, larger to the right."""
    dice = numbers(7)
    circles = "".join(
        f'<circle cx="{380 + next(dice) * 760:.0f}" cy="{20 + next(dice) * 800:.0f}" r="{16 + next(dice) * 66:.0f}"'
        f' fill="#fff" fill-opacity="{0.16 + next(dice) * 0.4:.2f}"/>'
        for _ in range(26)
    )
    return f'<defs>{BLUR.format(3)}</defs><g filter="url(#b3)">{circles}</g>'


def beams() -> str:
    """Slanting sunlight from the top right."""
    slants = "".join(
        f'<polygon points="{x},-40 {x + w},-40 {x + w - 760},1500 {x - 880},1500" fill="#fff" fill-opacity="{o}"/>'
        for x, w, o in ((1240, 90, 0.8), (1050, 120, 0.62), (820, 70, 0.5), (1420, 150, 0.5))
    )
    return f'<defs>{BLUR.format(26)}</defs><g filter="url(#b26)">{slants}</g>'


def branch() -> str:
    """The soft shadow of twigs in the top left corner."""
    twigs = _branch((-60, -30), 34, leaves=8, length=190) + _branch((330, -120), 74, leaves=6, length=150)
    return f'<defs>{BLUR.format(7)}</defs><g filter="url(#b7)" fill="#fff" stroke="#fff">{twigs}</g>'


def hills(path: str) -> Callable[[], str]:
    """Return a scene of one range of hills."""
    return lambda: f'<path d="{path}" fill="#fff"/>'


def spotlights() -> str:
    """Cones of stage light from both upper corners and from above."""
    cones = "".join(
        f'<polygon points="{x},-20 {x + 26},-20 {a},{b} {c},{b}" fill="url(#l)" fill-opacity="{o}"/>'
        for x, a, c, b, o in (
            (70, 760, 330, 1250, 0.8), (250, 300, -60, 1150, 0.5), (830, 1140, 780, 1150, 0.5), (984, 750, 320, 1250, 0.8),
            (520, 700, 380, 1350, 0.45),
        )
    )  # fmt: skip
    return f'<defs>{BLUR.format(10)}<linearGradient id="l" x2="0" y2="1"><stop stop-color="#fff" stop-opacity=".9"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></linearGradient></defs><g filter="url(#b10)">{cones}</g>'


def arcs() -> str:
    """Thin circles around the top right corner, and a few stars."""
    rings = "".join(
        f'<circle cx="980" cy="120" r="{radius}" stroke-opacity="{0.62 - radius / 2100:.2f}" stroke-width="{2.4 if index % 3 else 5}"/>'
        for index, radius in enumerate(range(150, 1250, 74))
    )
    dice = numbers(5)
    stars = "".join(
        _star(next(dice) * 1080, next(dice) * 1300, 3 + next(dice) * 9, 0.35 + next(dice) * 0.5) for _ in range(26)
    )
    return f'<g fill="none" stroke="#fff">{rings}</g><g fill="#fff">{stars}</g>'


def dots() -> str:
    """Halftone dots that shrink from the top right to the bottom left."""
    found = []
    for row in range(48):
        for column in range(27):
            x, y = column * 41 + (row % 2) * 20, row * 41
            size = 13 * max(0.0, (x / 1080 * 0.75 + (1 - y / 1920)) - 0.72)
            if size > 0.8:
                found.append(f'<circle cx="{x}" cy="{y}" r="{min(size, 11):.1f}"/>')
    return '<g fill="#fff">' + "".join(found) + "</g>"


def streaks() -> str:
    """Slanting lines of speed along both sides."""
    dice = numbers(61)
    lines = []
    for index in range(54):
        x, y, long = next(dice) * 420 + (0 if index % 2 else 760) - 60, next(dice) * 1920, 120 + next(dice) * 380
        thick, deep = 4 + next(dice) * 16, 0.16 + next(dice) * 0.6
        lines.append(
            f'<line x1="{x:.0f}" y1="{y:.0f}" x2="{x + long * 0.62:.0f}" y2="{y - long:.0f}" stroke-width="{thick:.0f}" stroke-opacity="{deep:.2f}"/>'
        )
    return f'<g stroke="#fff" stroke-linecap="round">{"".join(lines)}</g>'


def lanterns() -> str:
    """Two lanterns on each side, hung from the top."""
    return "".join(_lantern(*each) for each in ((96, 250, 74), (214, 96, 50), (984, 250, 74), (866, 96, 50)))


def lanterns_right() -> str:
    """Two lanterns hung from the top on the right."""
    return "".join(_lantern(*each) for each in ((984, 150, 70), (872, 60, 46)))


def _lantern(x: float, y: float, size: float) -> str:
    """Return a lantern of ``size`` px half width whose middle is at ``x``, ``y``."""
    ribs = "".join(
        f'<ellipse cx="{x}" cy="{y}" rx="{size * share:.0f}" ry="{size * 0.78:.0f}" fill="none" stroke="#000" stroke-width="{size * 0.045:.1f}"/>'
        for share in (0.2, 0.58)
    )
    cap = size * 0.46
    mask = f'<mask id="m{x:.0f}"><rect width="1080" height="700" fill="#fff"/>{ribs}</mask>'
    tassels = "".join(
        f'<line x1="{x + d:.0f}" y1="{y + size * 1.06:.0f}" x2="{x + d * 1.25:.0f}" y2="{y + size * 1.85:.0f}"/>'
        for d in (-size * 0.24, -size * 0.12, 0, size * 0.12, size * 0.24)
    )
    return f"""<defs>{mask}</defs><g fill="#fff" stroke="none"><line x1="{x}" y1="-10" x2="{x}" y2="{y - size * 0.9:.0f}" stroke="#fff" stroke-width="4"/>
<g mask="url(#m{x:.0f})"><ellipse cx="{x}" cy="{y}" rx="{size}" ry="{size * 0.8:.0f}"/></g>
<rect x="{x - cap:.0f}" y="{y - size:.0f}" width="{cap * 2:.0f}" height="{size * 0.17:.0f}" rx="6"/><rect x="{x - cap:.0f}" y="{y + size * 0.84:.0f}" width="{cap * 2:.0f}" height="{size * 0.17:.0f}" rx="6"/></g>
<g stroke="#fff" stroke-width="{size * 0.06:.1f}" stroke-linecap="round">{tassels}</g>"""


def fireworks() -> str:
    """Bursts of lines and sparks in the upper corners."""
    bursts = "".join(
        _burst(*each) for each in ((170, 210, 170), (920, 170, 200), (520, 90, 110), (70, 560, 100), (1020, 560, 110))
    )
    return f'<g stroke="#fff" stroke-linecap="round" fill="#fff">{bursts}</g>'


def _burst(x: float, y: float, size: float) -> str:
    parts = []
    for index in range(20):
        angle, reach = index * math.pi / 10, size * (1 if index % 2 else 0.72)
        dx, dy = math.cos(angle), math.sin(angle)
        parts.append(
            f'<line x1="{x + dx * size * 0.28:.0f}" y1="{y + dy * size * 0.28:.0f}" x2="{x + dx * reach:.0f}" y2="{y + dy * reach:.0f}" stroke-width="{size * 0.028:.1f}" stroke-opacity=".85"/>'
            f'<circle cx="{x + dx * reach * 1.12:.0f}" cy="{y + dy * reach * 1.12:.0f}" r="{size * 0.03:.1f}" stroke="none"/>'
        )
    return "".join(parts)


def tick() -> str:
    """A tick."""
    return '<path d="M12 66L48 100L108 22" fill="none" stroke="#fff" stroke-width="22" stroke-linecap="round" stroke-linejoin="round"/>'


def stage() -> str:
    """A round plinth in cream, in its own colours."""
    return """<defs><linearGradient id="top" x2="0" y2="1"><stop stop-color="#fffdf7"/><stop offset="1" stop-color="#fdeccb"/></linearGradient>
<linearGradient id="side"><stop stop-color="#eec27a"/><stop offset=".35" stop-color="#fff0cf"/><stop offset=".7" stop-color="#f8dca6"/><stop offset="1" stop-color="#dda558"/></linearGradient></defs>
<ellipse cx="430" cy="196" rx="420" ry="60" fill="#7a3a00" fill-opacity=".16"/>
<path d="M50 96v64c0 50 170 90 380 90s380-40 380-90v-64z" fill="url(#side)"/>
<ellipse cx="430" cy="96" rx="380" ry="90" fill="url(#top)"/><ellipse cx="430" cy="96" rx="330" ry="72" fill="none" stroke="#e6ac52" stroke-opacity=".5" stroke-width="4"/>"""


def _branch(at: tuple[float, float], degrees: float, *, leaves: int, length: float) -> str:
    """Return a bent twig with leaves on both sides, thinning out."""
    (x, y), parts, angle = at, [], math.radians(degrees)
    for index in range(leaves):
        step = 84 - index * 3
        nx, ny = x + math.cos(angle) * step, y + math.sin(angle) * step
        parts.append(
            f'<line x1="{x:.0f}" y1="{y:.0f}" x2="{nx:.0f}" y2="{ny:.0f}" stroke-width="{9 - index * 0.5:.1f}"/>'
        )
        size = length * (1 - index * 0.06)
        for side in (-1, 1):
            turn = math.degrees(angle) + side * (52 - index * 2)
            leaf = f"M0 0C{size * 0.3:.0f} {-size * 0.30:.0f} {size * 0.8:.0f} {-size * 0.26:.0f} {size:.0f} 0C{size * 0.8:.0f} {size * 0.16:.0f} {size * 0.3:.0f} {size * 0.22:.0f} 0 0z"
            parts.append(
                f'<path d="{leaf}" stroke="none" transform="translate({nx:.0f} {ny:.0f}) rotate({turn:.0f})"/>'
            )
        x, y, angle = nx, ny, angle + math.radians(4)
    return "".join(parts)


def _confetto(dice: Iterator[float]) -> str:
    x, y, turn, size = next(dice) * 1080, next(dice) * 1920, next(dice) * 180, 9 + next(dice) * 20
    if 170 < x < 910:  # keep the middle clear
        x = x % 170 if x < 540 else 1080 - x % 170
    kind, deep = next(dice), 0.45 + next(dice) * 0.5
    where = f'transform="translate({x:.0f} {y:.0f}) rotate({turn:.0f})" fill-opacity="{deep:.2f}"'
    if kind < 0.45:
        return f'<rect x="{-size / 2:.1f}" y="{-size / 5:.1f}" width="{size:.1f}" height="{size / 2.5:.1f}" rx="2" {where}/>'
    if kind < 0.75:
        return f'<circle r="{size / 3:.1f}" {where}/>'
    return _star(x, y, size, deep)


def _star(x: float, y: float, size: float, deep: float) -> str:
    """Return a star with four points."""
    long, short = f"{size:.1f}", f"{size * 0.24:.1f}"
    path = f"M0-{long}L{short}-{short}L{long} 0L{short} {short}L0 {long}L-{short} {short}L-{long} 0L-{short}-{short}z"
    return f'<path d="{path}" transform="translate({x:.0f} {y:.0f})" fill-opacity="{deep:.2f}"/>'


def _rays(centre: tuple[float, float], count: int, reach: float) -> str:
    """Return wedges around a point; half of the circle is covered."""
    cx, cy = centre
    step = 2 * math.pi / count
    wedges = []
    for index in range(count):
        one, two = index * step, index * step + step / 2
        wedges.append(
            f'<polygon points="{cx},{cy} {cx + math.cos(one) * reach:.1f},{cy + math.sin(one) * reach:.1f}'
            f' {cx + math.cos(two) * reach:.1f},{cy + math.sin(two) * reach:.1f}"/>'
        )
    return "".join(wedges)


TALL = (1080, 1920)
SCENES: dict[str, tuple[tuple[int, int], Callable[[], str]]] = {
    "rays": (TALL, rays),
    "glow": ((540, 540), glow),
    "confetti": (TALL, confetti),
    "bokeh": (TALL, bokeh),
    "beams": ((1080, 1500), beams),
    "branch": ((1080, 900), branch),
    "hills_far": ((1080, 420), hills("M0 130Q220 10 480 70T1080 0V420H0z")),
    "hills_near": ((1080, 330), hills("M0 90Q260 0 560 70T1080 20V330H0z")),
    "hills_front": ((1080, 320), hills("M0 64Q300 0 620 48T1080 0V320H0z")),
    "spotlights": (TALL, spotlights),
    "arcs": (TALL, arcs),
    "dots": (TALL, dots),
    "streaks": (TALL, streaks),
    "lanterns": (TALL, lanterns),
    "lanterns_right": (TALL, lanterns_right),
    "fireworks": (TALL, fireworks),
    "tick": ((120, 120), tick),
    "stage": ((860, 262), stage),
}
"""Size in px and scene, by name."""


def _save(svg: str, size: tuple[int, int], target: Path) -> None:
    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder) / "page.html", Path(folder) / "shot.png"
        page.write_text(f'<body style="margin:0">{svg}', "utf-8")
        subprocess.run(  # noqa: S603  # a developer's script, fixed arguments
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",  # noqa: S607
             "--default-background-color=00000000", f"--window-size={size[0]},{size[1]}",
             f"--force-device-scale-factor={SCALE}", f"--screenshot={shot}", page.as_uri()],
            check=True, capture_output=True)  # fmt: skip
        picture = Image.open(shot).convert("RGBA").resize(size, Image.Resampling.LANCZOS)
        picture.save(target, "WEBP", quality=84, alpha_quality=80, method=6)


if __name__ == "__main__":
    draw(sys.argv[1:])
