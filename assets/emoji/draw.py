#!/usr/bin/env python3
"""Draws the sheet of colour emoji: each line of emoji.txt is a character and the name of its icon, 16 to a row.

    npm pack fluentui-emoji@1.3.0                       # MIT, see LICENSE.fluent-emoji.txt
    mkdir icons && tar xzf fluentui-emoji-1.3.0.tgz -C icons
    python3 assets/emoji/draw.py icons/package/icons/modern

Needs Chromium on the path and Pillow.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SIDE, ACROSS = 96, 16
"""px of a cell, and cells of a row."""


def draw(icons: Path) -> None:
    """Write ``emoji.webp`` from the folder of SVG icons."""
    from PIL import Image

    names = [line.split()[1] for line in (HERE / "emoji.txt").read_text("utf-8").splitlines()]
    width, height = ACROSS * SIDE, -(-len(names) // ACROSS) * SIDE
    cells = "".join(f'<img src="{(icons / name).resolve().as_uri()}.svg">' for name in names)
    style = f"body{{margin:0;width:{width}px;font-size:0}}img{{width:{SIDE - 4}px;height:{SIDE - 4}px;margin:2px}}"
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder) / "page.html", Path(folder) / "shot.png"
        page.write_text(f"<style>{style}</style>{cells}", "utf-8")
        subprocess.run(  # noqa: S603  # a developer's script, fixed arguments
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",  # noqa: S607
             f"--window-size={width},{height}", "--default-background-color=00000000", "--allow-file-access-from-files",
             f"--screenshot={shot}", page.as_uri()], check=True, capture_output=True)  # fmt: skip
        Image.open(shot).convert("RGBA").save(HERE / "emoji.webp", quality=84, method=6)


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
