"""Whether what the files say to customers keeps clear of forbidden words."""

from __future__ import annotations

from collections.abc import Iterator

from calendarkit.calendar.checks.content import TEMPLATE_ENDINGS, speeches
from calendarkit.calendar.draft import Draft
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.calendar.locate import Path
from calendarkit.calendar.origin import Origin
from calendarkit.calendar.wording import Hit, hits
from calendarkit.model.problem import Severity
from calendarkit.model.text import Text

_FIX = Text(
    '换一种说法；确实可以用的，把整句写进 policy.toml 的 words.allow，例如 allow = ["第一时间"]',
    'say it differently; where it is fine, put the phrase into words.allow of policy.toml: allow = ["第一时间"]',
)


def check_words(draft: Draft, _: Known) -> Iterator[Finding]:
    """Yield forbidden words in columns, templates, items and offers; only where ``policy.toml`` has ``[words]``."""
    words = draft.policy.words
    if words is None:
        return
    for origin, path, text in _spoken(draft):
        for hit in hits(text, words):
            yield origin.finding(*_said(hit), key=path, needle=hit.written, severity=_severity(hit))
    for name, text in draft.templates.items():
        for number, line in enumerate(text.split("\n"), 1):
            for hit in hits(line, words):
                code, message, fix = _said(hit)
                yield Finding(
                    code=code,
                    document=f"{draft.folder}/{name}",
                    line=number,
                    column=hit.start + 1,
                    width=hit.end - hit.start,
                    message=message,
                    fix=fix,
                    severity=_severity(hit),
                )


def _said(hit: Hit) -> tuple[str, Text, Text]:
    code = "CK462" if hit.firm else "CK463"
    return code, Text(f"“{hit.written}”：{hit.why.zh}", f'"{hit.written}": {hit.why.en}'), _FIX


def _severity(hit: Hit) -> Severity:
    return "error" if hit.firm else "warning"


def _spoken(draft: Draft) -> Iterator[tuple[Origin, Path, str]]:
    """Yield every text of the nouns that customers may read, with its place."""
    for column in draft.columns:
        yield column.origin, ("title",), column.noun.title
        if column.noun.promise:
            yield column.origin, ("promise",), column.noun.promise
        for path, speech in speeches(column.noun.content):
            for key in ("text", "markdown"):
                text = getattr(speech, key)
                if text is not None and not text.endswith(TEMPLATE_ENDINGS):
                    yield column.origin, (*path, key), text
            for key in ("title", "description") if speech.link else ():
                yield column.origin, (*path, "link", key), getattr(speech.link, key)
        for name, text in column.noun.content.values.items():
            yield column.origin, ("content", "values", name), text
    for items in draft.pools.values():
        for item in items:
            yield item.origin, ("title",), item.noun.title
            yield item.origin, ("body",), item.noun.body
            for name, text in item.noun.fields.items():
                yield item.origin, (name,), text
    for offer in draft.offers:
        yield offer.origin, ("title",), offer.noun.title
        for name, text in offer.noun.words.items():
            yield offer.origin, ("words", name), text
