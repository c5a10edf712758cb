"""Kinds that give members something: member days, coupons, red packets, rewards."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from calendarkit.calendar.fields import Duration, Strings
from calendarkit.calendar.policy import Yuan
from calendarkit.extend.options import Options
from calendarkit.extend.planning import ColumnKind
from calendarkit.model.text import Text


class MemberDay(Options):
    """Options of ``member_day``."""

    tiers: Strings = ()
    """Which tiers of members it is for; empty means all."""


class Coupon(Options):
    """Options of ``coupon``."""

    worth: Yuan
    """What it is worth, in yuan."""
    redeem: Literal["online", "store", "both"] = "both"
    """Where it can be used."""
    expires: Duration = "7d"
    """How long it can be used."""


class RedPacket(Options):
    """Options of ``red_packet``: without a rule none is sent."""

    purpose: Literal["welcome", "thanks", "festival", "game"]
    """Why it is sent."""
    amount: Yuan
    """What one round costs, in yuan."""
    count: int = Field(ge=1, le=100)
    """How many members share it."""


class Referral(Options):
    """Options of ``referral``."""

    reward: str
    """What the one who recommends receives."""


class Starter(Options):
    """Options of ``starter_offer``."""

    once_per: Literal["member", "household"] = "member"
    """Who may take it only once."""


BENEFIT: tuple[ColumnKind, ...] = (
    ColumnKind(
        name="member_day",
        title=Text("会员日", "member day"),
        summary=Text("固定日子、固定福利，让人记住", "the same benefit on the same day, so that people remember"),
        worth="benefit",
        defaults={"late": "30m"},
        options=MemberDay,
        example="""\
[[column]]
id = "member-wednesday"
title = "周三会员日"
kind = "member_day"
on = "周三"
at = "10:00"
options = { tiers = ["金卡", "银卡"] }

[column.content]
text = "周三会员日开始啦：{{ options.tiers | join('、') }}会员到店双倍积分。"
""",
    ),
    ColumnKind(
        name="coupon",
        title=Text("优惠券", "coupon"),
        summary=Text("群专属的券，写明面值、期限和在哪里用", "a coupon of the group: worth, term, where to use it"),
        worth="benefit",
        defaults={"late": "1h"},
        options=Coupon,
        example="""\
[[column]]
id = "weekend-coupon"
title = "周末券"
kind = "coupon"
on = "周五"
at = "12:00"
options = { worth = 10, redeem = "store", expires = "3d" }

[column.content]
text = "群友专享 {{ options.worth | money }} 元券，三天内到店使用。"
""",
    ),
    ColumnKind(
        name="red_packet",
        title=Text("红包", "red packet"),
        summary=Text(
            "先有规则再发：什么群、为什么、多少钱、几个人", "never without a rule: why, how much, for how many"
        ),
        worth="benefit",
        defaults={"late": "10m", "on_unknown": "park"},
        options=RedPacket,
        example="""\
[[column]]
id = "festival-packet"
title = "元旦红包"
kind = "red_packet"
on = "2027-01-01"
at = "09:00"
options = { purpose = "festival", amount = 50, count = 20 }

[column.content]
text = "元旦快乐！{{ options.count }} 个红包，先到先得。"
""",
    ),
    ColumnKind(
        name="referral",
        title=Text("推荐有礼", "referral"),
        summary=Text("老客带新客，双方都有礼", "those who bring a friend are thanked"),
        worth="benefit",
        options=Referral,
        example="""\
[[column]]
id = "bring-a-friend"
title = "带朋友来"
kind = "referral"
on = "每月5号"
at = "11:00"
options = { reward = "20 元券" }

[column.content]
text = "推荐一位朋友入会，送你{{ options.reward }}。"
""",
    ),
    ColumnKind(
        name="starter_offer",
        title=Text("首单体验", "starter offer"),
        summary=Text("低门槛的第一次购买，每人一次，建立信任", "an easy first purchase, once each, to build trust"),
        worth="benefit",
        defaults={"late": "1h"},
        options=Starter,
        example="""\
[[column]]
id = "first-milk"
title = "新客鲜奶"
kind = "starter_offer"
on = "周二"
at = "10:30"
audience = "new"

[column.content]
text = "新朋友专享：鲜奶首单体验，每人一次。"
""",
    ),
)
