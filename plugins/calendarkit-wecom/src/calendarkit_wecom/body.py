"""The body of a request: one message in the robot's own words, refused here when WeCom would refuse or cut it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from calendarkit.extend import KindLimit, Media, Message, Text
from calendarkit_wecom.limits import LIMITS

_FORMATS = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}


class Refusal(Exception):
    """The message cannot be sent as it stands.

    Attributes:
        text: why, in both languages.
    """

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def make_body(message: Message, *, markdown: Literal["v1", "v2"] = "v1") -> dict[str, Any]:
    """Return the JSON of ``message``; equal messages give equal bodies.

    Raises:
        Refusal: it is empty, over a limit (WeCom cuts an over-long title without a word, so this refuses it), of a
            kind robots do not know, or its picture is not what it claims to be.
    """
    limit = LIMITS.kinds.get(message.kind)
    if limit is None:
        raise Refusal(Text(f"群机器人不支持“{message.kind}”", f"the group robot does not know “{message.kind}”"))
    if message.kind == "image":
        return {"msgtype": "image", "image": _make_image(message, limit)}
    if message.kind == "link":
        return {"msgtype": "news", "news": {"articles": [_make_article(message, limit)]}}
    if message.kind == "markdown":
        return _make_markdown(message, limit, markdown)
    return {"msgtype": "text", "text": _make_text(message, limit)}


def _make_text(message: Message, limit: KindLimit) -> dict[str, Any]:
    _require(message.text, Text("正文", "text"))
    _measure(message.text, limit.text_bytes, Text("正文", "text"))
    return {"content": message.text, **_mentioned(message.mentions)}


def _make_markdown(message: Message, limit: KindLimit, version: str) -> dict[str, Any]:
    """Markdown mentions people inside its words; v2 cannot, and neither can mention everybody."""
    _require(message.text, Text("正文", "text"))
    people = [f"<@{person}>" for person in message.mentions if person != "@all"]
    content = message.text if version == "v2" or not people else f"{message.text}\n{' '.join(people)}"
    _measure(content, limit.text_bytes, Text("正文", "text"))
    kind = "markdown_v2" if version == "v2" else "markdown"
    return {"msgtype": kind, kind: {"content": content}}


def _make_image(message: Message, limit: KindLimit) -> Mapping[str, str]:
    if not message.media:
        raise Refusal(Text("图片消息没有图片", "an image message without a picture"))
    media = message.media[0]
    if media.mime not in limit.mimes:
        raise Refusal(Text(f"只收 JPG 和 PNG，不收 {media.mime}", f"takes JPG and PNG, not {media.mime}"))
    if limit.media_bytes is not None and media.size > limit.media_bytes:
        raise Refusal(_too_large(media.size, limit.media_bytes))
    data = _read(media, limit)
    return {
        "base64": base64.b64encode(data).decode("ascii"),
        "md5": hashlib.md5(data, usedforsecurity=False).hexdigest(),
    }


def _make_article(message: Message, limit: KindLimit) -> Mapping[str, str]:
    _require(message.title, Text("标题", "title"))
    _require(message.url, Text("链接", "url"))
    _measure(message.title, limit.title_bytes, Text("标题", "title"))
    _measure(message.text, limit.text_bytes, Text("描述", "description"))
    article = {"title": message.title, "description": message.text, "url": message.url, "picurl": message.cover_url}
    return {name: value for name, value in article.items() if value}


def _mentioned(people: tuple[str, ...]) -> Mapping[str, list[str]]:
    return {"mentioned_list": list(people)} if people else {}


def _require(text: str, what: Text) -> None:
    if not text.strip():
        raise Refusal(Text(f"{what.zh}是空的", f"the {what.en} is empty"))


def _measure(text: str, most: int | None, what: Text) -> None:
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise Refusal(Text(f"{what.zh}里有半个字符", f"the {what.en} holds half a character")) from error
    if most is not None and size > most:
        raise Refusal(
            Text(
                f"{what.zh} {size} 字节，最多 {most} 字节（一个汉字 3 字节）",
                f"the {what.en} has {size} bytes, the most is {most} (a Chinese character has 3)",
            )
        )


def _read(media: Media, limit: KindLimit) -> bytes:
    try:
        with Path(media.path).open("rb") as file:
            data = file.read((limit.media_bytes or media.size) + 1)
    except OSError as error:
        raise Refusal(Text(f"图片读不出来：{error.strerror}", f"cannot read the picture: {error.strerror}")) from error
    if limit.media_bytes is not None and len(data) > limit.media_bytes:
        raise Refusal(_too_large(len(data), limit.media_bytes))
    if hashlib.sha256(data).hexdigest() != media.sha256:
        raise Refusal(Text("图片在定稿之后变了", "the picture changed after it was frozen"))
    if not data.startswith(_FORMATS.get(media.mime, b"")):
        raise Refusal(Text(f"文件内容不是 {media.mime}", f"the file is no {media.mime}"))
    return data


def _too_large(size: int, most: int) -> Text:
    return Text(
        f"图片 {size} 字节，最多 {most} 字节（2 MB）", f"the picture has {size} bytes, the most is {most} (2 MB)"
    )
