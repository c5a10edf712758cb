"""Audience expressions (人群): ``vip and not new``, ``store.city == '杭州'``, ``size >= 100``."""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass, field
from functools import lru_cache

from calendarkit.calendar.audience_error import AudienceError, explain_syntax, span_of
from calendarkit.calendar.audience_parts import MAX_LENGTH, Field, Tag, Test, built
from calendarkit.calendar.roster import Group, Store
from calendarkit.model.text import Text


@dataclass(frozen=True, slots=True)
class Part:
    """One condition of an expression and whether it held; ``found`` is what the group or store really has."""

    text: str
    matched: bool
    found: Text


@dataclass(frozen=True, slots=True)
class Audience:
    """Which groups a column is for.

    Attributes:
        text: as written; empty for every group.
        tags: the tags it mentions, with their places.
        fields: the fields it mentions, with their places.
    """

    text: str
    tags: tuple[Tag, ...] = ()
    fields: tuple[Field, ...] = ()
    _test: Test | None = field(default=None, repr=False, compare=False)
    _parts: tuple[tuple[str, Test, tuple[Tag | Field, ...]], ...] = field(default=(), repr=False, compare=False)

    def matches(self, group: Group | None, store: Store) -> bool:
        """Tell whether the group of this store belongs to it; ``None`` asks about the store alone."""
        return self._test is None or self._test(group, store)

    def explain(self, group: Group | None, store: Store) -> tuple[Part, ...]:
        """Return each condition, in the order written, with whether it held and what was found there."""
        return tuple(
            Part(text, test(group, store), _found(mentioned, group, store)) for text, test, mentioned in self._parts
        )


@lru_cache(maxsize=4096)
def parse_audience(text: str) -> Audience:
    """Return the audience an expression describes.

    Words joined by ``and``, ``or``, ``not`` and parentheses. A bare word is a tag of the group or its store; a word
    that is compared is a field, first of the group, then of the store; ``store.city`` and ``group.size`` name one.

    >>> parse_audience("vip and not new").matches(None, Store(id="s", name="店", tags=frozenset({"vip"})))
    True

    Raises:
        AudienceError: with the place inside ``text``.
    """
    words = text.strip()
    if not words:
        return Audience(text)
    if len(text) > MAX_LENGTH:
        raise AudienceError(
            Text(f"表达式超过 {MAX_LENGTH} 个字", f"the expression is longer than {MAX_LENGTH} characters"),
            0,
            len(text),
        )
    if "\\" in text:
        fix = Text("删掉反斜杠", "remove the backslash")
        what = Text("人群表达式里没有反斜杠", "an audience has no backslashes")
        raise AudienceError(what, text.index("\\"), 1, fix)
    padding = len(text) - len(text.lstrip())
    try:
        with warnings.catch_warnings():
            # Python only warns of "1and", which is a mistake here
            warnings.simplefilter("error", SyntaxWarning)
            tree = ast.parse(words.replace("\n", " "), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise explain_syntax(text, error) from error
    try:
        found = built(tree, words, padding)
    except RecursionError as error:
        raise AudienceError(Text("括号嵌套太深", "nested too deeply"), 0, len(text)) from error
    return Audience(text, found.tags, found.fields, found.test, tuple(found.parts))


def _found(mentioned: tuple[Tag | Field, ...], group: Group | None, store: Store) -> Text:
    """Return what the group has where a condition looked: ``city = 杭州``, ``标签 vip、new``."""
    shown: list[str] = []
    for each in mentioned:
        if isinstance(each, Field):
            value = each.read(group, store)
            shown.append(f"{each.name} = {value if value not in ('', None) else '—'}")
    zh, en = "、".join(shown), ", ".join(shown)
    if any(isinstance(each, Tag) for each in mentioned):
        tags = sorted((group.tags if group else frozenset()) | store.tags)
        zh, en = f"标签 {'、'.join(tags) or '—'}", f"tags {', '.join(tags) or '—'}"
    return Text(zh, en)


__all__ = ["Audience", "AudienceError", "Part", "parse_audience", "span_of"]
