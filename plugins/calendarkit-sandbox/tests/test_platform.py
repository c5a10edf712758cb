"""The front door: paths, schemes, headers and the shape of errors."""

from __future__ import annotations

import re

import pytest

SHAPE = re.compile(
    r"invalid webhook url, hint: \[\d{23}\], from ip: 127\.0\.0\.1, "
    r"more info at https://open\.work\.weixin\.qq\.com/devtool/query\?e=93000"
)


def test_an_unknown_path_is_404_with_an_empty_body(client):
    """The platform does not speak JSON about a path it does not have."""
    answer = client.post("/cgi-bin/webhook/sent?key=key-vip", {})
    assert (answer.status, answer.body, answer.headers["server"]) == (404, b"", "nginx")


def test_a_yes_looks_like_nginx(client, make):
    """Success carries the content type and the server of the platform, and no error headers."""
    headers = client.send(make.text()).headers
    assert headers["content-type"] == "application/json; charset=UTF-8"
    assert (headers["server"], "error-code" in headers) == ("nginx", False)


def test_an_error_says_the_same_in_headers_and_body(client, make):
    """``Error-Code`` and ``Error-Msg`` repeat the body; the text has hint, address and link."""
    answer = client.send(make.text(), "nobody")
    assert SHAPE.fullmatch(answer.json["errmsg"])
    assert (answer.headers["error-code"], answer.headers["error-msg"]) == ("93000", answer.json["errmsg"])


def test_plain_http_can_be_sent_away(client, make):
    """With ``https_only`` every platform path is a 301 to https, and nothing is seen."""
    client.sandbox.world.https_only = True
    answer = client.request("POST", "/cgi-bin/webhook/send?key=key-vip", make.text(), Host="qyapi.weixin.qq.com")
    assert answer.status == 301
    assert answer.headers["location"] == "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=key-vip"
    assert client.seen() == []


@pytest.mark.parametrize("host", ["qyapi.weixin.qq.com", "127.0.0.1:1", "shop.example"])
def test_any_host_is_answered_as_wecom(client, make, host):
    """The host table knows WeCom; other names get its endpoints too."""
    assert client.request("POST", "/cgi-bin/webhook/send?key=key-vip", make.text(), Host=host).code == 0


def test_of_two_keys_the_first_counts(client, make):
    """A repeated parameter does not change whose message it is."""
    client.post("/cgi-bin/webhook/send?key=key-new&key=key-vip", make.text("一次"))
    assert client.seen("hz-001.new") == ["一次"]


def test_a_body_over_the_cap_is_no_message(client):
    """Bytes beyond 32 MiB are dropped, so that the rest is no JSON; the sandbox lives on."""
    body = b'{"msgtype":"text","text":{"content":"' + b"a" * (33 * 1024 * 1024) + b'"}}'
    assert client.send(body).code == 40058
    assert client.get("/_sandbox/health").status == 200
