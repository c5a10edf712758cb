"""The recurrence libraries doing the clockwork's work: run by ``bench/clockwork.py`` in the environment of the peers.

``_peers.py SPEC`` reads a JSON file: ``columns`` of the minute to ask for, ``year`` columns to expand, ``mixed`` rules
with exceptions. It prints JSON: milliseconds of CPU by peer, and the moments of the mixed rules as digests.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import arrow
import recurring_ical_events
from apscheduler.triggers.cron import CronTrigger
from croniter import croniter
from cronsim import CronSim
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule, rruleset, weekday
from icalendar import Calendar, Event, vRecur

FREQUENCIES = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def main(spec: dict[str, Any]) -> dict[str, Any]:
    """Do all of it; peers that would take minutes do a part, scaled up."""
    began = dt.datetime.fromisoformat(spec["now"])
    minute = {
        name: ask(spec["columns"][:share], began) * len(spec["columns"]) / share for name, (ask, share) in ASK.items()
    }
    year = {name: expand(spec["year"], share) for name, (expand, share) in EXPAND.items()}
    spent, digests = mixed(spec["mixed"])
    return {"minute": minute, "year": year, "mixed": {"dateutil": spent}, "digests": digests}


def clock(work: Callable[[], object]) -> tuple[float, Any]:
    """Return milliseconds of CPU and the result."""
    start = time.process_time()
    result = work()
    return (time.process_time() - start) * 1000, result


def ask_dateutil(columns: list[dict[str, Any]], now: dt.datetime) -> float:
    """Ask each rule for what lies in the minute."""
    rules = [rule(each, dt.datetime(2026, 11, 1)) for each in columns]
    return clock(lambda: [each.between(now, now + dt.timedelta(seconds=59), inc=True) for each in rules])[0]


def ask_arrow(columns: list[dict[str, Any]], now: dt.datetime) -> float:
    """Arrow has ranges: the days about the minute, filtered by weekday and time."""
    start = arrow.get(now.date())

    def one(each: dict[str, Any]) -> list[object]:
        days = arrow.Arrow.range("day", start, start)
        return [
            at
            for day in days
            if day.weekday() in each["week"]
            for minute in each["minutes"]
            if now <= (at := day.shift(minutes=minute)).naive < now + dt.timedelta(seconds=60)
        ]

    return clock(lambda: [one(each) for each in columns])[0]


def ask_cron(make: Callable[[str], Any]) -> Callable[[list[dict[str, Any]], dt.datetime], float]:
    """Ask each of a column's cron lines for its next time."""

    def ask(columns: list[dict[str, Any]], now: dt.datetime) -> float:
        lines = [line for each in columns for line in cron(each)]
        before = now - dt.timedelta(seconds=1)
        return clock(lambda: [make(line)(before) for line in lines])[0]

    return ask


def ask_apscheduler(columns: list[dict[str, Any]], now: dt.datetime) -> float:
    """Ask each trigger, made beforehand, for its next time."""
    triggers = [CronTrigger.from_crontab(apscheduler(line), "UTC") for each in columns for line in cron(each)]
    at = now.replace(tzinfo=dt.UTC)
    return clock(lambda: [each.get_next_fire_time(None, at) for each in triggers])[0]


def ask_ical(columns: list[dict[str, Any]], now: dt.datetime) -> float:
    """Ask the whole calendar, parsed beforehand, for the minute."""
    query = recurring_ical_events.of(calendar(columns))
    return clock(lambda: query.between(now, now + dt.timedelta(seconds=59)))[0]


ASK: dict[str, tuple[Callable[[list[dict[str, Any]], dt.datetime], float], int]] = {
    "dateutil": (ask_dateutil, 10_000),
    "arrow": (ask_arrow, 10_000),
    "cronsim": (ask_cron(lambda line: lambda at: next(CronSim(line, at))), 10_000),
    "croniter": (ask_cron(lambda line: lambda at: croniter(line, at).get_next()), 2_000),
    "apscheduler": (ask_apscheduler, 10_000),
    "recurring-ical-events": (ask_ical, 1_000),
}
"""By name: the asker, and how many of the columns it asks."""


def expand_dateutil(columns: list[dict[str, Any]]) -> int:
    return sum(len(list(rule(each, dt.datetime(2026, 1, 1), dt.datetime(2026, 12, 31, 23, 59)))) for each in columns)


def expand_arrow(columns: list[dict[str, Any]]) -> int:
    first = arrow.get(2026, 1, 1)
    return sum(
        1
        for each in columns
        for minute in each["minutes"]
        for day in arrow.Arrow.range("day", first.shift(minutes=minute), arrow.get(2026, 12, 31, 23, 59))
        if day.weekday() in each["week"]
    )


def expand_cronsim(columns: list[dict[str, Any]]) -> int:
    return sum(
        until_year_ends(CronSim(line, dt.datetime(2025, 12, 31, 23, 59))) for each in columns for line in cron(each)
    )


def expand_croniter(columns: list[dict[str, Any]]) -> int:
    start = dt.datetime(2025, 12, 31, 23, 59)
    return sum(until_year_ends(croniter(line, start, ret_type=dt.datetime)) for each in columns for line in cron(each))


def expand_apscheduler(columns: list[dict[str, Any]]) -> int:
    count = 0
    for each in columns:
        for line in cron(each):
            trigger = CronTrigger.from_crontab(apscheduler(line), "UTC")
            at = trigger.get_next_fire_time(None, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
            while at is not None and at.year == 2026:
                count += 1
                at = trigger.get_next_fire_time(at, at + dt.timedelta(seconds=1))
    return count


def expand_ical(columns: list[dict[str, Any]]) -> int:
    found = recurring_ical_events.of(calendar(columns, dt.datetime(2026, 1, 1)))
    return len(found.between(dt.datetime(2026, 1, 1), dt.datetime(2027, 1, 1)))


EXPAND: dict[str, tuple[Callable[[list[dict[str, Any]], int], float], int]] = {}


def until_year_ends(moments: Iterable[dt.datetime]) -> int:
    """Count the moments of 2026."""
    count = 0
    for each in moments:
        if each.year > 2026:
            break
        count += 1
    return count


def per_slot(work: Callable[[list[dict[str, Any]]], int]) -> Callable[[list[dict[str, Any]], int], float]:
    """Return a measurement: nanoseconds of CPU per slot over the first columns."""

    def measure(columns: list[dict[str, Any]], share: int) -> float:
        spent, count = clock(lambda: work(columns[:share]))
        return spent * 1e6 / count

    return measure


EXPAND |= {
    "dateutil": (per_slot(expand_dateutil), 1000),
    "arrow": (per_slot(expand_arrow), 100),
    "cronsim": (per_slot(expand_cronsim), 100),
    "croniter": (per_slot(expand_croniter), 20),
    "apscheduler": (per_slot(expand_apscheduler), 20),
    "recurring-ical-events": (per_slot(expand_ical), 10),
}
"""By name: the measurement, and how many columns it expands."""


def mixed(rules: list[dict[str, Any]]) -> tuple[float, list[str]]:
    """Expand rule sets made beforehand; return milliseconds and a digest of the moments of each."""
    made = []
    for each in rules:
        rules_of = rruleset()
        for part in each["rules"]:
            rules_of.rrule(part_of(part, each))
        for moment in each["exdates"]:
            rules_of.exdate(dt.datetime.fromisoformat(moment))
        for moment in each["rdates"]:
            rules_of.rdate(dt.datetime.fromisoformat(moment))
        made.append(rules_of)
    spent, found = clock(lambda: [list(each) for each in made])
    return spent, [digest(f"{moment:%Y-%m-%dT%H:%M}" for moment in moments) for moments in found]


def digest(moments: Iterable[str]) -> str:
    """Return a short digest of moments, in order."""
    return hashlib.sha256("\n".join(sorted(moments)).encode()).hexdigest()[:16]


def part_of(part: dict[str, Any], each: dict[str, Any]) -> rrule:
    """Return one rule of a set."""
    options = dict(part)
    if "byweekday" in options:
        options["byweekday"] = [weekday(day, n) if n else weekday(day) for day, n in options["byweekday"]]
    start, end = (dt.datetime.fromisoformat(each[key]) for key in ("start", "end"))
    options |= {"byhour": each["hour"], "byminute": each["minute"], "bysecond": 0}
    return rrule(FREQUENCIES[options.pop("freq")], dtstart=start, until=end, **options)


def rule(each: dict[str, Any], start: dt.datetime, until: dt.datetime | None = None) -> rruleset:
    """Return a column of weekdays and minutes as rules, one a minute."""
    found = rruleset()
    for minute in each["minutes"]:
        found.rrule(
            rrule(WEEKLY, dtstart=start, until=until, byweekday=each["week"], byhour=minute // 60,
                  byminute=minute % 60, bysecond=0)
        )  # fmt: skip
    return found


def cron(each: dict[str, Any]) -> list[str]:
    """Return a column as cron lines."""
    days = ",".join(str((day + 1) % 7) for day in each["week"]) if len(each["week"]) < 7 else "*"
    return [f"{minute % 60} {minute // 60} * * {days}" for minute in each["minutes"]]


def apscheduler(line: str) -> str:
    """Return a cron line with named weekdays: APScheduler counts from Monday."""
    *head, days = line.split()
    names = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
    return " ".join([*head, days if days == "*" else ",".join(names[int(each)] for each in days.split(","))])


def calendar(columns: list[dict[str, Any]], start: dt.datetime = dt.datetime(2026, 11, 1)) -> Calendar:
    """Return columns as events that recur weekly."""
    found = Calendar()
    for place, each in enumerate(columns):
        for minute in each["minutes"]:
            event = Event()
            event.add("uid", f"{place}-{minute}")
            event.add("dtstart", start + dt.timedelta(minutes=minute))
            event.add("rrule", vRecur(FREQ="WEEKLY", BYDAY=[DAYS[day] for day in each["week"]]))
            found.add_component(event)
    return found


if __name__ == "__main__":
    print(json.dumps(main(json.loads(Path(sys.argv[1]).read_text("utf-8")))))
