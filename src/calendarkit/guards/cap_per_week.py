"""频控: how many slots one group may receive in any seven days."""

from __future__ import annotations

from calendarkit.extend.planning import Candidate
from calendarkit.guards.moment import local, moment, others, target_title
from calendarkit.model.guarding import Allow, History, Verdict, Withhold
from calendarkit.model.text import Text

WEEK = 7 * 86_400


def cap_per_week(candidate: Candidate, history: History, _options: object) -> Verdict:
    """Withhold what would be one slot too many in the seven days that end with it; parts of one slot count once."""
    delivery, cap = candidate.delivery, candidate.calendar.caps.per_week
    if cap is None or delivery.target not in candidate.roster.groups:
        return Allow()
    rivals = others(candidate, history)
    if len(rivals) < cap:
        return Allow()
    planned = moment(candidate)
    recent = [sent for sent in rivals if planned - WEEK < sent.at <= planned]
    if len(recent) < cap:
        return Allow()
    group, first = target_title(candidate), local(recent[0].at, delivery.slot.zone)
    return Withhold(
        Text(
            f"{group} 七天内（{first:%m-%d} 起）已有 {len(recent)} 条，上限 {cap}",
            f"{group} already got {len(recent)} in seven days (since {first:%m-%d}), the cap is {cap}",
        )
    )
