"""An absence: why a column has no slot on a day, word by word of its rule."""

from __future__ import annotations

import datetime as dt
from typing import Any

from calendarkit.calendar.column import Column
from calendarkit.calendar.daybook import Books
from calendarkit.cli.lines import Line, Span, line
from calendarkit.cli.margin import margin
from calendarkit.edges.world import World
from calendarkit.model.text import Language, Text
from calendarkit.stages.rule_words import RuleWord, rule_words

_TAKES = {
    "skip": Text("去掉了这一天", "takes this day out"),
    "from": Text("这一天还没有开始", "the column has not begun on this day"),
    "until": Text("这一天已经结束", "the column has ended by this day"),
    "season": Text("这一天不在这个季节里", "this day is not in this season"),
    "during": Text("这一天不在这个阶段里", "this day is not in this phase"),
    "every": Text("这一天没有轮到", "this day is not one of these"),
    "move": Text("这一天的档期移走了", "moves this day's slot away"),
}
_WEEKDAYS = "一二三四五六日"


def absence(world: World, column: Column, day: dt.date, language: Language) -> list[Line]:
    """Return the day as the calendar knows it, then every word of the rule that has to do with it."""
    answer = Span(Text("没有档期", "no slot").to(language), "warn")
    lines = [line(Span(column.title, "title"), f" · {_day(world, day, language)} → ", answer)]
    for each in _words(world, column, day):
        mark = Span("✓", "good") if each.makes else Span("✗", "bad")
        place = world.calendar.places.get(f"column.{column.id}.{each.key}", "")
        lines.append(line("  ", mark, f" {_said(each, column).to(language)}  ", Span(place, "dim")))
    return lines


def absence_json(world: World, column: Column, day: dt.date) -> dict[str, Any]:
    """Return the same as plain data."""
    return {
        "column": column.id,
        "day": day.isoformat(),
        "slots": 0,
        "words": [{"key": each.key, "word": each.word, "makes": each.makes} for each in _words(world, column, day)],
    }


def _words(world: World, column: Column, day: dt.date) -> tuple[RuleWord, ...]:
    """Return the words of the day; where none names it, the whole of ``on`` as what leaves it out."""
    books = Books(world.calendar.workspace, world.calendar.anchors.values())
    found = rule_words(column, day, books)
    if any(each.makes for each in found):
        return found
    return (*found, RuleWord(key="on", word=", ".join(column.on), makes=False))


def _said(each: RuleWord, column: Column) -> Text:
    written = f'{each.key} = "{each.word}"' if each.word else each.key
    if each.makes and not column.at:
        return Text(f"{written} 有这一天，但没有写时间（at）", f"{written} names this day, but at gives no time")
    if each.makes:
        return Text(f"{written} 有这一天", f"{written} names this day")
    does = _TAKES.get(each.key, Text("没有这一天", "does not name this day"))
    return Text(f"{written} {does.zh}", f"{written} {does.en}")


def _day(world: World, day: dt.date, language: Language) -> str:
    """Return a day with its weekday, lunar date and festivals, and whether people are off."""
    found = margin(day, Books(world.calendar.workspace, world.calendar.anchors.values()).statutory)
    weekday = f"周{_WEEKDAYS[day.weekday()]}" if language == "zh" else f"{day:%a}"
    moon = f"{'农历' if language == 'zh' else ''}{found.moon.to(language)}" if found.moon else ""
    told = (*found.names, *((found.mark,) if found.mark else ()))
    return " ".join(filter(None, [day.isoformat(), weekday, moon, *(each.to(language) for each in told)]))
