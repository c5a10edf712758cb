"""Days of one week in words: 每天, 周一至周五, 周三、日, 除周三外每天, Mon–Fri."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from calendarkit.model.text import Language, Text

WEEKDAYS = tuple(
    Text(f"周{zh}", en)
    for zh, en in zip("一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True)
)
_RUN = 3
"""Days in a row that are told by the first and the last."""
_ROOM = 4
"""Characters that the poster's narrow box takes."""


def day_words(days: Sequence[dt.date], language: Language) -> str:
    """Return the days as a sentence would name them; ``days`` are sorted and lie within seven."""
    if len(days) == 7:
        return Text("每天", "Every day").to(language)
    if len(days) == 6 and (gap := _gap(days)) is not None:
        name = gap.to(language)
        return Text(f"除{name}外每天", f"Every day but {name}").to(language)
    runs = _runs(days)
    if language == "zh" and all(len(run) < _RUN for run in runs):
        return f"周{'、'.join(WEEKDAYS[each.weekday()].zh[1:] for each in days)}"
    parts = [part for run in runs for part in _told(run, language)]
    return Text("、", ", ").to(language).join(parts)


def short_days(days: Sequence[dt.date], language: Language) -> str:
    """Return the days in at most four Chinese characters: ``每天``, ``一至五``, ``周三、日``."""
    if language == "en":
        return _short_english(days)
    if len(days) in (1, 7):
        return day_words(days, language)
    runs, names = _runs(days), [WEEKDAYS[each.weekday()].zh[1:] for each in days]
    if len(runs) == 1 and len(days) >= _RUN:
        return f"{names[0]}至{names[-1]}"
    if len(names) == 2:
        return f"周{'、'.join(names)}"
    if len(names) <= _ROOM:
        return f"周{''.join(names)}" if len(names) < _ROOM else "".join(names)
    missing = [each.zh[1:] for number, each in enumerate(WEEKDAYS) if number not in {day.weekday() for day in days}]
    return f"除{''.join(missing)}"


def _short_english(days: Sequence[dt.date]) -> str:
    if len(days) == 7:
        return "Daily"
    if len(days) <= 2:
        return " ".join(WEEKDAYS[each.weekday()].en for each in days)
    return day_words(days, "en") if len(_runs(days)) == 1 else f"{len(days)} days"


def _gap(days: Sequence[dt.date]) -> Text | None:
    """Return the one weekday that is missing between the first and the last, ``None`` where none is."""
    if (days[-1] - days[0]).days == 5:
        return None
    return next(each for number, each in enumerate(WEEKDAYS) if number not in {day.weekday() for day in days})


def _runs(days: Sequence[dt.date]) -> list[list[dt.date]]:
    runs: list[list[dt.date]] = []
    for day in days:
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _told(run: Sequence[dt.date], language: Language) -> list[str]:
    names = [WEEKDAYS[each.weekday()].to(language) for each in run]
    return [Text("至", "–").to(language).join((names[0], names[-1]))] if len(run) >= _RUN else names
