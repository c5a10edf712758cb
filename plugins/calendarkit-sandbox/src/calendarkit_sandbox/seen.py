"""What a member of a group saw, as values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file members can open.

    Attributes:
        size: bytes.
        file: path below the sandbox's folder, with ``/``.
        name: the file name members see; empty for a picture.
    """

    sha256: str
    size: int
    mime: str
    file: str
    name: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"sha256": self.sha256, "size": self.size, "mime": self.mime, "file": self.file, "name": self.name}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a message looks like to a member.

    Attributes:
        msgtype: as it was sent.
        text: its words; of a news or card message all its words, one line each.
        mentions: user ids or ``@all``.
        image: the picture of an image message.
        file: the file of a file or voice message.
        articles: title, description, url and picurl of each article of a news message, as truncated by the platform.
        card: a template card as it was sent.
    """

    msgtype: str
    text: str = ""
    mentions: tuple[str, ...] = ()
    image: StoredFile | None = None
    file: StoredFile | None = None
    articles: tuple[Mapping[str, str], ...] = ()
    card: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data, without what is empty."""
        plain: dict[str, Any] = {"msgtype": self.msgtype, "text": self.text}
        if self.mentions:
            plain["mentions"] = list(self.mentions)
        if self.image:
            plain["image"] = self.image.to_json()
        if self.file:
            plain["file"] = self.file.to_json()
        if self.articles:
            plain["articles"] = [dict(each) for each in self.articles]
        if self.card:
            plain["card"] = dict(self.card)
        return plain

    @property
    def digest(self) -> str:
        """16 hex digits that are equal for messages that look the same."""
        look = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(look.encode()).hexdigest()[:16]

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Shown:
        """Return what :meth:`to_json` made plain."""
        return cls(
            msgtype=plain["msgtype"],
            text=plain["text"],
            mentions=tuple(plain.get("mentions", ())),
            image=StoredFile(**plain["image"]) if "image" in plain else None,
            file=StoredFile(**plain["file"]) if "file" in plain else None,
            articles=tuple(plain.get("articles", ())),
            card=plain.get("card", {}),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One line of the truth log.

    Attributes:
        number: 1 for the first message of the log.
        at_ms: sandbox time, epoch milliseconds.
        group: id of the group.
        title: what the group was called then.
        store: what its store was called then.
        robot: the robot's fingerprint; never its key.
        name: what the robot was called.
        copy: how many messages that look the same this group saw in the 24 h before; 0 for a first one.
    """

    number: int
    at_ms: int
    group: str
    title: str
    store: str
    robot: str
    name: str
    shown: Shown
    digest: str
    copy: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return the line as plain data; what was shown is spread into it."""
        return {
            "number": self.number,
            "at_ms": self.at_ms,
            "group": self.group,
            "title": self.title,
            "store": self.store,
            "robot": self.robot,
            "name": self.name,
            "digest": self.digest,
            "copy": self.copy,
            **self.shown.to_json(),
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Seen:
        """Return the line that :meth:`to_json` made plain.

        Raises:
            KeyError: a field is missing.
        """
        own = ("number", "at_ms", "group", "title", "store", "robot", "name", "digest", "copy")
        return cls(shown=Shown.from_json(plain), **{name: plain[name] for name in own})
