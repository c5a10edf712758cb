"""Kinds that only staff see."""

from __future__ import annotations

from calendarkit.extend.planning import ColumnKind
from calendarkit.model.text import Text

STAFF: tuple[ColumnKind, ...] = (
    ColumnKind(
        name="brief",
        title=Text("晨会", "briefing"),
        summary=Text("发给店员的当日重点：转发什么、怎么说", "what staff forward today, and what they say"),
        defaults={"late": "2h"},
        example="""\
[[column]]
id = "morning-brief"
title = "门店晨会"
kind = "brief"
on = "每天"
at = "09:00"
audience = "members == 'staff'"

[column.content]
text = "今天重点：12:00 午间特惠，20:00 周三秒杀，请提前转发海报。"
""",
    ),
)
