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
LIVE = {
    "id": "2", "title": "跟店长去烟台，直播摘苹果", "photo": "photos/apples.webp", "host": "店长 小林",
    "body": "直播间专享 9.9 元一斤\n前 100 名下单送草莓\n整点抽免单",
}  # fmt: skip
BREAKFAST = {
    "id": "7", "title": "一杯牛奶一个蛋", "photo": "photos/milk.webp", "day": "7",
    "body": "拍下早餐发到群里，\n连续七天就送鲜鸡蛋一盒。",
}  # fmt: skip
PERKS = "满 99 减 20|全场通用;双倍积分|到店即享;生日礼|店长手作蛋糕"
PROGRAMME = (
    "周一 | 07:30 | 早安贴士 | 一分钟厨房小知识;周二 | 12:00 | 午间特惠 | 苹果 9.9 元一斤;"
    "周三 | 20:00 | 周三秒杀 | 红颜草莓限量 80 盒;周四 | 12:00 | 午间特惠 | 云南蜜桔新到;"
    "周五 | 19:30 | 好物直播 | 店长带你逛产地;周六 | 10:00 | 会员日 | 全场 88 折;周日 | 16:00 | 周末话题 | 晒早餐"
)
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


def titled(title: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return the context ``values`` with a column of that title."""
    return {**values, "column": {**values["column"], "title": title}}


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
