"""The leaflet as a page: for a phone, for a screen, and printed on one sheet of A4."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from calendarkit.cli.day_words import WEEKDAYS, day_words
from calendarkit.cli.leaflet_text import END, HEADING, place_words, span_words, times_words
from calendarkit.model.text import Language, Text
from calendarkit.stages.leaflet import Leaflet

TEMPLATE = Path(__file__).with_name("leaflet.html")


def leaflet_page(leaflet: Leaflet, language: Language) -> str:
    """Return one HTML page that stands alone: nothing is fetched, no script runs, equal leaflets give equal pages."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(TEMPLATE.read_text("utf-8"))
    return template.render(
        language=language,
        place=place_words(leaflet),
        heading=HEADING.to(language),
        span=span_words(leaflet, language),
        rows=[
            {
                "days": day_words(row.days, language),
                "times": times_words(row, language),
                "title": row.title,
                "promise": row.promise,
                "star": row.star,
            }
            for row in leaflet.rows
        ],
        by_day=Text("按天看", "Day by day").to(language),
        days=[_day(leaflet, each, language) for each in leaflet.days],
        end=END.to(language),
    )


def _day(leaflet: Leaflet, day: dt.date, language: Language) -> dict[str, Any]:
    return {
        "name": WEEKDAYS[day.weekday()].to(language),
        "date": f"{day.month}/{day.day}" if language == "zh" else f"{day.day} {day:%b}",
        "shows": [(time, row.title, row.star) for time, row in leaflet.on(day)],
    }
