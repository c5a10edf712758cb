"""A group's chat as a phone shows it: bubbles, and the times between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from calendarkit_sandbox.markdown import render_markdown, render_text
from calendarkit_sandbox.seen import Seen
from calendarkit_sandbox.words import Language, say, when

PAUSE_MS = 5 * 60 * 1000
"""A longer pause between two messages is marked with the time, as WeChat does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Separator:
    """The time, in the middle of the chat."""

    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One message.

    Attributes:
        html: words of a text or markdown message; empty for the other kinds.
        mentions: names after an ``@``.
        covers: by article, the picture's path on this server, or empty when it lies elsewhere and is not loaded.
        card: a template card, ready for the page.
    """

    seen: Seen
    html: Markup = Markup()  # immutable
    mentions: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    card: CardView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """The words of a template card by their place; every one a string, whatever was sent."""

    source: str
    title: str
    desc: str
    emphasis: str
    emphasis_desc: str
    quote_title: str
    quote: str
    subtitle: str
    picture: str
    url: str
    rows: tuple[tuple[str, str], ...]
    paragraphs: tuple[tuple[str, str], ...]
    jumps: tuple[tuple[str, str], ...]


def make_chat(
    seen: Sequence[Seen], *, now_ms: int, zone: ZoneInfo, language: Language, origin: str
) -> tuple[Separator | Bubble, ...]:
    """Return the chat in the order seen.

    Args:
        seen: messages of one group, oldest first.
        now_ms: sandbox time, epoch milliseconds; makes “yesterday” of an instant.
        zone: the zone of the phone.
        language: ``zh`` or ``en``.
        origin: this server's own ``http://host:port``; only pictures from there are shown.
    """
    return tuple(_lines(seen, moment(now_ms, zone), language, origin))


def moment(at_ms: int, zone: ZoneInfo) -> dt.datetime:
    """Return the instant in ``zone``."""
    return dt.datetime.fromtimestamp(at_ms / 1000, zone)


def preview(seen: Seen, language: Language) -> str:
    """Return the one line that a list of chats shows of a message."""
    mark = say(seen.shown.msgtype, language) if seen.shown.msgtype not in ("text", "markdown", "markdown_v2") else ""
    words = " ".join(seen.shown.text.split())
    return f"{mark} {words}".strip()[:80]


def _lines(seen: Sequence[Seen], now: dt.datetime, language: Language, origin: str) -> Iterator[Separator | Bubble]:
    before: int | None = None
    for each in seen:
        if before is None or abs(each.at_ms - before) > PAUSE_MS:
            at = moment(each.at_ms, now.tzinfo)  # type: ignore[arg-type]
            yield Separator(label=when(at, now, language))
        before = each.at_ms
        yield _bubble(each, language, origin)


def _bubble(seen: Seen, language: Language, origin: str) -> Bubble:
    shown = seen.shown
    html = Markup()
    if shown.msgtype == "text":
        html = render_text(shown.text)
    elif shown.msgtype.startswith("markdown"):
        html = render_markdown(shown.text, "markdown" if shown.msgtype == "markdown" else "markdown_v2")
    return Bubble(
        seen=seen,
        html=html,
        mentions=tuple(say("everyone", language) if each == "@all" else each for each in shown.mentions),
        covers=tuple(_local(each.get("picurl", ""), origin) for each in shown.articles),
        card=view_card(shown.card, origin) if shown.card else None,
    )


def _local(url: str, origin: str) -> str:
    return url.removeprefix(origin) if url.startswith(f"{origin}/media/") else ""


def view_card(card: Mapping[str, Any], origin: str) -> CardView:
    """Return a template card for the page; parts of a wrong type are left out."""
    return CardView(
        source=_word(card, "source", "desc"),
        title=_word(card, "main_title", "title"),
        desc=_word(card, "main_title", "desc"),
        emphasis=_word(card, "emphasis_content", "title"),
        emphasis_desc=_word(card, "emphasis_content", "desc"),
        quote_title=_word(card, "quote_area", "title"),
        quote=_word(card, "quote_area", "quote_text"),
        subtitle=_string(card.get("sub_title_text")),
        picture=_local(_word(card, "card_image", "url"), origin),
        url=_link(_word(card, "card_action", "url")),
        rows=_pairs(card, "horizontal_content_list", "keyname", "value"),
        paragraphs=_pairs(card, "vertical_content_list", "title", "desc"),
        jumps=tuple((words, _link(url)) for words, url in _pairs(card, "jump_list", "title", "url")),
    )


def _word(card: Mapping[str, Any], part: str, name: str) -> str:
    value = card.get(part)
    return _string(value.get(name)) if isinstance(value, Mapping) else ""


def _pairs(card: Mapping[str, Any], name: str, first: str, second: str) -> tuple[tuple[str, str], ...]:
    rows = card.get(name)
    rows = rows if isinstance(rows, Sequence) and not isinstance(rows, str) else ()
    return tuple((_string(row.get(first)), _string(row.get(second))) for row in rows if isinstance(row, Mapping))


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _link(url: str) -> str:
    return url if url.startswith(("http://", "https://")) else ""
