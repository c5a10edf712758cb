"""A message: the words and pictures of one delivery, ready to go."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

from calendarkit.model.text import Text

Kind = Literal["text", "markdown", "image", "link"]
KINDS: tuple[Kind, ...] = ("text", "markdown", "image", "link")


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A file in the content-addressed store of the workspace.

    Attributes:
        path: absolute path of the file; its bytes never change.
        sha256: hex digest of the bytes.
        mime: such as ``image/jpeg``.
        size: bytes.
        width: px, 0 when it is no picture.
        height: px, 0 when it is no picture.
        name: the file name a person sees, such as ``周三秒杀-滨江一号店.jpg``.
    """

    path: str
    sha256: str
    mime: str
    size: int
    width: int = 0
    height: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What one delivery says, in a form every publisher understands.

    Attributes:
        kind: ``text`` and ``markdown`` use ``text``; ``image`` uses the first of ``media``; ``link`` uses ``title``,
            ``text`` (its description), ``url`` and, as its cover, the first of ``media`` or ``cover_url``.
        mentions: ids of people to mention, or ``@all``; empty means nobody.
    """

    kind: Kind
    text: str = ""
    title: str = ""
    url: str = ""
    cover_url: str = ""
    media: tuple[Media, ...] = ()
    mentions: tuple[str, ...] = ()

    def frozen(self) -> str:
        """Return the canonical JSON of this message; equal messages give equal strings."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def revision(self) -> str:
        """The first 16 hex digits of the SHA-256 of :meth:`frozen`: which words and pictures these are."""
        return hashlib.sha256(self.frozen().encode()).hexdigest()[:16]

    @classmethod
    def thaw(cls, frozen: str) -> Message:
        """Return the message that :meth:`frozen` wrote."""
        fields: dict[str, Any] = json.loads(frozen)
        media = tuple(Media(**each) for each in fields.pop("media"))
        return cls(**{**fields, "media": media, "mentions": tuple(fields["mentions"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A message that could not be made; its delivery fails and the others go on.

    Attributes:
        key: the delivery's key.
        code: stable for ever, ``CK`` and three digits.
        detail: why, in the workspace's language.
        reason: why, in both languages, where the maker could say so.
    """

    key: str
    code: str
    detail: str
    reason: Text | None = None
