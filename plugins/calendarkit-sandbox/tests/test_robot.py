"""The two endpoints of a group robot: who may speak, how fast, and what may be uploaded."""

from __future__ import annotations

import pytest

AMR = b"#!AMR\n a voice"


@pytest.mark.parametrize(
    ("key", "code", "errmsg"),
    [
        pytest.param("nobody", 93000, "invalid webhook url", id="unknown"),
        pytest.param("", 93000, "invalid webhook url", id="empty"),
        pytest.param("key-gone", 93000, "invalid webhook url", id="removed"),
        pytest.param("key-off", 93004, "robot disabled", id="disabled"),
        pytest.param("key-out", 93008, "not in the group", id="not-in-group"),
    ],
)
def test_a_robot_that_may_not_speak(client, key, code, errmsg):
    """The key is looked at before the body: even a broken body gets the robot's own error."""
    answer = client.send(b"{", key)
    assert (answer.status, answer.code, answer.text) == (200, code, errmsg)


def test_a_request_without_a_key(client, make):
    """No key at all is a wrong address."""
    assert client.post("/cgi-bin/webhook/send", make.text()).code == 93000


def test_a_key_counts_only_in_the_query(client, make):
    """A key in a header or in the body is not looked for."""
    assert (
        client.request("POST", "/cgi-bin/webhook/send", make.text() | {"key": "key-vip"}, key="key-vip").code == 93000
    )


def test_get_is_no_way_to_send(client):
    """The endpoints take POST only."""
    assert client.get("/cgi-bin/webhook/send?key=key-vip").code == 43002


def test_an_open_sandbox_takes_every_key(client, make):
    """With ``open`` an unknown key speaks in a group of its own, named after a readable key."""
    client.sandbox.world.robots.open = True
    assert client.send(make.text("欢迎"), "hz-009.vip").code == 0
    assert client.seen("hz-009.vip") == ["欢迎"]


def test_the_twenty_first_message_of_a_minute_blocks_the_robot(client, make):
    """Twenty messages pass, one more is refused with 45009, and another robot is not touched."""
    codes = [client.send(make.text(str(n))).code for n in range(21)]
    assert codes == [0] * 20 + [45009]
    assert client.send(make.text(), "key-new").code == 0
    assert len(client.seen("hz-001.vip")) == 20


def test_a_block_lasts_sixty_seconds(client, make):
    """After the breach everything is refused for 60 s, and then it works again."""
    clock = client.sandbox.world.clock
    for n in range(21):
        client.send(make.text(str(n)))
    clock.advance(55)
    assert client.send(make.text("太早")).code == 45009
    clock.advance(6)
    assert client.send(make.text("可以了")).code == 0


def test_the_minute_rolls(client, make):
    """Messages count for the 60 s after them, wherever the minutes of the clock begin."""
    clock = client.sandbox.world.clock
    for n in range(20):
        client.send(make.text(str(n)))
    clock.advance(61)
    assert [client.send(make.text(str(n))).code for n in range(20)] == [0] * 20


def test_a_refused_message_does_not_count(client, make):
    """Only what members saw counts against the rate."""
    for _ in range(30):
        client.send(make.text(""))
    assert client.send(make.text()).code == 0


def test_an_upload_is_answered_with_an_id_for_three_days(client):
    """The answer carries the kind, an id and the time as a string; the file is seen under its name."""
    answer = client.upload(b"%PDF a price list").json
    assert (answer["errcode"], answer["type"], answer["created_at"].isdecimal()) == (0, "file", True)
    assert client.send({"msgtype": "file", "file": {"media_id": answer["media_id"]}}).code == 0
    assert client.sandbox.truth()[0].shown.file.name == "价目表.pdf"


@pytest.mark.parametrize(
    ("key", "kind", "days", "code"),
    [
        pytest.param("key-vip", "file", 2.9, 0, id="fresh"),
        pytest.param("key-vip", "file", 3, 40007, id="expired"),
        pytest.param("key-new", "file", 0, 40007, id="another-robots"),
        pytest.param("key-vip", "voice", 0, 40007, id="another-kind"),
    ],
)
def test_an_id_works_for_its_robot_and_its_time_only(client, key, kind, days, code):
    """An uploaded file belongs to one robot, one kind and three days."""
    media = client.upload(b"%PDF a price list").json["media_id"]
    client.sandbox.world.clock.advance(days * 86400)
    assert client.send({"msgtype": kind, kind: {"media_id": media}}, key).code == code


@pytest.mark.parametrize(
    ("arguments", "code", "errmsg"),
    [
        pytest.param({"data": b"", "key": "nobody"}, 44001, "empty media data", id="empty-before-key"),
        pytest.param({"data": b"123456", "field": "file"}, 44001, "empty media data", id="wrong-field"),
        pytest.param({"data": b"123456", "key": "nobody"}, 40058, "invalid param 'key'", id="unknown-key"),
        pytest.param({"data": b"123456", "key": ""}, 40058, "invalid param 'key'", id="no-key"),
        pytest.param({"data": b"123456", "kind": "image"}, 40058, "invalid param 'type'", id="unknown-kind"),
        pytest.param({"data": b"12345"}, 40006, "invalid file size", id="five-bytes"),
        pytest.param({"data": AMR.ljust(2097153), "kind": "voice"}, 40006, "invalid file size", id="voice-too-big"),
        pytest.param({"data": b"RIFF WAVE", "kind": "voice"}, 40005, "invalid file type", id="no-amr"),
    ],
)
def test_a_wrong_upload_is_refused(client, arguments, code, errmsg):
    """The file is looked at before the key, the key before the kind."""
    answer = client.upload(**arguments)
    assert (answer.code, answer.text.partition(". Invalid")[0]) == (code, errmsg)


def test_a_voice_is_seen(client):
    """A voice goes the same way as a file."""
    media = client.upload(AMR, kind="voice").json["media_id"]
    assert client.send({"msgtype": "voice", "voice": {"media_id": media}}).code == 0
    assert client.sandbox.truth()[0].shown.file.mime == "audio/amr"


def test_a_body_that_is_no_form_holds_no_file(client):
    """A broken multipart body is an empty file."""
    path = "/cgi-bin/webhook/upload_media?key=key-vip&type=file"
    assert client.request("POST", path, b"\0\0", Content_Type="multipart/form-data; boundary=b").code == 44001
    assert client.request("POST", path, b"\0\0", Content_Type="text/plain").code == 44001
