"""Wording (用词): words that must not stand in front of customers, by law or by the shop's own wish."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from calendarkit.calendar.ad_law import LIKE_THEM, NAMED
from calendarkit.calendar.policy import Words
from calendarkit.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place in a text where such a word stands.

    Attributes:
        start: place of its first character.
        end: place behind its last character.
        written: the word as it stands there.
        why: who forbids it.
        firm: whether a message with it must not go out; otherwise a person should look at it.
    """

    start: int
    end: int
    written: str
    why: Text
    firm: bool


_OWN = Text("policy.toml 的 words.forbid 不许用", "words.forbid of policy.toml forbids it")
_LAW = Text("《广告法》第九条点名禁止", "article 9 of the Advertising Law names it")
_LIKE = Text(
    "与《广告法》第九条的“最佳”等意思相同，常被认定为绝对化用语",
    "it means the same as what article 9 of the Advertising Law names",
)


def hits(text: str, words: Words) -> Iterator[Hit]:
    """Yield the forbidden words of ``text`` in the order they stand in; what stands inside an allowed phrase is none.

    Full-width letters, capitals and blanks between characters hide nothing.

    >>> [each.written for each in hits("全城最 佳，第一时间到店", Words())]
    ['最 佳']
    """
    narrow = _narrow(text)
    free = [match.span() for phrase in words.allow for match in _pattern((phrase,)).finditer(narrow)]
    for terms, why, firm in _lists(words):
        for match in _pattern(terms).finditer(narrow):
            start, end = match.span()
            if not any(low <= start and end <= high for low, high in free):
                yield Hit(start=start, end=end, written=text[start:end], why=why, firm=firm)


def _lists(words: Words) -> Iterator[tuple[tuple[str, ...], Text, bool]]:
    if words.forbid:
        yield words.forbid, _OWN, True
    if words.ad_law:
        yield NAMED, _LAW, True
        yield LIKE_THEM, _LIKE, False


@lru_cache(maxsize=64)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted({_narrow(term) for term in terms}, key=len, reverse=True)
    return re.compile("|".join(r"\s*".join(map(re.escape, term)) for term in longest_first))


def _narrow(text: str) -> str:
    """Return ``text`` with full-width and capital letters made plain, one character for one."""
    return "".join(plain if len(plain := unicodedata.normalize("NFKC", each).lower()) == 1 else each for each in text)
