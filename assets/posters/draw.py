#!/usr/bin/env python3
"""Draws the backgrounds of the shipped poster layouts: light, leaves, rays and confetti, as SVG rendered to JPEG.

    python3 assets/posters/draw.py [morning|noon|flash …]

Needs Chromium on the path and Pillow. Everything here was drawn for calendarkit and has its licence (MIT). Shapes are
placed by a fixed sequence of numbers, so the same pictures come out again.
"""
# ruff: noqa: E501  # lines of SVG read better whole

from __future__ import annotations

import math
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "backgrounds"
WIDTH, HEIGHT = 1080, 1920
SCALE = 2
"""They are drawn this many times larger and scaled down."""


def draw(names: list[str]) -> None:
    """Write the backgrounds called ``names``, or all."""
    for name in names or list(SCENES):
        inside = SCENES[name]()
        box = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        _save(f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{inside}</svg>', FOLDER / f"{name}.jpg")


def numbers(seed: int) -> Iterator[float]:
    """Yield a fixed sequence of numbers from 0 to 1 (a linear congruence; constants of Numerical Recipes)."""
    state = seed
    while True:
        state = (state * 1664525 + 1013904223) % 2**32
        yield state / 2**32


def morning() -> str:
    """Warm light through a window, the soft shadow of a plant, a low sun and hills in mist."""
    dice = numbers(7)
    bokeh = "".join(
        f'<circle cx="{620 + next(dice) * 520:.0f}" cy="{40 + next(dice) * 560:.0f}" r="{18 + next(dice) * 62:.0f}"'
        f' fill="#fff" fill-opacity="{0.10 + next(dice) * 0.22:.2f}"/>'
        for _ in range(22)
    )
    beams = "".join(
        f'<polygon points="{x},-40 {x + w},-40 {x + w - 760},1500 {x - 880},1500" fill="#fff" fill-opacity="{o}"/>'
        for x, w, o in ((1240, 90, 0.34), (1050, 120, 0.26), (820, 70, 0.22), (1420, 150, 0.22))
    )
    branch = _branch((-60, -30), 34, leaves=8, length=190) + _branch((330, -120), 74, leaves=6, length=150)
    return f"""<defs>
<linearGradient id="sky" x2=".2" y2="1"><stop stop-color="#ffe3bd"/><stop offset=".34" stop-color="#fff0d9"/>
<stop offset=".7" stop-color="#fdf6ea"/><stop offset="1" stop-color="#f3efdf"/></linearGradient>
<radialGradient id="sun"><stop stop-color="#fffdf3"/><stop offset=".22" stop-color="#fff3cf" stop-opacity=".95"/>
<stop offset=".55" stop-color="#ffd99a" stop-opacity=".5"/><stop offset="1" stop-color="#ffd08a" stop-opacity="0"/></radialGradient>
<linearGradient id="h1" x2="0" y2="1"><stop stop-color="#dfe6c9"/><stop offset="1" stop-color="#c9d6ae"/></linearGradient>
<linearGradient id="h2" x2="0" y2="1"><stop stop-color="#c3d3a6"/><stop offset="1" stop-color="#a5bd86"/></linearGradient>
<linearGradient id="h3" x2="0" y2="1"><stop stop-color="#6f9458"/><stop offset="1" stop-color="#3f6a3b"/></linearGradient>
<linearGradient id="mist" x2="0" y2="1"><stop stop-color="#fff" stop-opacity="0"/><stop offset=".55" stop-color="#fffdf6" stop-opacity=".6"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></linearGradient>
<filter id="b60" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="26"/></filter>
<filter id="b9" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="9"/></filter>
<filter id="b3" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="3"/></filter></defs>
<rect width="1080" height="1920" fill="url(#sky)"/><circle cx="880" cy="260" r="620" fill="url(#sun)"/>
<g filter="url(#b60)">{beams}</g><g filter="url(#b3)">{bokeh}</g>
<path d="M0 1530q220-120 480-60t600-70v520H0z" fill="url(#h1)" opacity=".75"/>
<rect y="1460" width="1080" height="180" fill="url(#mist)"/>
<path d="M0 1620q260-110 560-30t520-60v390H0z" fill="url(#h2)" opacity=".9"/>
<rect y="1560" width="1080" height="160" fill="url(#mist)" opacity=".7"/>
<path d="M0 1664q300-70 620-24t460-36v316H0z" fill="url(#h3)"/>
<g filter="url(#b9)" fill="#a8793c" stroke="#a8793c" opacity=".26">{branch}</g>"""


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


def noon() -> str:
    """A bright midday stage: rays on warm yellow, a round plinth, light circles."""
    rays = _rays((540, 760), 36, 1600)
    dice = numbers(23)
    dots = "".join(
        f'<circle cx="{next(dice) * 1080:.0f}" cy="{next(dice) * 1000:.0f}" r="{6 + next(dice) * 26:.0f}" fill="#fff" fill-opacity="{0.08 + next(dice) * 0.2:.2f}"/>'
        for _ in range(34)
    )
    return f"""<defs>
<linearGradient id="g" x2="0" y2="1"><stop stop-color="#ff9a1f"/><stop offset=".5" stop-color="#ffc02e"/><stop offset="1" stop-color="#ffe08a"/></linearGradient>
<radialGradient id="glow"><stop stop-color="#fffbe6" stop-opacity=".95"/><stop offset=".5" stop-color="#fff0b0" stop-opacity=".55"/><stop offset="1" stop-color="#ffe38a" stop-opacity="0"/></radialGradient>
<radialGradient id="ray" gradientUnits="userSpaceOnUse" cx="540" cy="760" r="1250"><stop stop-color="#fff" stop-opacity=".55"/><stop offset="1" stop-color="#fff" stop-opacity=".06"/></radialGradient>
<linearGradient id="top" x2="0" y2="1"><stop stop-color="#fffdf5"/><stop offset="1" stop-color="#ffeec2"/></linearGradient>
<linearGradient id="side"><stop stop-color="#f7b733"/><stop offset=".35" stop-color="#ffdf8e"/><stop offset="1" stop-color="#ee9a1c"/></linearGradient>
<filter id="b" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="22"/></filter></defs>
<rect width="1080" height="1920" fill="url(#g)"/><g fill="url(#ray)">{rays}</g>{dots}
<circle cx="540" cy="720" r="560" fill="url(#glow)"/>
<circle cx="540" cy="700" r="396" fill="none" stroke="#fff" stroke-opacity=".5" stroke-width="3"/>
<circle cx="540" cy="700" r="352" fill="#fff" fill-opacity=".32"/>
<ellipse cx="540" cy="1104" rx="430" ry="70" fill="#b25a00" fill-opacity=".34" filter="url(#b)"/>
<path d="M160 1000v70c0 50 170 90 380 90s380-40 380-90v-70z" fill="url(#side)"/>
<ellipse cx="540" cy="1000" rx="380" ry="90" fill="url(#top)"/><ellipse cx="540" cy="1000" rx="330" ry="72" fill="none" stroke="#f6c45a" stroke-opacity=".55" stroke-width="4"/>"""


def flash() -> str:
    """Red and gold: rays from behind the title, ribbons of light, coins of confetti."""
    dice = numbers(88)
    confetti = "".join(_confetto(dice) for _ in range(70))
    return f"""<defs>
<radialGradient id="g" gradientUnits="userSpaceOnUse" cx="540" cy="640" r="1350"><stop stop-color="#ff4a2a"/><stop offset=".38" stop-color="#e3122a"/><stop offset="1" stop-color="#7d0018"/></radialGradient>
<radialGradient id="ray" gradientUnits="userSpaceOnUse" cx="540" cy="640" r="1250"><stop stop-color="#ffd36b" stop-opacity=".5"/><stop offset=".6" stop-color="#ff8a3c" stop-opacity=".16"/><stop offset="1" stop-color="#ff8a3c" stop-opacity="0"/></radialGradient>
<radialGradient id="glow"><stop stop-color="#fff0b8" stop-opacity=".85"/><stop offset=".4" stop-color="#ffb03c" stop-opacity=".4"/><stop offset="1" stop-color="#ff7a1c" stop-opacity="0"/></radialGradient>
<linearGradient id="gold" x2="1" y2="1"><stop stop-color="#fff3b8"/><stop offset=".45" stop-color="#ffc94a"/><stop offset="1" stop-color="#d98512"/></linearGradient>
<linearGradient id="fade"><stop stop-color="#ffd97a" stop-opacity="0"/><stop offset=".5" stop-color="#fff0b4"/><stop offset="1" stop-color="#ffd97a" stop-opacity="0"/></linearGradient>
<filter id="b" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="14"/></filter></defs>
<rect width="1080" height="1920" fill="url(#g)"/><g fill="url(#ray)">{_rays((540, 640), 28, 1700)}</g>
<circle cx="540" cy="560" r="620" fill="url(#glow)"/>
<g fill="none" stroke="url(#fade)"><path d="M-80 520Q420 160 1180 420" stroke-width="7" opacity=".8"/><path d="M-80 580Q460 200 1180 500" stroke-width="3" opacity=".6"/></g>
<g fill="#ffb03c" filter="url(#b)" opacity=".5"><circle cx="120" cy="300" r="34"/><circle cx="980" cy="760" r="40"/><circle cx="60" cy="1180" r="30"/></g>
{confetti}"""


def _confetto(dice: Iterator[float]) -> str:
    x, y, turn, size = next(dice) * 1080, next(dice) * 1560, next(dice) * 180, 8 + next(dice) * 18
    if 200 < x < 880 and y < 560:  # keep the title and the clock clear
        x, y = 40 + x / 11, y + 560
    kind, deep = next(dice), 0.45 + next(dice) * 0.5
    where = f'transform="translate({x:.0f} {y:.0f}) rotate({turn:.0f})" fill="url(#gold)" fill-opacity="{deep:.2f}"'
    if kind < 0.45:
        return f'<rect x="{-size / 2:.1f}" y="{-size / 5:.1f}" width="{size:.1f}" height="{size / 2.5:.1f}" rx="2" {where}/>'
    if kind < 0.75:
        return f'<circle r="{size / 3:.1f}" {where}/>'
    return f'<path d="M0 {-size:.1f}L{size * 0.26:.1f} {-size * 0.26:.1f}L{size:.1f} 0L{size * 0.26:.1f} {size * 0.26:.1f}L0 {size:.1f}L{-size * 0.26:.1f} {size * 0.26:.1f}L{-size:.1f} 0L{-size * 0.26:.1f} {-size * 0.26:.1f}z" {where}/>'


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


SCENES: dict[str, Callable[[], str]] = {"morning": morning, "noon": noon, "flash": flash}


def _save(svg: str, target: Path) -> None:
    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder) / "page.html", Path(folder) / "shot.png"
        page.write_text(f'<body style="margin:0">{svg}', "utf-8")
        subprocess.run(  # noqa: S603  # a developer's script, fixed arguments
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",  # noqa: S607
             f"--window-size={WIDTH},{HEIGHT}", f"--force-device-scale-factor={SCALE}", f"--screenshot={shot}",
             page.as_uri()], check=True, capture_output=True)  # fmt: skip
        picture = Image.open(shot).convert("RGB").resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        picture.save(target, "JPEG", quality=90, subsampling=0, optimize=True, progressive=False)


if __name__ == "__main__":
    draw(sys.argv[1:])
