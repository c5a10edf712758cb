"""The checks of a message, over HTTP, with the code and the text of the sheet."""

from __future__ import annotations

import base64

import pytest

LIMIT = "exceed max length"
SUFFIX = ". Invalid input invalid Request Parameter"


def news(*articles, **more):
    filled = [{"title": "标题", "url": "https://a.cn", **article} for article in articles]
    return {"msgtype": "news", "news": {"articles": filled, **more}}


def words(kind, content):
    return {"msgtype": kind, kind: {"content": content}}


@pytest.mark.parametrize(
    ("message", "code", "errmsg"),
    [
        pytest.param(b"{", 40058, "invalid json" + SUFFIX, id="json-syntax"),
        pytest.param(b"[]", 40058, "invalid json" + SUFFIX, id="no-object"),
        pytest.param(b"[" * 100_000, 40058, "invalid json" + SUFFIX, id="bomb"),
        pytest.param(b"\xff\xfe{}", 40058, "invalid json" + SUFFIX, id="no-utf8"),
        pytest.param(b'{"n":' + b"9" * 5000 + b"}", 40058, "invalid json" + SUFFIX, id="endless-number"),
        pytest.param({}, 40008, "invalid message type", id="no-msgtype"),
        pytest.param({"msgtype": "video"}, 40008, "invalid message type", id="unknown-msgtype"),
        pytest.param({"msgtype": ["text"]}, 40008, "invalid message type", id="odd-msgtype"),
        pytest.param({"msgtype": "text"}, 44004, "empty content", id="no-text"),
        pytest.param(words("text", ""), 44004, "empty content", id="empty-text"),
        pytest.param(words("text", 7), 40058, "text.content is not a string" + SUFFIX, id="number"),
        pytest.param({"msgtype": "text", "text": []}, 40058, "invalid param 'text'" + SUFFIX, id="text-is-list"),
        pytest.param(words("text", "a" * 2049), 40058, f"text.content {LIMIT} 2048" + SUFFIX, id="text-long"),
        pytest.param(words("text", "早" * 683), 40058, f"text.content {LIMIT} 2048" + SUFFIX, id="text-bytes"),
        pytest.param(words("markdown", "a" * 4097), 40058, f"markdown.content {LIMIT} 4096" + SUFFIX, id="markdown"),
        pytest.param(words("markdown_v2", "早" * 1366), 40058, f"markdown_v2.content {LIMIT} 4096" + SUFFIX, id="v2"),
        pytest.param(news(), 44004, "empty content", id="no-article"),
        pytest.param(news(*[{}] * 9), 40058, f"news.articles {LIMIT} 8" + SUFFIX, id="nine-articles"),
        pytest.param(news({"url": ""}), 40058, "news.articles.url missing" + SUFFIX, id="no-url"),
        pytest.param(news({"title": ""}), 40058, "news.articles.title missing" + SUFFIX, id="no-title"),
        pytest.param({"msgtype": "file", "file": {"media_id": "x"}}, 40007, "invalid media_id", id="no-such-media"),
    ],
)
def test_a_wrong_message_is_refused_and_reaches_nobody(client, message, code, errmsg):
    """Every refusal carries the sheet's code and text, over HTTP 200, and no member sees anything."""
    answer = client.send(message)
    assert (answer.status, answer.code, answer.text) == (200, code, errmsg)
    assert client.seen() == []


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        pytest.param(words("text", "早" * 682), "早" * 682, id="text-at-its-limit"),
        pytest.param(words("markdown", "a" * 4096), "a" * 4096, id="markdown-at-its-limit"),
        pytest.param(words("markdown_v2", "**早**"), "**早**", id="markdown_v2"),
        pytest.param(news({"description": "说明"}), "标题\n说明", id="news"),
        pytest.param(news(*[{}] * 8), "\n".join(["标题"] * 8), id="eight-articles"),
    ],
)
def test_a_right_message_is_seen(client, message, shown):
    """A message at its limit is accepted with the platform's bare yes and seen as it is."""
    answer = client.send(message)
    assert answer.body == b'{"errcode":0,"errmsg":"ok"}'
    assert client.seen("hz-001.vip") == [shown]


def test_titles_and_descriptions_are_truncated_between_characters(client):
    """128 and 512 bytes of a news article are seen, and no half character."""
    assert client.send(news({"title": "早" * 50, "description": "安" * 200})).code == 0
    article = client.sandbox.truth()[0].shown.articles[0]
    assert (article["title"], article["description"]) == ("早" * 42, "安" * 170)


def test_half_a_surrogate_pair_is_a_question_mark(client):
    """Text that is no Unicode neither breaks the log nor the pages; a whole pair stays what it is."""
    assert client.send(b'{"msgtype":"text","text":{"content":"\\ud83c \\ud83c\\udf4e"}}').code == 0
    assert client.seen() == ["? 🍎"]
    assert "? 🍎" in client.get("/groups/hz-001.vip").body.decode()


def test_mentions_are_seen(client, make):
    """Both lists of mentions are part of what members see."""
    client.send(make.text(mentioned_list=["wang", "@all"], mentioned_mobile_list=["13800001111"]))
    assert client.sandbox.truth()[0].shown.mentions == ("wang", "@all", "13800001111")


def test_a_picture_is_kept_as_it_was_sent(client, make):
    """The stored file has the very bytes, under its digest."""
    assert client.send(make.image(make.jpg)).code == 0
    image = client.sandbox.truth()[0].shown.image
    assert (image.size, image.mime) == (len(make.jpg), "image/jpeg")
    assert (client.sandbox.world.folder / image.file).read_bytes() == make.jpg


@pytest.mark.parametrize(
    ("data", "md5", "code", "errmsg"),
    [
        pytest.param(b"\x89PNG\r\n\x1a\nx", "0" * 32, 301019, "media md5 not match", id="md5"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 2097152, None, 40009, "invalid image size", id="over-2-MB"),
        pytest.param(b"GIF89a", None, 40005, "invalid file type", id="gif"),
        pytest.param(b"", None, 44004, "empty content", id="empty"),
    ],
)
def test_a_wrong_picture_is_refused(client, make, data, md5, code, errmsg):
    """Size, digest and format of a picture are looked at in this order."""
    answer = client.send(make.image(data, md5))
    assert (answer.code, answer.text, client.seen()) == (code, errmsg, [])


def test_two_megabytes_exactly_are_accepted(client, make):
    """The limit counts the bytes before base64."""
    assert client.send(make.image(make.png.ljust(2 * 1024 * 1024, b"\0"))).code == 0


def test_what_is_no_base64_is_refused(client):
    """Letters outside base64 are an invalid request."""
    message = {"msgtype": "image", "image": {"base64": "早" + base64.b64encode(b"x").decode(), "md5": ""}}
    assert client.send(message).text == "invalid param 'base64'. Invalid input invalid Request Parameter"


def test_the_content_type_does_not_matter(client, make):
    """JSON is read whatever the request calls it, as the platform does."""
    answer = client.request("POST", "/cgi-bin/webhook/send?key=key-vip", make.text(), Content_Type="text/plain")
    assert answer.code == 0


def test_a_chunked_body_is_read(client):
    """A body without a length is accepted."""
    chunks = iter([b'{"msgtype":"text",', '"text":{"content":"分块"}}'.encode()])
    import http.client

    connection = http.client.HTTPConnection(client.sandbox.url.removeprefix("http://"), timeout=10)
    connection.request("POST", "/cgi-bin/webhook/send?key=key-vip", chunks, encode_chunked=True, headers={"Transfer-Encoding": "chunked"})  # fmt: skip  # noqa: E501  # one call
    assert connection.getresponse().read() == b'{"errcode":0,"errmsg":"ok"}'
    connection.close()
    assert client.seen() == ["分块"]
