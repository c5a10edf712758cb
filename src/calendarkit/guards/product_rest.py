"""商品间隔: the same product is not offered to one group again too soon."""

from __future__ import annotations

from calendarkit.calendar.calendar import Calendar
from calendarkit.clockwork.words import parse_duration
from calendarkit.extend.planning import Candidate
from calendarkit.guards.moment import clock, moment, others, target_title
from calendarkit.model.guarding import Allow, History, Verdict, Withhold
from calendarkit.model.text import Text


def product_rest(candidate: Candidate, history: History, _options: object) -> Verdict:
    """Withhold an offer whose product the group was offered a shorter time ago than ``prices.rest``."""
    delivery, prices = candidate.delivery, candidate.calendar.policy.prices
    if prices is None or prices.rest is None or not delivery.offer or delivery.target not in candidate.roster.groups:
        return Allow()
    product, planned = product_of(candidate.calendar, delivery.offer), moment(candidate)
    pause = parse_duration(prices.rest)
    for sent in reversed(others(candidate, history)):
        near = abs(sent.at - planned) < pause
        if near and sent.offer and product_of(candidate.calendar, sent.offer) == product:
            offer = candidate.calendar.offers.get(delivery.offer)
            name, group = offer.title if offer else delivery.offer, target_title(candidate)
            at = clock(sent.at, delivery.slot.zone)
            return Withhold(
                Text(
                    f"{group} 在 {at} 有过 {name}，同一商品 {prices.rest} 内不再推",
                    f"{group} has {name} at {at}; the same product rests {prices.rest}",
                )
            )
    return Allow()


def product_of(calendar: Calendar, offer: str) -> str:
    """Return the number of the product behind an offer, else the offer's own id."""
    found = calendar.offers.get(offer)
    return found.sku if found and found.sku else offer
