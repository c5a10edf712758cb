"""A small shop that tests start from: one store, two groups, two columns, one offer, one pool."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.column import Column, Content
from calendarkit.calendar.offer import Offer
from calendarkit.calendar.pool import Item, Pool
from calendarkit.calendar.roster import Group, Roster, Store
from calendarkit.calendar.workspace import Workspace
from calendarkit.extend import Candidate, Delivery, History, Sent, Slot

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
STORE = Store(
    id="hz-001", name="滨江一号店", city="杭州", street="江陵路 88 号", fields={"manager": "小陈", "parking": ""}
)
VIP = Group(id="hz-001.vip", store="hz-001", title="滨江一号店 VIP 群", fields={"host": "阿梅"})
STAFF = Group(id="hz-001.staff", store="hz-001", title="滨江一号店导购群", members="staff")
APPLE = Offer(id="apple", sku="A5", title="苹果 5 斤装", price=Decimal("9.9"), list_price=Decimal("19.8"))
TIPS = Pool("tips", (Item(id="one", title="小雪", body="喝碗热粥再出门。", fields={"emoji": "🍲"}), Item(id="two")))


def at(clock: str, day: str = "2026-11-25") -> int:
    """Return the instant of a time in Shanghai."""
    return int(dt.datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SHANGHAI).timestamp())


def slot(clock: str = "12:00", day: str = "2026-11-25", **more: Any) -> Slot:
    """Return a slot of the column ``noon``; it may be 30 minutes late."""
    start = at(clock, day)
    given = {"column": "noon", "name": clock, "deadline": start + 1800, "zone": "Asia/Shanghai", **more}
    return Slot(day=dt.date.fromisoformat(day), at=start, **given)


def delivery(when: Slot | None = None, **more: Any) -> Delivery:
    """Return a delivery to the VIP group by the channel ``robot``."""
    when = when or slot()
    given = {"target": VIP.id, "store": STORE.id, "channel": "robot", "not_before": when.at, **more}
    return Delivery(slot=when, **given)


def calendar(content: Content | None = None, **more: Any) -> Calendar:
    """Return a calendar with the columns ``noon`` (which says ``content``) and ``tips``."""
    noon = Column(id="noon", title="午间特惠", content=content or Content())
    given = {"offers": {"apple": APPLE}, "pools": {"tips": TIPS}, "workspace": Workspace(name="鲜果时光"), **more}
    return Calendar(columns={"noon": noon, "tips": Column(id="tips", title="早安贴士")}, **given)


def roster(*stores: Store) -> Roster:
    """Return the shop's stores and groups."""
    return Roster(stores={each.id: each for each in stores or (STORE,)}, groups={VIP.id: VIP, STAFF.id: STAFF})


def candidate(of: Calendar, **more: Any) -> Candidate:
    """Return the question guards are asked about :func:`delivery`."""
    asked = more.pop("delivery", None) or delivery()
    return Candidate(**{"delivery": asked, "calendar": of, "roster": roster(), "now": asked.slot.at, **more})


def history(*clocks: str, column: str = "tips") -> History:
    """Return what the VIP group is promised on 25 November: one slot of ``column`` at each time."""
    sends = tuple(Sent(slot=f"{column}/2026-11-25/{each}", column=column, at=at(each)) for each in sorted(clocks))
    return History({VIP.id: sends})
