"""The leaflet as posters: the rows for the painter, on as many sheets as they need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from calendarkit.cli.day_words import short_days
from calendarkit.cli.leaflet_text import END, HEADING, span_words
from calendarkit.extend.painting import PosterJob
from calendarkit.model.text import Language, Text
from calendarkit.stages.leaflet import Leaflet

LAYOUT = "week_programme"
MOST = 7
"""Rows a sheet takes, as the shipped layout has it."""


def leaflet_posters(
    leaflet: Leaflet, store: Mapping[str, Any], language: Language, *, layout: str, zone: dt.tzinfo
) -> Iterator[PosterJob]:
    """Yield what the painter is asked for, one job a sheet; rows are spread evenly and never left out.

    Args:
        leaflet: the week.
        store: ``id``, ``name`` and ``join_url`` as templates see them; without a name its place says when to come.
        language: of days and headings.
        layout: name of the layout, with shape and theme if need be.
        zone: of the store's clocks.
    """
    rows = [
        {
            "day": short_days(row.days, language),
            "time": time,
            "title": f"{row.title} ★" if row.star else row.title,
            "words": row.promise,
        }
        for row in leaflet.rows
        for time in row.times
    ]
    sheets = -(-len(rows) // MOST)
    for number in range(sheets):
        some = rows[number * len(rows) // sheets : (number + 1) * len(rows) // sheets]
        mark = f" · {number + 1}/{sheets}" if sheets > 1 else ""
        yield PosterJob(
            layout=layout,
            context=_context(leaflet, store, some, language=language, zone=zone, mark=mark),
            mimes=("image/png",),
        )


def _context(
    leaflet: Leaflet,
    store: Mapping[str, Any],
    rows: list[dict[str, str]],
    *,
    language: Language,
    zone: dt.tzinfo,
    mark: str,
) -> dict[str, Any]:
    at = dt.datetime.combine(leaflet.first, dt.time(), zone)
    invite = Text("长按识别二维码，进群不错过", "Scan the code and join us").to(language)
    return {
        "column": {"id": "programme", "title": HEADING.to(language), "kind": None, "owner": None, "star": False},
        "slot": {
            "key": f"programme/{leaflet.first}/week",
            "day": leaflet.first,
            "name": "week",
            "time": "",
            "at": at,
            "weekday": "",  # no row is today's: the sheet is good for all of the week
        },
        "store": {**store, "name": store["name"] or END.to(language)},
        "group": None,
        "item": None,
        "offer": None,
        "values": {"programme": rows, "range": f"{span_words(leaflet, language)}{mark}", "invite": invite},
        "options": {},
        "workspace": {"name": leaflet.shop},
    }
