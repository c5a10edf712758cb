"""A phone with the message as members see it: as a page for the browser and as a bubble for the terminal."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from calendarkit.cli import cells
from calendarkit.cli.lines import Line, Span, line
from calendarkit.model.message import Broken, Media, Message
from calendarkit.model.text import Language, Text

TEMPLATE = Path(__file__).with_name("phone.html")
BUBBLE = 44
"""Cells a line of a bubble takes at most; about what a phone shows."""
_POSTER = Text("海报", "poster")
_BROKEN = Text("无法生成", "cannot be made")


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
        rows += _boxed(_terminal_text(message, language), "bad" if isinstance(message, Broken) else "")
    return rows


def _boxed(text: str, style: str) -> list[Line]:
    wrapped = [part for each in text.splitlines() or [""] for part in cells.wrap(each, BUBBLE)]
    size = max((cells.width(each) for each in wrapped), default=0)
    middle = [line("  │ ", Span(cells.pad(each, size), style), " │") for each in wrapped]
    return [line(f"  ╭{'─' * (size + 2)}╮"), *middle, line(f"  ╰{'─' * (size + 2)}╯")]


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
        "title": message.title,
        "url": message.url,
        "picture": _inline(message.media[0]) if message.media else "",
    }


def _inline(media: Media) -> str:
    """Return a picture as a data URI, so that the page can be mailed."""
    return f"data:{media.mime};base64,{base64.b64encode(Path(media.path).read_bytes()).decode()}"
