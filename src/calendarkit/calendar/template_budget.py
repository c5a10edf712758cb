"""What one rendering may cost: loop turns, steps and lengths, counted and never timed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from calendarkit.errors import CalendarkitError
from calendarkit.model.text import Text

MAX_TURNS = 10_000
"""Loop turns of one rendering."""
MAX_STEPS = 200_000
"""Loop turns times the parts of the loop's body."""
MAX_OUTPUT_BYTES = 64 * 1024
"""Longest output, and longest text in between, in bytes (in between: characters)."""
MAX_NUMBER = 10**15
"""Largest number that may be multiplied."""


class TemplateFault(CalendarkitError):
    """A template did what templates may not do; turned into a TemplateError by the one that renders."""

    def __init__(self, code: str, text: Text, line: int = 0) -> None:
        super().__init__(text.en)
        self.code = code
        self.text = text
        self.line = line


class _Spent:
    """The costs so far."""

    __slots__ = ("steps", "turns")

    def __init__(self) -> None:
        self.turns = 0
        self.steps = 0


_spent: ContextVar[_Spent | None] = ContextVar("calendarkit_template_spent", default=None)


@contextmanager
def budget() -> Iterator[None]:
    """Start counting from nothing for one rendering."""
    token = _spent.set(_Spent())
    try:
        yield
    finally:
        _spent.reset(token)


def counted(items: Iterable[Any], weight: int) -> Iterator[Any]:
    """Yield the items of a loop whose body has ``weight`` parts.

    Raises:
        TemplateFault: a budget is spent, or ``items`` cannot be looped over.
    """
    if isinstance(items, str | bytes) or not isinstance(items, Iterable):
        raise TemplateFault("CK415", Text("for 只能用在列表上", "for needs a list"))
    return _turns(iter(items), weight)


def fits(length: int) -> None:
    """Refuse a text that would be longer than any output may be.

    Raises:
        TemplateFault: it would.
    """
    if length > MAX_OUTPUT_BYTES:
        raise TemplateFault("CK415", Text("模板拼出的文字太长", "the template builds a text that is too long"))


def _turns(items: Iterator[Any], weight: int) -> Iterator[Any]:
    spent = _spent.get() or _Spent()
    for item in items:
        spent.turns += 1
        spent.steps += weight
        if spent.turns > MAX_TURNS or spent.steps > MAX_STEPS:
            raise TemplateFault("CK415", Text("模板循环次数太多", "the template loops too often"))
        yield item
