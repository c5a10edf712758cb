"""内容配比: a group that hears nothing but offers turns into an advertising board, and dies."""

from __future__ import annotations

from fractions import Fraction

from calendarkit.extend.planning import Candidate
from calendarkit.guards.moment import moment, others, target_title
from calendarkit.model.guarding import Allow, History, Verdict, Withhold
from calendarkit.model.text import Text

DAY = 86_400


def sale_share(candidate: Candidate, history: History, _options: object) -> Verdict:
    """Withhold an offer that would make selling more than its share of the last days; the first one always goes.

    Which columns sell is said by their kind. What the group hears is counted in slots, this one among them.
    """
    mix, worth, delivery = candidate.calendar.policy.mix, candidate.calendar.worth, candidate.delivery
    sells = worth.get(delivery.slot.column) == "sale"
    if mix is None or mix.max_sale is None or not sells or delivery.target not in candidate.roster.groups:
        return Allow()
    planned = moment(candidate)
    recent = [sent for sent in others(candidate, history) if planned - mix.days * DAY < sent.at <= planned]
    sales = 1 + sum(worth.get(sent.column) == "sale" for sent in recent)
    count = 1 + len(recent)
    if sales == 1 or Fraction(sales, count) <= Fraction(str(mix.max_sale)):
        return Allow()
    group = target_title(candidate)
    return Withhold(
        Text(
            f"{group} {mix.days} 天里的 {count} 条会有 {sales} 条是卖货，超过 {mix.max_sale:.0%}；先安排一条贴士或话题",
            f"of {count} in {mix.days} days {group} would hear {sales} offers, above {mix.max_sale:.0%}: "
            "tell or ask something first",
        )
    )
