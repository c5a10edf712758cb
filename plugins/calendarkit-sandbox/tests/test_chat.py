"""The chat as lines: when the time is shown, and what a card says."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from calendarkit_sandbox.chat import Bubble, Separator, make_chat, preview, view_card
from calendarkit_sandbox.seen import Seen, Shown

ZONE = ZoneInfo("Asia/Shanghai")
NOON_MS = int(dt.datetime(2026, 11, 25, 12, 0, tzinfo=ZONE).timestamp() * 1000)


def seen(number, minutes, shown=None):
    return Seen(
        number=number,
        at_ms=NOON_MS + minutes * 60_000,
        group="g",
        title="g",
        store="",
        robot="r",
        name="",
        shown=shown or Shown(msgtype="text", text=str(number)),
        digest="",
    )


def chat(*lines, language="zh"):
    return make_chat(lines, now_ms=NOON_MS, zone=ZONE, language=language, origin="http://127.0.0.1:1")


@pytest.mark.parametrize(
    ("minutes", "shape"),
    [
        pytest.param((0, 5), "|··", id="five-minutes-are-one-moment"),
        pytest.param((0, 6), "|·|·", id="six-are-two"),
        pytest.param((0, 4, 8), "|···", id="each-pause-counts-alone"),
        pytest.param((0, -60), "|·|·", id="a-clock-set-back"),
        pytest.param((), "", id="nothing"),
    ],
)
def test_a_pause_is_marked_with_the_time(minutes, shape):
    """A time stands before the first message and after every pause of more than five minutes."""
    lines = chat(*(seen(n, minute) for n, minute in enumerate(minutes)))
    assert "".join("|" if isinstance(line, Separator) else "·" for line in lines) == shape


def test_times_are_the_shops_times():
    """The separator is in the zone of the phone, relative to the sandbox's now."""
    lines = chat(seen(1, -24 * 60), seen(2, 0))
    assert [line.label for line in lines if isinstance(line, Separator)] == ["昨天 12:00", "12:00"]


def test_everyone_is_called_so():
    """``@all`` is shown as people say it."""
    line = chat(seen(1, 0, Shown(msgtype="text", text="早", mentions=("@all", "wang"))))[1]
    assert isinstance(line, Bubble)
    assert line.mentions == ("所有人", "wang")


def test_only_pictures_of_this_server_are_covers():
    """A cover that lies elsewhere is not loaded."""
    pictures = ("http://127.0.0.1:1/media/a.png", "https://a.cn/a.png", "http://127.0.0.1:12/media/a.png", "")
    articles = tuple({"title": "t", "url": "u", "description": "", "picurl": url} for url in pictures)
    line = chat(seen(1, 0, Shown(msgtype="news", articles=articles)))[1]
    assert isinstance(line, Bubble)
    assert line.covers == ("/media/a.png", "", "", "")


@pytest.mark.parametrize(
    ("shown", "line"),
    [
        pytest.param(Shown(msgtype="text", text="早\n安"), "早 安", id="text"),
        pytest.param(Shown(msgtype="image"), "[图片]", id="image"),
        pytest.param(Shown(msgtype="news", text="特惠"), "[链接] 特惠", id="news"),
        pytest.param(Shown(msgtype="text", text="长" * 200), "长" * 80, id="long"),
    ],
)
def test_the_list_of_chats_shows_one_line(shown, line):
    """Line breaks become blanks, other kinds are named."""
    assert preview(seen(1, 0, shown), "zh") == line


def test_a_card_of_nonsense_has_no_words():
    """Parts of a wrong type are left out, whatever they are."""
    odd = {"source": 5, "main_title": [], "jump_list": "text", "horizontal_content_list": [1, {"keyname": None}]}
    card = view_card({**odd, "card_action": {"url": "javascript:x"}}, "http://127.0.0.1:1")
    assert (card.source, card.title, card.jumps, card.rows, card.url) == ("", "", (), (("", ""),), "")
