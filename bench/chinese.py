"""How true the Chinese calendars are: every day and every term beside the public libraries, every announced day."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

from _almanacs import CALENDARS, SUNS
from _goals import Goals

from calendarkit.clockwork import lunar, terms
from calendarkit.clockwork.dates import date_of, number
from calendarkit.clockwork.statutory import CHINA
from calendarkit.clockwork.statutory_days import NOTICES

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / ".cache/bench-env/bin/python"
FIRST, LAST = 1902, 2056
"""The years in which the libraries are held to agree; from 2057 on a few new moons lie within seconds of midnight."""

PRINTED = {"cnlunar": 1980, "borax": 1980}
"""Libraries that copy the Hong Kong Observatory's tables: before this year six terms stand there as printed at the time
and not where the sun was; on 1979-01-20 it missed midnight by seconds."""


def main() -> int:
    """Compare and print the goals."""
    goals = Goals()
    if not PEERS.exists():
        print("the libraries are not there: python3 dev.py bench chinese sets them up")
        return 1
    for name in CALENDARS:
        compare_days(goals, name)
    for name in SUNS:
        compare_terms(goals, name)
    compare_sun(goals)
    compare_workdays(goals)
    return goals.exit_code


def compare_days(goals: Goals, name: str) -> None:
    """Ask one library for every day."""
    theirs = ask("calendar", name, FIRST, lunar.LAST)
    start = number(dt.date(FIRST, 1, 1))
    held = number(dt.date(LAST, 12, 31)) - start
    wrong = [each for each, said in enumerate(theirs) if said != list(lunar.of(start + each) or ())]
    goals.check(f"C1 lunar days unlike {name}", sum(each <= held for each in wrong), "<=", 0)
    later = sorted({f"{date_of(start + each):%Y-%m}" for each in wrong if each > held})
    print(f"   {len(theirs)} days asked; after {LAST} it differs in {', '.join(later) or 'none'}")


def compare_terms(goals: Goals, name: str) -> None:
    """Ask one library for every term."""
    since = PRINTED.get(name, FIRST)
    theirs = ask("terms", name, FIRST, lunar.LAST)
    wrong = [
        date_of(mine)
        for year, said in zip(range(FIRST, lunar.LAST + 1), theirs, strict=True)
        for term, day in zip(terms.NAMES, said, strict=True)
        if (mine := terms.day_of(year, term) or 0) != number(dt.date.fromisoformat(day))
    ]
    held = [day for day in wrong if since <= day.year <= LAST]
    goals.check(f"C1 solar terms unlike {name}, {since} on", len(held), "<=", 0)
    print(f"   {len(theirs) * 24} terms asked; ours where it differs: {', '.join(map(str, wrong)) or 'none'}")


def compare_sun(goals: Goals) -> None:
    """Ask an ephemeris when the sun is there; an arc second is 25 s."""
    wrong = []
    for year, said in zip(range(FIRST, LAST + 1), ask("instants", "ephem", FIRST, LAST), strict=True):
        for term, instant in zip(terms.NAMES, said, strict=True):
            begins = (terms.day_of(year, term) or 0) * 86400 - 8 * 3600
            if not begins - 25 <= instant < begins + 86400 + 25:
                wrong.append(f"{year} {term}")
    goals.check("C1 solar terms where ephem sees no such sun", len(wrong), "<=", 0)
    print(f"   {(LAST - FIRST + 1) * 24} terms asked; {', '.join(wrong) or 'none differs'}")


def compare_workdays(goals: Goals) -> None:
    """Ask for every day of the announced years, and for days beyond them."""
    first, last = min(NOTICES), max(NOTICES)
    theirs = set(ask("workdays", "chinese_calendar", first, last))
    whole = range(CHINA.first or 0, (CHINA.last or 0) + 1)
    wrong = [day for day in whole if CHINA.is_workday(day) is not (str(date_of(day)) in theirs)]
    goals.check("C2 workdays unlike chinese_calendar", len(wrong), "<=", 0)
    print(f"   {len(whole)} days asked; {', '.join(str(date_of(day)) for day in wrong[:9]) or 'none differs'}")
    goals.check("C2 announced days", len({*CHINA.offdays, *CHINA.workdays}), ">=", 678, unit="of 678")
    beyond = range(whole.stop, whole.stop + 3653)
    goals.check(
        "C2 days beyond coverage that do not flag", sum(CHINA.is_offday(day) is not None for day in beyond), "<=", 0
    )


def ask(what: str, name: str, first: int, last: int) -> list:
    """Return what one library says; it runs in the environment of the peers."""
    command = [str(PEERS), str(Path(__file__).with_name("_almanacs.py")), what, name, str(first), str(last)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    sys.exit(main())
