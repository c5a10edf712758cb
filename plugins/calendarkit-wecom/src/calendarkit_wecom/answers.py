"""WeCom's answers: which outcome each errcode means, decided on host, API and code, never on a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calendarkit.extend import Outcome, Response, Text

HOST = "qyapi.weixin.qq.com"
ROBOT_SEND = "webhook/send"
ANY_API = "*"
RATE_BLOCK = 60.0
"""Seconds a robot is blocked after breaching 20 a minute (WeCom doc path/99110, 2025-08-07)."""
_LONGEST_ERRMSG = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What an answer means.

    Attributes:
        code: the errcode, or ``http-STATUS`` for an answer that has none.
        text: a sentence for the operator, with WeCom's own words behind it.
        retry_after: seconds to wait, for ``rate_wait`` and ``retry_later``.
    """

    outcome: Outcome
    code: str = ""
    text: Text
    retry_after: float | None = None


def classify(response: Response, *, host: str = HOST, api: str = ROBOT_SEND) -> Verdict:
    """Return what ``response`` means; only HTTP 200 with ``errcode`` 0 means delivered.

    HTTP 200 alone means nothing: every refusal carries it. An answer that is not WeCom's own JSON proves nothing. A
    5xx page from a gateway in between is therefore ``unknown`` and not a reason to retry: the gateway may have passed
    the message on before it gave up, and robots do not deduplicate.
    """
    errcode, errmsg = _read(response)
    if errcode is None:
        return _judge_status(response)
    if errcode == 0:
        return _judge_success(response)
    row = CLASSES.get((host, api, errcode)) or CLASSES.get((host, ANY_API, errcode)) or _unclassified(errcode)
    behind = (f"（{errmsg}）", f" ({errmsg})") if errmsg else ("", "")
    return Verdict(
        outcome=row.outcome,
        code=str(errcode),
        text=Text(row.text.zh + behind[0], row.text.en + behind[1]),
        retry_after=row.retry_after,
    )


def _read(response: Response) -> tuple[int | None, str]:
    """Return errcode and errmsg, or ``None`` when the body is not an answer of WeCom's application."""
    try:
        answer: Any = response.json()
    except (ValueError, RecursionError):
        return None, ""
    errcode = answer.get("errcode") if isinstance(answer, dict) else None
    if not isinstance(errcode, int) or isinstance(errcode, bool):
        return None, ""
    return errcode, str(answer.get("errmsg", ""))[:_LONGEST_ERRMSG]


def _judge_success(response: Response) -> Verdict:
    if response.status != 200:
        text = Text(f"errcode 0，但 HTTP {response.status}", f"errcode 0, but HTTP {response.status}")
        return Verdict(outcome=Outcome.UNKNOWN, code=f"http-{response.status}", text=text)
    return Verdict(outcome=Outcome.DELIVERED, code="0", text=Text("企业微信已接收", "WeCom took it"))


def _judge_status(response: Response) -> Verdict:
    """Judge an answer without errcode, by its HTTP status alone."""
    status = response.status
    if 300 <= status < 400 or status in _REFUSED_BEFORE_WECOM:
        text = Text(
            f"HTTP {status}：地址不对，或有代理、防火墙挡在中间",
            f"HTTP {status}: the address is wrong, or a proxy or firewall stands in between",
        )
        return Verdict(outcome=Outcome.BAD_CONFIG, code=f"http-{status}", text=text)
    text = Text(
        f"HTTP {status}，但不是企业微信的回答，无法判断是否已发出",
        f"HTTP {status}, but not an answer of WeCom's; nobody can tell whether it went out",
    )
    return Verdict(outcome=Outcome.UNKNOWN, code=f"http-{status}", text=text)


_REFUSED_BEFORE_WECOM = frozenset({401, 403, 404, 405, 407})
"""WeCom answers an unknown path with 404 and an empty body; the others come from a proxy or firewall."""


def _unclassified(errcode: int) -> Verdict:
    """A code nobody has explained yet is never retried by itself; its number stays visible."""
    text = Text(
        "企业微信拒绝了，原因未收录，不会自动重发", "WeCom refused it for a reason not yet known; it is not sent again"
    )
    return Verdict(outcome=Outcome.BAD_CONTENT, code=str(errcode), text=text)


def _rows(api: str, outcome: Outcome, retry_after: float | None, rows: Mapping[int, tuple[str, str]]) -> _Table:
    return {
        (HOST, api, errcode): Verdict(outcome=outcome, code=str(errcode), text=Text(zh, en), retry_after=retry_after)
        for errcode, (zh, en) in rows.items()
    }


_Table = dict[tuple[str, str, int], Verdict]

_ROBOT: _Table = {
    **_rows(ROBOT_SEND, Outcome.BAD_TARGET, None, {
        93000: ("机器人 key 不对，或机器人已被移除", "the robot's key is wrong, or the robot was removed"),
        93004: ("机器人已被停用", "the robot is disabled"),
        93008: ("机器人不在这个群里", "the robot is not in this group"),
    }),
    **_rows(ROBOT_SEND, Outcome.BAD_CONTENT, None, {
        40008: ("消息类型不对", "the kind of message is wrong"),
        40009: ("图片大小不合规", "the picture's size is wrong"),
        40058: ("内容超长或参数不合规", "the content is too long or a parameter is wrong"),
        44004: ("内容是空的", "the content is empty"),
        301019: ("图片与 md5 不符", "the picture does not match its md5"),
    }),
    **_rows(ROBOT_SEND, Outcome.MEDIA_EXPIRED, None, {
        40007: ("素材已过期，或属于别的机器人", "the media expired, or belongs to another robot"),
    }),
    **_rows(ROBOT_SEND, Outcome.RATE_WAIT, RATE_BLOCK, {
        45009: ("发得太快，这个机器人要歇 60 秒", "too fast; this robot rests for 60 seconds"),
    }),
    **_rows(ROBOT_SEND, Outcome.RETRY_SHORT, None, {
        -1: ("企业微信系统繁忙，什么也没发出", "WeCom is busy; nothing went out"),
    }),
}  # fmt: skip

_FAMILY: _Table = {
    **_rows(ANY_API, Outcome.RETRY_SHORT, None, {
        -1: ("企业微信系统繁忙，什么也没发出", "WeCom is busy; nothing went out"),
        6000: ("数据版本冲突", "the data changed at the same moment"),
    }),
    **_rows(ANY_API, Outcome.RETRY_LATER, RATE_BLOCK, {
        41063: ("任务还在分发", "the task is still being handed out"),
        41079: ("还没到可以操作的时候", "it is not ready yet"),
    }),
    **_rows(ANY_API, Outcome.RATE_WAIT, RATE_BLOCK, {
        41078: ("操作太频繁", "too often"),
        41094: ("提醒太频繁", "reminded too often"),
        45009: ("接口调用超过限制", "the API's limit is reached"),
        45033: ("并发太高", "too many calls at once"),
        45035: ("同一客户正在被修改", "the same customer is being changed"),
    }),
    **_rows(ANY_API, Outcome.TOKEN_REFRESH, None, {
        40014: ("access_token 无效", "the access token is invalid"),
        42001: ("access_token 已过期", "the access token expired"),
    }),
    **_rows(ANY_API, Outcome.BAD_CONTENT, None, {
        40004: ("素材类型不对", "the kind of media is wrong"),
        40005: ("文件类型不对", "the kind of file is wrong"),
        40006: ("文件大小不合规", "the file's size is wrong"),
        40008: ("消息类型不对", "the kind of message is wrong"),
        40009: ("图片大小不合规", "the picture's size is wrong"),
        40058: ("参数不合规", "a parameter is wrong"),
        40063: ("内容是空的", "the content is empty"),
        41064: ("附件太多", "too many attachments"),
        41065: ("附件类型不对", "the kind of attachment is wrong"),
        41089: ("内容不合规", "the content is not acceptable"),
        44001: ("文件是空的", "the file is empty"),
        44004: ("内容是空的", "the content is empty"),
        45001: ("文件太大", "the file is too large"),
        45002: ("内容太长", "the content is too long"),
        45008: ("图文条数超过限制", "too many articles"),
        90207: ("小程序页面不合规", "the mini-program's page is wrong"),
        301019: ("文件与 md5 不符", "the file does not match its md5"),
    }),
    **_rows(ANY_API, Outcome.MEDIA_EXPIRED, None, {
        40007: ("素材不存在或已过期", "the media does not exist or expired"),
    }),
    **_rows(ANY_API, Outcome.BAD_TARGET, None, {
        40003: ("成员不存在", "no such member"),
        40050: ("群不存在", "no such group"),
        40096: ("外部联系人不存在", "no such customer"),
        41048: ("没有可发送的客户", "no customer can receive it"),
        60111: ("成员不存在", "no such member"),
        81013: ("接收人都不可见", "no recipient is visible to the app"),
        84061: ("不是客户好友", "not a friend of the customer"),
        86003: ("群不存在", "no such group"),
        90501: ("不是客户群", "not a customer group"),
        90509: ("不是客户群", "not a customer group"),
        93000: ("机器人 key 不对，或机器人已被移除", "the robot's key is wrong, or the robot was removed"),
        93004: ("机器人已被停用", "the robot is disabled"),
        93008: ("机器人不在这个群里", "the robot is not in this group"),
    }),
    **_rows(ANY_API, Outcome.BAD_CONFIG, None, {
        40001: ("secret 不对", "the secret is wrong"),
        40013: ("corpid 不对", "the corpid is wrong"),
        40056: ("agentid 不对", "the agentid is wrong"),
        41001: ("请求里没有 access_token", "the request has no access token"),
        41004: ("请求里没有 secret", "the request has no secret"),
        48001: ("应用没有这个接口的权限", "the app may not use this API"),
        48002: ("这个 secret 不能调用此接口", "this secret may not use this API"),
        48005: ("接口已被停用", "the API is switched off"),
        50003: ("应用已被停用", "the app is disabled"),
        60011: ("应用没有权限", "the app has no permission"),
        60020: ("本机 IP 不在可信列表里", "this machine's IP is not on the trusted list"),
        84074: ("没有客户联系权限", "no permission for customer contact"),
        301002: ("应用与 access_token 不符", "the access token belongs to another app"),
    }),
}  # fmt: skip

CLASSES: Mapping[tuple[str, str, int], Verdict] = {**_FAMILY, **_ROBOT}
"""By (host, API, errcode). Sources: WeCom doc path/99110 (2025-08-07), path/90313, path/92135 (2025-11-17)."""
