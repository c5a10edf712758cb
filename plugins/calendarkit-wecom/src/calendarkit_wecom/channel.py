"""The connected robot: one message, one request, one receipt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from calendarkit.extend import Envelope, HttpFailure, Outcome, PluginContext, Receipt, Secret, Text
from calendarkit_wecom.answers import classify
from calendarkit_wecom.body import Refusal, make_body

SEND = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"
_KEY = re.compile(r"[?&]key=([^&#\s]+)")
_BARE = re.compile(r"[0-9A-Za-z_-]{8,128}")
_NO_KEY = Text(
    '这个群没有机器人 key：在社群名册的 wecom.key 里写 "secret:名字"',
    'this group has no robot key: write "secret:NAME" as wecom.key in the roster',
)


class Robot:
    """A connected robot publisher; threads may share it."""

    def __init__(self, markdown: Literal["v1", "v2"], context: PluginContext) -> None:
        self._markdown = markdown
        self._context = context

    def send(self, envelopes: Sequence[Envelope], /) -> Iterable[Receipt]:
        """Send each message with one request; a message that breaks a limit is refused before any request."""
        return [self._send(envelope) for envelope in envelopes]

    def _send(self, envelope: Envelope) -> Receipt:
        key = find_key(envelope.target.address.get("key"))
        if key is None:
            return self._refuse(envelope, Outcome.BAD_TARGET, _NO_KEY)
        try:
            body = make_body(envelope.message, markdown=self._markdown)
        except Refusal as refusal:
            return self._refuse(envelope, Outcome.BAD_CONTENT, refusal.text)
        return self._post(envelope, key, body)

    def _post(self, envelope: Envelope, key: Secret, body: dict[str, Any]) -> Receipt:
        try:
            response = self._context.http.request("POST", SEND, params={"key": key}, json=body)
        except HttpFailure as failure:
            if failure.sent:
                text = Text(f"没有等到企业微信的回答：{failure}", f"WeCom did not answer: {failure}")
                return self._refuse(envelope, Outcome.UNKNOWN, text)
            text = Text(f"没有连上企业微信，什么也没发出：{failure}", f"WeCom was not reached, nothing left: {failure}")
            return self._refuse(envelope, Outcome.RETRY_SHORT, text)
        verdict = classify(response)
        return Receipt(
            key=envelope.key,
            outcome=verdict.outcome,
            code=verdict.code,
            detail=verdict.text.to(self._context.language).replace(key.reveal(), "***"),
            retry_after=verdict.retry_after,
            proof="answer" if verdict.outcome is Outcome.DELIVERED else "none",
        )

    def _refuse(self, envelope: Envelope, outcome: Outcome, text: Text) -> Receipt:
        return Receipt(key=envelope.key, outcome=outcome, detail=text.to(self._context.language))


def find_key(given: str | Secret | None) -> Secret | None:
    """Return the robot's key, also from a whole webhook address; ``None`` when there is none or it is no secret.

    A value in the roster that is neither ``secret:NAME`` nor a key or address is a slip of the pen, such as a
    full-width colon; it must not be sent to the platform as if it were the key.
    """
    if not given or (isinstance(given, str) and not (_KEY.search(given) or _BARE.fullmatch(given.strip()))):
        return None
    name, value = (given.name, given.reveal()) if isinstance(given, Secret) else ("wecom.key", given)
    found = _KEY.search(value)
    value = (found[1] if found else value).strip()
    return Secret(name, value) if value else None
