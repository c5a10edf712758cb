"""Overruns: slots that cannot all leave before their deadline, told once for all days, each with the smallest edits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from calendarkit.calendar.calendar import Calendar
from calendarkit.calendar.finding import Finding
from calendarkit.model.forecast import Forecast
from calendarkit.model.text import Text

CODE = "CK540"
_LISTED = 3
"""Most days that are named one by one."""
_DAY = 86_400


def overrun(forecasts: Iterable[Forecast], calendar: Calendar, *, since: int) -> tuple[Finding, ...]:
    """Return one error for each slot name and channel of which something would expire, the worst day in figures.

    Args:
        forecasts: of the coming days.
        calendar: the calendar they were made from.
        since: epoch seconds; what was due before is not told.

    >>> from calendarkit.calendar.workspace import Workspace
    >>> overrun([], Calendar(workspace=Workspace(name="x")), since=0)
    ()
    """
    alike: dict[tuple[str, str, str], list[Forecast]] = {}
    for each in forecasts:
        if each.late and each.slot.at >= since:
            alike.setdefault((each.slot.column, each.slot.name, each.channel), []).append(each)
    return tuple(_finding(some, calendar) for some in alike.values())


def _finding(some: Sequence[Forecast], calendar: Calendar) -> Finding:
    worst = max(some, key=lambda each: each.late)
    slot = worst.slot
    title, days = calendar.columns[slot.column].title, _days(sorted({each.slot.day for each in some}))
    at, end, whose = _clock(slot.at, slot.zone), _clock(slot.deadline, slot.zone), _crowd(worst)
    document, line, needle = _place(worst, calendar)
    return Finding(
        code=CODE,
        document=document,
        line=line,
        column=1 if line else 0,
        needle=needle,
        message=Text(
            f"{title} {days.zh} {at} 发不完：{worst.messages:,} 条里有 {worst.late:,} 条到 {end} 还发不出去，"
            f"会过期（{worst.channel} {whose.zh}）",
            f"{title} {days.en} {at} cannot make its deadline: {worst.late:,} of {worst.messages:,} messages cannot "
            f"leave by {end} and would expire ({worst.channel}: {whose.en})",
        ),
        fix=_edits(worst, calendar),
    )


def _crowd(worst: Forecast) -> Text:
    """Say what it is that is too slow."""
    load = worst.tightest
    if load.queue is None or worst.fit >= load.each:
        return Text("这台机器来不及", "this machine is too slow")
    return Text(
        f"最挤的 {load.rate} 要发 {load.each:,} 条，只发得出 {worst.fit:,} 条",
        f"the most crowded {load.rate} has {load.each:,} to send and lets {worst.fit:,} go",
    )


def _edits(worst: Forecast, calendar: Calendar) -> Text:
    """Return the smallest edits, any of which is enough."""
    column, load = calendar.columns[worst.slot.column], worst.tightest
    edits: list[Text] = []
    longer = worst.needs - worst.slot.at + 60
    if not column.valid_for and longer < _DAY:
        late = f"{-(-longer // 60)}m"
        edits.append(Text(f'写 late = "{late}"', f'write late = "{late}"'))
    if load.queue is not None and not load.queue.shared and worst.fit < load.each:
        each = max(worst.fit // load.parts, 1)
        edits.append(
            Text(
                f"多用几个 {load.rate}，每个最多管 {each:,} 个群",
                f"use more of {load.rate}, for at most {each:,} groups each",
            )
        )
    if load.parts > 1 and worst.fit * load.parts >= load.each:
        edits.append(Text(f"少发几样（parts，现在 {load.parts} 样）", f"send fewer parts (now {load.parts})"))
    if load.queue is None or worst.fit >= load.each:
        edits.append(Text("在多台机器上运行 calendarkit worker", "run calendarkit worker on several machines"))
    edits.append(Text("和前后的档期错开，或缩小 audience", "move it away from other slots, or narrow its audience"))
    return Text("任选一样：" + "；".join(each.zh for each in edits), "one of: " + "; ".join(each.en for each in edits))


def _place(worst: Forecast, calendar: Calendar) -> tuple[str, int, str]:
    """Return (document, line, words) of the deadline, else of the time."""
    column = calendar.columns[worst.slot.column]
    for key in ("valid_for" if column.valid_for else "late", "at", "also"):
        place = calendar.places.get(f"column.{column.id}.{key}")
        if place:
            document, _, line = place.rpartition(":")
            return document, int(line), key
    document, _, line = calendar.places.get(f"column.{column.id}", ":0").rpartition(":")
    return document, int(line), ""


def _clock(instant: int, zone: str) -> str:
    return f"{dt.datetime.fromtimestamp(instant, ZoneInfo(zone)):%H:%M}"


def _days(days: Sequence[dt.date]) -> Text:
    """Name the days, the first and last of many and how many there are."""
    shown = [f"{each:%m-%d}" for each in days]
    if len(days) <= _LISTED:
        return Text("、".join(shown), ", ".join(shown))
    return Text(f"{shown[0]} 至 {shown[-1]} 共 {len(days)} 天", f"{shown[0]} to {shown[-1]} ({len(days)} days)")
