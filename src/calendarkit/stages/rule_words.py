"""Rule words: which words of a column put a slot on a day, and which took it away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from calendarkit.calendar.column import Column
from calendarkit.calendar.daybook import Books
from calendarkit.clockwork.anchor_words import parse_during
from calendarkit.clockwork.dates import number
from calendarkit.clockwork.day_words import parse_days
from calendarkit.clockwork.days import Days
from calendarkit.clockwork.interval_words import parse_every
from calendarkit.clockwork.month_words import parse_season


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWord:
    """One word and what it does to one day.

    Attributes:
        key: the column's key it stands under: ``on``, ``skip``, ``every``, ``season``, ``during``, ``from``, ``until``,
            ``also``, ``move``, ``rrule`` or ``cron``.
        word: as written; a move as ``2026-10-07T12:00 → 2026-10-08T12:00``; empty for an ``on`` that was left out.
        makes: whether it puts a slot on the day (``True``) or takes the day's slots away.
    """

    key: str
    word: str
    makes: bool


def rule_words(column: Column, day: dt.date, books: Books) -> tuple[RuleWord, ...]:
    """Return every word of ``column`` that has to do with ``day``, those that make a slot first.

    A day has a slot of the rule when at least one word of ``on`` makes it and none takes it away; ``also`` and ``move``
    add theirs whatever the rule says. A day that no word speaks of gives an empty tuple: it is not in ``on``.

    Args:
        column: its words were checked before.
        day: nominal local date.
        books: the day books of the workspace.

    Raises:
        RuleError: a word that validation would have refused.
    """
    found = (*_rule(column, day, books), *_bounds(column, day), *_limits(column, day, books), *_exceptions(column, day))
    return tuple(sorted(found, key=lambda each: not each.makes))


def _rule(column: Column, day: dt.date, books: Books) -> Iterator[RuleWord]:
    """Yield the words that name the day, and those of ``skip``."""
    book = books.of(column)
    hatch = "rrule" if column.rrule is not None else "cron" if column.cron is not None else ""
    if hatch or "on" not in column.model_fields_set:
        if number(day) in books.rule(column).on:
            yield RuleWord(key=hatch or "on", word=str(getattr(column, hatch)) if hatch else "", makes=True)
    else:
        for word in column.on:
            if number(day) in parse_days(word, book):
                yield RuleWord(key="on", word=word, makes=True)
    for word in column.skip:
        if number(day) in parse_days(word, book):
            yield RuleWord(key="skip", word=word, makes=False)


def _bounds(column: Column, day: dt.date) -> Iterator[RuleWord]:
    if column.since is not None and day < column.since:
        yield RuleWord(key="from", word=column.since.isoformat(), makes=False)
    if column.until is not None and day > column.until:
        yield RuleWord(key="until", word=column.until.isoformat(), makes=False)


def _limits(column: Column, day: dt.date, books: Books) -> Iterator[RuleWord]:
    """Yield what the rule is limited to, where the day lies outside of it."""
    book = books.of(column)
    readers: tuple[tuple[str, tuple[str, ...], Callable[[str], Days]], ...] = (
        ("season", tuple(column.season), parse_season),
        ("during", tuple(column.during), lambda word: parse_during(word, book)),
    )
    for key, words, read in readers:
        if words and not any(number(day) in read(word) for word in words):
            yield RuleWord(key=key, word=", ".join(words), makes=False)
    if column.every is None or column.since is None:
        return
    if number(day) not in Days(cycles=((*parse_every(column.every), number(column.since)),)):
        yield RuleWord(key="every", word=column.every, makes=False)


def _exceptions(column: Column, day: dt.date) -> Iterator[RuleWord]:
    date = day.isoformat()
    for moment in column.also:
        if moment.startswith(date):
            yield RuleWord(key="also", word=moment, makes=True)
    for nominal, moment in column.move.items():
        if moment.startswith(date):
            yield RuleWord(key="move", word=f"{nominal} → {moment}", makes=True)
        elif nominal.startswith(date):
            yield RuleWord(key="move", word=f"{nominal} → {moment}", makes=False)
