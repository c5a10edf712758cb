"""Whether templates ask only for what a delivery of their column will have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from calendarkit.calendar.checks.content import TEMPLATE_ENDINGS, speeches
from calendarkit.calendar.checks.vocabulary import Vocabulary, vocabulary
from calendarkit.calendar.column import Content, Variant
from calendarkit.calendar.draft import Draft
from calendarkit.calendar.finding import Finding
from calendarkit.calendar.known import Known
from calendarkit.calendar.locate import Path
from calendarkit.calendar.origin import Origin
from calendarkit.calendar.template_names import Mention
from calendarkit.calendar.templates import Template, TemplateError, parse_template


def check_variables(draft: Draft, _known: Known) -> Iterator[Finding]:
    """Yield templates that are none and names that a delivery cannot have; each mistake of a file once."""
    used: set[str] = set()
    for column in draft.judged:
        words = vocabulary(draft, column.noun)
        for path, speech in speeches(column.noun.content):
            for key, written in _written(speech):
                if not written.endswith(TEMPLATE_ENDINGS):
                    yield from _judged(column.origin, (*path, *key), written, words)
                elif written in draft.templates:
                    used.add(written)
                    yield from _judged(Origin(f"{draft.folder}/{written}"), (), draft.templates[written], words)
    for name in sorted(set(draft.templates) - used):
        _, finding = parsed(Origin(f"{draft.folder}/{name}"), (), draft.templates[name])
        if finding:
            yield finding


def parsed(origin: Origin, place: Path, source: str) -> tuple[Template | None, Finding | None]:
    """Return the template, or the finding that says why it is none."""
    try:
        return parse_template(source), None
    except TemplateError as error:
        return None, fault(origin, place, error, source)


def fault(origin: Origin, place: Path, error: TemplateError, source: str) -> Finding:
    """Return what is wrong with a template as a finding at its line."""
    lines = source.split("\n")
    line = lines[min(max(error.line, 1), len(lines)) - 1]
    if place:
        inner = error.line if len(lines) > 1 else 0
        return origin.finding(error.code, error.text, key=place, inner=inner, needle=error.name)
    return Finding(
        code=error.code,
        document=origin.document,
        line=max(1, error.line),
        column=len(line) - len(line.lstrip()) + 1,
        width=max(1, len(line.strip())),
        needle=error.name,
        message=error.text,
    )


def wrong_names(
    template: Template, words: Vocabulary, *, own: frozenset[str] = frozenset()
) -> Iterator[tuple[Mention, Finding]]:
    """Yield each mention that cannot be served, with a finding that has no place yet."""
    for mention in template.mentions:
        if mention.root in own or mention.guarded:
            continue
        finding = words.judge(mention)
        if finding:
            yield mention, finding


def _judged(origin: Origin, place: Path, source: str, words: Vocabulary) -> Iterator[Finding]:
    if "{" not in source:
        return
    template, finding = parsed(origin, place, source)
    if finding:
        yield finding
    if template is None:
        return
    for mention, wrong in wrong_names(template, words):
        yield placed(origin, place, wrong, mention)


def placed(origin: Origin, place: Path, wrong: Finding, mention: Mention) -> Finding:
    """Return the finding at the mention: in a template file, or inside a value of a TOML document."""
    if not place:
        return Finding(
            code=wrong.code, message=wrong.message, fix=wrong.fix, severity=wrong.severity, related=wrong.related,
            document=origin.document, line=mention.line, needle=mention.name,
        )  # fmt: skip
    made = origin.finding(
        wrong.code,
        wrong.message,
        wrong.fix,
        severity=wrong.severity,
        key=place,
        needle=mention.name,
        inner=mention.line,
    )
    return replace(made, related=wrong.related)


def _written(speech: Content | Variant) -> Iterator[tuple[Path, str]]:
    for key in ("text", "markdown"):
        if getattr(speech, key) is not None:
            yield (key,), getattr(speech, key)
    if speech.link is not None:
        for key in ("title", "url", "description", "cover_url"):
            yield ("link", key), getattr(speech.link, key)
    if isinstance(speech, Content):
        for index, each in enumerate(speech.mentions):
            yield ("mentions", index), each
