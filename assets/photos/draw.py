#!/usr/bin/env python3
"""Draws the product pictures of the example shops: arranged illustrations on a transparent ground, as WebP.

    npm pack fluentui-emoji@1.3.0                       # MIT, see LICENSE.fluent-emoji.txt
    mkdir icons && tar xzf fluentui-emoji-1.3.0.tgz -C icons
    python3 assets/photos/draw.py icons/package/icons/modern [NAME …]

Needs Chromium on the path and Pillow. Scenes are 1000 × 1000 units; a piece is (icon, x, y, size, degrees).
"""
# ruff: noqa: E501  # lines of SVG read better whole

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

HERE = Path(__file__).resolve().parent
SIDE = 720
"""px of the finished pictures."""
SCALE = 2
"""They are drawn this many times larger."""

Piece = tuple[str, int, int, int, int]
SCENES: dict[str, tuple[Piece, ...]] = {
    "apples": (("red-apple", 60, 330, 520, -10), ("red-apple", 430, 300, 520, 8), ("red-apple", 225, 430, 560, 0)),
    "avocado": (("avocado", 330, 80, 640, 18), ("avocado", 60, 230, 680, -14)),
    "baby-bottle": (("baby-bottle", 150, 60, 800, -12), ("duck", 560, 560, 380, 0)),
    "beef": (("cut-of-meat", 90, 110, 800, -4), ("herb", 560, 520, 380, 30)),
    "bread": (("bread", 60, 80, 720, 0), ("croissant", 420, 430, 540, -8)),
    "broccoli": (("broccoli", 60, 70, 680, -8), ("broccoli", 470, 420, 500, 14)),
    "carrots": (("carrot", 90, 60, 620, -18), ("carrot", 330, 230, 620, 10)),
    "cherries": (("cherries", 90, 80, 820, 0),),
    "coat": (("coat", 60, 50, 880, 0),),
    "corn": (("ear-of-corn", 20, 80, 720, -12), ("ear-of-corn", 280, 210, 720, 10)),
    "dress": (("dress", 60, 40, 900, 0),),
    "eggs": (("egg", 60, 240, 420, -8), ("egg", 520, 240, 420, 10), ("egg", 290, 170, 440, 0),
             ("egg", 150, 460, 440, -4), ("egg", 430, 470, 440, 6)),
    "gift": (("wrapped-gift", 90, 90, 820, 0), ("sparkles", 640, 20, 300, 0)),
    "grapes": (("grapes", 80, 60, 860, 0),),
    "greens": (("leafy-green", 40, 60, 700, -10), ("leafy-green", 380, 330, 580, 16)),
    "handbag": (("handbag", 70, 60, 860, 0),),
    "headphones": (("headphone", 70, 70, 860, 0),),
    "herb": (("herb", 70, 70, 860, 0),),
    "lotion": (("lotion-bottle", 20, 60, 760, -4), ("bubbles", 590, 480, 380, 0)),
    "mangoes": (("mango", 40, 80, 640, -6), ("mango", 330, 300, 640, 12)),
    "milk": (("glass-of-milk", 40, 60, 780, 0), ("cheese-wedge", 520, 510, 420, 0)),
    "oranges": (("tangerine", 40, 300, 540, -12), ("tangerine", 440, 280, 520, 12), ("tangerine", 230, 410, 560, 0)),
    "peaches": (("peach", 50, 200, 560, -10), ("peach", 380, 310, 600, 8)),
    "potatoes": (("potato", 40, 220, 520, -20), ("potato", 440, 170, 500, 40), ("potato", 260, 400, 560, 10)),
    "shirt": (("t-shirt", 50, 50, 900, 0),),
    "shrimp": (("shrimp", 40, 60, 700, -6), ("shrimp", 350, 360, 600, 8)),
    "sneakers": (("running-shoe", 60, 60, 860, 0),),
    "strawberries": (("strawberry", 60, 230, 430, -24), ("strawberry", 510, 230, 430, 24), ("strawberry", 285, 150, 450, 0),
                     ("strawberry", 150, 450, 470, -12), ("strawberry", 420, 460, 470, 12)),
    "sweet-potatoes": (("roasted-sweet-potato", 50, 70, 640, -10), ("roasted-sweet-potato", 310, 280, 620, 10)),
    "teddy": (("teddy-bear", 60, 60, 880, 0),),
    "tomatoes": (("tomato", 40, 320, 500, -10), ("tomato", 470, 300, 500, 10), ("tomato", 240, 420, 540, 0)),
    "toys": (("teddy-bear", 40, 40, 640, -4), ("puzzle-piece", 560, 470, 420, 12), ("baby-chick", 330, 590, 340, 0)),
    "vegetables": (("carrot", 60, 120, 420, -40), ("broccoli", 290, 30, 430, 0), ("tomato", 130, 240, 360, -10),
                   ("ear-of-corn", 500, 60, 440, 20), ("eggplant", 560, 250, 340, 20), ("basket-front", 100, 130, 800, 0)),
    "watch": (("watch", 70, 60, 860, 0),),
    "watermelon": (("watermelon", 240, 40, 640, 12), ("watermelon", 60, 240, 720, -8)),
}  # fmt: skip

PHONE = """<g transform="translate(500 500)">
<g transform="rotate(-10) translate(-120 0)"><rect x="-210" y="-420" width="420" height="840" rx="74" fill="url(#back)"/>
<rect x="-204" y="-414" width="408" height="828" rx="70" fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="4"/>
<rect x="-176" y="-386" width="190" height="196" rx="56" fill="#fff" fill-opacity=".16"/>
<g fill="#10131f"><circle cx="-128" cy="-336" r="40"/><circle cx="-34" cy="-336" r="40"/><circle cx="-128" cy="-240" r="40"/></g>
<g fill="#3a4266"><circle cx="-128" cy="-336" r="22"/><circle cx="-34" cy="-336" r="22"/><circle cx="-128" cy="-240" r="22"/></g>
<g fill="#fff" fill-opacity=".85"><circle cx="-136" cy="-344" r="7"/><circle cx="-42" cy="-344" r="7"/><circle cx="-136" cy="-248" r="7"/>
<circle cx="-34" cy="-240" r="14"/></g></g>
<g transform="rotate(8) translate(150 30)"><rect x="-218" y="-428" width="436" height="856" rx="80" fill="#0d1020"/>
<rect x="-200" y="-410" width="400" height="820" rx="64" fill="url(#screen)"/>
<circle cx="90" cy="-150" r="190" fill="#fff" fill-opacity=".16"/><circle cx="-120" cy="190" r="230" fill="#fff" fill-opacity=".12"/>
<rect x="-56" y="-388" width="112" height="32" rx="16" fill="#0d1020"/>
<rect x="-70" y="378" width="140" height="10" rx="5" fill="#fff" fill-opacity=".8"/></g></g>"""
FORMULA = """<g><rect x="230" y="150" width="540" height="760" rx="46" fill="url(#tin)"/>
<path d="M230 330h540v330q-270 90-540 0z" fill="#fff"/><ellipse cx="500" cy="170" rx="270" ry="66" fill="url(#lid)"/>
<rect x="230" y="120" width="540" height="60" rx="30" fill="url(#lid)"/><ellipse cx="500" cy="122" rx="270" ry="60" fill="#fff4d6"/>
<ellipse cx="500" cy="120" rx="232" ry="46" fill="none" stroke="#e7c27d" stroke-width="8"/>
<path d="M500 420c-52-66-150-22-128 60 16 62 88 102 128 134 40-32 112-72 128-134 22-82-76-126-128-60z" fill="url(#heart)"/>
<rect x="360" y="740" width="280" height="34" rx="17" fill="#fff" fill-opacity=".85"/><rect x="410" y="794" width="180" height="24" rx="12" fill="#fff" fill-opacity=".6"/>
<rect x="262" y="190" width="44" height="690" rx="22" fill="#fff" fill-opacity=".28"/></g>"""
DIAPERS = """<g><path d="M180 300q-30-150 110-150h420q140 0 110 150l40 510q10 110-110 110H250q-120 0-110-110z" fill="url(#pack)"/>
<path d="M290 150q210 120 420 0v-40q0-40-40-40H330q-40 0-40 40z" fill="url(#grip)"/>
<path d="M150 640q350-160 700 0l14 170q10 110-110 110H250q-120 0-110-110z" fill="#fff" fill-opacity=".92"/>
<circle cx="500" cy="440" r="170" fill="#fff" fill-opacity=".95"/><g fill="#ffb27a"><circle cx="500" cy="450" r="104"/><circle cx="404" cy="372" r="42"/>
<circle cx="596" cy="372" r="42"/></g><circle cx="462" cy="440" r="13" fill="#5b3a29"/><circle cx="538" cy="440" r="13" fill="#5b3a29"/>
<ellipse cx="500" cy="490" rx="46" ry="34" fill="#ffe0c2"/><ellipse cx="500" cy="478" rx="17" ry="12" fill="#5b3a29"/>
<rect x="330" y="730" width="340" height="44" rx="22" fill="#3fa9dc"/><rect x="400" y="800" width="200" height="30" rx="15" fill="#9fd6f0"/></g>"""
OWN = {"phone": PHONE, "formula": FORMULA, "diapers": DIAPERS}
"""Drawn for calendarkit."""
PAINTS = """<defs><linearGradient id="back" x2="1" y2="1"><stop stop-color="#8fa8ff"/><stop offset="1" stop-color="#3b3f9e"/></linearGradient>
<linearGradient id="screen" x2=".8" y2="1"><stop stop-color="#ff8a5c"/><stop offset=".45" stop-color="#e84e9b"/><stop offset="1" stop-color="#4b3fd6"/></linearGradient>
<linearGradient id="tin"><stop stop-color="#f2b84b"/><stop offset=".3" stop-color="#ffd98a"/><stop offset="1" stop-color="#d9912b"/></linearGradient>
<linearGradient id="lid"><stop stop-color="#e7c27d"/><stop offset=".35" stop-color="#fff4d6"/><stop offset="1" stop-color="#d3a65c"/></linearGradient>
<linearGradient id="heart" y2="1" x2="0"><stop stop-color="#ff8fa3"/><stop offset="1" stop-color="#e5486b"/></linearGradient>
<linearGradient id="pack" x2=".3" y2="1"><stop stop-color="#8fdcff"/><stop offset="1" stop-color="#3fa9dc"/></linearGradient>
<linearGradient id="grip" x2="0" y2="1"><stop stop-color="#bdeaff"/><stop offset="1" stop-color="#6cc5ee"/></linearGradient></defs>"""


def draw(icons: Path, names: list[str]) -> None:
    """Write the scenes called ``names``, or all, beside this script."""
    for name in names or [*SCENES, *OWN]:
        inside = OWN.get(name) or "".join(_piece(icons, piece) for piece in SCENES[name])
        defs = PAINTS if name in OWN else ""
        _save(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000">{defs}{inside}</svg>',
            HERE / f"{name}.webp",
        )


def _piece(icons: Path, piece: Piece) -> str:
    """Return one icon at its place; ``basket-front`` hides its handle so that it can hold things."""
    icon, x, y, size, degrees = piece
    clip = "clip-path:inset(46% 0 0 0);" if icon == "basket-front" else ""
    file = icons / f"{icon.removesuffix('-front')}.svg"
    turn = f"rotate({degrees} {x + size / 2} {y + size / 2})"
    shade = "filter:drop-shadow(0 14px 16px rgba(60,30,10,.28));"
    return f'<image href="{file.resolve().as_uri()}" x="{x}" y="{y}" width="{size}" height="{size}" transform="{turn}" style="{clip}{shade}"/>'


def _save(svg: str, target: Path) -> None:
    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder) / "page.html", Path(folder) / "shot.png"
        page.write_text(
            f'<body style="margin:0;background:transparent">{svg.replace("<svg", "<svg width=720 height=720", 1)}',
            "utf-8",
        )
        subprocess.run(  # noqa: S603  # a developer's script, fixed arguments
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={SIDE},{SIDE}",  # noqa: S607
             f"--force-device-scale-factor={SCALE}", "--default-background-color=00000000", f"--screenshot={shot}",
             page.as_uri()], check=True, capture_output=True)  # fmt: skip
        picture = _trimmed(Image.open(shot).convert("RGBA")).resize((SIDE, SIDE), Image.Resampling.LANCZOS)
        picture.save(target, "WEBP", quality=88, alpha_quality=90, method=6)


def _trimmed(picture: Image) -> Image:
    """Return the drawn part standing on the ground of a square, with a thin margin."""
    from PIL import Image

    drawn = picture.crop(picture.getchannel("A").point([255 * (level > 8) for level in range(256)]).getbbox())
    side = round(max(drawn.size) * 1.04)
    square = Image.new("RGBA", (side, side))
    square.paste(drawn, ((side - drawn.width) // 2, side - drawn.height - (side - max(drawn.size)) // 2))
    return square


if __name__ == "__main__":
    draw(Path(sys.argv[1]), sys.argv[2:])
