"""A made-up day, for looking at layouts that no column uses yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from calendarkit.calendar.template_filters import WEEKDAYS

STORES: tuple[Mapping[str, Any], ...] = (
    {"id": "s-001", "name": "滨江店", "join_url": "https://example.com/j/s-001"},
    {
        "id": "s-002",
        "name": "杭州市余杭区未来科技城海创园社区生鲜旗舰店(西门)",
        "join_url": "https://example.com/j/s-002?from=poster&column=evening-flash-sale",
    },
)
"""A short and a long name, where the workspace has no stores."""
_VALUES = {
    "headline": "全场 88 折",
    "perks": "满 99 减 20 | 全场通用; 双倍积分 | 到店即享; 生日礼 | 店长手作蛋糕",
    "people": "3",
    "days": "21",
    "programme": "周一 | 07:30 | 早安贴士 | 厨房小知识; 周二 | 12:00 | 午间特惠 | 苹果 9.9 元一斤;"
    "周三 | 20:00 | 限时秒杀 | 草莓限量 80 盒; 周四 | 12:00 | 午间特惠 | 蜜桔新到;"
    "周五 | 19:30 | 好物直播 | 店长逛产地; 周六 | 10:00 | 会员日 | 全场 88 折; 周日 | 16:00 | 周末话题 | 晒晒早餐",
}
_ITEM: Mapping[str, Any] = {
    "id": "1",
    "title": "苹果皮别急着削",
    "body": "果皮里的膳食纤维比果肉还多，\n用盐水搓洗一分钟就能放心吃。\n配一杯温牛奶，饱腹又清爽。",
    "photo": "photos/apples.webp",
    "offer": None,
    "date": None,
    "fields": {},
}
_OFFER: Mapping[str, Any] = {
    "id": "apples",
    "sku": None,
    "title": "阿克苏冰糖心苹果",
    "price": Decimal("9.90"),
    "list_price": Decimal("15.80"),
    "saving": Decimal("5.90"),
    "unit": "500g",
    "stock": 80,
    "limit": "每人限 2 份",
    "since": None,
    "photo": "photos/apples.webp",
    "url": None,
    "words": {},
}


def sample_context(title: str, at: dt.datetime, store: Mapping[str, Any], shop: str) -> dict[str, Any]:
    """Return what the templates of a layout see on the made-up day.

    Args:
        title: of the column.
        at: aware; the instant of the slot.
        store: as the templates see it.
        shop: what people call the workspace.
    """
    slot = {
        "key": f"sample/{at.date()}/{at:%H:%M}",
        "day": at.date(),
        "name": f"{at:%H:%M}",
        "time": f"{at:%H:%M}",
        "at": at,
        "weekday": WEEKDAYS[at.weekday()],
    }
    return {
        "column": {"id": "sample", "title": title, "kind": None, "owner": None, "star": False},
        "slot": slot,
        "store": dict(store),
        "group": None,
        "item": _ITEM,
        "offer": {**_OFFER, "until": at + dt.timedelta(hours=2)},
        "values": _VALUES,
        "options": {},
        "workspace": {"name": shop},
    }
