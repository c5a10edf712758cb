"""卖货间隔: two campaigns do not compete for one group within the hour."""

from __future__ import annotations

from calendarkit.clockwork.words import parse_duration
from calendarkit.extend.planning import Candidate
from calendarkit.guards.gap import first_free
from calendarkit.guards.moment import clock, moment, others, target_title, title
from calendarkit.model.guarding import Allow, History, Postpone, Sent, Verdict, Withhold
from calendarkit.model.text import Text


def sale_gap(candidate: Candidate, history: History, _options: object) -> Verdict:
    """Postpone an offer that comes closer than ``mix.sale_gap`` to another one, or withhold it when that is too late.

    Which columns sell is said by their kind; tips and topics in between do not matter.
    """
    mix, worth, delivery = candidate.calendar.policy.mix, candidate.calendar.worth, candidate.delivery
    sells = worth.get(delivery.slot.column) == "sale"
    if mix is None or mix.sale_gap is None or not sells or delivery.target not in candidate.roster.groups:
        return Allow()
    pause, planned = parse_duration(mix.sale_gap), moment(candidate)
    sales = tuple(sent for sent in others(candidate, history) if worth.get(sent.column) == "sale")
    close = [sent for sent in sales if abs(sent.at - planned) < pause]
    if not close:
        return Allow()
    free, slot = first_free(planned, pause, sales), delivery.slot
    if free < slot.deadline:
        return Postpone(free, _reason(candidate, close[0], mix.sale_gap, then=clock(free, slot.zone), late=""))
    late = clock(slot.deadline, slot.zone)
    return Withhold(_reason(candidate, close[0], mix.sale_gap, then=clock(free, slot.zone), late=late))


def _reason(candidate: Candidate, other: Sent, pause: str, *, then: str, late: str) -> Text:
    group, name = target_title(candidate), title(candidate, other.column)
    at = clock(other.at, candidate.delivery.slot.zone)
    zh = f"{group} 在 {at} 有 {name} 在卖货，两次卖货之间至少隔 {pause}"
    en = f"{group} is offered {name} at {at}, and {pause} must lie between two offers"
    if late:
        return Text(f"{zh}：要等到 {then}，已到最晚发送时间 {late}", f"{en}: {then} is too late for {late}")
    return Text(f"{zh}，推迟到 {then}", f"{en}: waits until {then}")
