"""What the group robot sends, byte for byte, and what it says about answers."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import importlib.metadata
from pathlib import Path

import pytest
from pydantic import ValidationError

from calendarkit.extend import Envelope, Message, Outcome, Receipt, Secret, Target
from calendarkit.testing.fakes import FakeHttp, answer, fake_context, no_answer, no_connection
from calendarkit.testing.samples import fill, store_media
from calendarkit_wecom import calendarkit_publishers
from calendarkit_wecom.answers import ANY_API, CLASSES, HOST, ROBOT_SEND, classify
from calendarkit_wecom.channel import find_key
from calendarkit_wecom.robot import ROBOT, RobotOptions

KEY = "693a91f6-7a0c-4bc4-97a0-0ec2f1fa5aaa"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
JPG = b"\xff\xd8\xff\xe0" + bytes(100)
OK = answer({"errcode": 0, "errmsg": "ok"})


def send(message: Message, http: FakeHttp, *, markdown: str = "v1", key: str = KEY, language: str = "en") -> Receipt:
    """Send one message by the robot and return its receipt."""
    address = {"key": Secret("robot/hz-001", key)} if key else {}
    target = Target(id="hz-001.staff", title="导购群", store="hz-001", store_title="滨江店", address=address)
    context = fake_context(Path(), http=http, language=language)
    channel = ROBOT.connect(RobotOptions(markdown=markdown), context)
    (receipt,) = channel.send([Envelope(key="c/2026-11-25/noon/hz-001.staff/wecom", message=message, target=target)])
    return receipt


def body_of(message: Message, **options: str) -> bytes:
    """Return the bytes the robot sends for ``message``."""
    http = FakeHttp(OK)
    assert send(message, http, **options).outcome is Outcome.DELIVERED
    (call,) = http.calls
    assert call.wire.body is not None
    return call.wire.body


@pytest.mark.parametrize(
    ("message", "body"),
    [
        (Message(kind="text", text="早安"), '{"msgtype":"text","text":{"content":"早安"}}'),
        (
            Message(kind="text", text="开会", mentions=("wangwu", "@all")),
            '{"msgtype":"text","text":{"content":"开会","mentioned_list":["wangwu","@all"]}}',
        ),
        (Message(kind="markdown", text="**特惠**"), '{"markdown":{"content":"**特惠**"},"msgtype":"markdown"}'),
        (
            Message(kind="markdown", text="特惠", mentions=("wangwu", "@all", "lisi")),
            '{"markdown":{"content":"特惠\\n<@wangwu> <@lisi>"},"msgtype":"markdown"}',
        ),
        (
            Message(kind="link", title="秒杀", text="19.9 元", url="https://s.example/1"),
            '{"msgtype":"news","news":{"articles":[{"description":"19.9 元","title":"秒杀","url":"https://s.example/1"}]}}',
        ),
        (
            Message(kind="link", title="秒杀", url="https://s.example/1", cover_url="https://s.example/c.jpg"),
            '{"msgtype":"news","news":{"articles":'
            '[{"picurl":"https://s.example/c.jpg","title":"秒杀","url":"https://s.example/1"}]}}',
        ),
    ],
    ids=["text", "mentions", "markdown", "mentions in markdown", "card", "card with a cover"],
)
def test_bodies_are_these_bytes(message: Message, body: str):
    """Raw UTF-8, keys sorted, nothing that is empty."""
    assert body_of(message).decode() == body


def test_markdown_v2_is_another_message_type_and_mentions_nobody():
    """The other dialect has its own name; it knows no mentions."""
    message = Message(kind="markdown", text="| 品 | 价 |", mentions=("wangwu",))
    assert body_of(message, markdown="v2").decode() == (
        '{"markdown_v2":{"content":"| 品 | 价 |"},"msgtype":"markdown_v2"}'
    )


@pytest.mark.parametrize(("data", "mime"), [(PNG, "image/png"), (JPG, "image/jpeg")], ids=["png", "jpg"])
def test_a_picture_is_base64_with_the_md5_of_its_raw_bytes(tmp_path: Path, data: bytes, mime: str):
    """Both are made from the file's bytes."""
    call = FakeHttp(OK)
    send(Message(kind="image", media=(store_media(tmp_path, data, mime),)), call)
    image = call.calls[0].json["image"]
    assert base64.b64decode(image["base64"]) == data
    assert image["md5"] == hashlib.md5(data).hexdigest()


def test_a_picture_of_exactly_two_megabytes_goes_out(tmp_path: Path):
    """2 MB before base64, inclusive."""
    media = store_media(tmp_path, PNG.ljust(2 * 1024 * 1024, b"\0"), "image/png")
    assert send(Message(kind="image", media=(media,)), FakeHttp(OK)).outcome is Outcome.DELIVERED


def bad_pictures(tmp_path: Path) -> dict[str, Message]:
    """Return messages whose picture is not what it claims to be."""
    good = store_media(tmp_path, PNG, "image/png")
    grown = store_media(tmp_path, PNG.ljust(2 * 1024 * 1024 + 1, b"\0"), "image/png")
    pictures = {
        "gif": store_media(tmp_path, b"GIF89a", "image/gif"),
        "too large": grown,
        "too large, and lies about it": dataclasses.replace(grown, size=10),
        "changed": dataclasses.replace(good, sha256="0" * 64),
        "mislabelled": store_media(tmp_path, b"<svg/>", "image/png"),
        "gone": dataclasses.replace(good, path=str(tmp_path / "gone")),
        "a folder": dataclasses.replace(good, path=str(tmp_path)),
    }
    return {name: Message(kind="image", media=(media,)) for name, media in pictures.items()}


@pytest.mark.parametrize(
    "fault", ["gif", "too large", "too large, and lies about it", "changed", "mislabelled", "gone", "a folder"]
)
def test_a_bad_picture_is_refused_before_the_network(tmp_path: Path, fault: str):
    """Nothing is sent."""
    http = FakeHttp(OK)
    receipt = send(bad_pictures(tmp_path)[fault], http)
    assert (receipt.outcome, http.calls) == (Outcome.BAD_CONTENT, [])


@pytest.mark.parametrize(
    "message",
    [
        Message(kind="text"),
        Message(kind="text", text=" \n"),
        Message(kind="markdown"),
        Message(kind="text", text="\ud83d"),
        Message(kind="link", url="https://s.example/1"),
        Message(kind="link", title="秒杀"),
        Message(kind="image"),
        Message(kind="markdown", text=fill(4090), mentions=("somebody",)),
        Message(kind="hologram", text="x"),
    ],
    ids=["empty", "blank", "empty markdown", "half a character", "no title", "no address", "no picture",
         "too long with its mentions", "unknown kind"],
)  # fmt: skip
def test_a_message_that_cannot_be_is_refused_before_the_network(message: Message):
    """WeCom would refuse it or cut it; nothing is sent."""
    http = FakeHttp(OK)
    assert send(message, http).outcome is Outcome.BAD_CONTENT
    assert http.calls == []


def test_a_limit_is_told_with_both_numbers():
    """The operator reads how many bytes there are and how many there may be."""
    long = Message(kind="text", text=fill(2049))
    assert send(long, FakeHttp(OK)).detail == "the text has 2049 bytes, the most is 2048 (a Chinese character has 3)"
    assert send(long, FakeHttp(OK), language="zh").detail == "正文 2049 字节，最多 2048 字节（一个汉字 3 字节）"


def test_the_key_goes_into_the_query_alone():
    """One call, to the one address."""
    http = FakeHttp(OK)
    send(Message(kind="text", text="早安"), http)
    (call,) = http.calls
    assert (call.method, call.url) == ("POST", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send")
    assert call.wire.target == f"/cgi-bin/webhook/send?key={KEY}"
    assert KEY not in repr(call)


@pytest.mark.parametrize(
    "given",
    [KEY, f" {KEY}\n", f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}",
     f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?debug=1&key={KEY}#x"],
    ids=["key", "blanks", "address", "address with more"],
)  # fmt: skip
def test_a_pasted_address_is_as_good_as_a_key(given: str):
    """What WeCom shows for copying is the whole address."""
    found = find_key(Secret("robot/x", given))
    assert found is not None
    assert (found.name, found.reveal()) == ("robot/x", KEY)


@pytest.mark.parametrize(
    "given",
    [None, "", Secret("a", ""), Secret("a", "  "), "secret：robot/hz-001", "secrets:robot/hz-001", "robot/hz-001"],
    ids=["none", "empty", "secret", "blank", "full-width-colon", "plural", "bare-name"],
)
def test_no_key_is_none(given: str | Secret | None):
    """An empty key is no key, and a misspelt reference is not sent as if it were one."""
    assert find_key(given) is None


def test_a_group_without_a_key_rests():
    """The target is at fault, and the detail says what to write."""
    http = FakeHttp(OK)
    receipt = send(Message(kind="text", text="早安"), http, key="")
    assert (receipt.outcome, http.calls) == (Outcome.BAD_TARGET, [])
    assert "wecom.key" in receipt.detail


def test_delivered_is_proved_by_an_answer_only():
    """Robots give no id: proof ``answer``, no handle."""
    receipt = send(Message(kind="text", text="早安"), FakeHttp(OK))
    expected = ("c/2026-11-25/noon/hz-001.staff/wecom", Outcome.DELIVERED, "0", "answer", "")
    assert (receipt.key, receipt.outcome, receipt.code, receipt.proof, receipt.handle) == expected


def test_a_removed_robot_is_never_a_success():
    """Errcode 93000 comes with HTTP 200; two public notifiers take it for a yes."""
    receipt = send(
        Message(kind="text", text="早安"), FakeHttp(answer({"errcode": 93000, "errmsg": "invalid webhook url"}))
    )
    assert (receipt.outcome, receipt.code, receipt.proof) == (Outcome.BAD_TARGET, "93000", "none")
    assert receipt.detail == "the robot's key is wrong, or the robot was removed (invalid webhook url)"


def test_too_fast_waits_a_minute():
    """45009 blocks a robot for about 60 s."""
    receipt = send(
        Message(kind="text", text="早安"), FakeHttp(answer({"errcode": 45009, "errmsg": "api freq out of limit"}))
    )
    assert (receipt.outcome, receipt.retry_after) == (Outcome.RATE_WAIT, 60.0)


@pytest.mark.parametrize(
    ("failure", "outcome", "word"),
    [(no_answer(), Outcome.UNKNOWN, "没有等到"), (no_connection(), Outcome.RETRY_SHORT, "没有连上")],
    ids=["bytes left", "nothing left"],
)
def test_a_call_without_an_answer(failure: Exception, outcome: Outcome, word: str):
    """Only proof that nothing left is a reason to try again."""
    receipt = send(Message(kind="text", text="早安"), FakeHttp(failure), language="zh")
    assert (receipt.outcome, receipt.proof) == (outcome, "none")
    assert word in receipt.detail


def test_an_endless_errmsg_is_cut():
    """A detail is a sentence, whatever the other side sends."""
    answered = answer({"errcode": 40058, "errmsg": "x" * 100_000})
    assert len(send(Message(kind="text", text="早安"), FakeHttp(answered)).detail) < 400


RETRY, RATE, LATER = Outcome.RETRY_SHORT, Outcome.RATE_WAIT, Outcome.RETRY_LATER
FAMILY = {
    RETRY: [-1, 6000],
    LATER: [41063, 41079],
    RATE: [45009, 45033, 45035, 41078, 41094],
    Outcome.TOKEN_REFRESH: [40014, 42001],
    Outcome.BAD_CONTENT: [40004, 40005, 40006, 40008, 40009, 40058, 40063, 41064, 41065, 41089, 44001, 44004, 45001,
                          45002, 45008, 90207, 301019],
    Outcome.MEDIA_EXPIRED: [40007],
    Outcome.BAD_TARGET: [93000, 93004, 93008, 40050, 86003, 90501, 90509, 84061, 40096, 40003, 60111, 81013, 41048],
    Outcome.BAD_CONFIG: [40001, 40013, 41004, 40056, 48001, 48002, 48005, 50003, 60011, 60020, 84074, 301002],
}  # fmt: skip


@pytest.mark.parametrize(
    ("errcode", "outcome"),
    [(code, outcome) for outcome, codes in FAMILY.items() for code in codes],
    ids=str,
)
def test_every_known_errcode_has_its_class(errcode: int, outcome: Outcome):
    """The error taxonomy of the WeCom host, row by row, for the robot and for any other API."""
    answered = answer({"errcode": errcode, "errmsg": "words"})
    found = [classify(answered, api=api) for api in (ROBOT_SEND, "externalcontact/add_msg_template")]
    assert [(verdict.outcome, verdict.code) for verdict in found] == [(outcome, str(errcode))] * 2


def test_no_class_of_success_stands_in_the_table():
    """Only errcode 0 is a yes."""
    success = {Outcome.DELIVERED, Outcome.DUPLICATE, Outcome.PARTIAL, Outcome.WAITING}
    assert not success & {verdict.outcome for verdict in CLASSES.values()}
    assert {(host, api) for host, api, _ in CLASSES} == {(HOST, ANY_API), (HOST, ROBOT_SEND)}


@pytest.mark.parametrize("errcode", [1, 99999, 40000, -2, 2**80])
def test_a_code_nobody_knows_is_not_repeated(errcode: int):
    """It fails with its number, and a person decides."""
    verdict = classify(answer({"errcode": errcode, "errmsg": "?"}))
    assert (verdict.outcome, verdict.code) == (Outcome.BAD_CONTENT, str(errcode))


@pytest.mark.parametrize("options", [{"markdown": "v3"}, {"markdwon": "v2"}, {"markdown": None}])
def test_wrong_options_are_refused(options: dict):
    """A typo is a problem, not a default."""
    with pytest.raises(ValidationError):
        RobotOptions(**options)


def test_the_entry_point_offers_the_robot():
    """``[plugins.wecom]`` names this module."""
    (entry,) = importlib.metadata.entry_points(group="calendarkit", name="wecom")
    assert entry.value == "calendarkit_wecom"
    assert [publisher.name for publisher in calendarkit_publishers()] == ["wecom"]


def test_a_robot_reaches_staff_only():
    """Customer groups cannot host one."""
    traits = ROBOT.traits
    assert (traits.reaches, traits.dedupe, traits.receipt, traits.batch) == (("staff",), "none", "none", 1)
    assert [(rate.by, rate.count, rate.limit, rate.per) for rate in ROBOT.limits.rates] == [(("key",), 18, 20, 60)]
