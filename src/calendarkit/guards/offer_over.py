"""活动有效期与库存: an offer is announced only while it can be bought."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from calendarkit.extend.planning import Candidate
from calendarkit.guards.moment import clock, moment
from calendarkit.model.guarding import Allow, History, Verdict, Withhold
from calendarkit.model.text import Text


def offer_over(candidate: Candidate, _history: History, _options: object) -> Verdict:
    """Withhold an offer that has ended, has not begun, is sold out or is gone from the offers."""
    delivery, calendar = candidate.delivery, candidate.calendar
    if not delivery.offer:
        return Allow()
    offer = calendar.offers.get(delivery.offer)
    if offer is None:
        return Withhold(Text(f"没有商品 {delivery.offer}", f"there is no offer {delivery.offer}"))
    if offer.stock == 0:
        return Withhold(Text(f"{offer.title} 已售罄（stock = 0）", f"{offer.title} is sold out (stock = 0)"))
    instant = max(moment(candidate), candidate.now) if candidate.sending else moment(candidate)
    zone = calendar.workspace.timezone
    if offer.until is not None and instant >= _epoch(offer.until, zone):
        end = clock(_epoch(offer.until, zone), zone)
        return Withhold(Text(f"{offer.title} 的活动 {end} 已结束", f"the offer {offer.title} ended at {end}"))
    if offer.since is not None and instant < _epoch(offer.since, zone):
        start = clock(_epoch(offer.since, zone), zone)
        return Withhold(Text(f"{offer.title} 的活动 {start} 才开始", f"the offer {offer.title} begins only at {start}"))
    return Allow()


def _epoch(written: dt.datetime, zone: str) -> int:
    """Return the instant people wrote; without a zone of its own it is local to the workspace."""
    aware = written if written.tzinfo else written.replace(tzinfo=ZoneInfo(zone))
    return int(aware.timestamp())
