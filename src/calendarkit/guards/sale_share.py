"""内容配比: a group that hears nothing but offers turns into an advertising board, and dies."""

from __future__ import annotations

from fractions import Fraction

from calendarkit.extend.planning import Candidate
from calendarkit.guards.moment import moment, others, target_title
from calendarkit.model.guarding import Allow, History, Verdict, Withhold
from calendarkit.model.text import Text

DAY = 86_400


def sale_share(candidate: Candidate, history: History, _options: object) -> Verdict:
    """Withhold an offer that would make selling more than its share of what a customers' group hears.

    Which columns sell is said by their kind. Slots of the last days are counted, this one among them; a group that
    heard less than one slot a day is taken to have heard one, so that a young or quiet group is not stopped by a
    share of next to nothing. The first offer always goes.
    """
    mix, worth, delivery = candidate.calendar.policy.mix, candidate.calendar.worth, candidate.delivery
    group = candidate.roster.groups.get(delivery.target)
    sells = worth.get(delivery.slot.column) == "sale"
    if mix is None or mix.max_sale is None or not sells or group is None or group.members != "customers":
        return Allow()
    planned = moment(candidate)
    recent = [sent for sent in others(candidate, history) if planned - mix.days * DAY < sent.at <= planned]
    sales = 1 + sum(worth.get(sent.column) == "sale" for sent in recent)
    count = max(1 + len(recent), mix.days)
    if sales == 1 or Fraction(sales, count) <= Fraction(str(mix.max_sale)):
        return Allow()
    name = target_title(candidate)
    return Withhold(
        Text(
            f"{name} {mix.days} 天里的 {1 + len(recent)} 条会有 {sales} 条是卖货，超过 {mix.max_sale:.0%}；"
            "先安排一条贴士或话题",
            f"of {1 + len(recent)} in {mix.days} days {name} would hear {sales} offers, above {mix.max_sale:.0%}: "
            "tell or ask something first",
        )
    )
