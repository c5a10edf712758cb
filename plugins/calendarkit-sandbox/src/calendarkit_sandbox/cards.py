"""Template cards: their required parts and list lengths (path/99110), and the words members read on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from calendarkit_sandbox.fields import listed, string
from calendarkit_sandbox.replies import Refused, invalid_request

_PATH = "template_card"
_LISTS = {"horizontal_content_list": 6, "jump_list": 3, "vertical_content_list": 4}
_WORDS = ("title", "desc", "quote_text", "sub_title_text", "keyname", "value")


def read_card(card: Mapping[str, Any]) -> str:
    """Return every word on the card, one line each, top to bottom.

    Raises:
        Refused: 40058 for an unknown card type, a missing required part or a list that is too long; 44004 for a card
            that says nothing. Lengths of single texts are only recommendations and are not checked.
    """
    kind = string(card, _PATH, "card_type")
    if kind not in ("text_notice", "news_notice"):
        raise invalid_request("invalid param 'card_type'")
    for name, most in _LISTS.items():
        listed(card, _PATH, name, most=most)
    title = string(_part(card, "main_title"), f"{_PATH}.main_title", "title")
    if not title and (kind == "news_notice" or not string(card, _PATH, "sub_title_text")):
        raise Refused(44004, "empty content")
    if kind == "news_notice" and not string(_part(card, "card_image"), f"{_PATH}.card_image", "url"):
        raise invalid_request(f"{_PATH}.card_image missing")
    _check_action(_part(card, "card_action"))
    return "\n".join(_words(card))


def _check_action(action: Mapping[str, Any]) -> None:
    kind = action.get("type")
    wanted = {1: "url", 2: "appid"}.get(kind) if isinstance(kind, int) else None
    if wanted is None or not string(action, f"{_PATH}.card_action", wanted):
        raise invalid_request(f"{_PATH}.card_action missing")


def _part(card: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = card.get(name, {})
    if not isinstance(value, dict):
        raise invalid_request(f"invalid param '{name}'")
    return value


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, each in value.items():
            if isinstance(each, str):
                if each and name in _WORDS:
                    yield each
            else:
                yield from _words(each)
    elif isinstance(value, list):
        for each in value:
            yield from _words(each)
