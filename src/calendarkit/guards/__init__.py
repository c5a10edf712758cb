"""The built-in guards, registered like those of any plugin."""

from __future__ import annotations

from calendarkit.extend.planning import Guard
from calendarkit.guards.cap_per_day import cap_per_day
from calendarkit.guards.cap_per_week import cap_per_week
from calendarkit.guards.discount_floor import discount_floor
from calendarkit.guards.gap import gap
from calendarkit.guards.looks_back import mix_days, rest, sale_pause, week
from calendarkit.guards.offer_over import offer_over
from calendarkit.guards.price_parity import price_parity
from calendarkit.guards.product_rest import product_rest
from calendarkit.guards.quiet_hours import quiet_hours
from calendarkit.guards.reach import reach
from calendarkit.guards.sale_gap import sale_gap
from calendarkit.guards.sale_share import sale_share
from calendarkit.model.text import Text

GUARDS: tuple[Guard, ...] = (
    Guard(name="cap_per_day", title=Text("每天上限", "messages a day"), judge=cap_per_day),
    Guard(name="cap_per_week", title=Text("每周上限", "messages a week"), judge=cap_per_week, looks_back=week),
    Guard(name="discount_floor", title=Text("折扣管控", "discount floor"), judge=discount_floor),
    Guard(name="gap", title=Text("发送间隔", "pause between messages"), judge=gap),
    Guard(name="offer_over", title=Text("活动有效期与库存", "offer period and stock"), judge=offer_over),
    Guard(name="price_parity", title=Text("价格一致", "price parity"), judge=price_parity),
    Guard(name="product_rest", title=Text("商品间隔", "rest of a product"), judge=product_rest, looks_back=rest),
    Guard(name="quiet_hours", title=Text("免打扰", "quiet hours"), judge=quiet_hours),
    Guard(name="reach", title=Text("渠道能否到达", "whom the channel reaches"), judge=reach),
    Guard(name="sale_gap", title=Text("卖货间隔", "pause between offers"), judge=sale_gap, looks_back=sale_pause),
    Guard(name="sale_share", title=Text("卖货占比", "share of selling"), judge=sale_share, looks_back=mix_days),
)
"""Sorted by name."""

__all__ = ["GUARDS"]
