"""The leaflet as words to paste into a group: a few short lines, nothing set in columns by spaces."""

from __future__ import annotations

import datetime as dt

from calendarkit.cli.day_words import day_words
from calendarkit.model.text import Language, Text
from calendarkit.stages.leaflet import Leaflet, Row

HEADING = Text("一周节目表", "This week's programme")
END = Text("到点群里见。", "See you in the group.")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def leaflet_text(leaflet: Leaflet, language: Language) -> str:
    """Return the leaflet as lines; every row is a line of when and what, and one of what to count on."""
    heading = Text(f"【{HEADING.zh}】", f"{HEADING.en}, ").to(language)
    rows = "\n\n".join(_row(each, language) for each in leaflet.rows)
    return f"{heading}{span_words(leaflet, language)}\n{place_words(leaflet)}\n\n{rows}\n\n{END.to(language)}\n"


def place_words(leaflet: Leaflet) -> str:
    """Return the shop and, where it is one store's leaflet, the store."""
    return " · ".join(part for part in (leaflet.shop, leaflet.store) if part)


def span_words(leaflet: Leaflet, language: Language) -> str:
    """Return ``11月23日–29日`` or ``23–29 November``."""
    first, last = leaflet.first, leaflet.last
    same = first.month == last.month
    if language == "zh":
        return f"{first.month}月{first.day}日–{'' if same else f'{last.month}月'}{last.day}日"
    return f"{first.day}{'' if same else f' {_month(first)} '}–{'' if same else ' '}{last.day} {_month(last)}"


def times_words(row: Row, language: Language) -> str:
    """Return ``10:00、20:00`` or ``10:00, 20:00``."""
    return Text("、", ", ").to(language).join(row.times)


def _row(row: Row, language: Language) -> str:
    star, between = "★" if row.star else "", Text("｜", " · ").to(language)  # in front it never stands alone on a line
    head = f"{day_words(row.days, language)} {times_words(row, language)}{between}{star}{row.title}"
    return f"{head}\n{row.promise}" if row.promise else head


def _month(day: dt.date) -> str:
    return _MONTHS[day.month - 1]
