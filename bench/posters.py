"""Posters: a picture per store, against one bare Pillow encode, naive Pillow and a warm browser, in one run.

Times of one process are CPU seconds; what is compared takes turns, and medians of the pairs count, because a machine
that others use too changes its speed while a benchmark runs. Every poster is verified: its code is read back, its
contrast measured, its price compared.
"""

from __future__ import annotations

import base64
import gc
import hashlib
import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from _goals import Goals
from _poster_script import script
from PIL import Image

from calendarkit.edges.clock import SystemClock
from calendarkit.edges.drawing import Drawing
from calendarkit.edges.media import MediaStore
from calendarkit.edges.plugins import Registry
from calendarkit.extend import PainterContext, Painting, PosterJob
from calendarkit.poster.painter import PAINTERS, PillowOptions
from calendarkit.poster.shipped import shipped, shipped_fonts

POSTERS = int(os.environ.get("POSTERS", "5000"))
ROUNDS = int(os.environ.get("ROUNDS", "30"))
CHROMIUM = Path("/usr/bin/chromium")

HEAD = """
[poster]
name = "{name}"
size = [1080, 1920]
[[layer]]
type = "image"
src = "ground.jpg"
box = [0, 0, 1080, 1920]
[[layer]]
type = "text"
text = "{{{{ column.title }}}}"
font = "bold"
size = 190
align = "center"
color = {{ colors = ["#FFFFFF", "#FFC02E"] }}
stroke = {{ width = 12, color = "#8E0010" }}
shadow = {{ color = "#4A0008AA", blur = 22, offset = [0, 14] }}
box = [40, 150, 1000, 250]
[[layer]]
type = "rect"
color = {{ colors = ["#FFFDF5", "#FFF0CC"] }}
radius = 52
shadow = {{ color = "#4A000888", blur = 50, offset = [0, 18] }}
box = [64, 572, 952, 988]
[[layer]]
type = "image"
src = "{{{{ offer.photo }}}}"
fit = "contain"
shadow = {{ color = "#7A3A0066", blur = 36, offset = [0, 20] }}
box = [270, 612, 540, 490]
[[layer]]
type = "text"
text = "{{{{ offer.title }}}}"
font = "bold"
size = 76
align = "center"
color = "#3A0A0E"
box = [112, 1120, 856, 130]
[[layer]]
type = "price"
value = "{{{{ offer.price }}}}"
font = "bold"
size = 250
color = "#C2161A"
box = [112, 1270, 856, 240]
"""
FOOTER = """
[[layer]]
type = "text"
text = "{{ store.name }}"
font = "bold"
size = 52
max_lines = 1
color = "#FFFFFF"
box = [72, 1700, 620, 76]
[[layer]]
type = "qr"
data = "{{ store.join_url }}"
radius = 16
box = [-272, 1640, 200, 200]
"""
MORE = """
[[layer]]
type = "text"
text = "{{ store.street }}"
size = 36
max_lines = 1
color = "#FFE3B8"
box = [72, 1784, 640, 50]
[[layer]]
type = "text"
text = "电话 {{ store.phone }}"
size = 36
max_lines = 1
color = "#FFE3B8"
box = [72, 1840, 640, 50]
[[layer]]
type = "text"
text = "第 {{ store.id }} 家店专享"
font = "bold"
size = 40
color = "#8E0010"
background = { color = "#FFD75E", padding = [24, 8] }
box = [580, 480, 436, 64]
"""


def main() -> int:
    """Run all comparisons and print the goals."""
    goals = Goals()
    with tempfile.TemporaryDirectory(prefix="calendarkit-posters-") as folder:
        root = Path(folder)
        (root / "posters").mkdir()
        (root / "assets").mkdir()
        ground().save(root / "assets" / "ground.jpg", quality=90)
        for name, more in (("five", FOOTER + MORE), ("footer", FOOTER)):
            (root / "posters" / f"{name}.toml").write_text(HEAD.format(name=name) + more, "utf-8")
        regions(goals, root)
        naive(goals, root)
        browser(goals, root)
        satori(goals, root)
        cold(goals, root)
        many(goals, root)
    print("cairo + pango: not measured here: pango draws on cairo only with the system's python3-gi-cairo")
    return goals.exit_code


def regions(goals: Goals, root: Path) -> None:
    """Compare posters with one bare encode of the same picture."""
    painting = painter(root)
    picture = opened(painting.paint(job("five", 0)).data)
    painting.paint(job("footer", 0))
    numbers = iter(range(1, 10_000))
    taken = turns(
        ROUNDS,
        lambda: bare(picture),
        lambda: painting.paint(job("five", next(numbers))),
        lambda: painting.paint(job("footer", next(numbers))),
        each=10,
    )
    encode, five, footer = (statistics.median(each) * 1000 for each in zip(*taken, strict=True))
    print(f"one bare encode {encode:.2f} ms CPU, five regions {five:.2f} ms, footer only {footer:.2f} ms")
    goals.check("PO1 poster-five-regions-vs-encode", ratio(taken, 1, 0), "<=", 0.5, unit="x")
    goals.check("PO2 poster-footer-vs-encode", ratio(taken, 2, 0), "<=", 0.3, unit="x")


def naive(goals: Goals, root: Path) -> None:
    """Compare with a plain Pillow script, and with our own painter when it has to draw everything anew."""
    quick, slow, numbers = painter(root), painter(root), iter(range(1, 10_000))
    quick.paint(job("footer", 0))

    def afresh() -> None:
        from calendarkit.poster import pictures

        pictures._fitted.cache_clear()
        slow.__init__(slow.context)  # type: ignore[misc]  # forgets its base
        slow.paint(job("footer", next(numbers)))

    taken = turns(
        7,
        lambda: quick.paint(job("footer", next(numbers))),
        lambda: script(root / "assets" / "ground.jpg", job("footer", next(numbers)).context["store"]),
        afresh,
        each=3,
    )
    print(f"our own base drawn anew for every poster: {ratio(taken, 2, 0):.0f}x")
    goals.check("PO3 naive-pillow-vs-poster", ratio(taken, 1, 0), ">=", 60, unit="x")


def browser(goals: Goals, root: Path) -> None:
    """Compare with a warm Chromium: a new page content, or only its changed nodes, and a JPEG screenshot."""
    if not CHROMIUM.exists():
        print(f"Chromium: not measured here: {CHROMIUM} is not there")
        return
    from playwright.sync_api import sync_playwright

    painting, numbers = painter(root), iter(range(1, 10_000))
    data = base64.b64encode(painting.paint(job("footer", 0)).data).decode()
    shot: dict[str, Any] = {"type": "jpeg", "quality": 88}

    with sync_playwright() as tools:
        running = tools.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = running.new_page(viewport={"width": 1080, "height": 1920})

        def content() -> None:
            page.set_content(html(data, next(numbers)), wait_until="load")
            page.screenshot(**shot)

        def patch() -> None:
            page.evaluate("name => { document.querySelector('b').textContent = name }", f"滨江{next(numbers)}号店")
            page.screenshot(**shot)

        content()
        paint = lambda: painting.paint(job("footer", next(numbers)))  # noqa: E731  # three things take turns
        taken = turns(9, paint, content, patch, clock=time.perf_counter)
        running.close()
    goals.check("PO4 chromium-set-content-vs-poster", ratio(taken, 1, 0), ">=", 50, unit="x")
    goals.check("PO5 chromium-dom-patch-vs-poster", ratio(taken, 2, 0), ">=", 20, unit="x")


def satori(goals: Goals, root: Path) -> None:
    """Compare with satori and resvg: all laid out anew, and a name over a finished base; PNG, they have no JPEG."""
    folder = os.environ.get("SATORI")
    if not folder or not shutil.which("node"):
        print("satori + resvg: not measured here: npm install satori @resvg/resvg-js, and name the folder in SATORI")
        return
    painting, numbers = painter(root), iter(range(1, 10_000))
    (root / "base.jpg").write_bytes(painting.paint(job("footer", 0)).data)
    with Image.open(shipped() / "photos" / "apples.webp") as photo:
        photo.convert("RGBA").save(root / "photo.png")
    given = (folder, root / "base.jpg", root / "photo.png", shipped_fonts() / "NotoSansSC-Bold.otf", 5)
    command = ["node", Path(__file__).with_name("_poster_satori.mjs"), *given]
    full: list[float] = []
    patched: list[float] = []
    for _ in range(3):
        ours = statistics.median(each[0] for each in turns(9, lambda: painting.paint(job("footer", next(numbers)))))
        done = subprocess.run([str(each) for each in command], capture_output=True, text=True, check=True)
        theirs = json.loads(done.stdout)
        full.append(theirs["full"] / ours / 1000)
        patched.append(theirs["patched"] / ours / 1000)
    goals.check("PO11 satori-resvg-vs-poster", statistics.median(full), ">=", 250, unit="x")
    goals.check("PO12 satori-over-a-base-vs-poster", statistics.median(patched), ">=", 40, unit="x")


def cold(goals: Goals, root: Path) -> None:
    """Take the first poster of a new process, without and with the base on disk; the imports are part of it."""
    code = (
        f"import sys; sys.path[:0] = {[str(Path(__file__).parent)]!r}\n"
        "import time; began = time.process_time()\n"
        "from pathlib import Path; from posters import job, painter\n"
        "imported = time.process_time()\n"
        f"painter(Path({str(root)!r}), Path(sys.argv[1])).paint(job('five', 1))\n"
        "print(imported - began, time.process_time() - imported)"
    )
    first: list[float] = []
    kept: list[float] = []
    for _ in range(5):
        cache = root / "cold"
        shutil.rmtree(cache, ignore_errors=True)
        for found in (first, kept):
            done = subprocess.run([sys.executable, "-c", code, str(cache)], capture_output=True, text=True, check=True)
            found.append(float(done.stdout.split()[1]))
    goals.check("PO6 first-poster-of-a-process", statistics.median(first), "<=", 0.8, unit="s")
    goals.check("PO7 first-poster-with-the-base-kept", statistics.median(kept), "<=", 0.15, unit="s")


def many(goals: Goals, root: Path) -> None:
    """Draw a slot's posters in painter processes: drawn, verified, digested, written; then the md5 of each file."""
    context = folders(root, root / "cache")
    drawing = Drawing(Registry({}), MediaStore(root / "media"), context, clock=SystemClock(), painters=2)
    jobs = [job("five", number) for number in range(POSTERS)]
    peak, began = 0.0, time.perf_counter()

    def watched() -> bool:
        nonlocal peak
        peak = max([peak, *(resident(each.process.pid) for each in drawing._pool._idle)])
        return False

    left = drawing.warm(jobs, watched)
    drawn = time.perf_counter() - began
    written = sorted((root / "media").glob("*/*.jpg"))
    for path in written:
        hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
    took = time.perf_counter() - began
    watched()
    busy = sum(spent(each.process.pid) for each in drawing._pool._idle)
    drawing.close()
    again = time.perf_counter()
    Drawing(Registry({}), MediaStore(root / "media"), context, clock=SystemClock()).warm(jobs)
    print(
        f"{POSTERS} posters: {took:.1f} s, {POSTERS / took:.0f}/s; found again in {time.perf_counter() - again:.1f} s; "
        f"painters were on a processor for {busy / drawn / 2:.0%} of two, {busy / POSTERS * 1000:.1f} ms a poster"
    )
    goals.check("PO8 posters-missing", left + POSTERS - len(written), "<=", 0)
    goals.check("PO9 5000-posters-on-two-cores", took * 5000 / POSTERS, "<=", 20, unit="s")
    goals.check("PO10 painter-process-memory", peak, "<=", 120, unit="MB")


def turns(
    rounds: int, *functions: Callable[[], object], clock: Callable[[], float] = time.process_time, each: int = 1
) -> list[tuple[float, ...]]:
    """Return the seconds of each function in each round; they take turns, ``each`` times at a stretch."""
    taken = []
    for function in functions:
        function()
    for _ in range(rounds):
        gc.collect()
        taken.append(tuple(timed(functions, clock, each)))
    return taken


def timed(functions: Sequence[Callable[[], object]], clock: Callable[[], float], times: int) -> Iterator[float]:
    """Yield the seconds of each function."""
    for function in functions:
        began = clock()
        for _ in range(times):
            function()
        yield (clock() - began) / times


def ratio(taken: list[tuple[float, ...]], one: int, other: int) -> float:
    """Return the median ratio of two functions, pair by pair."""
    return statistics.median(each[one] / each[other] for each in taken)


def painter(root: Path, cache: Path | None = None) -> Painting:
    """Return a painter over ``root``."""
    return PAINTERS[0].connect(PillowOptions(), folders(root, cache))


def folders(root: Path, cache: Path | None) -> PainterContext:
    """Return where layouts, pictures and fonts are."""
    return PainterContext(layouts=(root / "posters",), assets=(root / "assets", shipped()), fonts=(), cache=cache)


def job(layout: str, number: int) -> PosterJob:
    """Return the poster of one store."""
    store = {
        "id": f"{number:05d}", "name": f"滨江{number}号旗舰店", "street": f"西湖区文三路 {number} 号",
        "phone": f"0571-8{number:06d}", "join_url": f"https://example.com/j/hz-{number:05d}",
    }  # fmt: skip
    offer = {"title": "阿克苏冰糖心苹果", "price": Decimal("9.90"), "photo": "photos/apples.webp"}
    context = {"column": {"title": "限时秒杀"}, "store": store, "offer": offer, "slot": {"time": "20:00"}}
    return PosterJob(layout=layout, context=context, max_bytes=2_000_000)


def ground() -> Image.Image:
    """Return a sale's background: a glow on red, with a little grain."""
    size = (1080, 1920)
    glow = Image.radial_gradient("L").resize(size)
    grain = Image.effect_noise(size, 12)
    red, green, blue = (glow.point([round(a + (b - a) * n / 255) for n in range(256)]) for a, b in _GLOW)
    return Image.blend(Image.merge("RGB", (red, green, blue)), grain.convert("RGB"), 0.08)


_GLOW = ((235, 150), (60, 0), (40, 20))


def bare(picture: Image.Image) -> None:
    """Encode a picture the way everybody does."""
    picture.save(io.BytesIO(), "JPEG", quality=88, subsampling=0)


def opened(data: bytes) -> Image.Image:
    """Return a picture, decoded."""
    with Image.open(io.BytesIO(data)) as picture:
        return picture.convert("RGB")


def html(data: str, number: int) -> str:
    """Return a page that shows a finished base and a store's name on it: the least a browser could do."""
    style = "position:absolute;left:72px;top:1700px;font:700 52px sans-serif;color:#fff"
    picture = f"<img src='data:image/jpeg;base64,{data}'>"
    return f"<body style='margin:0'>{picture}<b style='{style}'>滨江{number}号店</b></body>"


def resident(pid: int) -> float:
    """Return the megabytes a process holds."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


def spent(pid: int) -> float:
    """Return the seconds a process was on a processor."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
