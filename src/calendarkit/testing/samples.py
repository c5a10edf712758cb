"""Samples: messages, pictures and addresses that contracts send."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path

from calendarkit.extend.publishing import KindLimit, Limits, Publisher
from calendarkit.model.message import Kind, Media, Message
from calendarkit.model.secret import Secret

CANARY = "canary-7f3a9c2e51d84b06"
"""Part of every secret a contract hands out; it must show up nowhere."""


def sample_message(kind: Kind, folder: Path, limits: Limits) -> Message:
    """Return an ordinary message of ``kind`` that keeps within ``limits``; pictures are written to ``folder``."""
    if kind == "image":
        return Message(kind="image", media=(sample_picture(folder, limits),))
    if kind == "link":
        url = "https://shop.example/deals/20261125"
        return Message(kind="link", title="周三秒杀", text="苹果 5 斤装 19.9 元", url=url)
    return Message(kind=kind, text="周三秒杀：苹果 5 斤装 19.9 元")


def sample_picture(folder: Path, limits: Limits) -> Media:
    """Return a small picture of a type the channel takes."""
    from PIL import Image

    limit = limits.kinds.get("image", KindLimit())
    mime = "image/png" if "image/png" in limit.mimes or not limit.mimes else limit.mimes[0]
    buffer = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(buffer, format=mime.removeprefix("image/"))
    return store_media(folder, buffer.getvalue(), mime)


def store_media(folder: Path, data: bytes, mime: str) -> Media:
    """Write ``data`` below ``folder`` under its digest, as the media store does."""
    digest = hashlib.sha256(data).hexdigest()
    path = folder / digest
    path.write_bytes(data)
    return Media(path=str(path), sha256=digest, mime=mime, size=len(data), width=16, height=16, name="海报.png")


def fill(size: int) -> str:
    """Return Chinese words of exactly ``size`` bytes in UTF-8, which is about a third as many characters."""
    return "a" * (size % 3) + "节" * (size // 3)


def sample_address(publisher: Publisher) -> Mapping[str, Secret]:
    """Return an address with a secret in every field the publisher asks for."""
    return {name: Secret(f"contract/{name}", f"{CANARY}-{name}") for name in publisher.traits.address}
