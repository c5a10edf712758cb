"""Template cards: what they must have, and what members read."""

from __future__ import annotations

import pytest

ACTION = {"type": 1, "url": "https://a.cn"}
TEXT = {"card_type": "text_notice", "main_title": {"title": "直播预告"}, "card_action": ACTION}
NEWS = TEXT | {"card_type": "news_notice", "card_image": {"url": "https://a.cn/a.jpg", "aspect_ratio": 1.3}}


def card(base, **changes):
    return {"msgtype": "template_card", "template_card": {k: v for k, v in (base | changes).items() if v is not None}}


def deep(levels):
    return [deep(levels - 1)] if levels else []


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(card(TEXT), id="text"),
        pytest.param(card(NEWS), id="news"),
        pytest.param(card(TEXT, main_title=None, sub_title_text="点开预约"), id="subtitle-alone"),
        pytest.param(card(TEXT, card_action={"type": 2, "appid": "wx1"}), id="mini-program"),
        pytest.param(card(TEXT, main_title={"title": "题" * 200}), id="long-title-is-only-advised-against"),
    ],
)
def test_a_card_is_accepted(client, message):
    """A card with its required parts is seen."""
    assert client.send(message).code == 0
    assert client.sandbox.truth()[0].shown.msgtype == "template_card"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        pytest.param(card(TEXT, card_type="button"), 40058, id="unknown-type"),
        pytest.param(card(TEXT, card_action=None), 40058, id="no-action"),
        pytest.param(card(TEXT, card_action={"type": [], "url": "x"}), 40058, id="odd-action"),
        pytest.param(card(TEXT, card_action={"type": 1}), 40058, id="action-without-url"),
        pytest.param(card(TEXT, main_title=None), 44004, id="no-words"),
        pytest.param(card(TEXT, main_title="直播"), 40058, id="title-is-no-object"),
        pytest.param(card(NEWS, main_title=None, sub_title_text="x"), 44004, id="news-needs-a-title"),
        pytest.param(card(NEWS, card_image=None), 40058, id="news-needs-a-picture"),
        pytest.param(card(TEXT, horizontal_content_list=[{}] * 7), 40058, id="seven-rows"),
        pytest.param(card(TEXT, jump_list=[{}] * 4), 40058, id="four-jumps"),
        pytest.param(card(NEWS, vertical_content_list=[{}] * 5), 40058, id="five-paragraphs"),
        pytest.param(card(TEXT, jump_list={}), 40058, id="jumps-are-no-list"),
        pytest.param({"msgtype": "template_card"}, 44004, id="no-card"),
        pytest.param(card(TEXT, extra=float("nan")), 40058, id="not-a-number"),
        pytest.param(card(TEXT, extra=deep(20)), 40058, id="deep"),
        pytest.param(card(TEXT, extra=deep(900)), 40058, id="very-deep"),
    ],
)
def test_a_wrong_card_is_refused(client, message, code):
    """A missing part or a list that is too long is refused, and nobody sees the card."""
    assert client.send(message).code == code
    assert client.seen() == []


def test_every_word_of_a_card_is_in_the_truth(client):
    """Members read titles, rows and quotes, in the order sent."""
    client.send(
        card(TEXT, quote_area={"quote_text": "今晚见"}, horizontal_content_list=[{"keyname": "主播", "value": "小李"}])
    )
    assert sorted(client.seen()[0].split("\n")) == sorted(["直播预告", "今晚见", "主播", "小李"])
