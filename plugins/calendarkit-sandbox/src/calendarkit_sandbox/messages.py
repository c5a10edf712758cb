"""A webhook message: its JSON, the platform's checks in the platform's order, and what members would see."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from calendarkit_sandbox.cards import read_card
from calendarkit_sandbox.fields import listed, string, table
from calendarkit_sandbox.replies import Refused, invalid_request
from calendarkit_sandbox.seen import Shown, StoredFile

TEXT_BYTES = 2048
MARKDOWN_BYTES = 4096
IMAGE_BYTES = 2 * 1024 * 1024
ARTICLES = 8
TITLE_BYTES = 128
DESCRIPTION_BYTES = 512
CARD_DEPTH = 16

FindMedia = Callable[[str, str], StoredFile]
"""Media id and kind → the uploaded file; raises ``Refused`` 40007."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message that passed every check; ``picture`` is still to be stored."""

    shown: Shown
    picture: bytes = b""
    mime: str = ""


def read_message(body: bytes, find_media: FindMedia) -> Draft:
    """Return the message in ``body``, whatever its Content-Type says; limits from path/99110 (2025-08-07).

    Raises:
        Refused: 40058, 40008, 44004, 301019, 40009, 40005 or 40007, in that order of looking.
    """
    document = _document(body)
    msgtype = document.get("msgtype")
    reader = READERS.get(msgtype) if isinstance(msgtype, str) else None
    if reader is None:
        raise Refused(40008, "invalid message type")
    return reader(document, find_media)


def _document(body: bytes) -> dict[str, Any]:
    """Return the JSON object in ``body``; half a surrogate pair becomes a question mark."""
    try:
        document = json.loads(body)
        if b"\\ud" in body or b"\\uD" in body:
            document = json.loads(json.dumps(document, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise invalid_request("invalid json") from None
    if not isinstance(document, dict):
        raise invalid_request("invalid json")
    return document


def _text(document: Mapping[str, Any], _: FindMedia) -> Draft:
    part = table(document, "text")
    content = _content(part, "text", most=TEXT_BYTES)
    people = (*listed(part, "text", "mentioned_list"), *listed(part, "text", "mentioned_mobile_list"))
    return Draft(shown=Shown(msgtype="text", text=content, mentions=tuple(str(each) for each in people)))


def _markdown(document: Mapping[str, Any], _: FindMedia) -> Draft:
    return Draft(shown=Shown(msgtype="markdown", text=_content(table(document, "markdown"), "markdown")))


def _markdown_v2(document: Mapping[str, Any], _: FindMedia) -> Draft:
    return Draft(shown=Shown(msgtype="markdown_v2", text=_content(table(document, "markdown_v2"), "markdown_v2")))


def _content(part: Mapping[str, Any], name: str, *, most: int = MARKDOWN_BYTES) -> str:
    content = string(part, name, "content")
    if not content:
        raise Refused(44004, "empty content")
    if len(content.encode()) > most:
        raise invalid_request(f"{name}.content exceed max length {most}")
    return content


def _image(document: Mapping[str, Any], _: FindMedia) -> Draft:
    part = table(document, "image")
    encoded, digest = string(part, "image", "base64"), string(part, "image", "md5")
    if not encoded:
        raise Refused(44004, "empty content")
    try:
        data = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise invalid_request("invalid param 'base64'") from None
    if len(data) > IMAGE_BYTES:
        raise Refused(40009, "invalid image size")
    if hashlib.md5(data, usedforsecurity=False).hexdigest() != digest.lower():
        raise Refused(301019, "media md5 not match")
    if not (mime := picture_mime(data)):
        raise Refused(40005, "invalid file type")
    return Draft(shown=Shown(msgtype="image"), picture=data, mime=mime)


def picture_mime(data: bytes) -> str:
    """Return the mime type of a JPG or PNG by its first bytes; empty for anything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    return "image/png" if data.startswith(b"\x89PNG\r\n\x1a\n") else ""


def _news(document: Mapping[str, Any], _: FindMedia) -> Draft:
    rows = table(document, "news").get("articles")
    if not rows:
        raise Refused(44004, "empty content")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise invalid_request("invalid param 'articles'")
    if len(rows) > ARTICLES:
        raise invalid_request(f"news.articles exceed max length {ARTICLES}")
    articles = tuple(_article(row) for row in rows)
    words = "\n".join(word for each in articles for word in (each["title"], each["description"]) if word)
    return Draft(shown=Shown(msgtype="news", text=words, articles=articles))


def _article(row: Mapping[str, Any]) -> dict[str, str]:
    for name in ("title", "url"):
        if not string(row, "news.articles", name):
            raise invalid_request(f"news.articles.{name} missing")
    return {
        "title": clip(string(row, "news.articles", "title"), TITLE_BYTES),
        "description": clip(string(row, "news.articles", "description"), DESCRIPTION_BYTES),
        "url": string(row, "news.articles", "url"),
        "picurl": string(row, "news.articles", "picurl"),
    }


def clip(words: str, most: int) -> str:
    """Return as much of ``words`` as fits into ``most`` bytes of UTF-8, cut between characters."""
    return words.encode()[:most].decode("utf-8", "ignore")


def _file(document: Mapping[str, Any], find_media: FindMedia) -> Draft:
    stored = find_media(string(table(document, "file"), "file", "media_id"), "file")
    return Draft(shown=Shown(msgtype="file", text=stored.name, file=stored))


def _voice(document: Mapping[str, Any], find_media: FindMedia) -> Draft:
    stored = find_media(string(table(document, "voice"), "voice", "media_id"), "voice")
    return Draft(shown=Shown(msgtype="voice", file=stored))


def _template_card(document: Mapping[str, Any], _: FindMedia) -> Draft:
    card = _plain(table(document, "template_card"))
    return Draft(shown=Shown(msgtype="template_card", text=read_card(card), card=card))


def _plain(card: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the card, which is kept as it was sent and so must be JSON that everybody can read: finite, not deep."""
    try:
        json.dumps(card, allow_nan=False)
    except (ValueError, RecursionError):
        raise invalid_request("invalid json") from None
    if _depth(card) > CARD_DEPTH:
        raise invalid_request("invalid json")
    return card


def _depth(value: Any, level: int = 1) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return level if level > CARD_DEPTH else max((_depth(each, level + 1) for each in inner), default=level)


READERS: Mapping[str, Callable[[Mapping[str, Any], FindMedia], Draft]] = {
    "text": _text,
    "markdown": _markdown,
    "markdown_v2": _markdown_v2,
    "image": _image,
    "news": _news,
    "file": _file,
    "voice": _voice,
    "template_card": _template_card,
}
