"""价格一致: what a group is offered stands as promised to the prices of the mall, the shelf and the members."""

from __future__ import annotations

from calendarkit.calendar.parity import OTHERS, breach
from calendarkit.extend.planning import Candidate
from calendarkit.model.guarding import Allow, History, Verdict, Withhold
from calendarkit.model.text import Text


def price_parity(candidate: Candidate, _history: History, _options: object) -> Verdict:
    """Withhold an offer that can be had as cheap or cheaper elsewhere; judged again after the last price edit."""
    offer = candidate.calendar.offers.get(candidate.delivery.offer)
    prices = candidate.calendar.policy.prices
    found = breach(offer, prices) if offer and prices else None
    if offer is None or found is None or prices is None:
        return Allow()
    where, other = found
    name = OTHERS[where]
    beats = Text("没有低于", "is not below") if prices.against == "below" else Text("高于", "is above")
    return Withhold(
        Text(
            f"{offer.title} 群价 {offer.price} 元，{beats.zh}{name.zh} {other} 元",
            f"{offer.title} costs {offer.price} yuan here, which {beats.en} {name.en} of {other} yuan",
        )
    )
