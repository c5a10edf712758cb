"""频控: how many slots one group may receive in one local day."""

from __future__ import annotations

from calendarkit.extend.planning import Candidate
from calendarkit.guards.moment import local, local_day, moment, others, target_title, title
from calendarkit.model.guarding import Allow, History, Sent, Verdict, Withhold
from calendarkit.model.text import Text


def cap_per_day(candidate: Candidate, history: History, _options: object) -> Verdict:
    """Withhold what would be one slot too many; the day is local to the column, parts of one slot count once."""
    delivery, cap = candidate.delivery, candidate.calendar.caps.per_day
    if cap is None or delivery.target not in candidate.roster.groups:
        return Allow()
    rivals = others(candidate, history)
    if len(rivals) < cap:
        return Allow()
    day = local_day(moment(candidate), delivery.slot.zone)
    same_day = [sent for sent in rivals if day.start <= sent.at < day.stop]
    if len(same_day) < cap:
        return Allow()
    return Withhold(_reason(candidate, same_day, f"{local(day.start, delivery.slot.zone):%m-%d}"))


def _reason(candidate: Candidate, same_day: list[Sent], day: str) -> Text:
    cap, group = candidate.calendar.caps.per_day, target_title(candidate)
    zone = candidate.delivery.slot.zone
    listed = [f"{local(sent.at, zone):%H:%M} {title(candidate, sent.column)}" for sent in same_day]
    return Text(
        f"{group} {day} 当天已计划 {len(same_day)} 条，上限 {cap}（{'、'.join(listed)}）",
        f"{group} already gets {len(same_day)} on {day}, the cap is {cap} ({', '.join(listed)})",
    )
