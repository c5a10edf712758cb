#!/usr/bin/env python3
"""Computes the shipped almanac from the sky: where lunar months begin, which are leap, on which day each term falls.

    python3 -m pip install astronomy-engine==2.1.19
    python3 assets/almanac/compute.py              # writes src/calendarkit/clockwork/almanac.py
    python3 assets/almanac/compute.py --check      # exit 1 when that file says something else

Rules: GB/T 33661-2017. A month begins on the day, UTC+8, of the new moon; the month with 冬至 is the eleventh; when
thirteen months lie between two of those, the first one without a 中气 is leap. astronomy-engine (MIT) finds new moons
and the sun's longitude to within seconds. Two things it cannot know stand below as written: the offset that almanacs
used before 1929, and the one month of 1906 in which the almanac of its time differs from the sky.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

TARGET = Path(__file__).resolve().parents[2] / "src/calendarkit/clockwork/almanac.py"
FIRST, LAST = 1900, 2099
"""Years; whole decades, so that a row of the tables is one."""
EPOCH = 719163
"""``date(1970, 1, 1).toordinal()``."""
TERMS = 24
LMT = 7 * 3600 + 45 * 60 + 40
"""Seconds: Beijing's local mean time (116°25' E), which set new moons until the end of 1928."""
UTC8 = 8 * 3600
PUBLISHED = {dt.date(1906, 4, 23): dt.date(1906, 4, 24)}
"""Computed first day of a month -> the one in the almanac of the time, which every public library has too."""
HEADER = '''"""The almanac: lunar months and solar terms {first} to {last} as two small tables.

Written by ``assets/almanac/compute.py``, which says from what and by which rules; do not edit. A row of ``LUNAR`` is a
decade, a row of ``TERMS`` half a decade. :mod:`~calendarkit.clockwork.lunar` and
:mod:`~calendarkit.clockwork.terms` read them.
"""

from __future__ import annotations

FIRST = {first}
"""The lunar year, and the Gregorian one, that the tables begin with."""
LAST = {last}
"""The year they end with."""
'''
LUNAR_WORDS = '''"""Six hex digits a year: 2 bits spare, 5 for the days from 20 January to the first day of the
year, 4 for the month that a leap month follows (0: none), 13 for the months in order: 1 has 30 days,
0 has 29; the last is spare in years without a leap month."""'''


class Month(NamedTuple):
    """One lunar month: its year, its number, whether it is leap, and the day number it begins with."""

    year: int
    number: int
    leap: bool
    start: int


def almanac() -> str:
    """Return the source of the module."""
    terms = {year: [day_of(instant, UTC8) for instant in sun(year)] for year in range(FIRST - 1, LAST + 3)}
    months = list(name_months(new_moons(), terms))
    base = [min(place(terms[year][each]) for year in range(FIRST, LAST + 1)) for each in range(TERMS)]
    lunar = {year: pack_months(year, months) for year in range(FIRST, LAST + 1)}
    sunny = {year: pack_terms(terms[year], base) for year in range(FIRST, LAST + 1)}
    return "\n".join(
        [
            HEADER.format(first=FIRST, last=LAST),
            *rows("LUNAR", lunar, 10),
            LUNAR_WORDS,
            *rows("TERMS", sunny, 5),
            '"""Twelve hex digits a year, two bits a term from 小寒 on: days after its earliest day of the month."""',
            f"EARLIEST = ({', '.join(map(str, base[:12]))},",
            f"            {', '.join(map(str, base[12:]))})  # fmt: skip",
            '"""By term, from 小寒 on: the earliest day of the month it falls on; two terms a month."""',
            "",
        ]
    )


def new_moons() -> Iterator[int]:
    """Yield the day of every new moon, from the autumn before the first year on."""
    import astronomy

    time = astronomy.Time.Make(FIRST - 1, 9, 1, 0, 0, 0)
    end = astronomy.Time.Make(LAST + 1, 5, 1, 0, 0, 0)
    old = astronomy.Time.Make(1929, 1, 1, 0, 0, 0)
    while time.ut < end.ut:
        found = astronomy.SearchMoonPhase(0, time, 40)
        date = dt.date.fromordinal(day_of(found, LMT if found.ut < old.ut else UTC8) + EPOCH)
        yield PUBLISHED.get(date, date).toordinal() - EPOCH
        time = found.AddDays(25)


def sun(year: int) -> Iterator[object]:
    """Yield when the sun reaches 285°, 300° … 270°: the terms of a year from 小寒 on."""
    import astronomy

    time = astronomy.Time.Make(year, 1, 1, 0, 0, 0)
    for each in range(TERMS):
        found = astronomy.SearchSunLongitude((285 + 15 * each) % 360, time, 25)
        yield found
        time = found.AddDays(8)


def day_of(instant: object, offset: int) -> int:
    """Return the day number of an astronomical time on clocks that are ``offset`` seconds ahead of UTC."""
    seconds: float = (instant.ut + 10957.5) * 86400  # type: ignore[attr-defined]  # days since 2000-01-01T12:00
    return int((seconds + offset) // 86400)


def name_months(starts: Iterator[int], terms: dict[int, list[int]]) -> Iterator[Month]:
    """Yield the months of the years that are wanted, by the rule above."""
    begins = list(starts)
    middles = sorted(day for year in terms for day in terms[year][1::2])
    for year in range(FIRST - 1, LAST + 1):
        first = last_before(begins, terms[year][23])
        span = begins[first : last_before(begins, terms[year + 1][23]) + 1]
        bare = [not any(start <= each < end for each in middles) for start, end in pairwise(span)]
        leap = bare.index(True) if len(bare) == 13 else len(span)
        for place_, start in enumerate(span[:-1]):
            number = (place_ - (place_ >= leap) + 10) % 12 + 1
            yield Month(year + (place_ - (place_ >= leap) >= 2), number, place_ == leap, start)


def last_before(starts: list[int], day: int) -> int:
    """Return the place of the month that holds ``day``."""
    return max(place_ for place_, start in enumerate(starts) if start <= day)


def pack_months(year: int, months: list[Month]) -> int:
    """Return one lunar year as 24 bits."""
    place_ = next(each for each, month in enumerate(months) if month.year == year)
    own = [month for month in months if month.year == year]
    starts = [month.start for month in months[place_ : place_ + len(own)]]
    ends = [*starts[1:], months[place_ + len(own)].start]
    lengths = [end - start for start, end in zip(starts, ends, strict=True)]
    assert {29, 30} >= set(lengths), (year, lengths)
    leap = next((month.number for month in own if month.leap), 0)
    offset = starts[0] - (dt.date(year, 1, 20).toordinal() - EPOCH)
    bits = sum((length == 30) << 12 - each for each, length in enumerate(lengths))
    return offset << 17 | leap << 13 | bits


def pack_terms(days: list[int], base: list[int]) -> int:
    """Return the terms of one year as 48 bits."""
    packed = 0
    for each, day in enumerate(days):
        late = place(day) - base[each]
        assert 0 <= late <= 3, (each, late)
        packed = packed << 2 | late
    return packed


def place(day: int) -> int:
    """Return the day of the month."""
    return dt.date.fromordinal(day + EPOCH).day


def rows(name: str, table: dict[int, int], years: int) -> Iterator[str]:
    """Yield the lines of one table, ``years`` in a row."""
    digits = 60 // years
    yield f"{name} = ("
    for start in range(FIRST, LAST + 1, years):
        yield f'    "{"".join(f"{table[start + each]:0{digits}x}" for each in range(years))}",  # {start}'
    yield ")"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; say whether the module is what we compute")
    arguments = parser.parse_args()
    source = almanac()
    if arguments.check:
        sys.exit(0 if TARGET.read_text("utf-8") == source else f"{TARGET.name} says something else")
    TARGET.write_text(source, "utf-8")
