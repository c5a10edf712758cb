"""The group robot over the real client, against real servers that misbehave."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from edges.bad_servers import BAD, Behave, answer, serving

from calendarkit.edges.http import HttpClient
from calendarkit.extend import Envelope, Message, Outcome, Receipt, Secret, Target
from calendarkit.testing.fakes import fake_context
from calendarkit_wecom.robot import ROBOT, RobotOptions

CANARY = "693a91f6-7a0c-4bc4-97a0-0ec2f1fa5aaa"
ECHO = json.dumps({"errcode": 93000, "errmsg": f"invalid webhook url key={CANARY}"}).encode()


class Hurried:
    """The real client with a short deadline, so that tests end soon."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client

    def request(self, method, url, **given):
        """Ask with 0.3 s instead of 15."""
        return self._client.request(method, url, **{**given, "deadline": 1.2})


def send(origin: str) -> Receipt:
    """Send one message to a server that stands for WeCom."""
    target = Target(id="g", title="g", store="s", store_title="s", address={"key": Secret("robot/g", CANARY)})
    with HttpClient(sandbox=origin) as client:
        channel = ROBOT.connect(RobotOptions(), fake_context(Path(), http=Hurried(client)))
        (receipt,) = channel.send([Envelope(key="k", message=Message(kind="text", text="早安"), target=target)])
    return receipt


@pytest.mark.parametrize("behave", BAD.values(), ids=BAD.keys())
def test_whatever_happens_after_bytes_left_is_unknown_and_leaks_nothing(behave: Behave, caplog, capfd):
    """The message may have been seen: not delivered, not repeated; the key shows nowhere."""
    caplog.set_level(0)
    with serving(behave) as server:
        receipt = send(server.origin)
    assert receipt.outcome is Outcome.UNKNOWN
    assert CANARY not in f"{receipt!r}{caplog.text}{capfd.readouterr()}"


def test_a_dead_server_is_tried_again(capfd):
    """Nobody listens: nothing left, and the detail says so without the key."""
    with serving(answer()) as server:
        origin = server.origin
    receipt = send(origin)
    assert (receipt.outcome, "nothing left" in receipt.detail) == (Outcome.RETRY_SHORT, True)
    assert CANARY not in repr(receipt)


def test_an_answer_that_repeats_the_key_is_masked():
    """The operator reads the platform's words, without the key in them."""
    with serving(answer(ECHO)) as server:
        receipt = send(server.origin)
    assert receipt.outcome is Outcome.BAD_TARGET
    assert receipt.detail.endswith("(invalid webhook url key=***)")


def test_the_request_is_this_one():
    """One POST with the key in its query and raw UTF-8 in its body."""
    with serving(answer(b'{"errcode":0,"errmsg":"ok"}')) as server:
        assert send(server.origin).outcome is Outcome.DELIVERED
    head, _, body = bytes(server.received[0]).partition(b"\r\n\r\n")
    assert head.split(b"\r\n")[0] == f"POST /cgi-bin/webhook/send?key={CANARY} HTTP/1.1".encode()
    assert b"\r\nHost: qyapi.weixin.qq.com" in head
    assert body.decode() == '{"msgtype":"text","text":{"content":"早安"}}'
