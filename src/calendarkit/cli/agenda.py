"""The programme as a list of days: any stretch of time, a line a day with its margin, and one day in full."""

from __future__ import annotations

import datetime as dt

from calendarkit.cli import cells
from calendarkit.cli.grid import NOTHING, STAR, dated_title, distinct, footer, name_of, nothing, used
from calendarkit.cli.lines import Line, Span, line, stack
from calendarkit.cli.margin import fit, margin
from calendarkit.cli.programme import WEEKDAYS, Programme, Showing
from calendarkit.model.text import Language

_LEAST_ROOM = 20
_LEAST_MARGIN = 12
_TIME_CELLS = 5


def agenda(programme: Programme, language: Language, width: int | None = None) -> list[Line]:
    """Return any stretch as a line a day, weeks set apart.

    Args:
        programme: of one day or more.
        language: of the words around the titles.
        width: most cells a line may take; what goes out on a day is broken into lines where it is short.
    """
    days = [programme.first + dt.timedelta(days=each) for each in range((programme.last - programme.first).days + 1)]
    most = None if width is None else max(width // 4, _LEAST_MARGIN)
    heads = {day: ([_date(day, programme, language)], _beside(day, programme, language, most)) for day in days}
    sizes = [max(used(row) for head in heads.values() for row in head[each]) for each in range(2)]
    room = None if width is None else max(width - sum(sizes) - 4, _LEAST_ROOM)
    rows: list[Line] = []
    for day, head in heads.items():
        if day.weekday() == 0 and rows:
            rows.append(())
        shown = [_entry(each) for each in distinct(programme.on(day))] or [Span(NOTHING, "dim")]
        rows += stack([*head, fit(shown, room, 3)], [*sizes, 0], 2)
    return [_heading(programme, language, width), *rows, *footer(programme, language)]


def day_list(programme: Programme, language: Language) -> list[Line]:
    """Return one day as a list: time, title and the slot's key, which other commands take."""
    day = programme.first
    rows = [
        ([line(Span(each.time, "key"))], [name_of(each)], [line(Span(_key(each, programme), "dim"))])
        for each in _few(programme)
    ]
    wide = max((used(row[1][0]) for row in rows), default=0)
    listed = [each for row in rows for each in stack(row, [_TIME_CELLS, wide, 0], 3)]
    title = dated_title(programme, f"{day.isoformat()} {WEEKDAYS[day.weekday()].to(language)}", language)
    beside = margin(day, programme.statutory)
    named = [*(Span(name.to(language), "key") for name in beside.names), *beside.spans(language)[1:]]
    marks = [Span(f" · {span.text}", span.style) for span in named]
    return [(*title, *marks), *(listed or [nothing(language)]), *footer(programme, language)]


def _few(programme: Programme) -> list[Showing]:
    """Return what goes out, with the reminders of one column and time as one entry: ``复购提醒 ×37``."""
    many = {(each.time, each.slot.column): each for each in programme.showings if each.slot.origin == "after"}
    titles = {key: distinct([each for each in programme.showings if _place(each) == key])[0] for key in many}
    last = {id(each) for each in many.values()}
    kept = (each for each in programme.showings if each.slot.origin != "after" or id(each) in last)
    return [titles.get(_place(each), each) if each.slot.origin == "after" else each for each in kept]


def _place(showing: Showing) -> tuple[str, str]:
    return showing.time, showing.slot.column


def _key(showing: Showing, programme: Programme) -> str:
    """Return the key of a slot; of several reminders the part they share."""
    same = sum(_place(each) == _place(showing) for each in programme.showings) if showing.slot.origin == "after" else 1
    return showing.slot.key if same == 1 else f"{showing.slot.column}/{showing.slot.day.isoformat()}/…"


def _heading(programme: Programme, language: Language, width: int | None) -> Line:
    first, last = programme.first, programme.last
    until = f"{last:%m-%d}" if first.year == last.year else last.isoformat()
    days = f"{first.isoformat()} – {until}" if last > first else first.isoformat()
    return dated_title(programme, days, language, width)


def _date(day: dt.date, programme: Programme, language: Language) -> Line:
    text = f"{day:%m-%d} {WEEKDAYS[day.weekday()].to(language)}"
    return line(Span(text, "today" if day == programme.today else "title"))


def _beside(day: dt.date, programme: Programme, language: Language, most: int | None) -> list[Line]:
    """Return the margin, ``十五 休 中秋节``, in lines of at most ``most`` cells."""
    beside = margin(day, programme.statutory)
    names = [name.to(language) for name in beside.names]
    pieces = [piece for name in names for piece in (cells.wrap(name, most) if most else (name,))]
    return fit([*beside.spans(language), *(Span(piece, "key") for piece in pieces)], most)


def _entry(showing: Showing) -> Span:
    star = f" {STAR}" if showing.star else ""
    return Span(f"{showing.time} {showing.title}{star}", "star" if showing.star else "")
