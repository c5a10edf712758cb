"""A phone with the message as members see it: as a page for the browser and as a bubble for the terminal."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from calendarkit.cli import cells
from calendarkit.cli.lines import Line, Span, line
from calendarkit.cli.robot_markdown import Paragraph, Run, robot_markdown
from calendarkit.model.message import Broken, Media, Message
from calendarkit.model.text import Language, Text

TEMPLATE = Path(__file__).with_name("phone.html")
BUBBLE = 44
"""Cells a line of a bubble takes at most; about what a phone shows."""
_POSTER = Text("海报", "poster")
_BROKEN = Text("无法生成", "cannot be made")
_COLOURS = {"": "", "info": "good", "comment": "dim", "warning": "warn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What one group sees of one slot.

    Attributes:
        title: the group's.
        subtitle: the store's.
        sender: who it comes from: the column.
        time: ``"11-25 12:00"``.
        messages: in the order they arrive.
        withheld: why it does not go out, where it does not.
    """

    title: str
    subtitle: str
    sender: str
    time: str
    messages: tuple[Message | Broken, ...]
    withheld: Text | None = None


def phone_page(screens: Sequence[Screen], language: Language, *, heading: str) -> str:
    """Return one HTML page that stands alone: posters are inside, nothing is fetched, no script runs."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(TEMPLATE.read_text("utf-8"))
    shown = [{"screen": each, "bubbles": [_bubble(part, language) for part in each.messages]} for each in screens]
    return template.render(
        heading=heading,
        screens=shown,
        language=language,
        held=Text("不会发送：", "Will not be sent: ").to(language),
        broken=_BROKEN.to(language),
    )


def merged(screens: Sequence[Screen]) -> tuple[Screen, ...]:
    """Join the screens that show the same, with all their titles; a terminal need not repeat them."""
    found: dict[Screen, list[str]] = {}
    for each in screens:
        found.setdefault(replace(each, title=""), []).append(each.title)
    return tuple(replace(each, title="、".join(titles)) for each, titles in found.items())


def bubble_lines(screen: Screen, language: Language) -> list[Line]:
    """Return the screen for a terminal: a heading and one bubble a message."""
    rows = [line(Span(screen.title, "title"), Span(f"  {screen.subtitle} · {screen.time}", "dim"))]
    if screen.withheld is not None:
        rows.append(line(Span(f"✗ {screen.withheld.to(language)}", "warn")))
    for message in screen.messages:
        if isinstance(message, Message) and message.kind == "markdown":
            rows += _boxed([part for each in robot_markdown(message.text) for part in _wrapped(each)])
            continue
        style = "bad" if isinstance(message, Broken) else ""
        words = _terminal_text(message, language).splitlines() or [""]
        rows += _boxed([line(Span(part, style)) for each in words for part in cells.wrap(each, BUBBLE)])
    return rows


def _boxed(rows: Sequence[Line]) -> list[Line]:
    """Draw the frame of a bubble around lines that are narrow enough."""
    widths = [sum(cells.width(span.text) for span in row) for row in rows]
    size = max(widths, default=0)
    middle = [line("  │ ", *row, " " * (size - width) + " │") for row, width in zip(rows, widths, strict=True)]
    return [line(f"  ╭{'─' * (size + 2)}╮"), *middle, line(f"  ╰{'─' * (size + 2)}╯")]


def _wrapped(paragraph: Paragraph) -> list[Line]:
    """Break a line of markdown, each run in its style; a quote has a bar in front."""
    lead = (Span("▏", "dim"),) if paragraph.quoted else ()
    text, cursor, rows = paragraph.text, 0, []
    for piece in cells.wrap(text, BUBBLE - len(lead)):
        begin = text.find(piece, cursor)
        cursor = begin + len(piece)
        rows.append((*lead, *_spans(paragraph.runs, begin, cursor)))
    return rows


def _spans(runs: Sequence[Run], begin: int, end: int) -> list[Span]:
    """Return what of ``runs`` lies between two characters of their text."""
    spans, at = [], 0
    for run in runs:
        words = run.text[max(begin - at, 0) : max(end - at, 0)]
        at += len(run.text)
        if words:
            spans.append(Span(words, _style(run)))
    return spans


def _style(run: Run) -> str:
    if run.url or run.code:
        return "key"
    return _COLOURS[run.colour] or ("title" if run.bold else "")


def _terminal_text(message: Message | Broken, language: Language) -> str:
    if isinstance(message, Broken):
        return f"{_BROKEN.to(language)} [{message.code}]\n{broken_words(message, language)}"
    if message.kind == "image" and message.media:
        picture = message.media[0]
        return f"[{_POSTER.to(language)} {picture.width}×{picture.height}] {picture.name}"
    if message.kind == "link":
        return "\n".join(part for part in (message.title, message.text, message.url) if part)
    return message.text


def broken_words(broken: Broken, language: Language) -> str:
    """Return why a message could not be made, in ``language`` where both are known."""
    reason = getattr(broken, "reason", None)
    return reason.to(language) if isinstance(reason, Text) else broken.detail


def _bubble(message: Message | Broken, language: Language) -> dict[str, Any]:
    """Return what the template needs of one message."""
    if isinstance(message, Broken):
        return {
            "kind": "broken",
            "text": broken_words(message, language),
            "title": message.code,
            "url": "",
            "picture": "",
        }
    return {
        "kind": message.kind,
        "text": message.text,
        "paragraphs": robot_markdown(message.text),
        "title": message.title,
        "url": message.url,
        "picture": _inline(message.media[0]) if message.media else "",
    }


def _inline(media: Media) -> str:
    """Return a picture as a data URI, so that the page can be mailed."""
    return f"data:{media.mime};base64,{base64.b64encode(Path(media.path).read_bytes()).decode()}"
