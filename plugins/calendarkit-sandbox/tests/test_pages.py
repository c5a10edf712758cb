"""The pages as a browser gets them: languages, escaping, what they refuse to load."""

from __future__ import annotations

import pytest

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def page(client, path, **headers):
    answer = client.get(path, **headers)
    assert answer.status == 200
    return answer.body.decode()


@pytest.mark.parametrize(
    "message",
    [
        pytest.param({"msgtype": "text", "text": {"content": EVIL, "mentioned_list": [EVIL]}}, id="text"),
        pytest.param({"msgtype": "markdown", "markdown": {"content": EVIL}}, id="markdown"),
        pytest.param({"msgtype": "markdown_v2", "markdown_v2": {"content": f"> {EVIL}"}}, id="markdown_v2"),
        pytest.param(
            {"msgtype": "news", "news": {"articles": [{"title": EVIL, "url": "javascript:alert(1)", "picurl": EVIL}]}},
            id="news",
        ),
        pytest.param(
            {
                "msgtype": "template_card",
                "template_card": {
                    "card_type": "text_notice",
                    "main_title": {"title": EVIL},
                    "jump_list": [{"title": EVIL, "url": "javascript:alert(1)"}, 5],
                    "horizontal_content_list": [{"keyname": 5}],
                    "card_action": {"type": 1, "url": "https://a.cn"},
                },
            },
            id="card",
        ),
    ],
)
def test_nothing_in_a_message_is_markup(client, message):
    """Tags and script addresses in any part of a message are shown, never obeyed."""
    assert client.send(message).code == 0
    html = page(client, "/groups/hz-001.vip") + page(client, "/")
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert 'href="javascript:' not in html


def test_names_of_groups_are_escaped_too(client, make):
    """A group's id can be anything; its page is still found."""
    client.sandbox.world.robots.open = True
    client.send(make.text("在"), "a%2Fb%3C%22c")
    html = page(client, "/")
    assert 'href="/groups/a%2Fb%3C%22c' in html
    assert "在" in page(client, "/groups/a%2Fb%3C%22c")


def test_a_page_may_load_nothing_from_elsewhere(client, make):
    """The policy forbids inline scripts and other origins; the page itself names no outside file."""
    client.send({"msgtype": "news", "news": {"articles": [{"title": "t", "url": "https://a.cn", "picurl": "https://a.cn/a.jpg"}]}})  # fmt: skip  # noqa: E501  # one message
    answer = client.get("/groups/hz-001.vip")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert b'src="http' not in answer.body
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "accept", "words"),
    [
        pytest.param("/", "zh-CN,zh;q=0.9,en;q=0.8", "微信沙箱", id="browser-chinese"),
        pytest.param("/", "en-GB,en;q=0.9", "WeChat sandbox", id="browser-english"),
        pytest.param("/", "fr-FR,fr;q=0.9", "微信沙箱", id="neither"),
        pytest.param("/?lang=en", "zh-CN", "WeChat sandbox", id="asked-english"),
        pytest.param("/?lang=xx", "zh-CN", "微信沙箱", id="asked-nonsense"),
    ],
)
def test_the_page_speaks_the_readers_language(client, path, accept, words):
    """``?lang=`` beats the browser, and Chinese is the default."""
    assert f"<h1>{words}</h1>" in page(client, path, Accept_Language=accept)


def test_the_list_shows_who_received_what(client, make):
    """Title, store, the last words, today's number and copies; the latest group first, silent ones after."""
    client.send(make.text("早"), "key-new")
    client.send(make.text("午间特惠"))
    client.send(make.text("午间特惠"))
    html = page(client, "/?lang=zh")
    places = [html.index(words) for words in ("滨江一号店 VIP 群", "滨江一号店 新客群", "hz-002.vip")]
    assert places == sorted(places)
    assert "1 条重复" in html
    assert "今日 2" in html


def test_the_list_can_be_searched(client, make):
    """Words of the title, the store or the id find a group."""
    assert "新客群" not in page(client, "/?q=vip")
    assert "没有匹配的群" in page(client, "/?q=zzz&lang=zh")


def test_an_empty_sandbox_says_how_to_begin(tmp_path):
    """Without groups the page shows a command that works."""
    from calendarkit_sandbox.server import running

    with running(tmp_path, open=True) as sandbox:
        import urllib.request

        with urllib.request.urlopen(sandbox.url) as answer:
            assert f"{sandbox.url}/cgi-bin/webhook/send?key=" in answer.read().decode()


def test_a_picture_opens_in_full(client, make):
    """The bubble links to the stored bytes, which are served as a picture."""
    client.send(make.image(make.jpg))
    path = "/" + client.sandbox.truth()[0].shown.image.file
    assert f'href="{path}" target="_blank"' in page(client, "/groups/hz-001.vip")
    answer = client.get(path)
    assert (answer.body, answer.headers["content-type"]) == (make.jpg, "image/jpeg")


def test_an_upload_is_served_to_download_only(client):
    """A file that a robot uploaded is never shown inside a page."""
    media = client.upload(b"<html><script>alert(1)</script>").json["media_id"]
    client.send({"msgtype": "file", "file": {"media_id": media}})
    headers = client.get("/" + client.sandbox.truth()[0].shown.file.file).headers
    assert headers["content-disposition"].startswith("attachment")
    assert headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize(
    "path",
    ["/media/nothing.png", "/media/..%2Ftruth.jsonl", "/groups/nowhere", "/static/../pages.py", "/_sandbox/nope"],
)
def test_what_is_not_there(client, path):
    """Unknown groups and files, and paths that climb, are 404."""
    assert client.get(path).status == 404


def test_a_long_chat_shows_its_latest_messages(client, make):
    """Only the last 200 messages of a group are on its page, and the page says so."""
    client.sandbox.world.rate.count = 0
    for n in range(205):
        client.send(make.text(f"第 {n} 条。"))
    html = page(client, "/groups/hz-001.vip?lang=zh")
    assert "第 4 条。" not in html
    assert "第 5 条。" in html
    assert "只显示最近 200 条" in html
