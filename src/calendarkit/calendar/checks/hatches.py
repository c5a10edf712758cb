"""Whether what takes the place of a rule, an RRULE, a line of cron or ``after``, is understood and stands alone."""

from __future__ import annotations

from collections.abc import Iterator

from calendarkit.calendar.column import Column
from calendarkit.calendar.daybook import hatch_of
from calendarkit.calendar.draft import Draft, Placed
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.clockwork.words import RuleError
from calendarkit.model.text import Text

_HATCHES = ("rrule", "cron", "after")
_WORDS = ("on", "every", "at", "anchor", "during", "season")
"""What says the same in calendarkit's own words; ``skip``, ``also``, ``move``, ``from`` and ``until`` go with both."""

_NEVER_AFTER = ("on", "every", "anchor", "during", "season", "also", "move")
"""What has no meaning for reminders, which have their days from events; their time is ``at``."""


def check_hatches(draft: Draft, _: Known) -> Iterator[Finding]:
    """Yield hatches that are refused, stand beside other words for the same, or have no use."""
    for placed in draft.columns:
        column = placed.noun
        given = [key for key in _HATCHES if getattr(column, key) is not None]
        if given:
            yield from _alone(placed, given)
            yield from _refused(placed, given[0])  # what is wrong with after has a check of its own
        if column.cron_day and column.cron is None:
            yield placed.origin.finding(
                "CK312",
                Text("cron_day 只和 cron 一起用", "cron_day goes with cron only"),
                Text("删掉它", "remove it"),
                key="cron_day",
                where="key",
            )


def _alone(placed: Placed[Column], given: list[str]) -> Iterator[Finding]:
    hatch, *more = given
    words = _NEVER_AFTER if hatch == "after" else _WORDS
    beside = [*more, *(key for key in words if key in placed.noun.model_fields_set)]
    for key in beside:
        yield placed.origin.finding(
            "CK312",
            Text(
                f"{hatch} 已经写了什么时候发，不能再写 {key}", f"{hatch} says when already, beside it there is no {key}"
            ),
            Text(f"只留一个：{hatch} 或 {key}", f"keep one of them, {hatch} or {key}"),
            key=key,
            where="key",
        )


def _refused(placed: Placed[Column], key: str) -> Iterator[Finding]:
    try:
        hatch_of(placed.noun)
    except RuleError as error:
        yield placed.origin.finding(error.code, error.message, error.fix, key=key)
