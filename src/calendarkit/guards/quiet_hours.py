"""免打扰: nothing goes out inside quiet hours; what can still go in time waits until they end."""

from __future__ import annotations

from functools import lru_cache

from calendarkit.clockwork.quiet import quiet_until
from calendarkit.extend.planning import Candidate
from calendarkit.guards.moment import clock, moment
from calendarkit.model.guarding import Allow, History, Postpone, Verdict, Withhold
from calendarkit.model.text import Text


def quiet_hours(candidate: Candidate, _history: History, _options: object) -> Verdict:
    """Allow it, postpone it to the end of quiet, or withhold it when that is too late."""
    slot = candidate.delivery.slot
    quiet = candidate.calendar.quiet.get(slot.column)
    if quiet is None:
        return Allow()
    instant = max(moment(candidate), candidate.now) if candidate.sending else moment(candidate)
    until = _quiet_until(quiet.hours, quiet.dates, slot.zone, instant)
    if until is None:
        return Allow()
    at, end, deadline = (clock(each, slot.zone) for each in (instant, until, slot.deadline))
    if until < slot.deadline:
        return Postpone(
            until,
            Text(
                f"{at} 在免打扰时段（{quiet.hours}），推迟到 {end}",
                f"{at} is in quiet hours ({quiet.hours}): waits until {end}",
            ),
        )
    return Withhold(
        Text(
            f"{at} 在免打扰时段（{quiet.hours}），{end} 才结束，已到最晚发送时间 {deadline}",
            f"{at} is in quiet hours ({quiet.hours}), which end at {end}: too late for the deadline {deadline}",
        )
    )


_quiet_until = lru_cache(maxsize=4096)(quiet_until)
"""Thousands of groups ask about the same instant."""
