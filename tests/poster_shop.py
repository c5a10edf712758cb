"""What poster tests are made of: a painter over temporary folders, contexts of a shop's day, small layouts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

from calendarkit.extend import PainterContext, Painting, Poster, PosterJob
from calendarkit.poster.painter import PAINTERS, PillowOptions

SHORT = {"id": "hz-001", "name": "滨江一号店", "join_url": "https://example.com/j/hz-001"}
LONG = {
    "id": "hz-002",
    "name": "杭州市余杭区未来科技城海创园社区生鲜旗舰店(西门)",
    "join_url": "https://example.com/j/hz-002?from=poster&slot=flash",
}
APPLES = {
    "id": "apples", "sku": "", "title": "阿克苏冰糖心苹果", "price": Decimal("9.90"),
    "list_price": Decimal("15.80"),
    "saving": Decimal("5.90"), "unit": "500g", "stock": 80, "limit": "每人限 2 份", "since": None,
    "until": dt.datetime(2026, 11, 25, 14, 0),
    "photo": "photos/apples.webp", "url": "", "words": {},
}  # fmt: skip
BARE = {
    **APPLES, "title": "智利进口 JJJ 级车厘子礼盒装 2.5kg（顺丰冷链到家）", "price": Decimal("1288"),
    "list_price": None,
    "saving": None, "unit": "", "limit": "", "until": None, "photo": "",
}  # fmt: skip
TIP = {
    "id": "1", "title": "苹果皮别急着削", "photo": "photos/apples.webp",
    "body": "果皮里的膳食纤维和花青素比果肉还多，\n用盐水搓洗一分钟、流水冲净就能放心吃。\n"
    "早上一个苹果配一杯温牛奶，饱腹又清爽。",
}  # fmt: skip
PRODUCTS = (
    "红颜草莓 300g|19.9|39.9|photos/strawberries.webp|盒; 阿根廷红虾 2kg 超大号船冻|89|128|photos/shrimp.webp|盒;"
    "云南蜜桔|6.8||photos/oranges.webp|500g"
)


def context(time: str = "12:00", **more: Any) -> dict[str, Any]:
    """Return the context of a Wednesday slot; ``more`` adds or replaces roots."""
    hour, minute = int(time[:2]), int(time[3:])
    at = dt.datetime(2026, 11, 25, hour, minute, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    slot = {"key": f"c/2026-11-25/{time}", "day": at.date(), "name": time, "time": time, "at": at, "weekday": "周三"}
    column = {"id": "c", "title": "午间特惠", "kind": "", "owner": "", "star": False}
    return {"column": column, "slot": slot, "store": SHORT, "values": {}, "workspace": {"name": "鲜果时光"}, **more}


def painter(folder: Path | None = None, *, cache: Path | None = None, encoder: str = "splice") -> Painting:
    """Return the built-in painter over ``folder/posters``, ``folder/assets`` and ``folder/fonts``."""
    folders = {"layouts": (), "assets": (), "fonts": ()} if folder is None else {
        "layouts": (folder / "posters",), "assets": (folder / "assets",), "fonts": (folder / "fonts",),
    }  # fmt: skip
    options = PillowOptions.model_validate({"encoder": encoder})
    return PAINTERS[0].connect(options, PainterContext(**folders, cache=cache))


def paint(folder: Path, layers: str, *, size: tuple[int, int] = (540, 400), sheet: str = "", **more: Any) -> Poster:
    """Draw a one-off layout made of ``layers``; ``sheet`` adds lines to its ``[poster]`` table."""
    (folder / "posters").mkdir(exist_ok=True)
    head = f'[poster]\nname = "t"\nsize = [{size[0]}, {size[1]}]\n{sheet}\n'
    (folder / "posters" / "t.toml").write_text(head + layers, "utf-8")
    return painter(folder).paint(PosterJob(layout="t", context=context(**more)))
