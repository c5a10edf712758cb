"""Statutory days: which days people in China work, with 调休, as far as the State Council has announced it.

Dated data with an end: a day of a year that nobody has announced is neither a workday nor an offday, and whoever asks
is told so. A workspace may add a year, or change days of any year.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from calendarkit.clockwork.dates import number, place_of, year_of
from calendarkit.clockwork.statutory_days import HOLIDAYS, NOTICES
from calendarkit.model.text import Text

_WEEKENDS = sum(0b11 << 7 * week for week in range(54))
_OFF, _WORK = "休", "班"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statutory:
    """The days of a country as far as they are known; Saturdays and Sundays are off unless it says otherwise.

    Attributes:
        offdays: days off beside the plain weekends, or within them; sorted.
        workdays: weekend days on which people work (调休), and weekdays written out; sorted.
        years: the Gregorian years that are complete, sorted.
        names: what the holidays are called, by written day; means nothing for equality.
    """

    offdays: tuple[int, ...] = ()
    workdays: tuple[int, ...] = ()
    years: tuple[int, ...] = ()
    names: Mapping[int, Text] = field(default_factory=dict, compare=False, repr=False)

    @property
    def first(self) -> int | None:
        """The first day of the first complete year; ``None`` without any."""
        return number(dt.date(self.years[0], 1, 1)) if self.years else None

    @property
    def last(self) -> int | None:
        """The last day of the last complete year; ``None`` without any."""
        return number(dt.date(self.years[-1], 12, 31)) if self.years else None

    def is_offday(self, day: int) -> bool | None:
        """Return whether people are off on ``day``; ``None`` where nobody has announced it."""
        year, place = place_of(day)
        work, off = bits(self, year)
        return True if off >> place & 1 else False if work >> place & 1 else None

    def is_workday(self, day: int) -> bool | None:
        """Return whether people work on ``day``; ``None`` where nobody has announced it."""
        off = self.is_offday(day)
        return None if off is None else not off

    def known_until(self, day: int) -> int | None:
        """Return the last day up to which, from ``day`` on, every day is known; ``None`` when ``day`` is not."""
        year = place_of(day)[0]
        if year not in self.years:
            return None
        while year + 1 in self.years:
            year += 1
        return number(dt.date(year, 12, 31))

    def with_overrides(
        self, *, offdays: Iterable[int] = (), workdays: Iterable[int] = (), years: Iterable[int] = ()
    ) -> Statutory:
        """Return these days with others written over them.

        Args:
            offdays: days off, whatever was announced.
            workdays: workdays, whatever was announced.
            years: years that are complete with what is written, such as the one whose notice is newer than this data.

        Raises:
            ValueError: a day is both.
        """
        off, work = set(offdays), set(workdays)
        if both := off & work:
            raise ValueError(f"day {min(both)} is both off and a workday")
        return replace(
            self,
            offdays=tuple(sorted((set(self.offdays) - work) | off)),
            workdays=tuple(sorted((set(self.workdays) - off) | work)),
            years=tuple(sorted({*self.years, *years})),
            names={day: name for day, name in self.names.items() if day not in off | work},
        )


@lru_cache(maxsize=1024)
def bits(statutory: Statutory, year: int) -> tuple[int, int]:
    """Return the workdays and the offdays of ``year`` as bitmaps: bit 0 is 1 January.

    A day that nobody has announced is in neither. Single days that are written count in every year.
    """
    first, length = year_of(year)
    off, work = (_bits(each, first, length) for each in (statutory.offdays, statutory.workdays))
    if year in statutory.years:
        # 1970-01-01 was a Thursday, so day % 7 is 2 on Saturdays.
        off |= _WEEKENDS >> (first - 2) % 7 & (1 << length) - 1 & ~work
        work = ~off & (1 << length) - 1
    return work, off


def _bits(written: tuple[int, ...], first: int, length: int) -> int:
    """Return the days of one year among sorted days as a bitmap."""
    low, high = (bisect_left(written, day) for day in (first, first + length))
    return sum(1 << day - first for day in written[low:high])


def _china() -> Statutory:
    """Return what the notices say."""
    off: list[int] = []
    work: list[int] = []
    names: dict[int, Text] = {}
    for year, notice in NOTICES.items():
        for holiday, words in notice.days:
            for kind, day in _written(year, words):
                (off if kind == _OFF else work).append(day)
                names[day] = HOLIDAYS[holiday]
    return Statutory(
        offdays=tuple(sorted(off)), workdays=tuple(sorted(work)), years=tuple(sorted(NOTICES)), names=names
    )


def _written(year: int, words: str) -> Iterator[tuple[str, int]]:
    """Yield the days of ``休 10-01..10-07 班 09-20``, each with its mark."""
    kind = _OFF
    for word in words.split():
        if word in {_OFF, _WORK}:
            kind = word
            continue
        first, _, last = word.partition("..")
        begin = _day(year, first)
        for day in range(begin, (_day(year, last) if last else begin) + 1):
            yield kind, day


def _day(year: int, text: str) -> int:
    return number(dt.date.fromisoformat(text if len(text) == 10 else f"{year}-{text}"))


CHINA = _china()
"""Mainland China as shipped: the notices for 2007 to the latest year of :data:`NOTICES`."""
