"""Kinds that sell: deals, flash sales, group buying, live series."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from calendarkit.calendar.fields import Duration, Strings
from calendarkit.extend.options import Options
from calendarkit.extend.planning import ColumnKind
from calendarkit.model.text import Text


class Deal(Options):
    """Options of ``deal`` and ``hero_deal``."""

    reason: str = ""
    """Why this product now: a scene or a reason, not only a price."""


class FlashSale(Options):
    """Options of ``flash_sale``."""

    lasts: Duration = "2h"
    """How long the price holds."""


class GroupBuy(Options):
    """Options of ``group_buy``."""

    size: int = Field(ge=2)
    """How many must join."""
    closes: Duration = "24h"
    """How long it is open."""


class Preorder(Options):
    """Options of ``preorder_vote``."""

    choices: Strings
    """What may be ordered."""
    closes: Duration = "24h"
    """How long the vote is open."""


class Live(Options):
    """Options of ``live_series``."""

    host: str = ""
    """Who is in front of the camera; empty when each item or store says so itself."""
    room: str = ""
    """Where it can be watched."""


class Repurchase(Options):
    """Options of ``repurchase``."""

    cycle: Duration = "30d"
    """How long the product usually lasts."""


class Sponsored(Options):
    """Options of ``sponsored``."""

    partner: str
    """Who pays."""
    until: dt.date
    """Last day of the contract."""


SALE: tuple[ColumnKind, ...] = (
    ColumnKind(
        name="deal",
        title=Text("特惠", "deal"),
        summary=Text("每天同一时间的特惠商品", "a product at a special price, at the same time every day"),
        worth="sale",
        defaults={"late": "30m"},
        options=Deal,
        example="""\
[[column]]
id = "noon-deals"
title = "午间特惠"
kind = "deal"
on = "周一至周五"
at = "12:00"
options = { reason = "午饭后来个甜的" }

[column.content]
text = "{{ options.reason }}：今日特惠到货。"
""",
    ),
    ColumnKind(
        name="flash_sale",
        title=Text("秒杀", "flash sale"),
        summary=Text("固定时间的限时限量，过时不候", "few pieces for a short time, at a fixed hour"),
        worth="sale",
        defaults={"late": "10m", "on_unknown": "park"},
        options=FlashSale,
        example="""\
[[column]]
id = "flash-wed"
title = "周三秒杀"
kind = "flash_sale"
on = "周三"
at = "20:00"
options = { lasts = "1h" }

[column.content]
text = "周三秒杀开始，只有 {{ options.lasts }}！"
""",
    ),
    ColumnKind(
        name="hero_deal",
        title=Text("爆款", "hero deal"),
        summary=Text("一件带来客流的主打商品，卖完即止", "the one product that brings people, while stock lasts"),
        worth="sale",
        defaults={"late": "30m"},
        options=Deal,
        example="""\
[[column]]
id = "hero-orange"
title = "本周爆款"
kind = "hero_deal"
on = "周五"
at = "17:30"
options = { reason = "赣南脐橙第一车" }

[column.content]
text = "{{ options.reason }}到店，卖完即止。"
""",
    ),
    ColumnKind(
        name="group_buy",
        title=Text("拼团", "group buying"),
        summary=Text("开团、进度、最后召集、成团", "cheaper when enough people join"),
        worth="sale",
        defaults={"late": "30m"},
        options=GroupBuy,
        example="""\
[[column]]
id = "egg-group"
title = "土鸡蛋拼团"
kind = "group_buy"
on = "周四"
at = "19:00"
options = { size = 3, closes = "24h" }

[column.content]
text = "{{ options.size }} 人成团，{{ options.closes }} 内有效。"
""",
    ),
    ColumnKind(
        name="preorder_vote",
        title=Text("预订", "pre-order"),
        summary=Text("先问要什么、要多少，再进货", "what people want and how much, before it is bought in"),
        worth="sale",
        options=Preorder,
        example="""\
[[column]]
id = "new-year-order"
title = "年货预订"
kind = "preorder_vote"
on = "2027-01-15"
at = "19:30"
options = { choices = ["腊肠", "年糕", "坚果礼盒"], closes = "48h" }

[column.content]
text = "年货预订接龙：{{ options.choices | join('、') }}。"
""",
    ),
    ColumnKind(
        name="live_series",
        title=Text("直播", "live series"),
        summary=Text("直播的预告、提醒、开播和回顾", "announcement, reminder, start and recap of a live show"),
        worth="sale",
        defaults={"late": "10m"},
        options=Live,
        example="""\
[[column]]
id = "friday-live"
title = "周五直播"
kind = "live_series"
on = "周五"
at = { preview = "12:00", start = "20:00" }
options = { host = "店长小林" }

[column.content]
text = "今晚 8 点{{ options.host }}直播间见。"
""",
    ),
    ColumnKind(
        name="repurchase",
        title=Text("复购提醒", "repurchase reminder"),
        summary=Text("按使用周期，在快用完的时候提醒", "a reminder when it is about to run out"),
        worth="sale",
        defaults={"late": "6h"},
        options=Repurchase,
        example="""\
[[column]]
id = "milk-again"
title = "鲜奶该补了"
kind = "repurchase"
on = "每月25号"
at = "10:00"
options = { cycle = "30d" }

[column.content]
text = "家里的奶快喝完了吧？老价格给您留着。"
""",
    ),
    ColumnKind(
        name="sponsored",
        title=Text("品牌合作", "sponsored"),
        summary=Text("有合同期限的合作内容，写明合作方", "content that a partner pays for, within its contract"),
        worth="sale",
        options=Sponsored,
        example="""\
[[column]]
id = "oat-partner"
title = "合作：燕麦奶"
kind = "sponsored"
on = "周二"
at = "15:00"
options = { partner = "某燕麦品牌", until = 2026-12-31 }

[column.content]
text = "【合作】{{ options.partner }}请大家试喝。"
""",
    ),
)
