"""Words that several commands say."""

from __future__ import annotations

from calendarkit.cli.sheet import Head
from calendarkit.model.state import State
from calendarkit.model.text import Text

STATES: dict[State, Text] = {
    State.PLANNED: Text("已计划", "planned"),
    State.READY: Text("待发送", "ready"),
    State.LEASED: Text("待发送", "leased"),
    State.SENDING: Text("发送中", "sending"),
    State.ACCEPTED: Text("等待确认", "accepted"),
    State.UNKNOWN: Text("不确定", "unknown"),
    State.DELIVERED: Text("已送达", "delivered"),
    State.FAILED: Text("失败", "failed"),
    State.EXPIRED: Text("错过", "expired"),
    State.WITHHELD: Text("挡下", "withheld"),
    State.CANCELLED: Text("已取消", "cancelled"),
}
STATE_STYLES = {
    State.DELIVERED: "good",
    State.UNKNOWN: "bad",
    State.FAILED: "bad",
    State.EXPIRED: "bad",
    State.WITHHELD: "warn",
    State.ACCEPTED: "warn",
}
PARTS = {"text": Text("文字", "text"), "poster": Text("海报", "poster"), "link": Text("链接卡片", "link card")}

TIME = Head(Text("时间", "time"))
COLUMN = Head(Text("栏目", "column"))
SLOT = Head(Text("档期", "slot"))
CHANNEL = Head(Text("渠道", "channel"))
COUNT = Head(Text("条数", "count"), right=True)
REASON = Head(Text("原因", "reason"))
EXAMPLE = Head(Text("例如", "for example"))
STATE = Head(Text("状态", "state"))
KEY = Head(Text("编号", "key"), whole=True)
NAME = Head(Text("名称", "name"))


def state_word(state: State) -> Text:
    """Return what people call a state."""
    return STATES[state]


def amount(number: int) -> str:
    """Return ``number`` with thousands separated: ``50,000``."""
    return f"{number:,}"


def plural(number: int, one: str, many: str) -> str:
    """Return the English word that goes with ``number``.

    >>> plural(1, "delivery", "deliveries"), plural(0, "delivery", "deliveries")
    ('delivery', 'deliveries')
    """
    return one if number == 1 else many


def counted(number: int, one: str, many: str) -> str:
    """Return ``number`` with its English word: ``1 delivery``, ``50,000 deliveries``."""
    return f"{amount(number)} {plural(number, one, many)}"
