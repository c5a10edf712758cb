"""``calendarkit poster bench``: how long a poster of a layout takes on this machine."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from typing import Any

import click

from calendarkit.calendar.poster_name import PosterName, poster_name
from calendarkit.cli.bilingual import Command, json_option, option
from calendarkit.cli.codes import Exit, Refusal
from calendarkit.cli.lines import line, show, show_json
from calendarkit.cli.opening import opened, today
from calendarkit.cli.poster_desk import Desk
from calendarkit.cli.poster_sample import sample_context
from calendarkit.cli.settings import Settings
from calendarkit.extend.painting import PosterJob
from calendarkit.model.text import Text
from calendarkit.poster.layout import load_layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Milliseconds: the first poster, a further one, and encoding one picture of that size and nothing else."""

    first: float
    each: float
    encode: float

    def words(self) -> Text:
        """Say it."""
        ratio = self.each / self.encode if self.encode else 0.0
        hour = 5_000 * self.each / 1_000
        return Text(
            f"第一张 {self.first:.0f} 毫秒，之后每张 {self.each:.1f} 毫秒（单是压一张 JPEG 的 {ratio:.2f} 倍）；"
            f"5,000 张约 {hour:.0f} 秒（一个进程）",
            f"the first {self.first:.0f} ms, each further one {self.each:.1f} ms ({ratio:.2f} × encoding one JPEG); "
            f"5,000 take about {hour:.0f} s in one process",
        )


@click.command(
    "bench",
    cls=Command,
    words=Text(
        "测一个版式在这台机器上有多快：换着店名、二维码连画 COUNT 张。",
        "Measure a layout on this machine: COUNT posters in a row, each with another store and code.",
    ),
    examples=("calendarkit poster bench flash_sale",),
)
@click.argument("layout")
@option("--count", type=click.IntRange(2, 5_000), default=60, words=Text("画几张。", "How many posters."))
@json_option
@click.pass_obj
def bench_command(settings: Settings, *, layout: str, count: int, as_json: bool) -> Exit:
    """Measure it."""
    with opened(settings) as world:
        timing = measure(Desk(world), poster_name(layout, world.calendar.workspace.theme), count)
        day = today(world)
    if as_json:
        show_json({"layout": layout, "day": day.isoformat(), "first_ms": timing.first, "each_ms": timing.each,
                   "encode_ms": timing.encode})  # fmt: skip
    else:
        show(
            [line(f"{layout}：" if settings.language == "zh" else f"{layout}: ", settings.say(timing.words()))],
            settings,
        )
    return Exit.FINE


def measure(desk: Desk, name: PosterName, count: int) -> Timing:
    """Return how long ``count`` posters take.

    Raises:
        CalendarkitError: the layout cannot be drawn.
    """
    import arrow

    load_layout(str(name), desk.layouts)
    at = arrow.get(desk.world.clock.now()).datetime
    spent: list[float] = []
    picture: Any = None
    for number in range(count):
        store = {"id": f"b-{number}", "name": f"第 {number + 1} 家门店", "join_url": f"https://example.com/j/{number}"}
        job = PosterJob(layout=str(name), context=sample_context(name.layout, at, store, desk.world.name))
        began = time.perf_counter()
        picture = desk.paint(job)
        spent.append((time.perf_counter() - began) * 1_000)
    if picture is None:
        raise Refusal(Text("没有画出海报", "nothing was drawn"))
    return Timing(first=spent[0], each=sorted(spent[1:])[len(spent[1:]) // 2], encode=_encoded(picture.data))


def _encoded(data: bytes) -> float:
    """Return how long Pillow needs for nothing but the encoding, the median of five."""
    from PIL import Image

    canvas = Image.open(io.BytesIO(data)).convert("RGB")
    spent = []
    for _ in range(5):
        began = time.perf_counter()
        canvas.save(io.BytesIO(), "JPEG", quality=88, subsampling=0)
        spent.append((time.perf_counter() - began) * 1_000)
    return sorted(spent)[2]
