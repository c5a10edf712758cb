"""发送间隔: the smallest pause between two slots of one group."""

from __future__ import annotations

from calendarkit.clockwork.words import parse_duration
from calendarkit.extend.planning import Candidate
from calendarkit.guards.moment import clock, moment, others, target_title, title
from calendarkit.model.guarding import Allow, History, Postpone, Sent, Verdict, Withhold
from calendarkit.model.text import Text


def gap(candidate: Candidate, history: History, _options: object) -> Verdict:
    """Postpone what comes too close to another slot of the group, or withhold it when that makes it too late."""
    delivery, words = candidate.delivery, candidate.calendar.caps.gap
    if words is None or delivery.target not in candidate.roster.groups:
        return Allow()
    rivals = others(candidate, history)
    if not rivals:
        return Allow()
    pause, planned = parse_duration(words), moment(candidate)
    nearest = min(rivals, key=lambda sent: (abs(sent.at - planned), sent.slot))
    if abs(nearest.at - planned) >= pause:
        return Allow()
    free = first_free(planned, pause, rivals)
    slot = delivery.slot
    if free < slot.deadline:
        return Postpone(free, _reason(candidate, nearest, late="", then=clock(free, slot.zone)))
    return Withhold(_reason(candidate, nearest, late=clock(slot.deadline, slot.zone), then=clock(free, slot.zone)))


def first_free(instant: int, pause: int, rivals: tuple[Sent, ...]) -> int:
    """Return the first instant from ``instant`` on that keeps ``pause`` seconds from every rival."""
    for sent in rivals:
        if abs(sent.at - instant) < pause:
            instant = sent.at + pause
    return instant


def _reason(candidate: Candidate, nearest: Sent, *, late: str, then: str) -> Text:
    words, group = candidate.calendar.caps.gap, target_title(candidate)
    other, at = title(candidate, nearest.column), clock(nearest.at, candidate.delivery.slot.zone)
    zh = f"{group} 在 {at} 有 {other}，两条之间至少隔 {words}"
    en = f"{group} gets {other} at {at}, and {words} must lie between two messages"
    if late:
        return Text(
            f"{zh}：要等到 {then}，已到最晚发送时间 {late}", f"{en}: {then} is too late for the deadline {late}"
        )
    return Text(f"{zh}，推迟到 {then}", f"{en}: waits until {then}")
