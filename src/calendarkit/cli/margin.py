"""The margin of the programme: what a Chinese calendar prints beside a day — lunar day, terms, festivals, 休 and 班."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from calendarkit.cli import cells
from calendarkit.cli.lines import Line, Span
from calendarkit.clockwork import festivals, lunar, terms
from calendarkit.clockwork.dates import number
from calendarkit.clockwork.statutory import Statutory
from calendarkit.model.text import Language, Text

OFF = Text("休", "off")
WORK = Text("班", "work")
LABEL = Text("农历", "lunar")

_LONGEST = 12
"""Cells for whose sake a column gets wider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """What stands beside one day.

    Attributes:
        moon: the lunar date as people say it; ``None`` beyond the almanac.
        short: the same in a few cells: the day, or on the first of a month the month.
        names: festivals, then the solar term; each once.
        mark: ``休`` or ``班`` where it was announced so; plain weekends have none.
    """

    moon: Text | None = None
    short: Text | None = None
    names: tuple[Text, ...] = ()
    mark: Text | None = None

    def wanted(self, language: Language) -> int:
        """Return the cells it would like to have; names longer than twelve are broken into lines."""
        first = sum(cells.width(span.text) + 1 for span in self.spans(language)) - 1
        return max([first, *(min(cells.width(name.to(language)), _LONGEST) for name in self.names)])

    def spans(self, language: Language) -> list[Span]:
        """Return the short lunar day and the mark, styled."""
        found = [Span(self.short.to(language), "dim")] if self.short else []
        if self.mark is not None:
            found.append(Span(self.mark.to(language), "good" if self.mark == OFF else "warn"))
        return found

    def lines(self, language: Language, size: int, *before: Span) -> list[Line]:
        """Return the margin in lines of at most ``size`` cells, ``before`` on the first of them."""
        rows = fit([*before, *self.spans(language)], size)
        return rows + [(Span(each, "key"),) for name in self.names for each in cells.wrap(name.to(language), size)]


def margin(date: dt.date, statutory: Statutory) -> Margin:
    """Return what stands beside ``date``."""
    day = number(date)
    moon = lunar.of(day)
    term = terms.on(day)
    names = (*festivals.on(day), *([terms.NAMES[term]] if term else []))
    return Margin(moon=lunar.label(day), short=_short(moon), names=names, mark=_mark(day, statutory))


def margin_json(date: dt.date, statutory: Statutory) -> dict[str, Any]:
    """Return the same as plain data: names in Chinese, ``null`` for what is not known or not there.

    ``offday`` tells of every day whether people are off; ``announced`` is ``off`` or ``work`` on the days that a notice
    names.
    """
    day = number(date)
    moon = lunar.of(day)
    mark, label = _mark(day, statutory), lunar.label(day)
    return {
        "day": date.isoformat(),
        "lunar": moon._asdict() | {"label": label.zh} if moon and label else None,
        "term": terms.on(day),
        "festivals": [name.zh for name in festivals.on(day)],
        "offday": statutory.is_offday(day),
        "announced": mark and mark.en,
        "holiday": statutory.names[day].zh if day in statutory.names else None,
    }


def lunar_range(first: dt.date, last: dt.date) -> Text | None:
    """Return ``农历十月十五 – 廿一`` for the days from ``first`` to ``last``; ``None`` beyond the almanac."""
    begin, end = lunar.of(number(first)), lunar.of(number(last))
    labels = lunar.label(number(first)), lunar.label(number(last))
    if begin is None or end is None or labels[0] is None or labels[1] is None:
        return None
    if first == last:
        return Text(f"农历{labels[0].zh}", labels[0].en)
    chinese = lunar.day_name(end.day) if begin[:3] == end[:3] else labels[1].zh
    return Text(f"农历{labels[0].zh} – {chinese}", f"{labels[0].en} – {labels[1].en.removeprefix('lunar ')}")


def unknown_years(first: dt.date, last: dt.date, statutory: Statutory) -> Text | None:
    """Say for which years of a stretch nobody has announced the days off; ``None`` when all are known."""
    years = [str(year) for year in range(first.year, last.year + 1) if year not in statutory.years]
    if not years:
        return None
    listed = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return Text(
        f"{listed} 年的放假安排还未收录，休/班没有标出", f"days off of {listed} are not known yet and not marked"
    )


def fit(parts: Sequence[Span], size: int | None, gap: int = 1) -> list[Line]:
    """Set ``parts`` one after another, ``gap`` cells between them, in lines of at most ``size`` cells."""
    rows: list[list[Span]] = [[]]
    used = 0
    for part in parts:
        wide = cells.width(part.text)
        if rows[-1] and size is not None and used + gap + wide > size:
            rows.append([])
            used = 0
        lead = " " * gap if rows[-1] else ""
        rows[-1].append(Span(lead + part.text, part.style))
        used += len(lead) + wide
    return [tuple(row) for row in rows]


def _short(moon: lunar.LunarDate | None) -> Text | None:
    if moon is None:
        return None
    if moon.day > 1:
        return Text(lunar.day_name(moon.day), f"L{moon.day}")
    return Text(
        lunar.month_name(moon.month, leap=moon.leap), f"L{moon.month}-1" if not moon.leap else f"leap L{moon.month}-1"
    )


def _mark(day: int, statutory: Statutory) -> Text | None:
    if day in statutory.names or day in statutory.offdays or day in statutory.workdays:
        return OFF if statutory.is_offday(day) else WORK
    return None
