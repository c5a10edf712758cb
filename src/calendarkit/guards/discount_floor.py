"""折扣管控: nothing is offered below the lowest price it may be sold at."""

from __future__ import annotations

from decimal import Decimal

from calendarkit.calendar.offer import Offer
from calendarkit.calendar.policy import Policy
from calendarkit.extend.planning import Candidate
from calendarkit.model.guarding import Allow, History, Verdict, Withhold
from calendarkit.model.text import Text


def discount_floor(candidate: Candidate, _history: History, _options: object) -> Verdict:
    """Withhold an offer that is priced below its floor; judged again at sending, after the last price edit."""
    offer = candidate.calendar.offers.get(candidate.delivery.offer)
    found = floor_of(offer, candidate.calendar.policy) if offer else None
    if offer is None or found is None or offer.price >= found[0]:
        return Allow()
    floor, place = found
    return Withhold(
        Text(
            f"{offer.title} 售价 {offer.price} 元，低于底价 {floor} 元（{place.zh}）",
            f"{offer.title} costs {offer.price} yuan, below its floor of {floor} yuan ({place.en})",
        )
    )


def floor_of(offer: Offer, policy: Policy) -> tuple[Decimal, Text] | None:
    """Return the floor that holds for ``offer``, in yuan, and where it is written; ``None`` without one.

    The highest floor holds, be it the offer's own or the policy's for the same product; a floor of the policy that
    somebody approved by name is an exception and beats them all.
    """
    same = [each for each in policy.floor if offer.sku and each.sku == offer.sku]
    approved = [each for each in same if each.approved_by]
    found = [(each.floor, Text(f"policy.toml 的 {each.sku}", f"policy.toml, {each.sku}")) for each in approved or same]
    if offer.floor is not None and not approved:
        found.append((offer.floor, Text(f"商品 {offer.id} 的 floor", f"floor of offer {offer.id}")))
    return max(found, key=lambda each: each[0], default=None)
