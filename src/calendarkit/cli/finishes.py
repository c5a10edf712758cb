"""Finishes: when slots of a plan will have left, where that takes a minute or more, or is too late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from calendarkit.cli.lines import Line, Span, line
from calendarkit.cli.opening import local
from calendarkit.cli.words import amount
from calendarkit.edges.timetable import timetable
from calendarkit.edges.world import World
from calendarkit.model.delivery import Delivery
from calendarkit.model.forecast import Forecast
from calendarkit.model.text import Language, Text

WORTH_TELLING = 60
"""Seconds; what has left sooner is not told."""


def finishes(world: World, deliveries: Sequence[Delivery], language: Language) -> list[Line]:
    """Return one line for each slot and channel that takes its time; sorted by instant."""
    return [
        _line(world, each, language)
        for each in timetable(world, deliveries)
        if each.late or each.needs - each.slot.at >= WORTH_TELLING
    ]


def finishes_json(world: World, deliveries: Sequence[Delivery]) -> list[dict[str, Any]]:
    """Return the end of every slot and channel as plain data; instants in epoch seconds."""
    return [
        {
            "slot": each.slot.key,
            "channel": each.channel,
            "messages": each.messages,
            "finish": each.needs,
            "deadline": each.slot.deadline,
            "too_late": each.late,
        }
        for each in timetable(world, deliveries)
    ]


def _line(world: World, each: Forecast, language: Language) -> Line:
    column = world.calendar.columns.get(each.slot.column)
    title = column.title if column else each.slot.column
    at, end, deadline = (
        local(world, instant, form)
        for instant, form in ((each.slot.at, "MM-DD HH:mm"), (each.needs, "HH:mm"), (each.slot.deadline, "HH:mm"))
    )
    told = Text(
        f"{at} {title} 按限速 {end} 发完（期限 {deadline}）",
        f"{at} {title}: the last leaves at {end} by the rates (deadline {deadline})",
    )
    late = Text(f"，{amount(each.late)} 条来不及", f", {amount(each.late)} too late")
    return line(Span(told.to(language) + (late.to(language) if each.late else ""), "warn" if each.late else "dim"))
