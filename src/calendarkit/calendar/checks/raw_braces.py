"""Whether words that go out as they stand hold the braces of a template, which customers would then see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from calendarkit.calendar.draft import Draft
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.calendar.locate import Path
from calendarkit.calendar.origin import Origin
from calendarkit.model.text import Text

_WHAT = Text(
    "这里的文字原样发出去，不是模板：顾客会看到花括号",
    "these words go out as they stand: customers would see the braces",
)
_FIX = Text(
    "把 {{ … }} 写在 [column.content] 的 text 或模板文件里，这里只写文字",
    "write {{ … }} into the text of [column.content] or into a template file, and plain words here",
)


def check_raw_braces(draft: Draft, _: Known) -> Iterator[Finding]:
    """Yield values, items and offers with ``{{`` or ``{%`` in their words."""
    for column in draft.judged:
        for name, words in column.noun.content.values.items():
            yield from _judged(words, column.origin, ("content", "values", name))
    for items in draft.pools.values():
        for item in items:
            own = {"title": item.noun.title, "body": item.noun.body}
            yield from _each({**own, **item.noun.fields}, item.origin)
    for offer in draft.offers:
        own = {"title": offer.noun.title, "limit": offer.noun.limit, "unit": offer.noun.unit}
        yield from _each(own, offer.origin)
        yield from _each(offer.noun.words, offer.origin if offer.origin.row else offer.origin.below(("words",)))


def _each(words: Mapping[str, str], origin: Origin) -> Iterator[Finding]:
    for name, text in words.items():
        yield from _judged(text, origin, (name,))


def _judged(text: str, origin: Origin, key: Path) -> Iterator[Finding]:
    found = [(text.index(braces), braces) for braces in ("{{", "{%") if braces in text]
    if found:
        place, braces = min(found)
        inner = text.count("\n", 0, place) + 1 if "\n" in text else 0
        yield origin.finding("CK419", _WHAT, _FIX, key=key, needle=braces, inner=inner)
