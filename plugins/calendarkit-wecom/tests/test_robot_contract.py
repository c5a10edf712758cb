"""The group robot keeps the contract of publishers; answers as WeCom doc path/99110 (2025-08-07) has them."""

from __future__ import annotations

import pytest

from calendarkit.extend import Outcome
from calendarkit.testing.fakes import answer
from calendarkit.testing.http_contract import HttpPublisherContract, Wire
from calendarkit_wecom.robot import ROBOT, RobotOptions

HINT = (
    "hint: [1763800000123456789012], from ip: 203.0.113.7, more info at https://open.work.weixin.qq.com/devtool/query"
)


def refusal(errcode: int, words: str):
    """Return a refusal as WeCom words it: always HTTP 200."""
    return answer({"errcode": errcode, "errmsg": f"{words}, {HINT}?e={errcode}"})


WIRE = Wire(
    accepted=answer({"errcode": 0, "errmsg": "ok"}),
    refuse=lambda words: refusal(987654, words),
    refusals={
        "bad key or removed robot": (refusal(93000, "invalid webhook url"), Outcome.BAD_TARGET),
        "robot disabled": (refusal(93004, "robot is disabled"), Outcome.BAD_TARGET),
        "not in the group": (refusal(93008, "not in group"), Outcome.BAD_TARGET),
        "message type": (refusal(40008, "invalid message type"), Outcome.BAD_CONTENT),
        "empty": (refusal(44004, "empty content"), Outcome.BAD_CONTENT),
        "too long": (refusal(40058, "markdown.content exceed max length 4096"), Outcome.BAD_CONTENT),
        "md5": (refusal(301019, "media md5 not match"), Outcome.BAD_CONTENT),
        "picture size": (refusal(40009, "invalid image size"), Outcome.BAD_CONTENT),
        "media": (refusal(40007, "invalid media_id"), Outcome.MEDIA_EXPIRED),
        "too fast": (refusal(45009, "api freq out of limit"), Outcome.RATE_WAIT),
        "busy": (refusal(-1, "system error"), Outcome.RETRY_SHORT),
        "wrong path": (answer(body=b"", status=404), Outcome.BAD_CONFIG),
        "plain http": (answer(body=b"<html>301", status=301), Outcome.BAD_CONFIG),
        "a proxy's password": (answer(body=b"<html>", status=407), Outcome.BAD_CONFIG),
        "a gateway in between": (answer(body=b"<html>502 Bad Gateway", status=502), Outcome.UNKNOWN),
        "yes, with another status": (answer({"errcode": 0}, status=500), Outcome.UNKNOWN),
        "a yes in words": (answer({"errcode": "0", "errmsg": "ok"}), Outcome.UNKNOWN),
        "a yes that is a truth value": (answer({"errcode": False}), Outcome.UNKNOWN),
    },
)


class TestRobot(HttpPublisherContract):
    """The robot with its default options."""

    @pytest.fixture
    def publisher(self):
        """The record."""
        return ROBOT

    @pytest.fixture
    def wire(self):
        """WeCom's answers."""
        return WIRE


class TestRobotWithMarkdownV2(TestRobot):
    """The robot that speaks markdown_v2."""

    @pytest.fixture
    def options(self):
        """The other markdown."""
        return RobotOptions(markdown="v2")
