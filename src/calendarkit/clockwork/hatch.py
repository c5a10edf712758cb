"""A hatch: what an RRULE or a line of cron comes to, in days, times and single moments of the engine's own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from calendarkit.clockwork.dates import FIRST_DAY, LAST_DAY
from calendarkit.clockwork.days import Days
from calendarkit.clockwork.rule import Rule, clock
from calendarkit.clockwork.words import RuleError
from calendarkit.clockwork.zones import DAY_MINUTES
from calendarkit.model.text import Text

MOST_TIMES = 48
"""Slots a day; who writes more wants a monitor, and no group reads it."""
LONGEST = 400
"""Characters of an RRULE or a line of cron."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hatch:
    """A rule in words of another standard.

    Attributes:
        days: on which days, within the bounds.
        times: minutes of the day, sorted.
        since: first day on which all times hold.
        until: last day on which all times hold.
        also: single moments outside those days, where the rule begins or ends in the middle of a day.
    """

    days: Days
    times: tuple[int, ...]
    since: int = FIRST_DAY
    until: int = LAST_DAY
    also: tuple[int, ...] = ()


def through(rule: Rule, hatch: Hatch) -> Rule:
    """Return a rule with the days and times of ``hatch``; what is skipped, added and moved stays the rule's."""
    since, until = max(rule.since, hatch.since), min(rule.until, hatch.until)
    times = tuple((minute, clock(minute)) for minute in hatch.times)
    kept = [each for each in hatch.also if rule.since <= each // DAY_MINUTES <= rule.until]
    more = (each for each in kept if each // DAY_MINUTES not in rule.skip)
    return replace(rule, on=hatch.days, times=times, since=since, until=until, also=(*rule.also, *more))


def refuse_flood(count: int, written: str) -> None:
    """Refuse a rule with more than 48 times a day.

    Raises:
        RuleError: ``CK133``.
    """
    if count > MOST_TIMES:
        raise RuleError(
            "CK133",
            Text(f"“{written}”一天有 {count} 档", f'"{written}" has {count} slots a day'),
            Text(
                f"一天最多 {MOST_TIMES} 档；栏目不是监控，写几个固定时间",
                f"at most {MOST_TIMES} a day; a column is no monitor: name a few times",
            ),
        )
